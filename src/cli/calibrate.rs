//! `casus calibrate`.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::{Value, json};

use super::Format;
use super::library;
use super::output::{Failure, json_text};
use crate::calibration::{
    Case, Estimate, Evidence, FILES, Free, Occasion, Quality, Reach, Tables, cases, fit, free_parameters,
    held_out, in_sample, pacts, quality,
};
use crate::model::Side;
use crate::scenario::PARAMETERS;

/// Fits the weights of deliberation to the tables of a folder.
pub fn calibrate(folder: &Path, format: Format) -> Result<String, Failure> {
    let tables = read(folder)?;
    let free = free_parameters();
    let bar = ProgressBar::new(2 * tables.wars.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} fits without a war, {eta} left") {
        bar.set_style(style);
    }
    let cascade = Round::new(&tables, Occasion::EveryEntry, &free, &bar);
    let start = Round::new(&tables, Occasion::FirstDay, &free, &bar);
    bar.finish_and_clear();
    // Other people's fits to the same wars, if the folder has them.
    let baselines = library::read(&folder.join("baselines.json")).ok();
    let baselines = baselines.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let report = Report {
        wars: tables.wars.len(),
        first_day: Measures::new(&start, baselines.as_ref()),
        every_entry: Measures::new(&cascade, None),
        fulfilment: fulfilment(&cascade),
        weights: cascade.estimates,
        weights_first_day: start.estimates,
    };
    Ok(match format {
        Format::Json => json_text(&json!(report)),
        Format::Text => report.text(),
    })
}

/// The tables of a folder.
fn read(folder: &Path) -> Result<Tables, Failure> {
    let text_of = |name: &str| match library::read(&folder.join(name)) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(why) => Err(why.to_string()),
    };
    Tables::read(text_of).map_err(|wrong| {
        let files: Vec<String> = FILES.iter().map(|(name, what)| format!("  {name}: {what}")).collect();
        Failure::CouldNotRun(format!(
            "cannot calibrate on `{}`:\n  {}\n\nThe folder must hold these tables:\n{}\n\n\
             They are made from the Correlates of War (correlatesofwar.org), ATOP (atopdata.org), V-Dem\n\
             (v-dem.net) and the replication data of Berkemeier and Fuhrmann 2018. Their terms do not allow\n\
             this program to carry them: docs/calibration.md says how to make the tables.",
            folder.display(),
            wrong.join("\n  "),
            files.join("\n"),
        ))
    })
}

/// The fits for one kind of occasion.
struct Round {
    cases: Vec<Case>,
    left_out: usize,
    estimates: Vec<Estimate>,
    inside: Vec<f64>,
    outside: Vec<f64>,
    by_hand: Vec<f64>,
}

impl Round {
    fn new(tables: &Tables, occasion: Occasion, free: &[Free], bar: &ProgressBar) -> Self {
        let mut found = cases(tables, occasion);
        // What pacts did whose case was met bears on the first day of no war in particular.
        if occasion == Occasion::EveryEntry {
            found.cases.extend(pacts(tables, &found.cases));
        }
        let whole = fit(free, &found.cases);
        let held = held_out(free, &found.cases, &whole, || bar.inc(1));
        let prior: Vec<f64> = free.iter().map(|f| f.prior).collect();
        Self {
            inside: in_sample(free, &whole.values, &found.cases),
            outside: held.chances,
            by_hand: in_sample(free, &prior, &found.cases),
            estimates: held.estimates,
            left_out: found.left_out,
            cases: found.cases,
        }
    }
}

/// How good the fits are.
#[derive(Serialize)]
struct Measures {
    rows_left_out: usize,
    sides: Vec<OneSide>,
}

#[derive(Serialize)]
struct OneSide {
    side: &'static str,
    in_sample: Quality,
    held_out: Quality,
    by_hand: Quality,
    logit_log_loss: Option<f64>,
    logit_auc: Option<f64>,
}

impl Measures {
    fn new(round: &Round, baselines: Option<&Value>) -> Self {
        let sides = [(Side::Target, "target", "T"), (Side::Initiator, "initiator", "I")];
        let sides = sides.map(|(side, name, letter)| {
            let of = |chances: &[f64]| quality(&round.cases, chances, side);
            let logit = baselines.map(|b| &b["lowo"][format!("{letter}: logit, full")]["all"]);
            OneSide {
                side: name,
                in_sample: of(&round.inside),
                held_out: of(&round.outside),
                by_hand: of(&round.by_hand),
                logit_log_loss: logit.and_then(|l| l["logloss"].as_f64()),
                logit_auc: logit.and_then(|l| l["auc_within_war_mean"].as_f64()),
            }
        });
        Self { rows_left_out: round.left_out, sides: sides.into() }
    }
}

/// How many of some pledges were kept.
#[derive(Serialize)]
struct Rate {
    of: String,
    pledges: usize,
    kept: usize,
    /// What the fitted weights expect of the same pledges.
    expected: Option<f64>,
    /// The published rate.
    published: Option<f64>,
}

