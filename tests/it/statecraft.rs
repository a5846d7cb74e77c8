//! What states do to each other short of war, by its effect, on the ground of the Grey Sea.

use std::sync::Arc;

use casus::chronicle::{FactKind, Fulfilment, Statecraft};
use casus::engine::Simulation;
use casus::model::{Domestic, Replicate};
use casus::scenario::Scenario;

use crate::support::{run, scenario, sentences};

/// The Grey Sea with these entries, in some parts replaced.
fn grey_sea(entries: &str) -> Arc<Scenario> {
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, extends: \"pairs/grey-sea\", title: \"t\", summary: \"s\", expect: [], {entries})"
    );
    scenario(&text)
}

const LANDING: &str = "\"landing\": (turn: 2, act: Incident(initiator: \"VEL\", target: \"TAR\", level: War), text: \"Velmar lands.\"),";

fn count(simulation: &Simulation, which: impl Fn(&FactKind) -> bool) -> usize {
    simulation.chronicle().facts().iter().filter(|f| which(&f.kind)).count()
}

fn crafted(simulation: &Simulation, name: &str) -> usize {
    count(simulation, |kind| matches!(kind, FactKind::Statecraft(_)) && kind.name() == name)
}

#[test]
fn a_treaty_that_its_party_leaves_ends_and_its_bloc_with_it() {
    let world =
        grey_sea(&format!("rules: (decision: Fixed(0.0), abandonment_exit: 1.0), injects: {{{LANDING}}}"));
    let simulation = run(&world, 1, 0);
    let oath = world.treaty_id("oath").expect("the oath");
    let left = |kind: &FactKind| matches!(kind, FactKind::Denounced { treaty, .. } if *treaty == oath);
    let ended = |kind: &FactKind| matches!(kind, FactKind::Terminated { treaty, .. } if *treaty == oath);
    assert_eq!((count(&simulation, left), count(&simulation, ended)), (1, 1));
    let metrics = simulation.metrics();
    let last = metrics.last().expect("the last turn");
    assert!(last.poles > metrics[0].poles + 0.5, "two states alone are more poles than one bloc");
}

