//! What states do to and for each other short of force: supply, signals, norms.

use super::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one state supplies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Materiel {
    /// Ammunition, in the scenario's unit.
    Munitions,
    /// Missiles; they count as munitions.
    Missiles,
    /// Troops that fight under the recipient's command: `amount` is the share of the supplier's capability.
    Troops,
    /// Money, which raises the recipient's production of munitions by `amount`.
    Money,
}

impl Materiel {
    /// What sending it does for a side in a war: troops under another's command are more than aid.
    pub fn response(self) -> Response {
        match self {
            Materiel::Munitions | Materiel::Missiles | Materiel::Money => Response::Aid,
            Materiel::Troops => Response::Deploy,
        }
    }

    /// Words for it ("munitions").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Munitions => "munitions",
            Self::Missiles => "missiles",
            Self::Troops => "troops",
            Self::Money => "money",
        }
    }

    /// Whether it goes into a stock of munitions.
    pub fn is_stocked(self) -> bool {
        matches!(self, Self::Munitions | Self::Missiles)
    }
}

/// An act that is meant to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum SignalKind {
    /// A ceremony: a visit, a signature, a parade at which no weapons of the partner are shown.
    Ceremony,
    /// A display of hardware.
    HardwareDisplay,
    /// A ceremony at which hardware that was expected is conspicuously absent.
    HardwareWithheld,
    /// A joint exercise.
    Exercise,
    /// A statement of support.
    Statement,
    /// A clarification by which a text binds more firmly than it was read to.
    FirmClarification,
    /// A clarification by which a text binds less.
    NarrowClarification,
}

impl SignalKind {
    /// Words for it ("a joint exercise").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Ceremony => "a ceremony",
            Self::HardwareDisplay => "a display of hardware",
            Self::HardwareWithheld => "a ceremony at which no hardware is shown",
            Self::Exercise => "a joint exercise",
            Self::Statement => "a statement of support",
            Self::FirmClarification => "a clarification that makes the promise firmer",
            Self::NarrowClarification => "a clarification that narrows the promise",
        }
    }
}

/// What a norm forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum NormKind {
    /// The first use of force.
    NonAggression,
    /// Supplying arms to, or taking them from, the states that it is on.
    Embargo,
}

impl NormKind {
    /// Words for it ("the use of force").
    pub fn breach(self) -> &'static str {
        match self {
            Self::NonAggression => "the first use of force",
            Self::Embargo => "arms sent to or taken from a state under embargo",
        }
    }
}
