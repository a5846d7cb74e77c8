//! What must hold in every world.

use std::collections::BTreeSet;
use std::sync::Arc;

use casus::chronicle::FactKind;
use casus::engine::Simulation;
use casus::model::Replicate;
use casus::scenario::{self, EMBEDDED, Scenario};
use proptest::prelude::*;

use crate::support::{embedded, library, run, small_world};

/// Pacts between up to six states, an attack, and the rules they are played by.
#[derive(Clone, Debug)]
struct World {
    pacts: Vec<(usize, usize, usize, usize)>,
    attack: (usize, usize),
    /// Further acts: who, against whom, how grave, in which turn, and of which kind.
    acts: Vec<(usize, usize, usize, u32, usize)>,
    seed: u64,
    preset: &'static str,
}

fn worlds() -> impl Strategy<Value = World> {
    let pact = (0..6usize, 0..6usize, 0..4usize, 0..3usize);
    (
        proptest::collection::vec(pact, 0..9),
        (0..6usize, 0..6usize),
        proptest::collection::vec((0..6usize, 0..6usize, 0..4usize, 1..4u32, 0..7usize), 0..6),
        any::<u64>(),
        prop_oneof![Just("Strict"), Just("Historical"), Just("Classroom")],
    )
        .prop_map(|(pacts, attack, acts, seed, preset)| World { pacts, attack, acts, seed, preset })
}

const IDS: [&str; 7] = ["A", "B", "C", "D", "E", "F", "G"];

impl World {
    fn entries(&self, reversed: bool) -> String {
        let mut treaties: Vec<String> = self
            .pacts
            .iter()
            .enumerate()
            .filter(|(_, (a, b, ..))| a != b)
            .map(|(i, (a, b, kind, chain))| {
                let kind = ["Defense", "NonAggression", "Neutrality", "Offense"][*kind];
                let chain = ["None", "DirectVictim", "Transitive"][*chain];
                format!(
                    r#""p{i}": (name: "p{i}", parties: ["{}", "{}"], signed: "1990-01-01", in_force: "1990-01-01",
                    clauses: {{"1": (obligation: {kind}, text: "Help.", chain: {chain},
                    strength: Between(0.2, 0.6, 1.0))}}),"#,
                    IDS[*a], IDS[*b]
                )
            })
            .collect();
        if reversed {
            treaties.reverse();
        }
        let acts: String = self
            .acts
            .iter()
            .enumerate()
            .filter(|(_, (a, b, ..))| a != b)
            .map(|(i, (a, b, level, turn, kind))| {
                let (a, b) = (IDS[*a], IDS[*b]);
                let level = ["Threat", "Display", "UseOfForce", "War"][*level];
                let flag = ["", "contested: true", "covert: true", "separate: true", "widens: true"];
                let act = match kind {
                    5 => format!(r#"SeparatePeace(by: "{a}", with: "{b}")"#),
                    6 => format!(r#"Ceasefire("{a}", "{b}")"#),
                    kind => format!(
                        r#"Incident(initiator: "{a}", target: "{b}", level: {level}, {})"#,
                        flag[*kind]
                    ),
                };
                format!(r#""x{i}": (turn: {turn}, text: "z", act: {act}),"#)
            })
            .collect();
        let (a, b) = self.attack;
        let b = if a == b { (b + 1) % 6 } else { b };
        format!(
            r#"treaties: {{{}}}, relations: [(from: ["A", "B"], to: ["C", "D"], affinity: 0.7, hostility: 0.2)],
            injects: {{"attack": (turn: 1, text: "x", act: Incident(initiator: "{}", target: "{}", level: War)),
            "again": (turn: 2, probability: 0.5, text: "y", act: Incident(initiator: "{}", target: "E", level: UseOfForce)),{acts}}},"#,
            treaties.concat(),
            IDS[a],
            IDS[b],
            if a == 4 { "F" } else { IDS[a] },
        )
    }

    fn text(&self, n: usize, reversed: bool) -> String {
        small_world(n, &self.entries(reversed)).replace("preset: Strict", &format!("preset: {}", self.preset))
    }

    fn scenario(&self) -> Arc<Scenario> {
        crate::support::scenario(&self.text(6, false))
    }
}

/// The facts without their places in the chronicle, in the order of what they say.
fn told(simulation: &Simulation) -> Vec<String> {
    let mut told = crate::support::sentences(simulation);
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_entries_in_a_file_is_irrelevant(world in worlds()) {
        let forward = run(&world.scenario(), world.seed, 0);
        let backward = run(&crate::support::scenario(&world.text(6, true)), world.seed, 0);
        prop_assert_eq!(forward.digest(), backward.digest());
    }

    #[test]
    fn a_state_that_nothing_ties_to_others_changes_nothing_else(world in worlds()) {
        let six = run(&world.scenario(), world.seed, 0);
        let seven = run(&crate::support::scenario(&world.text(7, false)), world.seed, 0);
        prop_assert_eq!(told(&six), told(&seven));
    }

    #[test]
    fn causes_come_before_their_effects(world in worlds()) {
        let simulation = run(&world.scenario(), world.seed, 0);
        for fact in simulation.chronicle().facts() {
            prop_assert!(fact.because.iter().all(|cause| *cause < fact.id));
        }
    }

    #[test]
    fn nobody_fights_on_both_sides_or_against_itself(world in worlds()) {
        let simulation = run(&world.scenario(), world.seed, 0);
        let mut seen = BTreeSet::new();
        for fact in simulation.chronicle().facts() {
            if let FactKind::Entered { conflict, state, .. } = fact.kind {
                prop_assert!(seen.insert((conflict, state)), "entered twice");
            }
        }
    }

    #[test]
    fn who_fights_leaves_once_and_a_war_ends_once(world in worlds()) {
        let simulation = run(&world.scenario(), world.seed, 0);
        let (mut left, mut ended) = (BTreeSet::new(), BTreeSet::new());
        for fact in simulation.chronicle().facts() {
            match fact.kind {
                FactKind::Withdrew { conflict, state, .. } => {
                    prop_assert!(left.insert((conflict, state)), "left twice");
                }
                FactKind::ConflictEnded { conflict, .. } => prop_assert!(ended.insert(conflict), "ended twice"),
                FactKind::Entered { conflict, state, .. } => {
                    prop_assert!(!left.contains(&(conflict, state)) && !ended.contains(&conflict));
                }
                _ => {}
            }
        }
        for sentence in crate::support::sentences(&simulation) {
            for id in IDS {
                prop_assert!(!sentence.contains(&format!("{id} is fighting {id}")), "{sentence}");
            }
        }
    }

    #[test]
    fn a_commitment_falls_due_at_most_once_for_an_attack(world in worlds()) {
        let simulation = run(&world.scenario(), world.seed, 0);
        let mut seen = BTreeSet::new();
        for fact in simulation.chronicle().facts() {
            if let FactKind::Tested { commitment, attack, owed: true, .. } = &fact.kind {
                prop_assert!(seen.insert((*commitment, attack.fact, attack.victim)));
            }
        }
    }

    #[test]
    fn runs_are_repeated_exactly_on_any_number_of_threads(world in worlds()) {
        let scenario = world.scenario();
        let alone = run(&scenario, world.seed, 3).digest();
        let together: Vec<String> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..2).map(|_| scope.spawn(|| run(&scenario, world.seed, 3).digest())).collect();
            workers.into_iter().map(|w| w.join().expect("a worker")).collect()
        });
        prop_assert!(together.iter().all(|digest| *digest == alone));
    }

    #[test]
    fn replicates_differ_in_chance_only(world in worlds(), replicate in 0..50u32) {
        let scenario = world.scenario();
        let mut stepwise = Simulation::new(Arc::clone(&scenario), world.seed, Replicate(replicate));
        while !stepwise.is_over() {
            stepwise.step(&[]);
        }
        prop_assert_eq!(stepwise.digest(), run(&scenario, world.seed, replicate).digest());
    }

    #[test]
    fn quantities_stay_in_their_ranges(world in worlds()) {
        let mut simulation = Simulation::new(world.scenario(), world.seed, Replicate(0));
        for _ in 0..12 {
            simulation.step(&[]);
            for state in &simulation.snapshot().states {
                prop_assert!((0.0..=1.0).contains(&state.capability));
                prop_assert!((0.0..=1.0).contains(&state.weariness));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,300}") {
        let _ = scenario::parse("x", text.as_bytes(), &library);
    }
}

