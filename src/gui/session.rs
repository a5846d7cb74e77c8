//! The session: a running scenario, every turn played so far, and which of them is looked at.
//!
//! The simulation only moves forward; going back moves a cursor over snapshots. An order given in the past
//! plays the history again up to that turn and on from there. Orders taken back are kept.

use std::sync::Arc;

use bevy::prelude::Resource;

use super::cascade;
use super::command::SessionCommand;
use crate::chronicle::{Chronicle, Fact, FactId, FactKind, Prose, Told, decisive};
use crate::engine::{Metrics, Outlook, Simulation};
use crate::model::{Replicate, StateId, Turn};
use crate::scenario::{Act, Scenario};
use crate::world::{Belligerent, Course, Snapshot};

/// A running scenario and how it is looked at.
#[derive(Resource, Debug)]
pub struct Session {
    simulation: Simulation,
    snapshots: Vec<Arc<Snapshot>>,
    /// What those with a grievance expect to meet, by turn.
    outlooks: Vec<Vec<Outlook>>,
    blocs: Vec<Vec<Option<usize>>>,
    cursor: Turn,
    orders: Vec<(Turn, Act)>,
    undone: Vec<(Turn, Act)>,
    seed: u64,
    /// The scenario's whole text, for questions about what could be otherwise.
    pub text: Arc<str>,
    /// Whether turns follow each other by themselves.
    pub playing: bool,
    /// What was done with files, or could not be done, in a sentence.
    pub message: Option<String>,
}

impl Session {
    /// A scenario at its start.
    pub fn new(scenario: Arc<Scenario>, seed: u64) -> Self {
        let mut session = Self {
            simulation: Simulation::new(Arc::clone(&scenario), seed, Replicate(0)),
            snapshots: Vec::new(),
            outlooks: Vec::new(),
            blocs: Vec::new(),
            cursor: Turn(0),
            orders: Vec::new(),
            undone: Vec::new(),
            seed,
            text: Arc::from(""),
            playing: false,
            message: None,
        };
        session.remember();
        session
    }

    /// Does what was asked for. Opening files is left to the caller, which may read them.
    pub fn apply(&mut self, command: SessionCommand) {
        self.message = None;
        match command {
            SessionCommand::Step => self.go_to(Turn(self.cursor.0 + 1)),
            SessionCommand::Back => self.cursor = Turn(self.cursor.0.saturating_sub(1)),
            SessionCommand::GoTo(turn) => self.go_to(turn),
            SessionCommand::TogglePlay => self.playing = !self.playing && !self.is_at_end(),
            SessionCommand::Restart => {
                // Last first, so that bringing them back one by one keeps their order.
                while let Some(order) = self.orders.pop() {
                    self.undone.push(order);
                }
                self.replay(Turn(0));
            }
            SessionCommand::Order(act) => self.order(act),
            SessionCommand::Undo => {
                if let Some(order) = self.orders.pop() {
                    let back = Turn(order.0.0 - 1);
                    self.undone.push(order);
                    self.replay(back);
                }
            }
            SessionCommand::Redo => {
                if let Some(order) = self.undone.pop() {
                    let turn = order.0;
                    self.orders.push(order);
                    self.replay(turn);
                }
            }
            SessionCommand::Seed(seed) => {
                self.seed = seed;
                self.replay(self.cursor);
            }
            // How files are read and chains are shown is the window's affair.
            SessionCommand::Open(_)
            | SessionCommand::SaveOrders
            | SessionCommand::PlayChain(_)
            | SessionCommand::SkipChain
            | SessionCommand::Ask(_)
            | SessionCommand::CancelInquiry => {}
        }
    }

    fn order(&mut self, act: Act) {
        if self.is_at_end() {
            self.message = Some("The scenario is over: go back a turn to order something.".into());
            return;
        }
        let turn = Turn(self.cursor.0 + 1);
        // What was ordered for later turns belongs to a history that no longer happens; it can be brought back.
        let later = self.orders.extract_if(.., |(t, _)| *t > turn);
        self.undone.extend(later);
        self.orders.push((turn, act));
        self.replay(turn);
    }

    /// Plays the history again with the orders as they are now, up to a turn.
    fn replay(&mut self, up_to: Turn) {
        let scenario = Arc::clone(self.simulation.scenario());
        self.simulation = Simulation::new(scenario, self.seed, Replicate(0));
        self.snapshots.clear();
        self.outlooks.clear();
        self.blocs.clear();
        self.playing = false;
        self.remember();
        self.cursor = Turn(0);
        self.go_to(up_to);
    }

    fn go_to(&mut self, turn: Turn) {
        let turn = turn.min(self.last_turn());
        while self.simulation.turn() < turn {
            let next = Turn(self.simulation.turn().0 + 1);
            let now: Vec<Act> =
                self.orders.iter().filter(|(t, _)| *t == next).map(|(_, act)| act.clone()).collect();
            self.simulation.step(&now);
            self.remember();
        }
        self.cursor = turn;
        self.playing &= !self.is_at_end();
    }

