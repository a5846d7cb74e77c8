//! The course of conflicts and of what is owed in them.

use bevy_ecs::prelude::*;

use crate::chronicle::{Attack, FactId, Outcome};
use crate::model::{CommitmentId, ConflictId, Level, PledgeId, Response, Role, Side, StateId, Turn, Verdict};
use crate::scenario::Pledge;

/// A state fighting in a conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belligerent {
    /// Who.
    pub state: StateId,
    /// On which side.
    pub side: Side,
    /// How it came to fight.
    pub role: Role,
    /// Since when.
    pub since: Turn,
    /// The fact of its entry.
    pub fact: FactId,
}

/// A conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Which.
    pub id: ConflictId,
    /// Who used force first.
    pub initiator: StateId,
    /// On whom.
    pub target: StateId,
    /// Where it is mainly fought.
    pub place: StateId,
    /// The highest level reached.
    pub level: Level,
    /// The turn in which it began; 0 if it was under way at the start.
    pub began: Turn,
    /// The fact that it began.
    pub fact: FactId,
    /// Who fights, in order of entry.
    pub belligerents: Vec<Belligerent>,
    /// When and how it ended.
    pub ended: Option<(Turn, Outcome)>,
    /// The most that each state has done short of war: state, side, response.
    pub help: Vec<(StateId, Side, Response)>,
    /// Verdicts so far.
    pub verdicts: Vec<(StateId, Verdict)>,
    /// Whom observers blame, where that is disputed.
    pub blamed: Vec<(StateId, StateId)>,
    /// The last decision of each state: state, turn, side.
    pub decided: Vec<(StateId, Turn, Side)>,
}

impl Course {
    /// Whether it goes on.
    pub fn is_active(&self) -> bool {
        self.ended.is_none()
    }

    /// The side on which a state fights.
    pub fn side_of(&self, state: StateId) -> Option<Side> {
        self.belligerents.iter().find(|b| b.state == state).map(|b| b.side)
    }

    /// Those who fight on a side.
    pub fn on(&self, side: Side) -> impl Iterator<Item = StateId> + '_ {
        self.belligerents.iter().filter(move |b| b.side == side).map(|b| b.state)
    }

    /// The state around which a side has gathered.
    pub fn originator(&self, side: Side) -> StateId {
        match side {
            Side::Initiator => self.initiator,
            Side::Target => self.target,
        }
    }

    /// Whether a state has decided in this turn.
    pub fn has_decided(&self, state: StateId, turn: Turn) -> bool {
        self.decided.iter().any(|(s, t, _)| *s == state && *t == turn)
    }
}

/// All conflicts of a run, ended ones included; the place is the id.
#[derive(Resource, Clone, Debug, Default)]
pub struct Conflicts(pub Vec<Course>);

impl Conflicts {
    /// A conflict by id.
    pub fn get(&self, id: ConflictId) -> &Course {
        &self.0[id.index()]
    }

    /// Conflicts that go on.
    pub fn active(&self) -> impl Iterator<Item = &Course> + Clone {
        self.0.iter().filter(|c| c.is_active())
    }

    /// The conflict that goes on in which two states are, or would be, opposed: an incident between
    /// them belongs to it.
    pub fn between(&self, a: StateId, b: StateId) -> Option<&Course> {
        self.active().find(|c| {
            let parted = matches!((c.side_of(a), c.side_of(b)), (Some(x), Some(y)) if x != y);
            parted || [(a, b), (b, a)].contains(&(c.initiator, c.target))
        })
    }

    /// In how many conflicts a state fights.
    pub fn wars_of(&self, state: StateId) -> usize {
        self.active().filter(|c| c.side_of(state).is_some()).count()
    }
}

/// What is owed: a commitment that an attack has made due.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    /// The commitment.
    pub commitment: CommitmentId,
    /// The attack.
    pub attack: Attack,
    /// The fact that it is owed.
    pub fact: FactId,
    /// How binding the text is read to be.
    pub strength: f64,
    /// When it fell due.
    pub since: Turn,
    /// What has become of it.
    pub status: Status,
}

/// What has become of something owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing yet.
    Due,
    /// Its obligor has decided.
    Decided,
    /// Its conflict ended first.
    Lapsed,
}

/// A pledge that an attack has made due.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The pledge.
    pub pledge: PledgeId,
    /// The attack.
    pub attack: Attack,
    /// The fact that it is due.
    pub fact: FactId,
    /// What has become of it.
    pub status: Status,
}

/// Everything owed in a run, and votes that are pending.
#[derive(Resource, Clone, Debug, Default)]
pub struct Obligations {
    /// Under treaties.
    pub owed: Vec<Owed>,
    /// Under pledges.
    pub pledged: Vec<Pending>,
    /// Consent sought and not yet voted on: state, conflict, side, turn of the vote, the request.
    pub votes: Vec<(StateId, ConflictId, Side, Turn, FactId)>,
}

/// All pledges of a run; those of the scenario that are not yet made are not among them.
#[derive(Resource, Clone, Debug, Default)]
pub struct PledgeBook(pub Vec<(Pledge, FactId)>);
