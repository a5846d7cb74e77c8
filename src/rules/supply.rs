//! Supply: munitions are made, used up, given and received; without them a state fights with less than its strength.
//!
//! A transfer is sent month after month out of the supplier's stock and arrives after its delay. A state that helps a
//! belligerent without fighting gives away a share of what it makes.

use crate::chronicle::{Chronicle, FactId, FactKind, Munitions, Phase, Shipment, Statecraft};
use crate::dice::Purpose;
use crate::model::{Level, Materiel, NormKind, Response, Side, StateId, TransferId};
use crate::scenario::{Rules, Transfer};
use crate::world::{Book, Course};

/// Months in a turn.
pub fn months(book: &Book) -> f64 {
    book.scenario().calendar.length.years() * 12.0
}

/// What is used, made and left of a stock in some months.
pub fn turned_over(
    stock: f64,
    use_in_war: f64,
    production: f64,
    consumption: f64,
    rules: &Rules,
) -> (f64, f64, f64) {
    let used = use_in_war.min(stock);
    let left = stock - used;
    let room = (rules.munitions_stores * consumption - left).max(0.0);
    let made = if consumption > 0.0 { production.min(room) } else { production };
    (used, made, left + made)
}

/// The share of its production and arms trade that sanctions leave a state: those of a council, and those of states that
/// have taken the other side in its wars since the start.
pub fn unsanctioned(book: &Book, state: StateId) -> f64 {
    let rules = book.rules();
    let norms = book.environment.norms.iter().filter(|n| n.sanctioned.contains(&state));
    let lost = norms.map(|n| {
        let enforced = if n.monitored { 1.0 } else { rules.unmonitored };
        rules.sanction_bite * enforced * rules.norms * n.strength
    });
    let left = lost.fold(1.0, |left, lost| left * (1.0 - lost));
    let mut others = 0.0;
    for course in book.conflicts.active() {
        let Some(side) = course.side_of(state) else { continue };
        let against = course.help.iter().filter(|h| h.side != side && h.since_start >= Response::Sanction);
        others += against.map(|h| book.capability(h.state)).sum::<f64>();
    }
    left * (1.0 - rules.sanction_bite * others.min(1.0))
}

/// The share of a transfer that sanctions on either party let through.
fn trade(book: &Book, t: &Transfer) -> f64 {
    unsanctioned(book, t.from).min(unsanctioned(book, t.to))
}

/// What a state does for a side by what it sends to those who fight on it: arms and money are aid, troops under another's
/// command more than that.
pub fn supplied(book: &Book, state: StateId, course: &Course, side: Side) -> Option<Response> {
    let all = book.scenario().transfers.iter().zip(&book.environment.transfers);
    let to_it =
        all.filter(|(t, now)| t.from == state && now.running.is_some() && course.side_of(t.to) == Some(side));
    to_it.map(|(t, _)| t.materiel.response()).max()
}

/// Transfers begin and end on their days.
pub fn keep_calendar(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    for (i, (t, now)) in book.scenario().transfers.iter().zip(&book.environment.transfers).enumerate() {
        let id = TransferId(i as u32);
        // Who fights beside another has no need to lend it troops.
        if let (Some(entry), true) = (fights_beside(book, t.from, t.to), t.materiel == Materiel::Troops) {
            if now.running.is_some() {
                end(book, chronicle, id, &[entry]);
            }
            continue;
        }
        let over = || t.for_war && book.conflicts.wars_of(t.to) == 0 && last_war(book, t.to).is_some();
        if now.running.is_some() && t.until == Some(turn) {
            end(book, chronicle, id, &[]);
        } else if now.running.is_some() && over() {
            end(book, chronicle, id, &last_war(book, t.to).into_iter().collect::<Vec<_>>());
        } else if now.running.is_none()
            && !now.over
            && t.since == Some(turn)
            && !over()
            && t.until.is_none_or(|u| u > turn)
        {
            let kind = FactKind::Statecraft(Statecraft::TransferBegan(id));
            chronicle.record(turn, Phase::Agenda, kind, &[]);
        }
    }
}

/// The chance that a supplier begins within `years` to send what it could.
pub fn p_sends(affinity: f64, years: f64, rules: &Rules) -> f64 {
    1.0 - libm::exp(-rules.generosity * affinity * years)
}