    fn remember(&mut self) {
        let snapshot = Arc::new(self.simulation.snapshot());
        let blocs = match self.snapshots.last() {
            Some(before) if before.standing == snapshot.standing => self.blocs[self.blocs.len() - 1].clone(),
            _ => crate::engine::blocs(self.scenario(), |c| snapshot.standing[c.index()]),
        };
        self.blocs.push(blocs);
        self.snapshots.push(snapshot);
        self.outlooks.push(self.simulation.outlook());
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        self.simulation.scenario()
    }

    /// All that has happened, also after the turn that is looked at.
    pub fn chronicle(&self) -> &Chronicle {
        self.simulation.chronicle()
    }

    /// Whether no state has territory on the map of the world.
    pub fn is_imagined(&self) -> bool {
        self.scenario().states.iter().all(|s| s.territory.is_empty())
    }

    /// The turn that is looked at.
    pub fn cursor(&self) -> Turn {
        self.cursor
    }

    /// The last turn that was played.
    pub fn played(&self) -> Turn {
        self.simulation.turn()
    }

    /// The scenario's last turn.
    pub fn last_turn(&self) -> Turn {
        Turn(self.scenario().turns)
    }

    /// Whether the turn looked at is the scenario's last.
    pub fn is_at_end(&self) -> bool {
        self.cursor >= self.last_turn()
    }

