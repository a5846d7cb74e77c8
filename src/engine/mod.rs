//! The simulation as a value: build it, step it, read its chronicle.

mod metrics;
mod turn;

use std::fmt;
use std::sync::Arc;

use bevy_app::App;
use bevy_ecs::prelude::*;

use metrics::{Balance, Detail};
pub use metrics::{METRICS, MetricInfo, Metrics};

pub use crate::rules::blocs::blocs;
pub use crate::rules::deterrence::Outlook;

use crate::chronicle::Chronicle;
use crate::dice::Dice;
use crate::model::{Replicate, Turn};
use crate::rules::agenda::Orders;
use crate::rules::balance::Blocs;
use crate::rules::conditions::Settled;
use crate::rules::fears::Fears;
use crate::scenario::{Act, Scenario};
use crate::world::{self, Ledger, Snapshot};

/// A running scenario.
pub struct Simulation {
    world: World,
    scenario: Arc<Scenario>,
    metrics: Vec<Metrics>,
    details: Vec<Detail>,
    /// Where states keep their capability, found once.
    columns: world::Columns,
    balance: Balance,
    /// The balance and the fears before the first turn, for another history.
    opening: (Balance, Fears),
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation")
            .field("scenario", &self.scenario.name)
            .field("turn", &self.turn())
            .finish()
    }
}

impl Simulation {
    /// A scenario at its start.
    pub fn new(scenario: Arc<Scenario>, seed: u64, replicate: Replicate) -> Self {
        let mut app = App::empty();
        app.add_plugins(turn::plugin);
        let mut world = std::mem::take(app.world_mut());
        world.insert_resource(Orders::default());
        world.insert_resource(Settled::default());
        world.insert_resource(Blocs::default());
        world::spawn(&mut world, &scenario, Dice::new(seed, replicate));
        world.insert_resource(Fears::default());
        let stock = world.run_system_cached(turn::take_stock);
        debug_assert!(stock.is_ok(), "everything that it looks at is there");
        let opening = (Balance::of(&scenario), world.resource::<Fears>().clone());
        let columns = world::Columns::of(&mut world);
        let mut simulation = Self {
            columns,
            world,
            scenario,
            metrics: Vec::new(),
            details: Vec::new(),
            balance: opening.0,
            opening,
        };
        simulation.measure();
        simulation
    }

    /// Goes back to the start, for another history of the same scenario. It is the same as a new simulation, but
    /// nothing is built again that does not change.
    pub fn restart(&mut self, seed: u64, replicate: Replicate) {
        self.world.resource_mut::<Orders>().0.clear();
        self.world.resource_mut::<Settled>().clear();
        world::begin(&mut self.world, Dice::new(seed, replicate));
        self.world.clear_trackers();
        self.metrics.clear();
        self.details.clear();
        self.balance = self.opening.0;
        self.world.resource_mut::<Fears>().clone_from(&self.opening.1);
        self.world.resource_mut::<Blocs>().clear();
        self.measure();
    }

    /// Plays one turn; `orders` are carried out after scripted events.
    pub fn step(&mut self, orders: &[Act]) {
        let next = Turn(self.turn().0 + 1);
        self.world.resource_mut::<Ledger>().now.turn = next;
        self.world.resource_mut::<Orders>().0.extend_from_slice(orders);
        self.world.run_schedule(turn::Turn);
        // Without this, records of removed components would grow without end.
        self.world.clear_trackers();
        self.measure();
    }

    fn ledger(&self) -> &Ledger {
        self.world.resource::<Ledger>()
    }

    fn measure(&mut self) {
        let scenario = Arc::clone(&self.scenario);
        self.world.resource_scope(|world, mut blocs: Mut<Blocs>| {
            let ledger = world.resource::<Ledger>();
            blocs.refresh(&scenario, ledger.treaty_changes, ledger.standing());
        });
        let (metrics, detail) = match self.unchanged() {
            Some(same) => {
                debug_assert_eq!(same, self.measured(), "nothing has happened, so nothing is otherwise");
                same
            }
            None => self.measured(),
        };
        if self.metrics.is_empty() {
            self.world.resource_mut::<Blocs>().open(metrics.multipolar);
        }
        self.metrics.push(metrics);
        self.details.push(detail);
    }

