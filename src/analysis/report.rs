//! A finished run as JSON.

use serde_json::{Value, json};

use super::outcome::entries;
use super::reliability::reliability;
use super::statecraft;
use crate::chronicle::{Check, Fact, FactKind, Lapse, Prose};
use crate::engine::Simulation;
use crate::model::{CommitmentId, StateId};
use crate::scenario::Scenario;

/// The run as one JSON value; what it holds is documented in `docs/output.md`.
pub fn report(simulation: &mut Simulation) -> Value {
    let outlook = statecraft::outlook(simulation);
    let simulation = &*simulation;
    let scenario = simulation.scenario();
    let prose = Prose::new(scenario, simulation.chronicle());
    let id = |s: StateId| scenario.state(s).id.as_str();
    let facts: Vec<Value> =
        simulation.chronicle().facts().iter().map(|f| fact(simulation, &prose, f)).collect();
    let belligerents: Vec<Value> = entries(simulation)
        .iter()
        .map(|e| {
            json!({
                "state": id(e.state),
                "conflict": prose.conflict(e.conflict),
                "conflict_id": e.conflict,
                "side": e.side,
                "role": e.role,
                "turn": e.turn,
                "date": scenario.calendar.date(e.turn),
                "fact": e.fact,
                "verdict": e.verdict,
            })
        })
        .collect();
    let region = |(i, r): (usize, &crate::scenario::Region)| {
        (r.id.clone(), json!(simulation.regional_tension().map(|turn| turn[i]).collect::<Vec<_>>()))
    };
    let history = simulation.chronicle().facts();
    let so_far = |m: &crate::engine::Metrics| {
        let end = history.partition_point(|f| f.turn <= m.turn);
        reliability(scenario, &history[..end])
    };
    let by_turn: Vec<_> = simulation.metrics().iter().map(so_far).collect();
    let regional: serde_json::Map<String, Value> =
        simulation.scenario().regions.iter().enumerate().map(region).collect();
    json!({
        "scenario": scenario.name,
        "seed": simulation.seed(),
        "replicate": simulation.replicate(),
        "preset": scenario.preset,
        "turns_played": simulation.turn(),
        "facts": facts,
        "belligerents": belligerents,
        "metrics": simulation.metrics(),
        "conflicts": statecraft::conflicts(simulation, |c| prose.conflict(c)),
        "regional_tension": regional,
        "order": statecraft::order(simulation),
        "outlook": outlook,
        "bloc_shares": simulation.bloc_shares().collect::<Vec<_>>(),
        "reliability": reliability(scenario, history),
        "reliability_by_turn": by_turn,
        "digest": simulation.digest(),
    })
}

