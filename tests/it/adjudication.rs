//! The adjudication test cases, and what must hold of adjudication however large a world is.

use casus::analysis::entries;
use casus::chronicle::{FactKind, explain};
use casus::fatc;
use casus::model::Turn;
use casus::scenario::EMBEDDED;

use crate::support::{embedded, run, scenario, sentences};

#[test]
fn every_case_comes_out_as_it_must_however_it_is_told() {
    let mut wrong = Vec::new();
    for section in fatc::sections().expect("sections that can be read") {
        for (number, case) in &section.cases {
            for failure in fatc::run(number, case) {
                wrong.push(format!("{number} {}: {failure}", case.title));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_case_that_expects_what_does_not_happen_fails() {
    let sections = fatc::sections().expect("sections that can be read");
    let (number, case) = sections[0].cases.iter().next().expect("a case");
    let first = case.states.keys().next().expect("a state").clone();
    let impossible = fatc::Expected::Fulfilled {
        by: first.clone(),
        to: first,
        under: None,
        how: casus::chronicle::Fulfilment::Honoured,
    };
    let case = fatc::CaseFile { expect: vec![impossible], ..case.clone() };
    assert_eq!(fatc::run(number, &case).len(), fatc::Variant::ALL.len());
}

#[test]
fn the_suite_is_as_large_and_as_real_as_it_says() {
    let sections = fatc::sections().expect("sections that can be read");
    let cases: Vec<_> = sections.iter().flat_map(|s| &s.cases).collect();
    assert!(cases.len() >= 100, "{} cases", cases.len());
    let real = cases.iter().filter(|(_, c)| c.real);
    assert!(real.clone().count() >= 10);
    for (number, case) in real {
        assert!(!case.sources.is_empty(), "{number} is real and names no source");
    }
    for section in &sections {
        for number in section.cases.keys() {
            let of = number.split('.').next().and_then(|n| n.parse().ok());
            assert_eq!(of, Some(section.section), "{number} stands in section {}", section.section);
        }
    }
}

#[test]
fn the_book_of_cases_is_made_from_them() {
    let sections = fatc::sections().expect("sections that can be read");
    let page = include_str!("../../docs/fatc.md");
    assert!(fatc::book(&sections) == page, "docs/fatc.md is out of date: `casus fatc --book > docs/fatc.md`");
}

/// A ring of pacts in which each is bound to the next, and an attack from outside on the first.
fn ring(n: usize, chain: &str) -> String {
    let states: String = (0..=n)
        .map(|i| {
            format!(
                "\"s{i:03}\": (name: \"S{i}\", capital: (name: \"C\", lat: {}.0, lon: {}.0), region: \"r\", \
                 capability: 0.001, territory: []),\n",
                i % 90,
                i % 180
            )
        })
        .collect();
    let pacts: String = (0..n)
        .map(|i| {
            format!(
                "\"p{i:03}\": (name: \"P{i}\", parties: [\"s{i:03}\", \"s{:03}\"], signed: \"1990-01-01\", \
                 in_force: \"1990-01-01\", clauses: {{\"1\": (obligation: Defense, text: \"Help.\", chain: {chain})}}),\n",
                (i + 1) % n
            )
        })
        .collect();
    format!(
        "(format: 1, title: \"ring\", start: \"2000-01-01\", turn: Months(1), turns: 2, rules: (preset: Strict),\n\
         regions: {{\"r\": (name: \"R\")}},\nstates: {{{states}}},\ntreaties: {{{pacts}}},\n\
         injects: {{\"attack\": (turn: 1, text: \"An attack.\",\n\
         act: Incident(initiator: \"s{n:03}\", target: \"s000\", level: War))}})"
    )
}

#[test]
fn a_ring_of_five_hundred_pacts_is_run_through_once_and_ends() {
    let simulation = run(&scenario(&ring(500, "Transitive")), 1, 0);
    assert_eq!(entries(&simulation).len(), 501, "everyone fights, once");
    let reached_by_text_alone = run(&scenario(&ring(500, "None")), 1, 0);
    assert_eq!(
        entries(&reached_by_text_alone).len(),
        4,
        "the two that began and the neighbours of the first victim"
    );
}

#[test]
fn rounds_end_because_each_brings_somebody_a_decision() {
    // A chain of n links takes a round for each, and no more than a few besides.
    let mut simulation =
        casus::engine::Simulation::new(scenario(&ring(40, "Transitive")), 1, casus::model::Replicate(0));
    simulation.step(&[]);
    assert!((20..=30).contains(&simulation.rounds()), "{} rounds", simulation.rounds());
    simulation.step(&[]);
    assert!(simulation.rounds() <= 3, "a turn without news has {} rounds", simulation.rounds());
}

#[test]
fn ten_thousand_treaties_are_read_and_played() {
    let states: String = (0..100)
        .map(|i| {
            format!(
                "\"s{i:02}\": (name: \"S{i}\", capital: (name: \"C\", lat: {i}.0, lon: 0.0), region: \"r\", \
                 capability: 0.01, territory: []),\n"
            )
        })
        .map(|line| line.replace("lat: 9", "lat: 8"))
        .collect();
    let treaties: String = (0..10_000)
        .map(|t| {
            format!(
                "\"t{t}\": (name: \"T\", parties: [\"s{:02}\", \"s{:02}\"], signed: \"1990-01-01\", \
                 in_force: \"1990-01-01\", clauses: {{\"1\": (obligation: Defense, text: \"Help.\")}}),\n",
                t % 100,
                (t + 1 + t / 100) % 100
            )
        })
        .filter(|line| !line.contains("parties: [\"s00\", \"s00\"]"))
        .collect();
    // A state paired with itself is a mistake of its own, so those pairs are left out.
    let treaties: String = treaties
        .lines()
        .filter(|line| {
            let parties = line.split("parties: [").nth(1).and_then(|p| p.split(']').next()).unwrap_or("");
            let mut ids = parties.split(", ");
            ids.next() != ids.next()
        })
        .collect();
    let text = format!(
        "(format: 1, title: \"many\", start: \"2000-01-01\", turn: Months(1), turns: 1, rules: (preset: Strict),\n\
         regions: {{\"r\": (name: \"R\")}},\nstates: {{{states}}},\ntreaties: {{{treaties}}},\n\
         injects: {{\"attack\": (turn: 1, text: \"An attack.\",\n\
         act: Incident(initiator: \"s00\", target: \"s50\", level: War))}})"
    );
    let simulation = run(&scenario(&text), 1, 0);
    assert!(entries(&simulation).len() > 50);
}

#[test]
fn every_state_of_every_scenario_is_told_why() {
    for e in EMBEDDED {
        let scenario = embedded(e.name);
        let simulation = run(&scenario, scenario.seed, 0);
        for state in scenario.state_ids() {
            let told = explain(&scenario, simulation.chronicle(), state, Turn(scenario.turns));
            let name = &scenario.state(state).name;
            let plain = name.trim_start_matches("the ");
            assert!(told.answer.contains(plain), "{}: {name}: {}", e.name, told.answer);
            for line in &told.lines {
                let text = &line.text;
                assert!(!text.contains("  ") && !text.contains(" ."), "{}: {name}: {text:?}", e.name);
            }
        }
    }
}

#[test]
fn nobody_owes_anything_to_itself_or_fights_itself_in_any_scenario() {
    for e in EMBEDDED {
        let scenario = embedded(e.name);
        let simulation = run(&scenario, 7, 1);
        for fact in simulation.chronicle().facts() {
            if let FactKind::Tested { commitment, attack, .. } = &fact.kind {
                let c = scenario.commitment(*commitment);
                assert!(c.obligor != c.beneficiary && attack.attacker != attack.victim);
            }
        }
        assert!(!sentences(&simulation).is_empty());
    }
}