#[test]
fn reading_what_was_written_gives_the_same_file() {
    for e in EMBEDDED {
        let (file, _) = scenario::parse_file(e.name, e.source.as_bytes(), &library);
        let file = file.expect("a file");
        let text = scenario::write(&file);
        let (again, findings) = scenario::parse_file(e.name, text.as_bytes(), &library);
        assert!(!findings.has_errors(), "{}", casus::diagnostics::to_text(&findings, &text));
        assert_eq!(again, Some(file), "{}", e.name);
    }
}

#[test]
fn truncated_files_are_reported_and_never_panic() {
    let source = scenario::embedded("three-leagues").expect("a scenario").source;
    // Without its last line break it is still whole.
    for end in (0..source.trim_end().len()).step_by(7) {
        let cut = &source.as_bytes()[..end];
        let (scenario, findings) = scenario::parse("cut", cut, &library);
        assert!(scenario.is_none() && findings.has_errors(), "cut at {end}");
        casus::diagnostics::to_text(&findings, &String::from_utf8_lossy(cut));
    }
}

#[test]
fn scenarios_that_extend_each_other_are_told_apart_from_deep_ones() {
    let text = |base: &str| format!("(format: 1, title: \"t\", extends: \"{base}\")").into_bytes();
    let circle = |_: &str, base: &str| Ok((base.to_owned(), text(if base == "b" { "a" } else { "b" })));
    let (_, findings) = scenario::parse("a", &text("b"), &circle);
    assert!(findings.items().iter().any(|d| d.code == "E108"), "{findings:?}");
    let deep = |_: &str, base: &str| Ok((base.to_owned(), text(&format!("{base}x"))));
    let (_, findings) = scenario::parse("a", &text("b"), &deep);
    assert!(findings.items().iter().any(|d| d.message.contains("stand one on another")), "{findings:?}");
}

#[test]
fn the_new_axis_gives_the_same_bytes_twenty_times() {
    let scenario = embedded("new-axis-2024");
    let report = || casus::analysis::report(&mut run(&scenario, 1, 0)).to_string();
    let first = report();
    assert!((1..20).all(|_| report() == first));
}

#[test]
fn a_simulation_that_begins_again_is_as_good_as_a_new_one() {
    for e in EMBEDDED {
        let scenario = embedded(e.name);
        let mut again = run(&scenario, 7, 0);
        for replicate in [1, 2] {
            again.restart(7, Replicate(replicate));
            again.run(None, &[]);
            let new = run(&scenario, 7, replicate);
            assert_eq!(again.digest(), new.digest(), "{} {replicate}", e.name);
            assert_eq!(again.metrics(), new.metrics(), "{} {replicate}", e.name);
        }
    }
}
