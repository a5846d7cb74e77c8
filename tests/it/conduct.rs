//! What states do and how it is judged, in the cases that must come out right.

use casus::analysis::entries;
use casus::chronicle::{FactKind, explain};
use casus::model::{Replicate, Turn, Verdict};

use crate::support::{embedded, run, scenario, sentences, small_world};

const ATTACK: &str = r#"injects: {"attack": (turn: 1, text: "A attacks B.",
    act: Incident(initiator: "A", target: "B", level: War))},"#;

fn entered(text: &str) -> Vec<String> {
    let scenario = scenario(text);
    let mut ids: Vec<String> =
        entries(&run(&scenario, 1, 0)).iter().map(|e| scenario.state(e.state).id.clone()).collect();
    ids.sort();
    ids
}

fn pact(id: &str, parties: &str, clause: &str) -> String {
    format!(
        r#""{id}": (name: "{id}", parties: [{parties}], signed: "1990-01-01", in_force: "1990-01-01",
        clauses: {{"1": (obligation: Defense, text: "Help.", {clause})}}),"#
    )
}

fn with_treaties(n: usize, treaties: &str) -> String {
    small_world(n, &format!("treaties: {{{treaties}}},\n{ATTACK}"))
}

#[test]
fn a_defender_is_joined_by_its_ally() {
    assert_eq!(entered(&with_treaties(3, &pact("p", r#""B", "C""#, ""))), ["A", "B", "C"]);
}

#[test]
fn an_aggressors_ally_owes_nothing_and_is_not_blamed() {
    let text = with_treaties(3, &pact("p", r#""A", "C""#, ""));
    assert_eq!(entered(&text), ["A", "B"]);
    let simulation = run(&scenario(&text), 1, 0);
    let judged = simulation.chronicle().facts().iter().find_map(|f| match f.kind {
        FactKind::Judged { verdict, .. } => Some(verdict),
        _ => None,
    });
    assert_eq!(judged, Some(Verdict::NotTriggered));
}

#[test]
fn a_ring_of_pacts_brings_in_everyone_once_and_nobody_against_itself() {
    let ring = ["B\", \"C", "C\", \"D", "D\", \"E", "E\", \"A"];
    let treaties: String = ring
        .iter()
        .enumerate()
        .map(|(i, pair)| pact(&format!("p{i}"), &format!("\"{pair}\""), "chain: Transitive"))
        .collect();
    let ids = entered(&with_treaties(5, &treaties));
    assert_eq!(ids, ["A", "B", "C", "D", "E"]);
}

#[test]
fn a_partner_of_a_partner_is_reached_only_by_a_transitive_clause() {
    let treaties =
        |chain: &str| pact("p", r#""B", "C""#, "") + &pact("q", r#""C", "D""#, &format!("chain: {chain}"));
    assert_eq!(entered(&with_treaties(4, &treaties("DirectVictim"))), ["A", "B", "C"]);
    assert_eq!(entered(&with_treaties(4, &treaties("Transitive"))), ["A", "B", "C", "D"]);
}

#[test]
fn a_treaty_that_is_not_in_force_obliges_nobody() {
    let text = with_treaties(3, &pact("p", r#""B", "C""#, "")).replace("in_force: \"1990-01-01\",", "");
    assert_eq!(entered(&text), ["A", "B"]);
}

#[test]
fn a_treaty_counts_from_the_turn_in_which_it_enters_into_force() {
    let late = with_treaties(3, &pact("p", r#""B", "C""#, ""))
        .replace("in_force: \"1990-01-01\"", "in_force: \"2000-01-20\"");
    assert_eq!(entered(&late), ["A", "B", "C"]);
}

#[test]
fn a_state_that_may_fight_only_in_self_defence_sends_aid_and_the_conflict_of_laws_is_told() {
    let text = with_treaties(3, &pact("p", r#""B", "C""#, ""))
        .replace(r#""C": (name: "C","#, r#""C": (name: "C", war_powers: SelfDefence,"#);
    assert_eq!(entered(&text), ["A", "B"]);
    let told = sentences(&run(&scenario(&text), 1, 0)).join("\n");
    assert!(told.contains("may fight only if it is itself attacked"), "{told}");
    assert!(told.contains("treaty and constitution are in conflict"), "{told}");
    assert!(told.contains("C sends aid to B."), "{told}");
}

#[test]
fn a_legislature_votes_after_its_delay() {
    let text = with_treaties(3, &pact("p", r#""B", "C""#, "")).replace(
        r#""C": (name: "C","#,
        r#""C": (name: "C", war_powers: Legislature(threshold: 0.0, turns: 2),"#,
    );
    let scenario =
        scenario(&text.replace("rules: (preset: Strict)", "rules: (preset: Strict, termination_base: 0.0)"));
    let turn =
        entries(&run(&scenario, 1, 0)).iter().find(|e| scenario.state(e.state).id == "C").map(|e| e.turn);
    assert_eq!(turn, Some(Turn(3)));
}

#[test]
fn an_attack_on_a_partner_breaks_a_promise_of_non_aggression() {
    let text = small_world(
        2,
        &format!(
            "treaties: {{{}}},\n{ATTACK}",
            pact("p", r#""A", "B""#, "").replace("Defense", "NonAggression")
        ),
    );
    let told = sentences(&run(&scenario(&text), 1, 0)).join("\n");
    assert!(told.contains("A breaks its non-aggression commitment to B"), "{told}");
    assert!(told.contains("A has broken its word"), "{told}");
}

#[test]
fn a_state_bound_to_both_sides_follows_the_named_rule() {
    let both = pact("p", r#""A", "C""#, "trigger: (level: UseOfForce)").replace("Defense", "Offense")
        + &pact("q", r#""B", "C""#, "");
    for (rule, side) in [("VictimFirst", Some("Target")), ("StayOut", None)] {
        let text = with_treaties(3, &both)
            .replace("(preset: Strict)", &format!("(preset: Strict, both_sides: {rule})"));
        let scenario = scenario(&text);
        let found = entries(&run(&scenario, 1, 0))
            .iter()
            .find(|e| scenario.state(e.state).id == "C")
            .map(|e| format!("{:?}", e.side));
        assert_eq!(found.as_deref(), side, "{rule}");
    }
}

#[test]
fn an_offence_pact_brings_the_partner_in_on_the_attackers_side() {
    let text = with_treaties(3, &pact("p", r#""A", "C""#, "")).replace("Defense", "Offense");
    let scenario = scenario(&text);
    let sides: Vec<String> = entries(&run(&scenario, 1, 0)).iter().map(|e| format!("{:?}", e.side)).collect();
    assert_eq!(sides, ["Initiator", "Target", "Initiator"]);
}

#[test]
fn a_threat_calls_for_consultation_and_brings_no_war() {
    let text = with_treaties(3, &pact("p", r#""B", "C""#, "trigger: (level: Threat)"))
        .replace("Defense", "Consultation")
        .replace("level: War", "level: Threat");
    let simulation = run(&scenario(&text), 1, 0);
    assert!(entries(&simulation).is_empty());
    let told = sentences(&simulation).join("\n");
    assert!(told.contains("C consults with B"), "{told}");
}

#[test]
fn a_state_with_a_pledge_to_one_side_goes_beyond_its_obligation() {
    let text = small_world(
        3,
        &format!(
            r#"pledges: {{"word": (by: "C", to: "B", text: "C stands by B.", strength: 1.0)}}, {ATTACK}"#
        ),
    )
    .replace("(preset: Strict)", "(preset: Classroom, pledge: 20.0)");
    let scenario = scenario(&text);
    let simulation = run(&scenario, 1, 0);
    let c = entries(&simulation).into_iter().find(|e| scenario.state(e.state).id == "C");
    assert_eq!(c.and_then(|e| e.verdict), Some(Verdict::BeyondObligation));
}

#[test]
fn italy_in_1914_is_told_the_article_and_the_condition_that_was_not_met() {
    let scenario = embedded("july-1914");
    let simulation = run(&scenario, 1, 0);
    let italy = scenario.state_id("ITA").expect("Italy");
    let account = explain(&scenario, simulation.chronicle(), italy, Turn(45));
    let text: Vec<&str> = account.lines.iter().map(|l| l.text.as_str()).collect();
    let text = text.join("\n");
    assert!(
        text.contains("Article 3 of the Treaty of Alliance between Austria-Hungary, Germany and Italy"),
        "{text}"
    );
    assert!(text.contains("NOT MET: Austria-Hungary began the conflict"), "{text}");
    assert!(account.answer.starts_with("Italy did not enter"), "{}", account.answer);
}

#[test]
fn britain_in_1914_is_told_the_whole_chain_from_the_first_shot() {
    let scenario = embedded("july-1914");
    let simulation = run(&scenario, scenario.seed, 0);
    let britain = scenario.state_id("GBR").expect("Britain");
    let account = explain(&scenario, simulation.chronicle(), britain, Turn(45));
    let text: Vec<&str> = account.lines.iter().map(|l| l.text.as_str()).collect();
    let mut at = 0;
    for link in [
        "Austria-Hungary declares war on Serbia",
        "Russia decides to fight for Serbia",
        "Germany's defence commitment to Austria-Hungary",
        "Germany decides to fight for Austria-Hungary",
        "an invasion by Germany against Belgium",
        "Britain's defence commitment to Belgium",
        "Britain decides to fight for Belgium",
    ] {
        let found = text[at..].iter().position(|line| line.contains(link));
        at += found.unwrap_or_else(|| panic!("{link} is missing after line {at}:\n{}", text.join("\n")));
    }
}

#[test]
fn orders_are_carried_out_and_replayed_alike() {
    let text = small_world(3, &format!("treaties: {{{}}},", pact("p", r#""B", "C""#, "")));
    let scenario = scenario(&text);
    let orders =
        br#"(format: 1, orders: [(turn: 2, act: Incident(initiator: "A", target: "B", level: War))])"#;
    let (orders, findings) = casus::scenario::parse_orders("orders", orders, &scenario);
    assert!(findings.is_empty());
    let orders = orders.expect("orders");
    let play = || {
        let mut s = casus::engine::Simulation::new(scenario.clone(), 1, Replicate(0));
        s.run(None, &orders);
        (entries(&s).len(), s.digest())
    };
    let written = casus::scenario::write_orders(&scenario, &orders);
    let (again, _) = casus::scenario::parse_orders("orders", written.as_bytes(), &scenario);
    assert_eq!(again.as_ref(), Some(&orders), "{written}");
    assert_eq!(play().0, 3);
    assert_eq!(play(), play());
}

#[test]
fn two_wars_on_one_victim_in_one_turn_are_two_cases() {
    let text = small_world(
        4,
        &format!(
            r#"treaties: {{{}}}, injects: {{
            "first": (turn: 1, text: "x", act: Incident(initiator: "A", target: "B", level: War)),
            "second": (turn: 1, text: "y", act: Incident(initiator: "C", target: "B", level: War, separate: true))}},"#,
            pact("p", r#""B", "D""#, "")
        ),
    );
    let scenario = scenario(&text);
    let simulation = run(&scenario, 1, 0);
    let owed = simulation
        .chronicle()
        .facts()
        .iter()
        .filter(|f| matches!(f.kind, FactKind::Tested { owed: true, .. }));
    assert_eq!(owed.count(), 2);
    let wars = entries(&simulation).iter().filter(|e| scenario.state(e.state).id == "D").count();
    assert_eq!(wars, 2);
}

#[test]
fn a_later_disputed_incident_does_not_rewrite_who_began_an_undisputed_war() {
    let text = small_world(
        3,
        &format!(
            r#"treaties: {{{}}}, relations: [(from: ["C"], to: ["A"], affinity: 1.0)], injects: {{
            "war": (turn: 1, text: "x", act: Incident(initiator: "A", target: "B", level: War)),
            "raid": (turn: 2, text: "y",
                act: Incident(initiator: "B", target: "A", level: War, contested: true))}},"#,
            pact("p", r#""A", "C""#, "trigger: (unprovoked: true)")
        ),
    )
    .replace("preset: Strict", "preset: Strict, attribution: 20.0");
    let scenario = scenario(&text);
    let told = sentences(&run(&scenario, 1, 0)).join("\n");
    // The raid is disputed for itself, and C believes its friend; the war is not.
    assert!(told.contains("C holds that B is to blame"), "{told}");
    assert!(!told.lines().take_while(|l| !l.contains("y")).any(|l| l.contains("Casus foederis")), "{told}");
}
