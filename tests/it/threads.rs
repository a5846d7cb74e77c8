//! Each mechanism by its effect: the two scenarios of a pair differ in it alone.

use std::sync::Arc;

use casus::chronicle::{FactKind, Statecraft};
use casus::engine::{Metrics, Simulation};
use casus::model::Replicate;
use casus::scenario::{PAIRS, Scenario, embedded, parse};

use crate::support::library;

const HISTORIES: u32 = 60;

fn pair(name: &str) -> [Arc<Scenario>; 2] {
    [format!("pairs/{name}"), format!("pairs/{name}-without")].map(|name| crate::support::embedded(&name))
}

/// The mean of something over the histories of a scenario.
fn mean(scenario: &Arc<Scenario>, of: impl Fn(&Simulation) -> f64) -> f64 {
    let mut simulation = Simulation::new(Arc::clone(scenario), 1, Replicate(0));
    let mut sum = 0.0;
    for replicate in 0..HISTORIES {
        simulation.restart(1, Replicate(replicate));
        simulation.run(None, &[]);
        sum += of(&simulation);
    }
    sum / f64::from(HISTORIES)
}

fn means(name: &str, of: impl Fn(&Simulation) -> f64) -> (f64, f64) {
    let [with, without] = pair(name);
    (mean(&with, &of), mean(&without, &of))
}

fn last(simulation: &Simulation) -> Metrics {
    *simulation.metrics().last().expect("turn 0 at least")
}

fn count(simulation: &Simulation, which: impl Fn(&FactKind) -> bool) -> f64 {
    simulation.chronicle().facts().iter().filter(|f| which(&f.kind)).count() as f64
}

fn crafted(simulation: &Simulation, name: &str) -> f64 {
    count(simulation, |kind| matches!(kind, FactKind::Statecraft(_)) && kind.name() == name)
}

/// Turns of war in all conflicts.
fn fought(simulation: &Simulation) -> f64 {
    count(simulation, |kind| matches!(kind, FactKind::Fought { .. }))
}

#[test]
fn every_pair_is_in_order() {
    for e in PAIRS {
        let (scenario, findings) = parse(e.name, e.source.as_bytes(), &library);
        assert!(findings.is_empty(), "{}", casus::diagnostics::to_text(&findings, e.source));
        assert!(scenario.is_some());
        let partner = format!("{}-without", e.name.trim_end_matches("-without"));
        assert!(e.name == "pairs/grey-sea" || embedded(&partner).is_some(), "{} has no partner", e.name);
    }
}

/// The same scenario with one parameter changed.
fn with(scenario: &Arc<Scenario>, change: impl FnOnce(&mut Scenario)) -> Arc<Scenario> {
    let mut changed = (**scenario).clone();
    change(&mut changed);
    Arc::new(changed)
}

