//! What a clause promises and how firmly, after the Alliance Treaty Obligations and Provisions
//! codebook (Leeds, Ritter, Mitchell and Long 2002); automaticity after Benson (2011).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of promise (ATOP: DEFENSE, OFFENSE, NEUTRAL, NONAGG, CONSUL; aid is ours).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Obligation {
    /// Active help if the beneficiary is attacked.
    Defense,
    /// Active help that does not depend on the beneficiary being attacked.
    Offense,
    /// Materiel or other help short of fighting if the beneficiary is attacked.
    Aid,
    /// Consult the beneficiary in a crisis.
    Consultation,
    /// Stay out of the beneficiary's wars, and do not help its enemies.
    Neutrality,
    /// Do not use force against the beneficiary.
    NonAggression,
}

impl Obligation {
    /// Whether the promise is to do something (rather than to refrain from something).
    pub fn is_active(self) -> bool {
        !matches!(self, Self::Neutrality | Self::NonAggression)
    }

    /// The word for it in a sentence ("a defence commitment").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Defense => "defence",
            Self::Offense => "offensive",
            Self::Aid => "aid",
            Self::Consultation => "consultation",
            Self::Neutrality => "neutrality",
            Self::NonAggression => "non-aggression",
        }
    }
}

/// What form of help the text asks for once it is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Performance {
    /// Consultation only.
    Consult,
    /// Materiel, money, passage: help short of fighting.
    MaterielOnly,
    /// Whatever the obligor deems necessary; force is one choice among several.
    AsDeemedNecessary,
    /// Armed force.
    Force,
    /// Military and other help with all means at the obligor's disposal.
    AllMeans,
}

impl Performance {
    /// Words for it ("armed force").
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Consult => "consultation",
            Self::MaterielOnly => "help short of fighting",
            Self::AsDeemedNecessary => "such help as is deemed necessary",
            Self::Force => "armed force",
            Self::AllMeans => "help with all means",
        }
    }
}

/// How much room the text leaves between the event and the duty to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Automaticity {
    /// Owed at once: there is no deliberation on whether, only the domestic process.
    Automatic,
    /// "Without delay": deliberated on, under pressure to act.
    Prompt,
    /// The obligor deliberates on whether and how.
    Deliberate,
    /// The parties consult first; each deliberates on what they come to a turn later.
    AfterConsultation,
}

impl Automaticity {
    /// Words for it after "owed" ("at once", "after consultation").
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Automatic => "at once",
            Self::Prompt => "without delay",
            Self::Deliberate => "as each party decides",
            Self::AfterConsultation => "after consultation",
        }
    }
}

/// What ties the parties together beyond the text and makes their word more credible
/// (ATOP: MILCON, INTCOM, BASE, MILAID).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Depth {
    /// Regular contacts of general staffs, or common plans.
    pub contacts: bool,
    /// A common command in peacetime.
    pub command: bool,
    /// Bases or troops of one on the territory of another.
    pub bases: bool,
    /// Military aid or training.
    pub aid: bool,
}

impl Depth {
    /// How many of the four ties there are, as a share from 0 to 1.
    pub fn share(self) -> f64 {
        let ties = [self.contacts, self.command, self.bases, self.aid];
        ties.into_iter().filter(|tie| *tie).count() as f64 / 4.0
    }
}

/// What happens on the day on which a treaty would end (ATOP: PROREN, RENEWLGT).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Renewal {
    /// It goes on for so many months, again and again, unless it is denounced.
    Automatic(u32),
    /// It goes on for so many months if the parties renewed it in time.
    ByAct(u32),
}

/// How far an obligation may follow from another state's entry rather than the first attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Chain {
    /// Only the first victim of a conflict counts.
    None,
    /// Any attack on the beneficiary, also by states that join later.
    DirectVictim,
    /// Also war that the beneficiary is in because it entered to help another: a partner's partner.
    Transitive,
}

/// Where the triggering attack must fall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Theatre {
    /// Anywhere.
    Anywhere,
    /// The beneficiary's own territory.
    Homeland,
    /// The named regions and states' territories.
    Within {
        /// Region ids.
        #[serde(default)]
        regions: Vec<String>,
        /// State ids whose territory counts.
        #[serde(default)]
        states: Vec<String>,
    },
}

/// How binding the text is read to be, 0 (a phrase) to 1 (beyond doubt).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Strength {
    /// One agreed reading.
    Exact(f64),
    /// An ambiguous text: least, most likely and greatest reading; drawn once per obligation
    /// from the triangular distribution over them.
    Between(f64, f64, f64),
}

impl Strength {
    /// The value at quantile `u` (0 to 1) of the distribution of readings.
    pub fn at(self, u: f64) -> f64 {
        match self {
            Self::Exact(x) => x,
            Self::Between(low, mode, high) => triangular(low, mode, high, u),
        }
    }

    /// The range of readings.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Exact(x) => (x, x),
            Self::Between(low, _, high) => (low, high),
        }
    }
}

/// Inverse cumulative distribution of the triangular distribution.
fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return low;
    }
    let pivot = (mode - low) / width;
    if u < pivot {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - mode)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ambiguous_strength_spans_its_range_and_peaks_at_its_mode() {
        let s = Strength::Between(0.2, 0.5, 0.9);
        assert_eq!(s.at(0.0), 0.2);
        assert!((s.at(1.0) - 0.9).abs() < 1e-12);
        let pivot = (0.5 - 0.2) / 0.7;
        assert!((s.at(pivot) - 0.5).abs() < 1e-12);
        assert!(s.at(0.3) < s.at(0.6));
    }

    #[test]
    fn an_exact_strength_ignores_the_draw() {
        assert_eq!(Strength::Exact(0.7).at(0.01), Strength::Exact(0.7).at(0.99));
    }
}
