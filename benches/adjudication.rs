//! How long it takes to adjudicate one incident: everything from the attack to the verdicts, in one turn.
//!
//! `cargo bench --bench adjudication --no-default-features`. The world has 200 states, 150 treaties and about 3,000
//! commitments of all kinds; the attacked state is a party to many of them. The same turn is counted three times:
//! whole, per round of "aggression triggers assistance", and per commitment that was tested. A turn in which
//! nothing happens stands beside it, as the yardstick for what the incident itself costs.

use std::collections::BTreeMap;
use std::sync::Arc;

use casus::chronicle::FactKind;
use casus::engine::Simulation;
use casus::model::{Obligation, Replicate, TurnLength};
use casus::scenario::file::{CapitalFile, ClauseFile, RegionFile, ScenarioFile, StateFile, TreatyFile};
use casus::scenario::{Act, Incident, Preset, RulesFile, Scenario, from_ron, resolve};
use divan::Bencher;
use divan::counter::ItemsCount;

const STATES: u32 = 200;
const TREATIES: u32 = 150;

fn main() {
    let scenario = world(Preset::Strict);
    println!(
        "{} states, {} treaties, {} commitments",
        scenario.states.len(),
        scenario.treaties.len(),
        scenario.commitments.len()
    );
    for preset in [Preset::Strict, Preset::Historical] {
        let (rounds, tested) = effort(&world(preset));
        println!("{}: {rounds} rounds, {tested} commitments tested", preset.name());
    }
    divan::main();
}

/// Treaties of three to six neighbours in a ring, so that every state has several and pacts overlap.
fn world(preset: Preset) -> Arc<Scenario> {
    let states = (0..STATES).map(|i| {
        let state = StateFile {
            name: format!("State {i}"),
            capital: CapitalFile {
                name: format!("Capital {i}"),
                lat: f64::from(i % 20) * 5.0 - 50.0,
                lon: f64::from(i / 20) * 30.0 - 150.0,
            },
            region: format!("r{}", i % 10),
            capability: 1.0 / f64::from(STATES),
            nuclear: false,
            democracy: 0.5,
            resolve: 0.5,
            intelligence: 0.5,
            munitions: None,
            war_powers: Default::default(),
            control: Default::default(),
            war_powers_text: String::new(),
            may_fight_if: None,
            territory: Some(Vec::new()),
            sources: Vec::new(),
        };
        (id(i), state)
    });
    let treaties = (0..TREATIES).map(|t| {
        let size = 3 + t % 4;
        let parties: Vec<String> = (0..size).map(|k| id((t * 7 + k * 11) % STATES)).collect();
        let kinds = [Obligation::Defense, Obligation::Consultation, Obligation::NonAggression];
        let kinds = &kinds[..1 + (t % 3) as usize];
        let clauses = kinds.iter().zip(1..).map(|(kind, article)| (article.to_string(), clause(*kind)));
        let treaty = TreatyFile { parties, clauses: clauses.collect(), ..empty_treaty(t) };
        (format!("t{t}"), treaty)
    });
    let file = ScenarioFile {
        format: 1,
        title: "benchmark".into(),
        start: Some("2000-01-01".into()),
        turn: Some(TurnLength::Months(1)),
        turns: Some(1000),
        rules: RulesFile { preset: Some(preset), ..RulesFile::default() },
        regions: (0..10).map(|r| (format!("r{r}"), RegionFile { name: format!("Region {r}") })).collect(),
        states: states.collect(),
        treaties: treaties.collect(),
        ..ScenarioFile::default()
    };
    let (scenario, findings) = resolve("benchmark", file);
    Arc::new(scenario.unwrap_or_else(|| panic!("{:?}", findings.items())))
}

fn id(i: u32) -> String {
    format!("s{i:03}")
}

fn clause(obligation: Obligation) -> ClauseFile {
    let text = format!("(obligation: {obligation:?}, text: \"Article.\", strength: Between(0.3, 0.6, 0.9))");
    from_ron(&text).unwrap_or_else(|why| panic!("{why}"))
}

fn empty_treaty(t: u32) -> TreatyFile {
    let text = format!(
        "(name: \"Treaty {t}\", parties: [], signed: \"1990-01-01\", in_force: \"1990-01-01\", clauses: {{}})"
    );
    from_ron(&text).unwrap_or_else(|why| panic!("{why}"))
}

/// An attack on a state with many partners.
fn incident(scenario: &Scenario) -> Act {
    let mut partners = BTreeMap::new();
    for c in &scenario.commitments {
        *partners.entry(c.beneficiary).or_insert(0) += 1;
    }
    let target =
        partners.iter().max_by_key(|(_, n)| **n).map_or(scenario.state_ids().next(), |(s, _)| Some(*s));
    let target = target.unwrap_or_else(|| panic!("the world has states"));
    let free = scenario.state_ids().find(|s| {
        *s != target && !scenario.commitments.iter().any(|c| (c.obligor, c.beneficiary) == (*s, target))
    });
    let initiator = free.unwrap_or_else(|| panic!("someone owes the target nothing"));
    Act::Incident(Incident::invasion(initiator, target))
}

/// How many rounds one incident takes, and how many commitments are tested in them.
fn effort(scenario: &Arc<Scenario>) -> (usize, usize) {
    let mut simulation = warm(scenario);
    simulation.step(&[incident(scenario)]);
    let tested = |k: &FactKind| matches!(k, FactKind::Tested { .. });
    let facts = simulation.chronicle().facts();
    (simulation.rounds(), facts.iter().filter(|f| tested(&f.kind)).count())
}

/// A simulation whose first turn, in which schedules are built, lies behind it.
fn warm(scenario: &Arc<Scenario>) -> Simulation {
    let mut simulation = Simulation::new(Arc::clone(scenario), 1, Replicate(0));
    simulation.step(&[]);
    simulation
}

fn adjudicate(bencher: Bencher, preset: Preset, count: impl Fn((usize, usize)) -> usize) {
    let scenario = world(preset);
    let act = incident(&scenario);
    bencher
        .counter(ItemsCount::new(count(effort(&scenario))))
        .with_inputs(|| warm(&scenario))
        .bench_local_values(|mut simulation| {
            simulation.step(std::slice::from_ref(&act));
            simulation
        });
}

#[divan::bench(args = ["Strict", "Historical"])]
fn incident_whole(bencher: Bencher, preset: &str) {
    adjudicate(bencher, named(preset), |_| 1);
}

#[divan::bench(args = ["Strict", "Historical"])]
fn incident_per_round(bencher: Bencher, preset: &str) {
    adjudicate(bencher, named(preset), |(rounds, _)| rounds);
}

#[divan::bench(args = ["Strict", "Historical"])]
fn incident_per_commitment_tested(bencher: Bencher, preset: &str) {
    adjudicate(bencher, named(preset), |(_, tested)| tested);
}

#[divan::bench]
fn quiet_turn(bencher: Bencher) {
    let scenario = world(Preset::Historical);
    bencher.with_inputs(|| warm(&scenario)).bench_local_values(|mut simulation| {
        simulation.step(&[]);
        simulation
    });
}

fn named(preset: &str) -> Preset {
    if preset == "Strict" { Preset::Strict } else { Preset::Historical }
}
