//! What states may do about a conflict, who may decide it, and how it is judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A response to an attack, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Response {
    /// Do nothing.
    Abstain,
    /// Words of support.
    Support,
    /// Consult with the victim and its partners.
    Consult,
    /// Economic measures against the other side.
    Sanction,
    /// Materiel or money.
    Aid,
    /// A show of force near the theatre, without fighting.
    Deploy,
    /// Fight.
    Intervene,
}

impl Response {
    /// Every response, least first.
    pub const ALL: [Self; 7] = [
        Self::Abstain,
        Self::Support,
        Self::Consult,
        Self::Sanction,
        Self::Aid,
        Self::Deploy,
        Self::Intervene,
    ];

    /// What it is to do it ("sending aid").
    pub fn gerund(self) -> &'static str {
        match self {
            Self::Abstain => "standing aside",
            Self::Support => "words of support",
            Self::Consult => "consulting",
            Self::Sanction => "economic measures",
            Self::Aid => "sending aid",
            Self::Deploy => "deploying forces",
            Self::Intervene => "fighting",
        }
    }

    /// The infinitive ("send aid").
    pub fn verb(self) -> &'static str {
        match self {
            Self::Abstain => "stand aside",
            Self::Support => "offer words of support",
            Self::Consult => "consult",
            Self::Sanction => "take economic measures",
            Self::Aid => "send aid",
            Self::Deploy => "deploy forces",
            Self::Intervene => "go to war",
        }
    }
}

/// What a state did, held against what it owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Verdict {
    /// Did what it owed.
    Compliant,
    /// Helped though it owed nothing.
    BeyondObligation,
    /// Owed more than it did, or did what it had promised not to do.
    Breach,
    /// Nothing was owed, and no more was done than words or sanctions.
    NotTriggered,
}

impl Verdict {
    /// Words for it ("beyond obligation").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Compliant => "compliant",
            Self::BeyondObligation => "beyond obligation",
            Self::Breach => "breach",
            Self::NotTriggered => "not triggered",
        }
    }
}

/// Who may take a state to war in a conflict in which it has not itself been attacked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub enum WarPowers {
    /// The government alone, in the same turn.
    #[default]
    Executive,
    /// A legislature must consent.
    Legislature {
        /// Popular support (0 to 1) at which consent is an even chance.
        threshold: f64,
        /// Turns between the request and the vote.
        turns: u32,
    },
    /// May fight only if it is itself attacked, or in a case that the scenario names.
    SelfDefence,
}

/// How the domestic process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Domestic {
    /// Consent was given.
    Approved,
    /// The case holds in which the law lets a state fight that otherwise may only defend itself.
    Permitted,
    /// Consent was refused.
    Refused,
    /// The constitution forbids it.
    Barred,
    /// Consent to a war that is being fought was given again.
    Renewed,
    /// Consent to a war that is being fought was taken back.
    Withdrawn,
}

/// Who moves a state beyond what it decides on what befalls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Control {
    /// It acts of its own accord as the rules say.
    #[default]
    Calculated,
    /// It attacks, signals, sends and offers nothing but what is scripted.
    Scripted,
    /// It does so by the orders of a player alone.
    Player,
}

/// Whether states use force of their own accord.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Initiative {
    /// They do only what is scripted or ordered.
    Off,
    /// With this chance a turn one state at peace attacks another at peace to which nothing binds it, both drawn at
    /// random.
    Random(f64),
    /// States that bear another a grudge weigh an attack on it against the coalition that they expect to meet.
    Calculated,
}

/// How states decide.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Decision {
    /// Every obligation is met as its text says; nobody does more.
    Automatic,
    /// Every state meets what it owes in a conflict with this probability, decided once; nobody does more.
    Fixed(f64),
    /// A choice among responses by their utilities (multinomial logit).
    Utility,
}
