//! The world as a phase of the turn has it before it: rules read it and record facts, which then take effect.

use std::cell::RefCell;

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::apply::apply_facts;
use super::book::Book;
use super::components::{Capability, TreatyStatus, Weariness};
use super::ledger::{Ledger, Round};
use super::spawn::Setting;
use crate::chronicle::Chronicle;

/// A rule: what it finds in the world it records as facts, and it changes nothing.
pub type Rule = fn(&Book, &mut Chronicle);

/// The world while a phase of the turn is carried out: the parameter of every system.
#[derive(SystemParam)]
pub struct Desk<'w, 's> {
    setting: Res<'w, Setting>,
    ledger: ResMut<'w, Ledger>,
    chronicle: ResMut<'w, Chronicle>,
    states: Query<'w, 's, (&'static mut Capability, &'static mut Weariness)>,
    treaties: Query<'w, 's, &'static mut TreatyStatus>,
}

impl Desk<'_, '_> {
    /// Rules are followed one after the other, all in the world as it is now; what they record then takes effect.
    pub fn follow(&mut self, rules: &[Rule]) {
        self.carry_out(|book, chronicle| rules.iter().for_each(|rule| rule(book, chronicle)));
    }

    /// The same for what needs more than the world to record facts.
    pub fn carry_out<T>(&mut self, record: impl FnOnce(&Book, &mut Chronicle) -> T) -> T {
        let book = Book {
            setting: &self.setting,
            ledger: &self.ledger,
            states: columns(&self.states),
            treaties: self.treaties.as_readonly(),
            strengths: RefCell::default(),
        };
        let result = record(&book, &mut self.chronicle);
        apply_facts(&self.chronicle, &self.setting, &mut self.ledger, &mut self.states, &mut self.treaties);
        result
    }

    /// What a run has come to so far.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// A turn begins: nothing of it has happened yet.
    pub fn open_turn(&mut self) {
        let start = self.chronicle.len();
        let Ledger { round, obligations, conflicts, .. } = &mut *self.ledger;
        obligations.close(conflicts);
        *round = Round { turn_start: start, fresh: start, start, act: 0, count: 0, applied: round.applied };
    }

    /// Which facts the rules look at, and which act is carried out.
    pub fn round(&mut self) -> &mut Round {
        &mut self.ledger.round
    }

    /// What has happened.
    pub fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// States at peace recover from weariness as time passes.
    pub fn rest(&mut self) {
        let scenario = &self.setting.scenario;
        // Nobody is weary where no war makes weary.
        if scenario.rules.weariness_growth <= 0.0 || self.ledger.conflicts.all().is_empty() {
            return;
        }
        let gone = scenario.rules.weariness_recovery * scenario.calendar.length.years();
        for (state, entity) in scenario.state_ids().zip(&self.setting.states) {
            if let Ok((_, mut weariness)) = self.states.get_mut(*entity)
                && weariness.0 > 0.0
                && self.ledger.conflicts.wars_of(state) == 0
            {
                weariness.0 = (weariness.0 - gone).max(0.0);
            }
        }
    }
}

/// What states hold, by id: they are all alike and were made in that order, so it lies side by side.
fn columns<'w>(states: &'w Query<(&mut Capability, &mut Weariness)>) -> (&'w [Capability], &'w [Weariness]) {
    let found = states.contiguous_iter().ok().and_then(|mut tables| tables.next());
    found.unwrap_or_default()
}