/// States begin of their own accord to send what they could to one that fights and to which they feel close.
pub fn offer(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    if rules.generosity <= 0.0 {
        return;
    }
    let years = book.scenario().calendar.length.years();
    for ((t, now), i) in book.scenario().transfers.iter().zip(&book.environment.transfers).zip(0..) {
        let open = t.for_war && t.since.is_none() && now.running.is_none() && book.acts_alone(t.from);
        if !open
            || book.draw(Purpose::Supply, t.key) >= p_sends(book.dyads().affinity(t.from, t.to), years, rules)
        {
            continue;
        }
        let war = book.conflicts.active().find(|c| c.side_of(t.to).is_some());
        let opposed = war.is_some_and(|c| c.side_of(t.from).is_some_and(|s| Some(s) != c.side_of(t.to)));
        if let Some(course) = war.filter(|_| !opposed) {
            let kind = FactKind::Statecraft(Statecraft::TransferBegan(TransferId(i)));
            chronicle.record(book.now.turn, Phase::Initiative, kind, &[course.fact]);
        }
    }
}

/// The fact with which the last war of a state began.
fn last_war(book: &Book, state: StateId) -> Option<FactId> {
    book.conflicts.all().iter().rev().find(|c| c.fought_on(state).is_some()).map(|c| c.fact)
}

/// The entry of a state that fights on the side of another.
fn fights_beside(book: &Book, state: StateId, other: StateId) -> Option<FactId> {
    let together =
        book.conflicts.active().find(|c| c.side_of(state).is_some() && c.side_of(state) == c.side_of(other));
    together?.fighting().find(|b| b.state == state).map(|b| b.fact)
}

/// A transfer ends.
pub fn end(book: &Book, chronicle: &mut Chronicle, id: TransferId, because: &[FactId]) {
    let began = book.environment.transfers[id.index()].running;
    let because: Vec<FactId> = began.iter().chain(because).copied().collect();
    let kind = FactKind::Statecraft(Statecraft::TransferEnded(id));
    chronicle.record(book.now.turn, Phase::Agenda, kind, &because);
}

/// Transfers and helpers' gifts are sent.
pub fn send(book: &Book, chronicle: &mut Chronicle) {
    let (turn, months, rules) = (book.now.turn, months(book), book.rules());
    let mut left: Vec<Option<f64>> = book.environment.supplies.iter().map(|s| s.map(|s| s.stock)).collect();
    let mut take = |from: StateId, wanted: f64| {
        let amount = left[from.index()].map_or(wanted, |stock| wanted.min(stock));
        if let Some(stock) = &mut left[from.index()] {
            *stock -= amount;
        }
        amount
    };
    let (mut sent, mut because) = (Vec::new(), Vec::new());
    for (i, (t, now)) in book.scenario().transfers.iter().zip(&book.environment.transfers).enumerate() {
        let Some(began) = now.running else { continue };
        let wanted = t.amount * months * rules.transfers * trade(book, t);
        let stocked = t.materiel.is_stocked();
        let amount = if stocked { take(t.from, wanted) } else { wanted };
        if amount > 0.0 {
            let transfer = Some(TransferId(i as u32));
            sent.push(Shipment { transfer, from: t.from, to: t.to, amount, delay: t.delay, stocked });
            because.push(began);
        }
    }
    for course in book.conflicts.active().filter(|c| c.level == Level::War) {
        // A show of force sends nothing.
        for help in course.help.iter().filter(|h| h.most == Response::Aid) {
            let (from, to) = (help.state, course.originator(help.side));
            let Some(munitions) = book.state(from).munitions else { continue };
            // Where the scenario says what is sent, that is all.
            let told = |t: &Transfer| (t.from, t.to) == (from, to) && t.materiel.is_stocked();
            if book.scenario().transfers.iter().any(told) {
                continue;
            }
            let followed = book.state(to).munitions.is_some() && course.side_of(to).is_some();
            if !followed || course.side_of(from).is_some() {
                continue;
            }
            let wanted = munitions.production * rules.aid_munitions * months * rules.transfers;
            let amount = take(from, wanted);
            if amount > 0.0 {
                sent.push(Shipment { transfer: None, from, to, amount, delay: 0, stocked: true });
                because.push(course.fact);
            }
        }
    }
    if !sent.is_empty() {
        let kind = FactKind::Statecraft(Statecraft::Shipped(sent));
        chronicle.record(turn, Phase::War, kind, &because);
    }
}