/// Pledges to defend, and how many were kept, before and since 1945, between two parties and among many.
fn fulfilment(cascade: &Round) -> Vec<Rate> {
    let mut out = Vec::new();
    let all: Vec<(&Case, f64)> = cascade.cases.iter().zip(cascade.inside.iter().copied()).collect();
    let periods = [(false, "1816-1944", 0.610), (true, "1945-2003", 0.140)];
    let mean = |sum: f64, n: usize| (n > 0).then(|| sum / n as f64);
    for (since_1945, period, published) in periods {
        let of_period: Vec<&(&Case, f64)> =
            all.iter().filter(|(c, _)| c.evidence == Evidence::Pact && c.since_1945 == since_1945).collect();
        for (parties, published) in [(None, Some(published)), (Some(false), None), (Some(true), None)] {
            let fits = |c: &Case| parties.is_none_or(|many| c.pledges.iter().all(|p| p.many == many));
            let of: Vec<_> = of_period.iter().filter(|(c, _)| fits(c)).collect();
            out.push(Rate {
                of: format!("pacts whose case was met, {period}{}", in_words(parties)),
                pledges: of.len(),
                kept: of.iter().filter(|(c, _)| c.joined).count(),
                expected: mean(of.iter().map(|(_, p)| p).sum(), of.len()),
                published,
            });
        }
    }
    // By member: one for each state that was clearly bound to the target on the first day, over the whole war.
    let bound = |c: &Case| {
        let clear = c.pledges.iter().any(|p| p.reach == Reach::Clear);
        c.evidence == Evidence::Joining && c.wave == 0 && c.side == Side::Target && clear
    };
    for (since_1945, period, _) in periods {
        for many in [false, true] {
            let chosen = all.iter().map(|(c, _)| c).filter(|c| {
                let clear = c.pledges.iter().filter(|p| p.reach == Reach::Clear);
                bound(c) && c.since_1945 == since_1945 && clear.clone().all(|p| p.many) == many
            });
            let of: Vec<(u32, u32)> = chosen.map(|c| (c.war, c.state)).collect();
            let (mut kept, mut expected) = (0, 0.0);
            for key in &of {
                let mine = all.iter().filter(|(c, _)| (c.war, c.state) == *key && c.side == Side::Target);
                let mut stays_out = 1.0;
                for (case, p) in mine {
                    kept += usize::from(case.joined);
                    stays_out *= 1.0 - p;
                }
                expected += 1.0 - stays_out;
            }
            out.push(Rate {
                of: format!("states clearly bound to the target, {period}{}", in_words(Some(many))),
                pledges: of.len(),
                kept,
                expected: mean(expected, of.len()),
                published: None,
            });
        }
    }
    out
}

fn in_words(many: Option<bool>) -> &'static str {
    match many {
        None => "",
        Some(false) => ", two parties",
        Some(true) => ", many parties",
    }
}

#[derive(Serialize)]
struct Report {
    wars: usize,
    weights: Vec<Estimate>,
    weights_first_day: Vec<Estimate>,
    every_entry: Measures,
    first_day: Measures,
    fulfilment: Vec<Rate>,
}

impl Report {
    fn text(&self) -> String {
        let mut out = format!("{} wars\n\nWeights (errors: by curvature, by leaving out wars)\n", self.wars);
        out += &format!(
            "{:30} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6} {:>10}\n",
            "", "default", "by hand", "fitted", "curv.", "wars", "told", "first day"
        );
        for (e, first) in self.weights.iter().zip(&self.weights_first_day) {
            let default = PARAMETERS.iter().find(|p| p.name == e.name);
            let default = default.map_or(String::new(), |p| format!("{:.2}", p.default));
            out += &format!(
                "{:30} {:>8} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>5.0}% {:>10.2}\n",
                e.name,
                default,
                e.prior,
                e.value,
                e.error_curvature,
                e.error_wars,
                100.0 * e.told,
                first.value
            );
        }
        out += "\n\"told\" is how much less uncertain (in variance) a value is than before the wars were seen.\n";
        for (title, measures) in [
            ("After every entry", &self.every_entry),
            ("On the first day, for the whole war", &self.first_day),
        ] {
            out += &format!(
                "\n{title} ({} rows left out)\n{:12} {:>7} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9}\n",
                measures.rows_left_out,
                "side",
                "cases",
                "joined",
                "constant",
                "by hand",
                "in sample",
                "held out",
                "logit"
            );
            for s in &measures.sides {
                let number = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.4}"));
                let q = &s.held_out;
                out += &format!(
                    "{:12} {:>7} {:>7} {:>9.4} {:>9.4} {:>9.4} {:>9.4} {:>9}   log loss\n",
                    s.side,
                    q.cases,
                    q.joined,
                    q.log_loss_constant,
                    s.by_hand.log_loss,
                    s.in_sample.log_loss,
                    q.log_loss,
                    number(s.logit_log_loss)
                );
                out += &format!(
                    "{:28} {:>9.4} {:>9.4} {:>9.4} {:>9.4} {:>9}   AUC within {} wars\n",
                    "",
                    0.5,
                    s.by_hand.auc_within_wars,
                    s.in_sample.auc_within_wars,
                    q.auc_within_wars,
                    number(s.logit_auc),
                    q.wars_with_joiners
                );
            }
        }
        out += "\nPledges kept\n";
        for r in &self.fulfilment {
            let percent = |x: f64| format!("{:.0}%", 100.0 * x);
            let share =
                if r.pledges > 0 { percent(r.kept as f64 / r.pledges as f64) } else { "-".to_owned() };
            out += &format!("  {}: {} of {} ({share})", r.of, r.kept, r.pledges);
            out += &r.expected.map_or(String::new(), |e| format!(", the fit expects {}", percent(e)));
            out += &r.published.map_or(String::new(), |p| format!(", published {}", percent(p)));
            out.push('\n');
        }
        out
    }
}
