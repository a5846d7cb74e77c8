//! `casus check`.

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::Format;
use super::library::load;
use super::output::{Failure, colours, json_text, styled, wrapped};
use crate::analysis::{check_expectations, claim_in_words, histories_to_check};

/// Runs a scenario's assertions about its own outcome.
pub fn check(name: &str, seed: u64, format: Format) -> Result<String, Failure> {
    let scenario = load(name, format)?;
    // Drawn to the terminal only; it is shown on standard error.
    let bar = ProgressBar::new(histories_to_check(&scenario));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} histories, {eta} left") {
        bar.set_style(style);
    }
    let mut text = String::new();
    let mut rows = Vec::new();
    let mut failed = 0;
    let results = check_expectations(&scenario, seed, || bar.inc(1));
    for (expectation, result) in scenario.expect.iter().zip(results) {
        let share = f64::from(result.held) / f64::from(result.replicates);
        let (low, high) = expectation.share;
        failed += usize::from(!result.as_expected);
        let claim = claim_in_words(&scenario, expectation.claim);
        rows.push(json!({
            "claim": claim, "because": expectation.because, "held": result.held, "replicates": result.replicates,
            "share": share, "expected": [low, high], "as_expected": result.as_expected,
        }));
        let (word, style) = if result.as_expected { ("ok    ", "32") } else { ("FAILED", "31") };
        let rule = expectation.preset.map_or(String::new(), |p| format!(", under {}", p.name()));
        let found = format!(
            "{claim}{rule}: in {} of {} histories, expected {}",
            result.held,
            result.replicates,
            range(low, high),
        );
        text += &format!(
            "{} {}\n       {}\n",
            styled(word, style, colours()),
            wrapped(&found, 96, 7),
            wrapped(&expectation.because, 96, 7),
        );
    }
    bar.finish_and_clear();
    text += &match (scenario.expect.len(), failed) {
        (0, _) => format!("{name} asserts nothing about its outcome\n"),
        (n, 0) => format!("{name}: all {n} expectations hold\n"),
        (n, f) => format!("{name}: {f} of {n} expectations do not hold\n"),
    };
    if format == Format::Json {
        text = json_text(&json!({"scenario": name, "seed": seed, "expectations": rows, "failed": failed}));
    }
    if failed > 0 { Err(Failure::Findings(text)) } else { Ok(text) }
}

/// A range of shares for reading.
fn range(low: f64, high: f64) -> String {
    let percent = |share: f64| format!("{}%", (share * 1000.0).round() / 10.0);
    match (low, high) {
        (low, high) if low == high => percent(low),
        (low, high) => format!("{} to {}", percent(low), percent(high)),
    }
}