    /// The world at the end of the turn that is looked at.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshots[self.cursor.0 as usize]
    }

    /// What those with a grievance expect to meet at the end of the turn that is looked at.
    pub fn outlook(&self) -> &[Outlook] {
        &self.outlooks[self.cursor.0 as usize]
    }

    /// The bloc of a state in the turn that is looked at.
    pub fn bloc(&self, state: StateId) -> Option<usize> {
        self.blocs[self.cursor.0 as usize][state.index()]
    }

    /// How many blocs there are.
    pub fn n_blocs(&self) -> usize {
        self.blocs[self.cursor.0 as usize].iter().flatten().max().map_or(0, |n| n + 1)
    }

    /// The mightiest member of a bloc, after which it is called.
    pub fn leader(&self, bloc: usize) -> Option<StateId> {
        let members = self.scenario().state_ids().filter(|s| self.bloc(*s) == Some(bloc));
        members.max_by(|a, b| {
            let capability = |s: &StateId| self.snapshot().states[s.index()].capability;
            capability(a).total_cmp(&capability(b))
        })
    }

    /// Measurements of all turns played.
    pub fn metrics(&self) -> &[Metrics] {
        self.simulation.metrics()
    }

    /// Tension in each region at the end of the turn that is looked at.
    pub fn regional_tension(&self) -> &[f64] {
        self.simulation.regional_tension().nth(self.cursor.0 as usize).unwrap_or_default()
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The user's orders, with their turns.
    pub fn orders(&self) -> &[(Turn, Act)] {
        &self.orders
    }

    /// The user's orders as RON text, such as `casus run --orders` reads.
    pub fn orders_text(&self) -> String {
        crate::scenario::write_orders(self.scenario(), &self.orders)
    }

    /// How many orders can be taken back, and how many brought back.
    pub fn undoable(&self) -> (usize, usize) {
        (self.orders.len(), self.undone.len())
    }

    /// The facts up to the turn that is looked at.
    pub fn facts(&self) -> &[crate::chronicle::Fact] {
        &self.chronicle().facts()[..self.snapshot().facts]
    }

    /// The facts of the turn that is looked at.
    pub fn facts_of_turn(&self) -> impl Iterator<Item = &crate::chronicle::Fact> {
        self.facts().iter().filter(|f| f.turn == self.cursor)
    }

    /// Whom a belligerent chose to fight, or who attacked it; else the state around which the other side
    /// has gathered.
    pub fn opponent(&self, conflict: &Course, belligerent: &Belligerent) -> StateId {
        let mut at = self.chronicle().fact(belligerent.fact);
        while let Some(cause) = at.because.first() {
            at = self.chronicle().fact(*cause);
            match at.kind {
                FactKind::Decided { adversary, .. } => return adversary,
                FactKind::Incident { incident, .. } if incident.target == belligerent.state => {
                    return incident.initiator;
                }
                FactKind::Incident { incident, .. } => return incident.target,
                _ => {}
            }
        }
        conflict.originator(belligerent.side.opposite())
    }

    /// What a state decided in the latest conflict in which it had to: the decision that counted most.
    pub fn decision(&self, state: StateId) -> Option<&Fact> {
        let own = |f: &&Fact| matches!(f.kind, FactKind::Decided { state: s, .. } if s == state);
        let conflict = self.facts().iter().rev().find(own)?.kind.conflict();
        decisive(self.facts().iter().filter(own).filter(|f| f.kind.conflict() == conflict))
    }

    /// The hostile acts with which a state began conflicts or widened them, the latest first.
    pub fn own_acts(&self, state: StateId) -> impl Iterator<Item = &Fact> {
        let own = move |f: &&Fact| matches!(f.kind, FactKind::Incident { incident, .. } if incident.initiator == state);
        self.facts().iter().rev().filter(own)
    }

    /// Whether a conflict began with this act.
    pub fn opens_conflict(&self, act: &Fact) -> bool {
        let opening = act.kind.conflict().and_then(|c| self.chronicle().opening(c));
        opening.is_some_and(|f| f.because.contains(&act.id))
    }

    /// The chain that the turn looked at brings, in the order in which it happened.
    pub fn chain(&self) -> Vec<Told> {
        let prose = Prose::new(self.scenario(), self.chronicle());
        cascade::chain(&prose, self.chronicle(), self.cursor, self.facts().len())
    }

    /// What followed from a fact, in the order in which it happened.
    pub fn chain_from(&self, root: FactId) -> Vec<Told> {
        let mut links: Vec<Told> = self
            .outline(root, false)
            .into_iter()
            .map(|row| row.told)
            .filter(|told| !cascade::stands_aside(self.chronicle().fact(told.facts[0])))
            .collect();
        links.sort_by_key(|told| told.facts[0]);
        links
    }

    /// What followed from a fact, as an outline.
    pub fn outline(&self, root: FactId, not_owed: bool) -> Vec<cascade::Row> {
        let prose = Prose::new(self.scenario(), self.chronicle());
        cascade::outline(&prose, self.chronicle(), root, self.facts().len(), not_owed)
    }

    /// The state that a fact is mainly about.
    pub fn subject(&self, fact: &Fact) -> Option<StateId> {
        match &fact.kind {
            FactKind::Entered { state, .. }
            | FactKind::Decided { state, .. }
            | FactKind::Performed { state, .. }
            | FactKind::DomesticProcess { state, .. }
            | FactKind::ConsentSought { state, .. }
            | FactKind::Consulting { state, .. }
            | FactKind::Reviewed { state, .. }
            | FactKind::Withdrew { state, .. }
            | FactKind::Judged { state, .. } => Some(*state),
            FactKind::Invoked { by, .. } | FactKind::Waived { by, .. } => Some(*by),
            FactKind::Attributed { observer, .. }
            | FactKind::Traced { observer, .. }
            | FactKind::ReadOtherwise { observer, .. } => Some(*observer),
            FactKind::Incident { incident, .. } => Some(incident.initiator),
            FactKind::Tested { commitment, .. }
            | FactKind::PromiseBroken { commitment, .. }
            | FactKind::Fulfilled { commitment, .. } => Some(self.scenario().commitment(*commitment).obligor),
            _ => None,
        }
    }

    /// What set off each cascade so far: the causes of incidents, latest first.
    pub fn roots(&self) -> Vec<FactId> {
        let incidents = self.facts().iter().rev().filter(|f| matches!(f.kind, FactKind::Incident { .. }));
        incidents.map(|f| f.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Form, Level};

    fn session() -> Session {
        let text = crate::scenario::embedded("three-leagues").unwrap().source;
        let (scenario, _) =
            crate::scenario::parse("three-leagues", text.as_bytes(), &|_, _| Err(String::new()));
        Session::new(Arc::new(scenario.unwrap()), 1)
    }

    fn incident(session: &Session) -> SessionCommand {
        let id = |s| session.scenario().state_id(s).unwrap();
        SessionCommand::Order(Act::Incident(crate::scenario::Incident {
            initiator: id("ALD"),
            target: id("EST"),
            level: Level::War,
            form: Form::Invasion,
            place: id("EST"),
            contested: false,
            widens: false,
            separate: false,
            covert: false,
            motive: None,
            pretext: None,
        }))
    }

    #[test]
    fn going_back_and_on_again_shows_the_same_world() {
        let mut session = session();
        session.apply(SessionCommand::GoTo(Turn(6)));
        let digest = format!("{:?}", session.snapshot());
        session.apply(SessionCommand::Back);
        session.apply(SessionCommand::Step);
        assert_eq!(format!("{:?}", session.snapshot()), digest);
    }

    #[test]
    fn an_order_can_be_taken_back_and_brought_back() {
        let mut session = session();
        session.apply(SessionCommand::GoTo(Turn(6)));
        let untouched = session.facts().len();
        session.apply(SessionCommand::GoTo(Turn(1)));
        let order = incident(&session);
        session.apply(order);
        assert_eq!(session.cursor(), Turn(2));
        let with_order = session.facts().to_vec();
        session.apply(SessionCommand::Undo);
        session.apply(SessionCommand::GoTo(Turn(6)));
        assert_eq!(session.facts().len(), untouched);
        session.apply(SessionCommand::Redo);
        assert_eq!(session.facts(), with_order.as_slice());
    }

    #[test]
    fn nothing_can_be_ordered_after_the_end_and_it_says_so() {
        let mut session = session();
        session.apply(SessionCommand::GoTo(Turn(999)));
        assert!(session.is_at_end());
        let order = incident(&session);
        session.apply(order);
        assert!(session.message.is_some());
    }
}
