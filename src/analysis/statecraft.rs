//! What states do short of force, and what they expect, as JSON.

use serde_json::{Value, json};

use crate::chronicle::{Forecast, Statecraft, Vote};
use crate::engine::Simulation;
use crate::model::{ConflictId, NormId, StateId, TransferId, Turn};
use crate::scenario::Scenario;

/// A number for each of some states.
fn by_state(scenario: &Scenario, all: &[(StateId, f64)]) -> Value {
    all.iter()
        .map(|(state, x)| (scenario.state(*state).id.clone(), json!(x)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A number for each of some pairs of states.
fn by_pair(scenario: &Scenario, all: &[(StateId, StateId, f64)]) -> Value {
    let one = |(from, to, x): &(StateId, StateId, f64)| json!({"from": scenario.state(*from).id, "to": scenario.state(*to).id, "hostility": x});
    all.iter().map(one).collect()
}

fn vote(scenario: &Scenario, vote: &Vote) -> Value {
    let ids =
        |all: &[StateId]| -> Vec<String> { all.iter().map(|s| scenario.state(*s).id.clone()).collect() };
    json!({
        "proposed_by": vote.proposed.map(|s| &scenario.state(s).id),
        "yes": ids(&vote.yes),
        "no": ids(&vote.no),
        "abstain": ids(&vote.abstain),
        "vetoed_by": vote.vetoed.map(|s| &scenario.state(s).id),
        "adopted": vote.adopted,
    })
}

/// What a would-be attacker expects.
pub fn forecast(scenario: &Scenario, forecast: &Forecast) -> Value {
    json!({
        "expected_defenders": by_state(scenario, &forecast.defenders),
        "victory": forecast.victory,
        "victory_alone": forecast.victory_alone,
        "probability": forecast.chance,
        "probability_alone": forecast.chance_alone,
        "draw": forecast.draw,
    })
}

/// What a fact of statecraft says beyond its sentence.
pub fn statecraft(scenario: &Scenario, what: &Statecraft) -> Value {
    let id = |s: StateId| scenario.state(s).id.as_str();
    let transfer = |t: TransferId| scenario.transfer(t).id.as_str();
    let norm = |n: NormId| scenario.norm(n).id.as_str();
    match what {
        Statecraft::Signalled { kind, belief, provoked, doubted, .. } => json!({
            "signal": kind,
            "belief": belief,
            "hostility": by_state(scenario, provoked),
            "doubted_by": doubted.map(|(s, _)| id(s)),
            "believed": doubted.map(|(_, p)| p),
        }),
        Statecraft::TransferBegan(t) | Statecraft::TransferEnded(t) => json!({"transfer": transfer(*t)}),
        Statecraft::Shipped(all) => {
            let one = |s: &crate::chronicle::Shipment| {
                json!({
                    "transfer": s.transfer.map(transfer),
                    "from": id(s.from), "to": id(s.to), "amount": s.amount, "delay": s.delay,
                })
            };
            json!({"shipments": all.iter().map(one).collect::<Vec<_>>()})
        }
        Statecraft::Arrived { amount, .. } => json!({"amount": amount}),
        Statecraft::Stocked(all) => {
            let one = |m: &crate::chronicle::Munitions| json!({"state": id(m.state), "used": m.used, "made": m.made, "stock": m.stock});
            json!({"munitions": all.iter().map(one).collect::<Vec<_>>()})
        }
        Statecraft::Evidence { transfer: t, found } | Statecraft::Exposed { transfer: t, found } => {
            json!({"transfer": transfer(*t), "beliefs": by_state(scenario, found)})
        }
        Statecraft::Published { transfer: t, beliefs, .. } => {
            json!({"transfer": transfer(*t), "beliefs": by_state(scenario, beliefs)})
        }
        Statecraft::Denied { transfer: t, .. } => json!({"transfer": transfer(*t)}),
        Statecraft::Acknowledged { transfer: t, under, .. } => {
            json!({"transfer": transfer(*t), "under": under.map(|t| &scenario.treaty(t).id)})
        }
        Statecraft::NormBroken { norm: n, .. } => json!({"norm": norm(*n)}),
        Statecraft::SanctionsVoted { norm: n, vote: v, .. }
        | Statecraft::MonitorVoted { norm: n, vote: v } => {
            json!({"norm": norm(*n), "vote": vote(scenario, v)})
        }
        Statecraft::NormMoved { norm: n, strength } => json!({"norm": norm(*n), "strength": strength}),
        Statecraft::Stigmatized { by, .. } => json!({"hostility": by_state(scenario, by)}),
        Statecraft::Condemned { vote: v, cost, .. } => {
            json!({"vote": vote(scenario, v), "hostility": by_pair(scenario, cost)})
        }
        Statecraft::Recognized { gain, cost, .. } => json!({"affinity": gain, "hostility": cost}),
        Statecraft::Calculated { forecast: f, .. } | Statecraft::Deterred { forecast: f, .. } => {
            forecast(scenario, f)
        }
        Statecraft::Armed(all) => json!({"capability": by_state(scenario, all)}),
        Statecraft::Rivalry(all) => json!({"hostility": by_pair(scenario, all)}),
        Statecraft::Concluded { treaty, threat, chance } => json!({
            "treaty": scenario.treaty(*treaty).id,
            "threat": id(*threat),
            "probability": chance.0,
            "draw": chance.1,
        }),
        Statecraft::OrderChanged { multipolar, poles } => json!({"multipolar": multipolar, "poles": poles}),
        Statecraft::RunsShort(_) | Statecraft::Coerced(_) => json!({}),
    }
}

/// What all with a grievance expect to meet at the end of a run.
pub fn outlook(simulation: &mut Simulation) -> Value {
    let all = simulation.outlook();
    let scenario = simulation.scenario();
    let one = |o: &crate::engine::Outlook| {
        let mut value = forecast(scenario, &o.forecast);
        value["state"] = json!(scenario.state(o.state).id);
        value["target"] = json!(scenario.state(o.target).id);
        // Nothing is drawn for a look ahead.
        value.as_object_mut().map(|v| v.remove("draw"));
        value
    };
    all.iter().map(one).collect()
}

/// Each armed conflict: its size, how deep its cascade went, and when each state entered it.
pub fn conflicts(simulation: &Simulation, name: impl Fn(ConflictId) -> String) -> Value {
    let scenario = simulation.scenario();
    let date = |turn: Turn| scenario.calendar.date(turn);
    let fought = simulation.courses().iter().filter(|c| !c.belligerents.is_empty());
    let told = fought.map(|course| {
        let war = course.extent();
        let entries = course.belligerents.iter().map(|b| {
            json!({
                "state": scenario.state(b.state).id,
                "side": b.side,
                "role": b.role,
                "days_after_start": date(b.since).days_since(date(course.began)),
            })
        });
        json!({
            "conflict": name(course.id),
            "conflict_id": course.id,
            "began": date(course.began),
            "ended": course.ended.map(|(turn, _)| date(turn)),
            "belligerents": war.belligerents,
            "joiners": war.joiners,
            "cascade_depth": war.depth,
            "entries": entries.collect::<Vec<_>>(),
        })
    });
    told.collect()
}

/// The order of powers at the end of a run: every norm, and every bloc with its share.
pub fn order(simulation: &Simulation) -> Value {
    let scenario = simulation.scenario();
    let now = simulation.snapshot();
    let norms: serde_json::Map<String, Value> = scenario
        .norms
        .iter()
        .zip(&now.environment.norms)
        .map(|(terms, n)| {
            let under: Vec<&str> = n.sanctioned.iter().map(|s| scenario.state(*s).id.as_str()).collect();
            (terms.id.clone(), json!({"strength": n.strength, "monitored": n.monitored, "sanctioned": under}))
        })
        .collect();
    let blocs = crate::engine::blocs(scenario, |c| now.standing[c.index()]);
    let count = blocs.iter().flatten().max().map_or(0, |most| most + 1);
    let total: f64 = now.states.iter().map(|s| s.capability).sum();
    let bloc = |number: usize| {
        let members: Vec<StateId> =
            scenario.state_ids().filter(|s| blocs[s.index()] == Some(number)).collect();
        let held: f64 = members.iter().map(|s| now.states[s.index()].capability).sum();
        let share = held / total.max(1e-12);
        let members: Vec<&str> = members.iter().map(|s| scenario.state(*s).id.as_str()).collect();
        json!({"members": members, "share": share})
    };
    json!({"norms": norms, "blocs": (0..count).map(bloc).collect::<Vec<_>>()})
}
