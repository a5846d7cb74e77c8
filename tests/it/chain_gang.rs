//! CG-1, the plainest model of chain-ganging, as ordinary scenarios: they are what this says, and come out as the model
//! does.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use casus::ensemble::{History, Players};
use casus::scenario::{Scenario, parse};

/// The sizes for which there is a scenario.
const SIZES: [usize; 4] = [20, 50, 200, 1000];

/// Pairs of states with a pact, each once.
fn pacts(n: usize) -> BTreeSet<(usize, usize)> {
    let arcs = (0..n).flat_map(|i| (1..=3).map(move |k| (i, (i * 7 + k * k * 11 + 1) % n)));
    arcs.filter(|(i, j)| i != j).map(|(i, j)| (i.min(j), i.max(j))).collect()
}

/// The scenario of a size.
fn text(n: usize) -> String {
    let total: f64 = (0..n).map(|i| 1.0 / (1.0 + i as f64)).sum();
    let mut text = format!(
        "// Written by `cargo test chain_gang`; see docs/performance.md.\n(\n    format: 1,\n    title: \"CG-1 with {n} states\",\n    \
         summary: \"The plainest model of chain-ganging, for comparisons of speed: an attack now and then, and every \
         partner of a victim joins with the same chance.\",\n    \
         start: \"2000-01-01\",\n    turn: Months(12),\n    turns: 50,\n    rules: (\n        preset: ChainGang,\n        \
         initiative: Random(0.2),\n        decision: Fixed(0.15),\n        war_turns: 3,\n        wars_at_once: 1,\n        \
         attrition: 0.02,\n        attrition_by_strength: 0,\n        weariness_growth: 0,\n        declaration: 0,\n    ),\n    \
         regions: {{\"r\": (name: \"The world\")}},\n    states: {{\n"
    );
    for i in 0..n {
        let share = 1.0 / (1.0 + i as f64) / total;
        let _ = writeln!(
            text,
            "        \"s{i:04}\": (name: \"State {i}\", capital: (name: \"Capital {i}\", lat: 0, lon: 0), region: \"r\", capability: {share:?}, territory: []),"
        );
    }
    text += "    },\n    treaties: {\n";
    for (i, j) in pacts(n) {
        let _ = writeln!(
            text,
            "        \"p{i:04}-{j:04}\": (name: \"Pact {i}-{j}\", parties: [\"s{i:04}\", \"s{j:04}\"], signed: \"1999-01-01\", in_force: \"1999-01-01\", clauses: {{\"1\": (obligation: Defense, text: \"Each helps the other against attack.\", trigger: (unprovoked: true), chain: Transitive)}}),"
        );
    }
    text + "    },\n)\n"
}

fn path(n: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/benchmarks/chain-gang-{n}.ron"))
}

#[test]
fn the_scenarios_are_the_model_written_out() {
    for n in SIZES {
        let (path, text) = (path(n), text(n));
        if std::env::var_os("INSTA_UPDATE").is_some_and(|v| v == "always") {
            std::fs::write(&path, &text).expect("a file that can be written");
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == text, "{} is not what the model says", path.display());
    }
}

fn scenario(n: usize) -> Arc<Scenario> {
    let (scenario, findings) = parse("chain-gang", text(n).as_bytes(), &|_, _| Err("none".into()));
    assert!(!findings.has_errors());
    Arc::new(scenario.expect("a sound scenario"))
}

/// Mean and standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

#[test]
fn the_engine_comes_to_what_the_model_comes_to() {
    let scenario = scenario(50);
    let all = Players::new(&scenario, 1, 2).histories(0..2000, &Default::default(), &|| {});
    // From a flat-array program of the same model (benches/chain_gang.rs), 174,000 histories: mean, standard error.
    let expected = [
        ("wars", 10.0012, 0.0068),
        ("joiners", 17.7144, 0.0207),
        ("largest", 8.2298, 0.0064),
        ("con_final", 0.248_870, 0.000_014),
        ("at_war", 2.2179, 0.0018),
    ];
    let of = |name: &str, h: &History| -> f64 {
        let turns = &h.metrics[1..];
        match name {
            "wars" => h.wars.len() as f64,
            "joiners" => h.joiners().into(),
            "largest" => h.largest().into(),
            "con_final" => turns.last().map_or(0.0, |m| m.concentration),
            _ => turns.iter().map(|m| m.belligerents as f64).sum::<f64>() / turns.len() as f64,
        }
    };
    for (name, theirs, their_error) in expected {
        let values: Vec<f64> = all.iter().map(|h| of(name, h)).collect();
        let (ours, error) = mean(&values);
        let combined = (error * error + their_error * their_error).sqrt();
        assert!((ours - theirs).abs() < 4.0 * combined, "{name}: {ours} against {theirs}, error {combined}");
    }
}
