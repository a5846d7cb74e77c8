//! Orders: what a user does to a running scenario, as a file that can be given again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file::ActFile;
use super::lower::Lowering;
use super::read;
use super::valid::{Act, Scenario};
use crate::diagnostics::Diagnostics;
use crate::model::Turn;

/// A file of orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrdersFile {
    /// The version of the format: 1.
    pub format: u32,
    /// Orders in any order of turns; those of one turn are carried out in the order given.
    pub orders: Vec<OrderFile>,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderFile {
    /// The turn in which it is carried out (1 is the first).
    pub turn: u32,
    /// What happens.
    pub act: ActFile,
}

/// Reads a file of orders for a scenario: turns and acts, sorted by turn.
pub fn parse_orders(
    name: &str,
    bytes: &[u8],
    scenario: &Scenario,
) -> (Option<Vec<(Turn, Act)>>, Diagnostics) {
    let mut out = Diagnostics::new(name);
    let Some(source) = read::decode(bytes, &mut out) else { return (None, out) };
    let read = read::read::<OrdersFile>(source, &mut out);
    let Some(file) = read.file else {
        out.sort();
        return (None, out);
    };
    if file.format != 1 {
        out.add_unknown_format(read.places.value("format"), file.format);
    }
    let mut orders = Vec::new();
    for (i, order) in file.orders.iter().enumerate() {
        if order.turn == 0 || order.turn > scenario.turns {
            let range = (1.0, f64::from(scenario.turns));
            out.add_out_of_range(
                read.places.value(&format!("orders/{i}/turn")),
                "`turn`",
                f64::from(order.turn),
                range,
            );
        }
        let mut lowering = Lowering::for_orders(scenario, read.places.clone(), &mut out);
        if let Some(act) =
            lowering.act(&format!("order-{i}"), &order.act, "by order", &format!("orders/{i}/act"))
        {
            orders.push((Turn(order.turn), act));
        }
    }
    orders.sort_by_key(|(turn, _)| *turn);
    out.sort();
    let sound = !out.has_errors();
    (sound.then_some(orders), out)
}

/// The RON text of orders, such as [`parse_orders`] reads.
pub fn write_orders(scenario: &Scenario, orders: &[(Turn, Act)]) -> String {
    let orders = orders.iter().map(|(turn, act)| OrderFile { turn: turn.0, act: act_file(scenario, act) });
    let file = OrdersFile { format: 1, orders: orders.collect() };
    let pretty = ron::ser::PrettyConfig::new().depth_limit(3).indentor("    ").struct_names(false);
    // Serialization to a string fails only for types RON cannot hold, and the mirror has none.
    read::dialect().to_string_pretty(&file, pretty).unwrap_or_default() + "\n"
}

/// An act as an author would type it.
fn act_file(scenario: &Scenario, act: &Act) -> ActFile {
    let state = |id| scenario.state(id).id.clone();
    let treaty = |id| scenario.treaty(id).id.clone();
    let transfer = |id| scenario.transfer(id).id.clone();
    match act {
        Act::Signal(by, with, kind, against) => ActFile::Signal {
            by: state(*by),
            with: state(*with),
            kind: *kind,
            against: against.iter().map(|s| state(*s)).collect(),
        },
        Act::BeginTransfer(t) => ActFile::BeginTransfer(transfer(*t)),
        Act::EndTransfer(t) => ActFile::EndTransfer(transfer(*t)),
        Act::Publication(t, by) => ActFile::Publication { transfer: transfer(*t), by: state(*by) },
        Act::Denial(t, by) => ActFile::Denial { transfer: transfer(*t), by: state(*by) },
        Act::Acknowledgement(t, by) => ActFile::Acknowledgement { transfer: transfer(*t), by: state(*by) },
        Act::MonitorVote(norm) => ActFile::MonitorVote(scenario.norm(*norm).id.clone()),
        Act::Condemnation(of, victim) => ActFile::Condemnation { of: state(*of), victim: state(*victim) },
        Act::Recognition(by, of, against) => {
            ActFile::Recognition { by: state(*by), of: state(*of), against: state(*against) }
        }
        Act::Incident(i) => ActFile::Incident {
            initiator: state(i.initiator),
            target: state(i.target),
            level: i.level,
            form: i.form,
            place: (i.place != i.target).then(|| state(i.place)),
            contested: i.contested,
            widens: i.widens,
            separate: i.separate,
            covert: i.covert,
            motive: i.motive,
            pretext: i.pretext,
        },
        Act::Pledge(p) => ActFile::Pledge {
            by: state(p.by),
            to: state(p.to),
            against: p.against.iter().map(|s| state(*s)).collect(),
            strength: p.strength,
            unprovoked: p.unprovoked,
        },
        Act::EntryIntoForce(t) => ActFile::EntryIntoForce(treaty(*t)),
        Act::Termination(t) => ActFile::Termination(treaty(*t)),
        Act::Ratification(t, by) => ActFile::Ratification { treaty: treaty(*t), by: state(*by) },
        Act::Accession(t, by) => ActFile::Accession { treaty: treaty(*t), by: state(*by) },
        Act::Renewal(t) => ActFile::Renewal(treaty(*t)),
        Act::Denunciation(t, by) => ActFile::Denunciation { treaty: treaty(*t), by: state(*by) },
        Act::Revelation(t) => ActFile::Revelation(treaty(*t)),
        Act::Invocation(t, by) => ActFile::Invocation { treaty: treaty(*t), by: state(*by) },
        Act::Waiver(t, by) => ActFile::Waiver { treaty: treaty(*t), by: state(*by) },
        Act::Demand(by, to) => ActFile::Demand { by: state(*by), to: state(*to) },
        Act::DemandMet(by, to) => ActFile::DemandMet { by: state(*by), to: state(*to) },
        Act::SeparatePeace(by, with) => ActFile::SeparatePeace { by: state(*by), with: state(*with) },
        Act::Ceasefire(a, b) => ActFile::Ceasefire(state(*a), state(*b)),
        Act::Attitude(from, to, hostility, affinity) => ActFile::Attitude {
            from: state(*from),
            to: state(*to),
            hostility: *hostility,
            affinity: *affinity,
        },
    }
}
