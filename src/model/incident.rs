//! Hostile acts, on the scale of the Militarized Interstate Dispute data (Palmer et al. 2022).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hostility level of an act, on the MID scale 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Level {
    /// 1: no militarized action.
    None,
    /// 2: a threat to use force.
    Threat,
    /// 3: a display of force.
    Display,
    /// 4: force is used.
    UseOfForce,
    /// 5: war.
    War,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 5] = [Self::None, Self::Threat, Self::Display, Self::UseOfForce, Self::War];

    /// Words for it ("use of force").
    pub fn noun(self) -> &'static str {
        match self {
            Self::None => "no militarized act",
            Self::Threat => "threat to use force",
            Self::Display => "display of force",
            Self::UseOfForce => "use of force",
            Self::War => "war",
        }
    }
}

/// The form that a hostile act takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Form {
    /// Forces cross a frontier to take or hold ground.
    Invasion,
    /// Aircraft, missiles or drones.
    AirStrike,
    /// Ports or straits closed by force.
    Blockade,
    /// A clash on a frontier.
    BorderClash,
    /// An attack on computer systems.
    Cyber,
    /// Force by others on the initiator's behalf.
    Proxy,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 6] =
        [Self::Invasion, Self::AirStrike, Self::Blockade, Self::BorderClash, Self::Cyber, Self::Proxy];

    /// Words for it ("air strike").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Invasion => "invasion",
            Self::AirStrike => "air strike",
            Self::Blockade => "blockade",
            Self::BorderClash => "border clash",
            Self::Cyber => "cyber attack",
            Self::Proxy => "attack by proxy",
        }
    }
}

/// What a hostile act is for: what its author wants to change (after the revision types of the MID data; Palmer et al. 2022).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Motive {
    /// Who holds some territory.
    Territory,
    /// What the other does.
    Policy,
    /// Who governs the other.
    Regime,
}

impl Motive {
    /// Words for it ("over territory").
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Territory => "over territory",
            Self::Policy => "over what the other does",
            Self::Regime => "over who governs the other",
        }
    }
}

/// What the author of a hostile act says in public that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Pretext {
    /// Defence against an attack, made or about to be made.
    SelfDefence,
    /// The protection of its people or kin abroad.
    Protection,
    /// Help to one that has asked for it.
    Invitation,
    /// An answer to a wrong.
    Retaliation,
    /// Enforcement of what has been decided or agreed.
    Enforcement,
}

impl Pretext {
    /// Words for it ("self-defence").
    pub fn noun(self) -> &'static str {
        match self {
            Self::SelfDefence => "self-defence",
            Self::Protection => "the protection of its own",
            Self::Invitation => "help that was asked for",
            Self::Retaliation => "an answer to a wrong",
            Self::Enforcement => "the enforcement of what is agreed",
        }
    }
}

/// A side of a conflict, named after how the conflict began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Side {
    /// The side of the state that used force first.
    Initiator,
    /// The side of the state that it was used against.
    Target,
}

impl Side {
    /// The other side.
    pub fn opposite(self) -> Self {
        match self {
            Self::Initiator => Self::Target,
            Self::Target => Self::Initiator,
        }
    }
}

/// How a belligerent came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Role {
    /// One of the two states between which the conflict began.
    Originator,
    /// Attacked in the course of the conflict.
    Attacked,
    /// Entered of its own decision.
    Joiner,
}