    /// What is measured at the end of a turn in which nothing has happened: what was before.
    fn unchanged(&self) -> Option<(Metrics, Detail)> {
        let (now, happened) = (&self.ledger().now, self.chronicle().len() > self.ledger().round.turn_start);
        let quiet = !happened && !self.world.resource::<Fears>().changed;
        let (before, detail) = self.metrics.last().zip(self.details.last()).filter(|_| quiet)?;
        let date = self.world.resource::<world::Setting>().date(now.turn);
        Some((Metrics { turn: now.turn, date, ..*before }, detail.clone()))
    }

    fn measured(&mut self) -> (Metrics, Detail) {
        let ledger = self.world.resource::<Ledger>();
        self.balance.refresh(&self.scenario, &ledger.attitudes, ledger.sign_changes);
        let now = world::Glance::of(&self.world, &self.columns);
        let blocs = self.world.resource::<Blocs>();
        let fears = &self.world.resource::<Fears>().of;
        Metrics::of(&self.scenario, &now, blocs.now(), &self.balance, fears)
    }

    /// Plays on up to the scenario's last turn, or for `turns` if given.
    pub fn run(&mut self, turns: Option<u32>, orders: &[(Turn, Act)]) {
        let last = turns.unwrap_or(self.scenario.turns);
        while self.turn().0 < last {
            let next = Turn(self.turn().0 + 1);
            let now: Vec<Act> =
                orders.iter().filter(|(turn, _)| *turn == next).map(|(_, act)| act.clone()).collect();
            self.step(&now);
        }
    }

    /// The seed of all chance.
    pub fn seed(&self) -> u64 {
        self.ledger().now.dice.seed
    }

    /// Which of the many histories of this seed it is.
    pub fn replicate(&self) -> Replicate {
        self.ledger().now.dice.replicate
    }

    /// The turn that was played last.
    pub fn turn(&self) -> Turn {
        self.ledger().now.turn
    }

    /// How many rounds of "aggression triggers assistance" the last turn had.
    pub fn rounds(&self) -> usize {
        self.ledger().round.count
    }

    /// Whether the scenario's last turn has been played.
    pub fn is_over(&self) -> bool {
        self.turn().0 >= self.scenario.turns
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// What has happened.
    pub fn chronicle(&self) -> &Chronicle {
        self.world.resource::<Chronicle>()
    }

    /// The conflicts so far, ended ones included, by id.
    pub fn courses(&self) -> &[world::Course] {
        self.ledger().conflicts.all()
    }

    /// Metrics by turn, from turn 0.
    pub fn metrics(&self) -> &[Metrics] {
        &self.metrics
    }

    /// Tension in each region by turn, from turn 0; stability is its complement.
    pub fn regional_tension(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.details.iter().map(|detail| detail.regional.as_slice())
    }

    /// The share of each bloc in the capability of all by turn, from turn 0; states without allies are blocs of one.
    pub fn bloc_shares(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.details.iter().map(|detail| detail.blocs.as_slice())
    }

    /// The pledges made so far.
    pub fn pledges(&self) -> impl Iterator<Item = &crate::scenario::Pledge> {
        self.ledger().pledges.0.iter().map(|(pledge, _)| pledge)
    }

    /// What those with a grievance would meet if they attacked, as they see it now.
    pub fn outlook(&mut self) -> Vec<Outlook> {
        self.world.run_system_cached(turn::look_out).unwrap_or_default()
    }

    /// The world now.
    pub fn snapshot(&self) -> Snapshot {
        let fears = self.world.resource::<Fears>().of.clone();
        Snapshot::of(&self.world, self.chronicle().len(), fears)
    }

    /// A fingerprint of all that has happened: equal for equal runs, on any number of threads and on any machine.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.chronicle().fingerprint())
    }
}