fn fact(simulation: &Simulation, prose: &Prose, fact: &Fact) -> Value {
    let scenario = simulation.scenario();
    let actors: Vec<&str> =
        actors(simulation, fact).into_iter().map(|s| scenario.state(s).id.as_str()).collect();
    let mut value = json!({
        "id": fact.id,
        "turn": fact.turn,
        "date": scenario.calendar.date(fact.turn),
        "phase": fact.phase,
        "kind": fact.kind.name(),
        "actors": actors,
        "text": prose.sentence(fact),
        "because": fact.because.as_slice(),
    });
    if let Some(conflict) = fact.kind.conflict() {
        value["conflict"] = json!(prose.conflict(conflict));
        value["conflict_id"] = json!(conflict);
    }
    let checks = |list: &[Check]| -> Vec<Value> {
        list.iter().map(|c| json!({"condition": c.condition, "met": c.met})).collect()
    };
    match &fact.kind {
        FactKind::Tested { commitment, checks: list, strength, owed, reading, .. } => {
            of_clause(&mut value, scenario, *commitment);
            value["obligation"] = json!(scenario.clause_of(*commitment).obligation);
            value["clause"] = json!(scenario.clause_of(*commitment).text);
            value["reading"] = json!(reading_name(scenario, *commitment, *reading));
            value["conditions"] = json!(checks(list));
            if *owed {
                value["strength"] = json!(strength);
            }
        }
        FactKind::PledgeTested { checks: list, .. } => value["conditions"] = json!(checks(list)),
        FactKind::Decided { choice, side, trace, .. } => {
            value["choice"] = json!(choice);
            value["side"] = json!(side);
            value["draw"] = json!(trace.draw);
            let options = trace.options.iter().map(|o| {
                let terms = trace.terms(o).into_iter().map(|(t, u)| json!({"term": t, "utility": u}));
                json!({
                    "response": o.response,
                    "probability": o.probability,
                    "utility": o.utility,
                    "terms": terms.collect::<Vec<_>>(),
                })
            });
            value["options"] = json!(options.collect::<Vec<_>>());
        }
        FactKind::Judged { verdict, .. } => value["verdict"] = json!(verdict),
        FactKind::Incident { incident, .. } => {
            value["level"] = json!(incident.level);
            value["form"] = json!(incident.form);
            value["place"] = json!(scenario.state(incident.place).id);
            value["contested"] = json!(incident.contested);
            value["covert"] = json!(incident.covert);
            value["motive"] = json!(incident.motive);
            value["pretext"] = json!(incident.pretext);
        }
        FactKind::Entered { side, role, .. } => {
            value["side"] = json!(side);
            value["role"] = json!(role);
        }
        FactKind::Performed { side, response, .. } => {
            value["side"] = json!(side);
            value["response"] = json!(response);
        }
        FactKind::ConflictEnded { outcome, .. } => value["outcome"] = json!(outcome),
        FactKind::NoticeGiven { treaty, effective, .. } => {
            value["treaty"] = json!(scenario.treaty(*treaty).id);
            value["effective"] = json!(effective);
        }
        FactKind::Terminated { treaty, replaced_by } => {
            value["treaty"] = json!(scenario.treaty(*treaty).id);
            value["replaced_by"] = json!(replaced_by.map(|t| &scenario.treaty(t).id));
        }
        FactKind::Renewed { treaty, until } => {
            value["treaty"] = json!(scenario.treaty(*treaty).id);
            value["until"] = json!(until);
        }
        FactKind::DomesticProcess { result, vote, crossed, .. } => {
            value["result"] = json!(result);
            value["support"] = json!(vote.map(|(support, ..)| support));
            value["probability"] = json!(vote.map(|(_, p, _)| p));
            value["draw"] = json!(vote.map(|(.., draw)| draw));
            value["crossed"] = json!(crossed.map(|c| &scenario.treaty_of(c).id));
        }
        FactKind::EnteredIntoForce { treaty }
        | FactKind::Ratified { treaty, .. }
        | FactKind::Acceded { treaty, .. }
        | FactKind::Revealed { treaty }
        | FactKind::Signed { treaty }
        | FactKind::Invoked { treaty, .. }
        | FactKind::Waived { treaty, .. }
        | FactKind::Denounced { treaty, .. } => {
            value["treaty"] = json!(scenario.treaty(*treaty).id);
        }
        FactKind::Injected { inject, .. } | FactKind::InjectFailed { inject, .. } => {
            value["inject"] = json!(scenario.injects[inject.index()].id);
        }
        FactKind::PromiseBroken { commitment, .. } | FactKind::Lapsed { commitment, .. } => {
            of_clause(&mut value, scenario, *commitment);
        }
        FactKind::Fulfilled { commitment, fulfilment, .. } => {
            of_clause(&mut value, scenario, *commitment);
            value["fulfilment"] = json!(fulfilment);
        }
        FactKind::ReadOtherwise { commitment, reading, owed, differs, .. } => {
            of_clause(&mut value, scenario, *commitment);
            value["owed"] = json!(owed);
            value["reading"] = json!(reading_name(scenario, *commitment, *reading));
            value["differs"] = json!(differs);
        }
        FactKind::Withdrew { side, .. } => value["side"] = json!(side),
        FactKind::Reviewed { stays, chance, lapse, .. } => {
            match lapse {
                Lapse::PartnerLeft(partner) => value["partner_left"] = json!(scenario.state(*partner).id),
                Lapse::TreatyEnded(treaty) => value["treaty_ended"] = json!(scenario.treaty(*treaty).id),
            }
            value["stays"] = json!(stays);
            value["probability"] = json!(chance.map(|(p, _)| p));
            value["draw"] = json!(chance.map(|(_, draw)| draw));
        }
        FactKind::Statecraft(what) => {
            if let (Some(value), Value::Object(more)) =
                (value.as_object_mut(), statecraft::statecraft(scenario, what))
            {
                value.extend(more);
            }
        }
        _ => {}
    }
    value
}

