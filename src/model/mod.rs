//! The vocabulary: plain values in the field's own terms, without engine or files.
//!
//! | term | meaning here | name |
//! | --- | --- | --- |
//! | state | a sovereign member of the system | [`StateId`] |
//! | treaty | an instrument with parties and clauses | [`TreatyId`] |
//! | commitment | one state's promise to another under one clause: a directed edge | [`CommitmentId`] |
//! | pledge | support promised outside any treaty (a statement, a "blank cheque") | [`PledgeId`] |
//! | attack | a use of force by one state on another, whether it opens a conflict or joins one | `chronicle::Attack` |
//! | casus foederis | the case in which a commitment is owed | `rules::casus_foederis` |
//! | originator, joiner | who began a conflict, and who entered it later | [`Role`] |
//! | verdict | what a state did, held against what it owed | [`Verdict`] |
//! | inject | an event from outside the model: scripted by the scenario or given by a user | `scenario::Inject` |
//! | replicate | one run of many with the same scenario and seed | [`Replicate`] |

mod conduct;
mod date;
mod geography;
mod id;
mod incident;
mod logistic;
mod obligation;
mod statecraft;

pub use conduct::{Control, Decision, Domestic, Initiative, Response, Verdict, WarPowers};
pub use date::{Calendar, Date, TurnLength};
pub use geography::{Place, Position};
pub use id::{
    ClauseId, CommitmentId, ConflictId, InjectId, Key, NormId, PledgeId, RegionId, Replicate, StateId,
    TransferId, TreatyId, Turn, absorb,
};
pub use incident::{Form, Level, Motive, Pretext, Role, Side};
pub use logistic::logistic;
pub use obligation::{Automaticity, Chain, Depth, Obligation, Performance, Renewal, Strength, Theatre};
pub use statecraft::{Materiel, NormKind, SignalKind};
