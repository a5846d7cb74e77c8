//! The rules, one a file: theory as a pure function, a function over the world as thin glue, tests beside.
//!
//! A rule reads the world through [`Book`](crate::world::Book) and records facts; it never changes the
//! world itself.

pub mod agenda;
pub mod attacks;
pub mod attribution;
pub mod balance;
pub mod beliefs;
pub mod blocs;
pub mod casus_foederis;
pub mod conditions;
pub mod deliberation;
pub mod deterrence;
pub mod disclosure;
pub mod entry;
pub mod fears;
pub mod fulfilment;
pub mod incident;
pub mod initiative;
pub mod invocation;
pub mod judgement;
pub mod norms;
pub mod pledges;
pub mod reading;
pub mod realignment;
pub mod restraint;
pub mod review;
pub mod rivalry;
pub mod signals;
pub mod supply;
pub mod treaty_life;
pub mod war;
pub mod war_powers;

mod happens;

pub use happens::happens;