fn of_clause(value: &mut Value, scenario: &Scenario, commitment: CommitmentId) {
    value["treaty"] = json!(scenario.treaty_of(commitment).id);
    value["article"] = json!(scenario.clause_of(commitment).article);
}

/// The name of a reading, where a clause has more than one.
fn reading_name(scenario: &Scenario, commitment: CommitmentId, reading: Option<usize>) -> Option<&str> {
    scenario.clause_of(commitment).readings.get(reading?).map(|r| r.name.as_str())
}

/// The states that a fact is about, the one that acts first.
fn actors(simulation: &Simulation, fact: &Fact) -> Vec<StateId> {
    let scenario = simulation.scenario();
    let ends = |id| {
        let c = scenario.commitment(id);
        vec![c.obligor, c.beneficiary]
    };
    match &fact.kind {
        FactKind::Denounced { by, .. }
        | FactKind::Ratified { by, .. }
        | FactKind::Acceded { by, .. }
        | FactKind::NoticeGiven { by, .. }
        | FactKind::Invoked { by, .. }
        | FactKind::Waived { by, .. } => vec![*by],
        FactKind::Demanded { by, to } => vec![*by, *to],
        FactKind::DemandMet { by, to } => vec![*to, *by],
        FactKind::EnteredIntoForce { treaty }
        | FactKind::Terminated { treaty, .. }
        | FactKind::Renewed { treaty, .. }
        | FactKind::Revealed { treaty }
        | FactKind::Signed { treaty } => scenario.treaty(*treaty).parties.clone(),
        FactKind::Pledged { pledge, .. } => vec![pledge.by, pledge.to],
        FactKind::AttitudeChanged { from, to, .. } => vec![*from, *to],
        FactKind::Incident { incident, .. } => vec![incident.initiator, incident.target],
        FactKind::Initiated { incident, .. } => vec![incident.initiator, incident.target],
        FactKind::ConflictBegan { initiator, target, .. }
        | FactKind::TurnedViolent { initiator, target, .. } => {
            vec![*initiator, *target]
        }
        FactKind::Entered { state, .. }
        | FactKind::BoundToBoth { state, .. }
        | FactKind::ConsentSought { state, .. }
        | FactKind::DomesticProcess { state, .. }
        | FactKind::Performed { state, .. }
        | FactKind::Reviewed { state, .. }
        | FactKind::Withdrew { state, .. }
        | FactKind::Judged { state, .. } => vec![*state],
        FactKind::Consulting { state, partner, .. } => vec![*state, *partner],
        FactKind::ReadOtherwise { observer, commitment, .. } => {
            let mut all = vec![*observer];
            all.extend(ends(*commitment));
            all
        }
        FactKind::Fulfilled { commitment, .. } => ends(*commitment),
        FactKind::Attributed { observer, blamed, .. } => vec![*observer, *blamed],
        FactKind::Traced { observer, author, .. } => vec![*observer, *author],
        FactKind::Tested { commitment, .. }
        | FactKind::PromiseBroken { commitment, .. }
        | FactKind::Lapsed { commitment, .. } => ends(*commitment),
        FactKind::PledgeTested { pledge, .. } => {
            simulation.pledges().nth(pledge.index()).map_or(Vec::new(), |p| vec![p.by, p.to])
        }
        FactKind::Decided { state, partner, adversary, .. } => vec![*state, *partner, *adversary],
        FactKind::ConflictUnderWay { conflict } => {
            scenario.conflict(*conflict).map_or(Vec::new(), |c| c.belligerents.iter().map(|b| b.0).collect())
        }
        FactKind::Statecraft(what) => what.actors(scenario),
        FactKind::Injected { .. }
        | FactKind::InjectFailed { .. }
        | FactKind::Ordered { .. }
        | FactKind::Fought { .. }
        | FactKind::ConflictEnded { .. } => Vec::new(),
    }
}