/// What was sent arrives.
pub fn arrive(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let here: Vec<_> = book.environment.under_way.iter().filter(|(at, ..)| *at <= turn).collect();
    let mut to: Vec<StateId> = here.iter().map(|(_, to, ..)| *to).collect();
    to.sort_unstable();
    to.dedup();
    for to in to {
        let mine = here.iter().filter(|(_, s, ..)| *s == to);
        let amount = mine.clone().map(|(_, _, amount, _)| amount).sum();
        let sent: Vec<FactId> = mine.map(|(.., fact)| *fact).collect();
        let kind = FactKind::Statecraft(Statecraft::Arrived { to, amount });
        chronicle.record(turn, Phase::War, kind, &sent);
    }
}

/// Munitions are used and made.
pub fn use_and_make(book: &Book, chronicle: &mut Chronicle) {
    let (turn, months, rules) = (book.now.turn, months(book), book.rules());
    let mut all = Vec::new();
    let mut short = Vec::new();
    for (state, supply) in book.scenario().state_ids().zip(&book.environment.supplies) {
        let (Some(supply), Some(m)) = (supply, book.state(state).munitions) else { continue };
        // What was fought to its end in this turn took munitions as well.
        let now = |c: &&Course| c.ended.is_none_or(|(at, _)| at == turn);
        let left =
            |c: &Course| c.belligerents.iter().any(|b| b.state == state && b.until.is_some_and(|u| u < turn));
        let fought = book.conflicts.all().iter().filter(now);
        let fought = fought.filter(|c| c.fought_on(state).is_some() && !left(c));
        let intensity = fought
            .map(|c| if c.level == Level::War { 1.0 } else { rules.clash_intensity })
            .fold(0.0, f64::max);
        let transfers = book.scenario().transfers.iter().zip(&book.environment.transfers);
        let paid: f64 = transfers
            .filter(|(t, now)| t.to == state && t.materiel == Materiel::Money && now.running.is_some())
            .map(|(t, _)| t.amount * rules.transfers * trade(book, t))
            .sum();
        let production = (m.production * unsanctioned(book, state) + paid) * months;
        let wanted = m.consumption * intensity * months;
        let (used, made, stock) = turned_over(supply.stock, wanted, production, m.consumption, rules);
        if used > 0.0 || made > 0.0 {
            all.push(Munitions { state, used, made, stock });
        }
        if intensity > 0.0 && stock < m.consumption && !supply.short && rules.readiness_floor < 1.0 {
            short.push(state);
        }
    }
    if !all.is_empty() {
        let fact = chronicle.record(turn, Phase::War, FactKind::Statecraft(Statecraft::Stocked(all)), &[]);
        for state in short {
            let kind = FactKind::Statecraft(Statecraft::RunsShort(state));
            chronicle.record(turn, Phase::War, kind, &[fact]);
        }
    }
}

/// The embargoes that a transfer breaks.
pub fn embargoes(book: &Book, id: TransferId) -> Vec<crate::model::NormId> {
    let t = book.scenario().transfer(id);
    let norms = book.scenario().norms.iter().zip(0..);
    let broken = norms
        .filter(|(n, _)| n.kind == NormKind::Embargo && (n.on.contains(&t.from) || n.on.contains(&t.to)))
        // It is on arms; trade in other things is not what it forbids.
        .filter(|_| t.materiel != Materiel::Money);
    broken.map(|(_, i)| crate::model::NormId(i)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_used_that_is_not_there_and_nothing_made_that_has_no_room() {
        let rules = Rules { munitions_stores: 2.0, ..Rules::default() };
        // Used, made and left of a stock of 3, where a month of war takes 5 and one unit is made.
        assert_eq!(turned_over(3.0, 5.0, 1.0, 5.0, &rules), (3.0, 1.0, 1.0));
        // At peace it is filled up to two months of war, and no more.
        assert_eq!(turned_over(9.5, 0.0, 1.0, 5.0, &rules), (0.0, 0.5, 10.0));
        assert_eq!(turned_over(12.0, 0.0, 1.0, 5.0, &rules), (0.0, 0.0, 12.0));
    }
}