#[test]
fn every_thread_is_switched_off_by_a_parameter() {
    type Switch = (&'static str, fn(&mut Scenario), fn(&Simulation) -> f64);
    let switches: [Switch; 13] = [
        (
            "partnership",
            |s| s.rules.treaty_change = 0.0,
            |s| count(s, |kind| matches!(kind, FactKind::EnteredIntoForce { .. })),
        ),
        ("automaticity", |s| s.rules.automatic = 0.0, |s| last(s).honoured as f64),
        ("automaticity-without", |s| s.rules.ambiguity = 0.0, |s| last(s).honoured as f64),
        ("signals", |s| s.rules.signal_weight = 0.0, |s| s.courses().len() as f64),
        ("covert-supply", |s| s.rules.transfers = 0.0, fought),
        ("war-support", |s| s.rules.vote_cost = 0.0, |s| last(s).tension),
        ("sanctions", |s| s.rules.norms = 0.0, |s| crafted(s, "SanctionsVoted")),
        ("arms-race", |s| s.rules.rivalry = 0.0, |s| last(s).tension),
        ("multipolar", |s| s.multipolar_from = None, |s| last(s).multipolar.into()),
        ("constitution", |s| s.rules.constitutions = 0.0, |s| last(s).honoured as f64),
        ("deterrence", |s| s.rules.deterrence = 0.0, |s| crafted(s, "Deterred")),
        (
            "munitions",
            |s| s.rules.readiness_floor = 1.0,
            |s| {
                let own = |f: &casus::chronicle::Fact| match &f.kind {
                    FactKind::Fought { strengths, .. } => Some(strengths.0),
                    _ => None,
                };
                s.chronicle().facts().iter().filter_map(own).fold(f64::MAX, f64::min)
            },
        ),
        (
            "abandonment",
            |s| s.rules.abandonment_exit = 0.0,
            |s| count(s, |kind| matches!(kind, FactKind::Denounced { .. })),
        ),
    ];
    for (name, off, outcome) in switches {
        let on = crate::support::embedded(&format!("pairs/{name}"));
        let (running, switched_off) = (mean(&on, outcome), mean(&with(&on, off), outcome));
        let gap = (running - switched_off).abs();
        assert!(gap > 0.03 * running.abs().max(switched_off.abs()), "{name}: {running} and {switched_off}");
    }
}

#[test]
fn who_is_deterred_may_threaten_and_who_is_doubted_may_reassure() {
    let [doubted, believed] =
        ["deterrence-without", "deterrence"].map(|n| crate::support::embedded(&format!("pairs/{n}")));
    assert_eq!(mean(&believed, |s| crafted(s, "Coerced")), 0.0);
    let threatens = with(&believed, |s| s.rules.coercion = 1.0);
    let shows = |s: &Simulation| crafted(s, "Coerced");
    assert_eq!(mean(&threatens, shows), mean(&threatens, |s| crafted(s, "Deterred")));
    assert!(mean(&threatens, shows) > 0.2);
    let reassures =
        |s: &Arc<Scenario>| mean(&with(s, |s| s.rules.reassurance = 2.0), |s| crafted(s, "Signalled"));
    assert!(reassures(&doubted) > 1.3 * reassures(&believed), "who is doubted has more reason to signal");
}

#[test]
fn a_doubted_oath_leaves_its_beneficiary_afraid_to_be_alone() {
    let fear = |s: &Simulation| s.metrics()[0].abandonment_fear;
    let (believed, doubted) = means("deterrence", fear);
    assert!(believed < 0.5 * doubted, "{believed} against {doubted}");
    let (bound, loose) = means("deterrence", |s| s.metrics()[0].entrapment_fear);
    assert!(bound > loose, "who is bound firmly fears more to be dragged in: {bound} against {loose}");
}

#[test]
fn who_was_left_alone_trusts_its_partner_less_than_others_do() {
    let [with_memory, _] = pair("abandonment");
    let without = with(&with_memory, |s| {
        (s.rules.own_experience, s.rules.abandonment_exit) = (0.0, 0.0);
    });
    let with_memory = with(&with_memory, |s| s.rules.abandonment_exit = 0.0);
    let fear = |s: &Simulation| last(s).abandonment_fear;
    let (remembers, forgets) = (mean(&with_memory, fear), mean(&without, fear));
    assert!(remembers > forgets, "{remembers} against {forgets}");
}

#[test]
fn a_draft_is_concluded_ratified_and_takes_the_place_of_what_was() {
    let [with, without] = pair("partnership");
    let new = with.treaty_id("partnership").expect("the draft");
    let in_force = |s: &Simulation| {
        count(s, |kind| matches!(kind, FactKind::EnteredIntoForce { treaty } if *treaty == new))
    };
    assert!(mean(&with, in_force) > 0.5);
    assert_eq!(mean(&without, in_force), 0.0);
    let replaced = |s: &Simulation| {
        count(s, |kind| matches!(kind, FactKind::Terminated { replaced_by: Some(t), .. } if *t == new))
    };
    assert_eq!(mean(&with, replaced), mean(&with, in_force));
}

#[test]
fn an_automatic_text_is_kept_more_often_than_an_ambiguous_one() {
    let (automatic, ambiguous) = means("automaticity", |s| last(s).honoured as f64);
    assert_eq!(automatic, 1.0);
    assert!(ambiguous < 0.85, "{ambiguous}");
}

#[test]
fn signals_that_are_believed_deter() {
    let (heeded, unheeded) = means("signals", |s| s.courses().len() as f64);
    assert!(heeded < 0.6 * unheeded, "{heeded} against {unheeded}");
}

#[test]
fn a_war_goes_on_for_as_long_as_powder_is_sent_and_what_is_hidden_comes_out() {
    let (fed, cut) = means("covert-supply", fought);
    assert!(fed > cut + 0.2, "{fed} against {cut}");
    let (published, none) = means("covert-supply", |s| crafted(s, "Published"));
    assert!(published > 0.5 && none == 0.0);
    let (denied, _) = means("covert-supply", |s| crafted(s, "Denied"));
    assert!(denied >= published);
    let (admitted, _) = means("covert-supply", |s| crafted(s, "Acknowledged"));
    assert!(admitted > 0.1);
}

#[test]
fn an_acknowledgement_names_a_treaty_in_force_and_nothing_is_admitted_before() {
    let [with, _] = pair("covert-supply");
    let simulation = crate::support::run(&with, 3, 0);
    let prose: Vec<String> = crate::support::sentences(&simulation);
    let at = |what: &str| prose.iter().position(|s| s.contains(what));
    let (published, admitted) = (at("publishes what it knows"), at("calls it lawful under the Pact"));
    assert!(published.is_some() && published < admitted, "{prose:?}");
}

#[test]
fn taking_sides_in_a_vote_costs_goodwill() {
    let (priced, free) = means("war-support", |s| last(s).tension);
    assert!(priced > free + 0.005, "{priced} against {free}");
}

#[test]
fn a_veto_leaves_a_breach_unpunished_and_the_norm_weaker() {
    let (upheld, vetoed) = means("sanctions", |s| last(s).norm_strength);
    assert!(upheld > vetoed + 0.03, "{upheld} against {vetoed}");
    let [with, without] = pair("sanctions");
    let made = |s: &Simulation| {
        let velmar = s.scenario().state_id("VEL").expect("Velmar");
        let of = |f: &casus::chronicle::Fact| match &f.kind {
            FactKind::Statecraft(Statecraft::Stocked(all)) => {
                all.iter().filter(|m| m.state == velmar).map(|m| m.made).sum()
            }
            _ => 0.0,
        };
        s.chronicle().facts().iter().map(of).sum::<f64>()
    };
    assert!(mean(&with, made) < 0.9 * mean(&without, made));
}

#[test]
fn rivals_arm_and_war_embitters() {
    let (armed, calm) = means("arms-race", |s| last(s).tension);
    assert!(armed > calm + 0.02, "{armed} against {calm}");
    let (races, none) = means("arms-race", |s| crafted(s, "Armed"));
    assert!(races > 5.0 && none == 0.0);
}

#[test]
fn the_order_is_told_to_be_multipolar_when_it_is() {
    let [with, without] = pair("multipolar");
    let changes = |s: &Arc<Scenario>| crafted(&crate::support::run(s, 1, 0), "OrderChanged");
    assert_eq!((changes(&with), changes(&without)), (1.0, 0.0));
    let poles = |s: &Arc<Scenario>| last(&crate::support::run(s, 1, 0)).poles;
    assert!(poles(&with) >= 4.0 && poles(&without) < 4.0);
}

#[test]
fn a_legislature_keeps_a_government_from_its_word() {
    let (assembly, executive) = means("constitution", |s| last(s).honoured as f64);
    assert!(assembly < executive - 0.2, "{assembly} against {executive}");
}

#[test]
fn the_same_oath_deters_less_when_it_is_doubted() {
    let (believed, doubted) = means("deterrence", |s| s.courses().len() as f64);
    assert!(believed < 0.3 * doubted, "{believed} against {doubted}");
    let (deterred, _) = means("deterrence", |s| crafted(s, "Deterred"));
    assert!(deterred > 0.2);
    let [with, _] = pair("deterrence");
    let told = (0..40).map(|r| crate::support::run(&with, 1, r)).find_map(|s| {
        crate::support::sentences(&s).into_iter().find(|s| s.contains("is deterred from attacking"))
    });
    assert!(told.expect("some attack is deterred").contains("expected defenders: Ormund 0.8"));
}

#[test]
fn who_runs_out_of_munitions_loses_strength() {
    let (short, indifferent) = means("munitions", |s| crafted(s, "RunsShort"));
    assert!(short > 0.5 && indifferent == 0.0);
    let strength = |s: &Simulation| {
        let own = |f: &casus::chronicle::Fact| match &f.kind {
            FactKind::Fought { strengths, .. } => Some(strengths.0),
            _ => None,
        };
        s.chronicle().facts().iter().filter_map(own).fold(f64::MAX, f64::min)
    };
    let (least, same) = means("munitions", strength);
    assert!(least < 0.8 * same, "{least} against {same}");
}

#[test]
fn who_is_left_alone_leaves() {
    let left = |s: &Simulation| count(s, |kind| matches!(kind, FactKind::Denounced { .. }));
    let (leaves, stays) = means("abandonment", left);
    assert!(leaves > 0.2 && stays == 0.0, "{leaves} against {stays}");
}
