//! Where two histories part: the first fact that is not the same in both.

use crate::chronicle::{Fact, Prose};
use crate::engine::Simulation;
use crate::model::Turn;

/// A fact as it is told, with its turn.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ToldFact {
    /// The turn.
    pub turn: Turn,
    /// The sentence.
    pub text: String,
}

/// Two chronicles from shortly before they part on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Parting {
    /// The turn in which they part.
    pub turn: Turn,
    /// The last that both have in common.
    pub before: Vec<ToldFact>,
    /// How the first goes on, to the end of that turn; empty if it says no more in it.
    pub first: Vec<ToldFact>,
    /// How the second goes on.
    pub second: Vec<ToldFact>,
}

/// How many facts in common are told.
const BEFORE: usize = 3;

/// Where the chronicles of two finished runs part, if they do. They are compared as they are told, since what is told
/// has the same words in both, but not the same numbers.
pub fn parting(first: &Simulation, second: &Simulation) -> Option<Parting> {
    let (a, b) = (told(first), told(second));
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    if same == a.len() && same == b.len() {
        return None;
    }
    let turn = [a.get(same), b.get(same)].into_iter().flatten().map(|f| f.turn).min()?;
    let rest = |all: &[ToldFact]| all[same..].iter().take_while(|f| f.turn == turn).cloned().collect();
    Some(Parting {
        turn,
        before: a[same.saturating_sub(BEFORE)..same].to_vec(),
        first: rest(&a),
        second: rest(&b),
    })
}

fn told(simulation: &Simulation) -> Vec<ToldFact> {
    let prose = Prose::new(simulation.scenario(), simulation.chronicle());
    let tell = |fact: &Fact| ToldFact { turn: fact.turn, text: prose.sentence(fact) };
    simulation.chronicle().facts().iter().map(tell).collect()
}
