//! What rules may read of the world: domain questions, answered in the order of ids.

use std::cell::RefCell;
use std::ops::Deref;

use bevy_ecs::prelude::*;

use super::components::{Capability, TreatyStatus, Weariness};
use super::course::{Course, Owed};
use super::ledger::Ledger;
use super::spawn::Setting;
use crate::dice::Purpose;
use crate::model::{
    CommitmentId, ConflictId, Control, Date, Initiative, Key, Obligation, Response, Side, StateId,
    TransferId, TreatyId, Turn,
};
use crate::scenario::{Clause, Commitment, Dyads, Rules, Scenario, State, Transfer};

/// The world, to be read; what the ledger holds can be asked of it directly.
pub struct Book<'w, 's> {
    pub(super) setting: &'w Setting,
    pub(super) ledger: &'w Ledger,
    /// What states hold, by id.
    pub(super) states: (&'w [Capability], &'w [Weariness]),
    pub(super) treaties: Query<'w, 's, &'static TreatyStatus>,
    /// Strengths that have been asked for: while this is open the world does not change.
    pub(super) strengths: RefCell<Vec<(ConflictId, Side, f64)>>,
}

impl Deref for Book<'_, '_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger
    }
}

impl Book<'_, '_> {
    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.setting.scenario
    }

    /// The parameters.
    pub fn rules(&self) -> &Rules {
        &self.setting.scenario.rules
    }

    /// The first day of a turn.
    pub fn date(&self, turn: Turn) -> Date {
        self.setting.date(turn)
    }

    /// A state as the scenario gives it.
    pub fn state(&self, id: StateId) -> &State {
        self.setting.scenario.state(id)
    }

    /// Whether what a state does is calculated, not ordered by somebody.
    pub fn is_calculated(&self, id: StateId) -> bool {
        self.state(id).control == Control::Calculated
    }

    /// Whether a state does anything of its own accord.
    pub fn acts_alone(&self, id: StateId) -> bool {
        self.rules().initiative == Initiative::Calculated && self.is_calculated(id)
    }

    /// How states stand to each other.
    pub fn dyads(&self) -> &Dyads {
        &self.ledger.attitudes
    }

    /// A state's capability now.
    pub fn capability(&self, id: StateId) -> f64 {
        self.states.0[id.index()].0
    }

    /// A state's war weariness now.
    pub fn weariness(&self, id: StateId) -> f64 {
        self.states.1[id.index()].0
    }

    /// A conflict.
    pub fn conflict(&self, id: ConflictId) -> &Course {
        self.conflicts.get(id)
    }

    /// A commitment.
    pub fn commitment(&self, id: CommitmentId) -> &Commitment {
        self.setting.scenario.commitment(id)
    }

    /// A commitment's clause.
    pub fn clause_of(&self, id: CommitmentId) -> &Clause {
        self.setting.scenario.clause_of(id)
    }

    /// How a treaty stands now.
    pub fn treaty(&self, id: TreatyId) -> Option<&TreatyStatus> {
        self.treaties.get(self.setting.treaties[id.index()]).ok()
    }

    /// The clauses that are owed once somebody fights.
    pub fn waiting_clauses(&self) -> impl Iterator<Item = &Clause> {
        self.setting.waiting.iter().map(|id| self.scenario().clause(*id))
    }

    /// Whether a treaty is in force.
    pub fn is_in_force(&self, id: TreatyId) -> bool {
        self.treaty(id).is_some_and(|t| t.in_force)
    }

    /// Whether a treaty has ended for good.
    pub fn has_ended(&self, id: TreatyId) -> bool {
        self.treaty(id).is_some_and(|t| t.ended)
    }

    /// Whether all know of a clause.
    pub fn is_public(&self, clause: &Clause) -> bool {
        !clause.secret || self.treaty(clause.treaty).is_some_and(|t| t.public)
    }

    /// The clause of something owed, as its obligor reads it.
    pub fn clause_as_read(&self, owed: &Owed) -> &Clause {
        self.clause_of(owed.commitment).read_as(owed.reading)
    }

    /// The commitments under a treaty, in order.
    pub fn commitments_under(&self, treaty: TreatyId) -> impl Iterator<Item = CommitmentId> + Clone + '_ {
        let clauses = self.scenario().treaty(treaty).clauses.iter();
        clauses.flat_map(|c| self.scenario().clause(*c).commitments.iter().copied())
    }

    /// The commitments that a state owes, in order.
    pub fn owed_by(&self, state: StateId) -> &[CommitmentId] {
        &self.setting.owes[state.index()]
    }

    /// The commitments that a state can rely on, in order.
    pub fn owed_to(&self, state: StateId) -> &[CommitmentId] {
        &self.setting.relies_on[state.index()]
    }

    /// The commitments of neutrality or non-aggression that stand between a state and any of others.
    pub fn bound_not_to_fight<'b>(
        &'b self,
        state: StateId,
        others: &'b [StateId],
    ) -> impl Iterator<Item = CommitmentId> + 'b {
        self.setting.restraints[state.index()]
            .iter()
            .copied()
            .filter(move |&id| others.contains(&self.commitment(id).beneficiary) && self.stands(id))
    }

    /// The facts of a state's commitments that are owed in a conflict.
    pub fn owed_in(&self, state: StateId, conflict: ConflictId) -> impl Iterator<Item = &Owed> {
        self.obligations.of(state, conflict)
    }

    /// Whether either of two states has a standing commitment to the other, of whatever kind.
    pub fn committed(&self, a: StateId, b: StateId) -> bool {
        let to = |from: StateId, to: StateId| {
            let mut owed = self.owed_by(from).iter();
            owed.any(|id| self.commitment(*id).beneficiary == to && self.stands(*id))
        };
        to(a, b) || to(b, a)
    }

    /// Whether two states are allies: a standing commitment of defence or offence between them.
    pub fn allied(&self, a: StateId, b: StateId) -> bool {
        let promised = |from: StateId, to: StateId| {
            self.owed_by(from).iter().any(|&id| {
                let active =
                    matches!(self.clause_of(id).obligation, Obligation::Defense | Obligation::Offense);
                active && self.commitment(id).beneficiary == to && self.stands(id)
            })
        };
        promised(a, b) || promised(b, a)
    }

    /// Whether a state has nuclear weapons or is defended by one that has.
    pub fn has_nuclear_cover(&self, state: StateId) -> bool {
        self.state(state).nuclear
            || self.owed_to(state).iter().any(|&id| {
                self.clause_of(id).obligation == Obligation::Defense
                    && self.state(self.commitment(id).obligor).nuclear
                    && self.stands(id)
            })
    }

    /// Strength that a state brings to a place: capability, less what distance and weariness take.
    pub fn projected(&self, state: StateId, place: StateId) -> f64 {
        let rules = self.rules();
        let capability = self.capability(state);
        let near = state == place || self.dyads().contiguous(state, place);
        let lost = if near || rules.projection_decay == 0.0 {
            0.0
        } else {
            let reach = (capability / rules.major_capability).min(1.0);
            rules.projection_decay * self.dyads().distance_km(state, place) / 1000.0 * (1.0 - reach)
        };
        let ready = self.environment.readiness(state, self.scenario());
        let capability = capability * (1.0 - self.lent_out(state));
        capability * libm::exp(-lost) * (1.0 - rules.weariness_strength * self.weariness(state)) * ready
    }

    /// The share of its strength that a state has put under the command of others.
    fn lent_out(&self, state: StateId) -> f64 {
        let lent = self.lent_troops().filter(|t| t.from == state);
        (lent.map(|t| t.amount).sum::<f64>() * self.rules().transfers).min(1.0)
    }

    /// Troops that are under the command of others now.
    fn lent_troops(&self) -> impl Iterator<Item = &Transfer> {
        let running = |id: &&TransferId| self.environment.transfers[id.index()].running.is_some();
        self.setting.troops.iter().filter(running).map(|id| self.scenario().transfer(*id))
    }

    /// The strength of troops that others have put under a belligerent's command.
    fn lent(&self, state: StateId) -> f64 {
        let lent = self.lent_troops().filter(|t| t.to == state);
        lent.map(|t| t.amount * self.capability(t.from)).sum::<f64>() * self.rules().transfers
    }

    /// The projected strength of a side: that of those who fight, and a part of that of those who help.
    pub fn strength_of(&self, conflict: &Course, side: Side) -> f64 {
        let known = self.strengths.borrow().iter().find(|(c, s, _)| (*c, *s) == (conflict.id, side)).copied();
        if let Some((.., strength)) = known {
            return strength;
        }
        let strength = self.sum_strength(conflict, side);
        self.strengths.borrow_mut().push((conflict.id, side, strength));
        strength
    }

    fn sum_strength(&self, conflict: &Course, side: Side) -> f64 {
        let fights = |s| self.projected(s, conflict.place) + self.lent(s);
        let fighting: f64 = conflict.on(side).map(fights).sum();
        let helpers = conflict
            .help
            .iter()
            .filter(|h| h.side == side && h.most >= Response::Aid && conflict.side_of(h.state).is_none());
        let helped: f64 = helpers.map(|h| self.projected(h.state, conflict.place)).sum();
        fighting + self.rules().aid_strength * helped
    }

    /// A number from 0 to 1 for this purpose and subject in this turn.
    pub fn draw(&self, purpose: Purpose, subject: Key) -> f64 {
        self.now.dice.draw(purpose, subject, self.now.turn)
    }

    /// The same, drawn once for a whole conflict: it does not change from turn to turn.
    pub fn draw_for_conflict(&self, purpose: Purpose, subject: Key, conflict: &Course) -> f64 {
        self.now.dice.draw(purpose, subject.with(self.conflict_key(conflict)), conflict.began)
    }

    /// The address of a conflict's chance: who began it with whom, and when.
    pub fn conflict_key(&self, conflict: &Course) -> Key {
        let began = Key(u64::from(conflict.began.0));
        self.state(conflict.named.0).key.with(self.state(conflict.named.1).key).with(began)
    }
}