#[test]
fn words_that_were_not_spoken_are_no_abandonment() {
    let world = grey_sea(&format!(
        "rules: (decision: Fixed(0.0), abandonment_exit: 1.0), injects: {{{LANDING}}},
         treaties: {{\"oath\": (name: \"Oath\", parties: [\"ORM\", \"TAR\"], signed: \"1290-05-01\", in_force: \"1290-05-01\",
             clauses: {{\"1\": (obligation: Consultation, text: \"They talk.\")}})}}"
    ));
    let simulation = run(&world, 1, 0);
    assert!(
        count(&simulation, |k| matches!(k, FactKind::Fulfilled { fulfilment: Fulfilment::Reneged, .. })) > 0
    );
    assert_eq!(count(&simulation, |k| matches!(k, FactKind::Denounced { .. })), 0);
}

const PEACE: &str = "norms: {\"peace\": (name: \"peace of the sea\", kind: NonAggression, strength: 0.8, council: [\"LUN\", \"TAR\", \"PEL\"])},";

#[test]
fn a_covert_attack_breaks_the_peace_once_its_victim_has_traced_it() {
    let attack = |rules: &str| {
        grey_sea(&format!(
            "{PEACE} rules: ({rules}), injects: {{\"fire\": (turn: 2, act: Incident(initiator: \"VEL\", target: \"TAR\", level: UseOfForce, form: Proxy, covert: true), text: \"Ships burn.\")}}"
        ))
    };
    let hidden = run(&attack("trace_base: 0.0, trace_intelligence: 0.0"), 1, 0);
    assert_eq!((crafted(&hidden, "NormBroken"), crafted(&hidden, "Stigmatized")), (0, 0));
    let traced = run(&attack("trace_base: 1.0, trace_intelligence: 0.0"), 1, 0);
    assert_eq!(crafted(&traced, "NormBroken"), 1);
    // Who has nothing at stake has not traced it, and does not turn on Velmar.
    let turned = traced.chronicle().facts().iter().find_map(|f| match &f.kind {
        FactKind::Statecraft(Statecraft::Stigmatized { by, .. }) => Some(by.clone()),
        _ => None,
    });
    let quill = traced.scenario().state_id("QUI").expect("Quill");
    assert!(turned.expect("those who have traced it turn").iter().all(|(s, _)| *s != quill));
}

#[test]
fn a_strike_that_widens_a_war_breaks_the_peace_and_help_for_the_victim_does_not() {
    let world = grey_sea(&format!(
        "{PEACE} rules: (decision: Automatic), injects: {{{LANDING}
         \"raid\": (turn: 4, act: Incident(initiator: \"VEL\", target: \"LUN\", level: UseOfForce, widens: true), text: \"A raid.\")}}"
    ));
    let simulation = run(&world, 1, 0);
    let by = |name: &str| {
        let state = world.state_id(name).expect("a state");
        count(
            &simulation,
            |k| matches!(k, FactKind::Statecraft(Statecraft::NormBroken { by, .. }) if *by == state),
        )
    };
    assert_eq!((by("VEL"), by("ORM")), (2, 0), "the landing and the raid; Ormund helps");
}

const POWDER: &str = "\"powder\": (from: \"ORM\", to: \"TAR\", materiel: Munitions, amount: 1.0, since: \"1300-01-01\", for_war: true, text: \"Powder.\")";

#[test]
fn what_is_sent_meets_a_duty_of_aid_and_ends_with_the_war() {
    let aid = |transfers: &str| {
        grey_sea(&format!(
            "rules: (decision: Fixed(0.0), war_turns: 3), injects: {{{LANDING}}}, transfers: {{{transfers}}},
             treaties: {{\"oath\": (name: \"Oath\", parties: [\"ORM\", \"TAR\"], signed: \"1290-05-01\", in_force: \"1290-05-01\",
                 clauses: {{\"1\": (obligation: Aid, response: MaterielOnly, text: \"Ormund helps.\")}})}}"
        ))
    };
    let kept = |s: &Simulation, which| {
        count(s, |k| matches!(k, FactKind::Fulfilled { fulfilment, .. } if *fulfilment == which))
    };
    let (sends, idle) = (run(&aid(POWDER), 1, 0), run(&aid(""), 1, 0));
    assert_eq!((kept(&sends, Fulfilment::Honoured), kept(&sends, Fulfilment::Reneged)), (1, 0));
    assert_eq!((kept(&idle, Fulfilment::Honoured), kept(&idle, Fulfilment::Reneged)), (0, 1));
    assert_eq!(crafted(&sends, "TransferEnded"), 1);
}

#[test]
fn nothing_is_sent_for_a_war_that_is_over() {
    let late = POWDER.replace("1300-01-01", "1301-06-01");
    let world = grey_sea(&format!(
        "rules: (decision: Fixed(0.0), war_turns: 3), injects: {{{LANDING}}}, transfers: {{{late}}}"
    ));
    assert_eq!(crafted(&run(&world, 1, 0), "TransferBegan"), 0);
}

#[test]
fn arms_for_an_enemy_break_neutrality_and_are_resented() {
    let neutral = |transfers: &str| {
        grey_sea(&format!(
            "rules: (decision: Fixed(0.0), war_hostility: 0.5), injects: {{{LANDING}}}, transfers: {{{transfers}}},
             treaties: {{\"ban\": (name: \"Ban\", parties: [\"KES\", \"TAR\"], signed: \"1290-05-01\", in_force: \"1290-05-01\",
                 clauses: {{\"1\": (obligation: Neutrality, text: \"Kesh stays out of Tarn's wars.\")}})}}"
        ))
    };
    let open = "\"arms\": (from: \"KES\", to: \"VEL\", materiel: Munitions, amount: 5.0, since: \"1300-03-01\", text: \"Arms.\")";
    let (sends, idle) = (run(&neutral(open), 1, 0), run(&neutral(""), 1, 0));
    let broken = |s: &Simulation| count(s, |k| matches!(k, FactKind::PromiseBroken { .. }));
    assert_eq!((broken(&sends), broken(&idle)), (1, 0));
    let resents = |s: &Simulation| {
        let id = |name: &str| s.scenario().state_id(name).expect("a state");
        s.snapshot().attitudes.hostility(id("TAR"), id("KES"))
    };
    assert!(resents(&sends) > resents(&idle) + 0.02);
}

#[test]
fn a_supplier_that_admits_what_it_sends_declares_its_treaty_and_nobody_denies_what_it_admitted() {
    let world = grey_sea(
        "rules: (decision: Fixed(0.0)),
         conflicts: {\"war\": (name: \"the war\", began: \"1299-01-01\", initiator: \"VEL\", target: \"TAR\", level: War, place: \"TAR\")},
         treaties: {\"pact\": (name: \"Pact\", parties: [\"KES\", \"VEL\"], signed: \"1290-05-01\", in_force: \"1290-05-01\",
             clauses: {\"4\": (obligation: Defense, text: \"Kesh helps Velmar.\", trigger: (unprovoked: true))})},
         transfers: {\"troops\": (from: \"KES\", to: \"VEL\", materiel: Troops, amount: 0.1, covert: true, under: \"pact\", since: \"1300-02-01\", text: \"Troops.\")},
         injects: {
             \"early\": (turn: 1, act: Denial(transfer: \"troops\", by: \"KES\"), text: \"Kesh denies.\"),
             \"strike\": (turn: 4, act: Incident(initiator: \"TAR\", target: \"VEL\", level: War, contested: true), text: \"Tarn strikes back.\"),
             \"admits\": (turn: 5, act: Acknowledgement(transfer: \"troops\", by: \"KES\"), text: \"Kesh admits.\"),
             \"again\": (turn: 6, act: Acknowledgement(transfer: \"troops\", by: \"KES\"), text: \"Kesh admits again.\"),
             \"late\": (turn: 7, act: Denial(transfer: \"troops\", by: \"KES\"), text: \"Kesh denies again.\"),
         }",
    );
    let simulation = run(&world, 1, 0);
    let kesh = world.state_id("KES").expect("Kesh");
    let admitted = |k: &FactKind| matches!(k, FactKind::Statecraft(Statecraft::Acknowledged { by, under: Some(_), .. }) if *by == kesh);
    assert_eq!(count(&simulation, admitted), 1);
    let after =
        |k: &FactKind| matches!(k, FactKind::Invoked { by_obligor: true, after_performance: true, .. });
    assert_eq!(count(&simulation, after), 1);
    let late = |f: &casus::chronicle::Fact| {
        f.turn.0 > 5 && matches!(&f.kind, FactKind::Statecraft(Statecraft::Denied { by, .. }) if *by == kesh)
    };
    assert!(!simulation.chronicle().facts().iter().any(late));
}

#[test]
fn consent_to_the_war_of_another_runs_out() {
    let home = |support: &str| {
        grey_sea(&format!(
            "rules: (decision: Automatic, constitutions: 1.0, consent_lasts: 0.25, consent_slope: 50.0, {support}), injects: {{{LANDING}}},
             states: {{\"ORM\": (name: \"Ormund\", capital: (name: \"Orm\", lat: 8.0, lon: 14.0), region: \"east\", capability: 0.28,
                 democracy: 1.0, war_powers: Legislature(threshold: 0.3, turns: 0), territory: [])}}"
        ))
    };
    let asked = |s: &Simulation, which| {
        count(s, |k| matches!(k, FactKind::DomesticProcess { result, .. } if *result == which))
    };
    let willing = run(&home("support_base: 1.0, weariness_growth: 0.0, termination_base: 0.0"), 1, 0);
    assert!(asked(&willing, Domestic::Renewed) > 2 && asked(&willing, Domestic::Withdrawn) == 0);
    let weary = run(&home("support_weariness: 1.0, weariness_growth: 5.0, termination_base: 0.0"), 1, 0);
    assert_eq!(asked(&weary, Domestic::Withdrawn), 1);
    assert_eq!(count(&weary, |k| matches!(k, FactKind::Withdrew { .. })), 1);
}

#[test]
fn a_constitution_holds_back_an_aggressor_as_well() {
    let outlook = |powers: &str| {
        let world = grey_sea(&format!(
            "rules: (initiative: Calculated, initiative_rate: 1.0),
             states: {{\"VEL\": (name: \"Velmar\", capital: (name: \"Velm\", lat: 20.0, lon: -10.0), region: \"west\", capability: 0.24,
                 democracy: 0.9, war_powers: {powers}, territory: [])}}"
        ));
        let mut simulation = Simulation::new(world, 1, Replicate(0));
        let outlook = simulation.outlook();
        let of = outlook.iter().find(|o| simulation.scenario().state(o.state).id == "VEL");
        of.expect("Velmar has a grievance").forecast.chance
    };
    let (free, asks, barred) =
        (outlook("Executive"), outlook("Legislature(threshold: 0.5, turns: 1)"), outlook("SelfDefence"));
    assert!(free > asks && asks > barred && barred == 0.0, "{free}, {asks}, {barred}");
}

#[test]
fn who_is_left_to_a_script_does_nothing_of_its_own_accord() {
    let world = |control: &str| {
        grey_sea(&format!(
            "rules: (initiative: Calculated, initiative_rate: 10.0, initiative_caution: 0.0),
             states: {{\"VEL\": (name: \"Velmar\", capital: (name: \"Velm\", lat: 20.0, lon: -10.0), region: \"west\", capability: 0.24,
                 control: {control}, territory: [])}}"
        ))
    };
    let attacks = |s: &Simulation| crafted(s, "Calculated");
    assert!(attacks(&run(&world("Calculated"), 1, 0)) > 0);
    assert_eq!(attacks(&run(&world("Scripted"), 1, 0)), 0);
    let told = sentences(&run(&world("Calculated"), 1, 0));
    let why = told.iter().any(|s| s.contains("over territory, in its own words self-defence"));
    assert!(why, "{told:?}");
}

#[test]
fn a_friend_in_need_is_sent_what_could_be_sent() {
    let world = |generosity: f64| {
        grey_sea(&format!(
            "rules: (decision: Fixed(0.0), initiative: Calculated, initiative_rate: 0.0, generosity: {generosity:?}), injects: {{{LANDING}}},
             transfers: {{\"powder\": (from: \"KES\", to: \"VEL\", materiel: Munitions, amount: 5.0, for_war: true, text: \"Powder.\")}}"
        ))
    };
    let began = |g| crafted(&run(&world(g), 1, 0), "TransferBegan");
    assert_eq!((began(0.0), began(20.0)), (0, 1));
}

#[test]
fn an_embargo_bites_from_the_start() {
    let made = |norms: &str| {
        let simulation = run(&grey_sea(&format!("injects: {{{LANDING}}}, {norms}")), 1, 0);
        let velmar = simulation.scenario().state_id("VEL").expect("Velmar");
        let of = |f: &casus::chronicle::Fact| match &f.kind {
            FactKind::Statecraft(Statecraft::Stocked(all)) => {
                all.iter().filter(|m| m.state == velmar).map(|m| m.made).sum()
            }
            _ => 0.0,
        };
        simulation.chronicle().facts().iter().map(of).sum::<f64>()
    };
    let embargo = "norms: {\"ban\": (name: \"ban\", kind: Embargo, strength: 1.0, on: [\"VEL\"], monitor: \"wardens\")},";
    assert!(made(embargo) < 0.9 * made(""));
}

#[test]
fn who_shares_a_threat_may_conclude_what_nobody_drafted() {
    let world = |entries: &str| {
        grey_sea(&format!(
            "{entries} rules: (grievance: 0.6, realignment: 10.0, ratification_rate: 1.0), relations: [(from: [\"PEL\"], to: [\"VEL\"], hostility: 0.7)]"
        ))
    };
    let (open, closed) = (world("offers: true,"), world(""));
    // Lunsea and Pellian both fear Velmar; Ormund and Tarn have their oath already.
    let pact = open.treaty_id("offer-LUN-PEL").expect("an offer between the two that fear Velmar");
    assert!(open.treaty_id("offer-ORM-TAR").is_none() && closed.treaty_id("offer-LUN-PEL").is_none());
    let simulation = run(&open, 1, 0);
    let concluded = |k: &FactKind| matches!(k, FactKind::Statecraft(Statecraft::Concluded { treaty, .. }) if *treaty == pact);
    let in_force = |k: &FactKind| matches!(k, FactKind::EnteredIntoForce { treaty } if *treaty == pact);
    assert_eq!((count(&simulation, concluded), count(&simulation, in_force)), (1, 1));
    assert_eq!(crafted(&run(&closed, 1, 0), "Concluded"), 0);
}
