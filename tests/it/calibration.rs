//! The fit to the wars of 1823 to 2003, where somebody has their tables at hand.
//!
//! The terms of the data do not let the project carry them. `CASUS_CALIBRATION=FOLDER cargo test` runs this on a folder;
//! without it the test says that it skips.

use std::fs;
use std::path::PathBuf;

use casus::calibration::{Occasion, Tables, cases, fit, free_parameters, in_sample, pacts, quality};
use casus::model::Side;
use casus::scenario::PARAMETERS;

#[test]
fn the_fit_beats_the_constant_on_the_wars_of_a_folder() {
    let Some(folder) = std::env::var_os("CASUS_CALIBRATION").map(PathBuf::from) else {
        eprintln!("skipped: CASUS_CALIBRATION names no folder with tables (docs/calibration.md)");
        return;
    };
    let text_of = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let tables = Tables::read(text_of).expect("the tables of the folder");
    let free = free_parameters();
    let mut found = cases(&tables, Occasion::EveryEntry);
    found.cases.extend(pacts(&tables, &found.cases));
    let fitted = fit(&free, &found.cases);
    assert!(fitted.steps < 60, "the fit has not settled");
    // Kept by hand, for the reasons in docs/calibration.md.
    let by_hand = ["audience", "company", "buck_passing", "nuclear"];
    for (k, f) in free.iter().enumerate().filter(|(_, f)| !by_hand.contains(&f.name)) {
        let Some(parameter) = PARAMETERS.iter().find(|p| p.name == f.name) else { continue };
        let off = (parameter.default - fitted.values[k]).abs();
        assert!(
            off < 1.6 * fitted.spread[k],
            "{} is no longer what the fit says: {}",
            f.name,
            fitted.values[k]
        );
    }
    for side in [Side::Target, Side::Initiator] {
        let good = quality(&found.cases, &in_sample(&free, &fitted.values, &found.cases), side);
        assert!(good.log_loss < 0.9 * good.log_loss_constant, "{good:?}");
        assert!(good.auc_within_wars > 0.8, "{good:?}");
    }
}
