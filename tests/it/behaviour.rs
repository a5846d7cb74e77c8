//! Long runs stay sane, in every shipped scenario.
//!
//! `CASUS_HISTORIES=1000 cargo test --release --no-default-features long_runs -- --nocapture` plays as many of each and
//! prints the table of docs/behaviour.md.

use std::sync::Arc;

use casus::chronicle::{Chronicle, FactKind, Statecraft};
use casus::engine::Simulation;
use casus::model::{Replicate, Role};
use casus::scenario::{EMBEDDED, PAIRS, Scenario};

use crate::support::embedded;

const TURNS: u32 = 200;

/// What the histories of a scenario come to.
#[derive(Default)]
struct Behaviour {
    histories: f64,
    years: f64,
    wars: f64,
    ended: f64,
    /// Wars by the number of their belligerents: two, three, more.
    sizes: [f64; 3],
    joiners: f64,
    /// Obligations to act: met, in part, not met.
    fulfilled: [f64; 3],
    entered_into_force: f64,
    terminated: f64,
}

impl Behaviour {
    fn add(&mut self, simulation: &Simulation) {
        self.histories += 1.0;
        self.years += f64::from(TURNS) * simulation.scenario().calendar.length.years();
        for course in simulation.courses().iter().filter(|c| !c.belligerents.is_empty()) {
            self.wars += 1.0;
            self.ended += f64::from(u8::from(!course.is_active()));
            let n = course.belligerents.len();
            self.sizes[n.saturating_sub(2).min(2)] += 1.0;
            let joined = course.belligerents.iter().filter(|b| b.role == Role::Joiner).count();
            self.joiners += joined as f64;
        }
        for fact in simulation.chronicle().facts().iter().filter(|f| f.turn.0 > 0) {
            match fact.kind {
                FactKind::EnteredIntoForce { .. } => self.entered_into_force += 1.0,
                FactKind::Terminated { .. } => self.terminated += 1.0,
                _ => {}
            }
        }
        let last = simulation.metrics().last().expect("turn 0 at least");
        for (sum, n) in self.fulfilled.iter_mut().zip([last.honoured, last.partial, last.reneged]) {
            *sum += n as f64;
        }
    }

    fn row(&self, name: &str) -> String {
        let (n, wars) = (self.histories, self.wars.max(1.0));
        let owed: f64 = self.fulfilled.iter().sum::<f64>().max(1.0);
        format!(
            "| `{name}` | {:.2} | {:.0} % | {:.0} / {:.0} / {:.0} % | {:.2} | {:.0} / {:.0} / {:.0} % | {:.2} | {:.2} |",
            self.wars / n,
            100.0 * self.ended / wars,
            100.0 * self.sizes[0] / wars,
            100.0 * self.sizes[1] / wars,
            100.0 * self.sizes[2] / wars,
            self.joiners / wars,
            100.0 * self.fulfilled[0] / owed,
            100.0 * self.fulfilled[1] / owed,
            100.0 * self.fulfilled[2] / owed,
            self.entered_into_force / n,
            self.terminated / n,
        )
    }
}

/// Every quantity lies in its range.
fn check(scenario: &Scenario, simulation: &Simulation) {
    let name = &scenario.name;
    for m in simulation.metrics() {
        let shares = [
            m.concentration,
            m.greatest_share,
            m.tension,
            m.greatest_bloc,
            m.balance,
            m.norm_strength,
            m.capability_at_war,
        ];
        for share in shares {
            assert!((-1e-9..=1.0 + 1e-9).contains(&share), "{name}, turn {}: {m:?}", m.turn.0);
        }
        assert!(m.poles >= 1.0 - 1e-9 && m.poles <= scenario.states.len() as f64 + 1e-9, "{name}: {m:?}");
        assert!(m.polarization >= 0.0 && m.polarization <= 1.0 + 1e-9, "{name}: {m:?}");
    }
    for (state, view) in scenario.states.iter().zip(simulation.snapshot().states) {
        let most = state.capability * scenario.rules.arms_limit + 1e-9;
        assert!((0.0..=most).contains(&view.capability), "{name}: {} has {view:?}", state.id);
        assert!((0.0..=1.0).contains(&view.weariness), "{name}: {} is {view:?}", state.id);
    }
    stocks(scenario, simulation.chronicle());
}

/// No stock goes below nothing, and none changes by anything but what the chronicle says.
fn stocks(scenario: &Scenario, chronicle: &Chronicle) {
    let mut stock: Vec<f64> = scenario.states.iter().map(|s| s.munitions.map_or(0.0, |m| m.stock)).collect();
    for fact in chronicle.facts() {
        let FactKind::Statecraft(what) = &fact.kind else { continue };
        match what {
            Statecraft::Shipped(all) => {
                for s in all.iter().filter(|s| s.stocked && scenario.state(s.from).munitions.is_some()) {
                    stock[s.from.index()] -= s.amount;
                }
            }
            Statecraft::Arrived { to, amount } => stock[to.index()] += amount,
            Statecraft::Stocked(all) => {
                for m in all {
                    let now = &mut stock[m.state.index()];
                    *now += m.made - m.used;
                    assert!(
                        m.stock >= 0.0 && (*now - m.stock).abs() < 1e-6 * m.stock.max(1.0),
                        "{m:?}, {now}"
                    );
                    *now = m.stock;
                }
            }
            _ => {}
        }
    }
}

fn behave(scenario: &Arc<Scenario>, histories: u32) -> Behaviour {
    let mut behaviour = Behaviour::default();
    let mut simulation = Simulation::new(Arc::clone(scenario), 1, Replicate(0));
    for replicate in 0..histories {
        simulation.restart(1, Replicate(replicate));
        simulation.run(Some(TURNS), &[]);
        check(scenario, &simulation);
        behaviour.add(&simulation);
    }
    behaviour
}

#[test]
fn long_runs_stay_sane() {
    let histories = std::env::var("CASUS_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let mut rows = Vec::new();
    for e in EMBEDDED.iter().chain(PAIRS) {
        let behaviour = behave(&embedded(e.name), histories);
        rows.push(behaviour.row(e.name));
        // By then a war that goes on is an exception.
        assert!(
            behaviour.wars < 20.0
                || behaviour.years < 10.0 * behaviour.histories
                || behaviour.ended > 0.7 * behaviour.wars,
            "{}: {} of {} wars ended",
            e.name,
            behaviour.ended,
            behaviour.wars
        );
    }
    println!("{}", rows.join("\n"));
}
