//! Every shipped scenario at a fixed seed gives the chronicle that is on record.

use casus::analysis::{check_expectations, entries};
use casus::scenario::EMBEDDED;

use crate::support::{embedded, run, sentences};

#[test]
fn shipped_scenarios_play_as_recorded() {
    for e in EMBEDDED {
        let scenario = embedded(e.name);
        let simulation = run(&scenario, 1, 0);
        let entered: Vec<String> = entries(&simulation)
            .iter()
            .map(|x| format!("turn {} {} {:?} {:?}", x.turn.0, scenario.state(x.state).id, x.side, x.verdict))
            .collect();
        let text = format!("{}\n\n{}\n", sentences(&simulation).join("\n"), entered.join("\n"));
        insta::assert_snapshot!(format!("chronicle-{}", e.name), text);
    }
}

#[test]
fn shipped_scenarios_come_out_as_they_say() {
    // Each scenario is independent of the others.
    std::thread::scope(|scope| {
        for e in EMBEDDED {
            scope.spawn(|| {
                let scenario = embedded(e.name);
                assert!(!scenario.expect.is_empty(), "{} asserts nothing about itself", e.name);
                let results = check_expectations(&scenario, 1, || {});
                for (expectation, result) in scenario.expect.iter().zip(results) {
                    assert!(
                        result.as_expected,
                        "{}: {} ({} of {})",
                        e.name, expectation.because, result.held, result.replicates
                    );
                }
            });
        }
    });
}

#[test]
fn shipped_scenarios_are_in_order_and_sourced() {
    for e in EMBEDDED {
        let (_, findings) = casus::scenario::parse(e.name, e.source.as_bytes(), &crate::support::library);
        assert!(findings.is_empty(), "{}", casus::diagnostics::to_text(&findings, e.source));
    }
}

#[test]
fn the_new_axis_holds_the_states_and_treaties_that_matter() {
    let scenario = embedded("new-axis-2024");
    assert!(scenario.states.len() >= 25);
    for id in ["RUS", "PRK", "UKR", "KOR", "JPN", "CHN", "USA", "BLR"] {
        assert!(scenario.state_id(id).is_some(), "{id}");
    }
    for id in ["rus-prk-2024", "chn-prk-1961", "usa-kor-1953", "usa-jpn-1960", "nato-1949", "cst-1992"] {
        assert!(scenario.treaty_id(id).is_some(), "{id}");
    }
}
