//! Rivalry: hostility grows between those who fight each other, and towards those who help the other side, and falls in
//! peace (Diehl and Goertz 2000); who faces a rival arms against it (Richardson 1960).

use super::deliberation::performance;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft};
use crate::model::{Side, StateId};
use crate::scenario::Rules;
use crate::world::Book;

/// Hostility after some years of war or of peace.
pub fn drift(now: f64, first: f64, at_war: bool, years: f64, rules: &Rules) -> f64 {
    if at_war {
        now + (rules.war_hostility * years).min(1.0) * (1.0 - now)
    } else {
        now - (rules.hostility_decay * years).min(1.0) * (now - first).max(0.0)
    }
}

/// A capability after some years of arming against the greatest threat, 0 to 1.
pub fn armed(now: f64, first: f64, threat: f64, weariness: f64, years: f64, rules: &Rules) -> f64 {
    let growth = rules.arms_race * years * (threat - weariness).max(0.0);
    (now * (1.0 + growth)).min((rules.arms_limit * first).max(now))
}

/// How threatening a rival is: fully, if hostile and at least as strong.
pub fn threat(hostility: f64, own: f64, rival: f64) -> f64 {
    hostility * if own > 0.0 { (rival / own).min(1.0) } else { 1.0 }
}

/// The years that have run up to the end of this turn in whole quarters, and had not at the end of the last: attitudes and
/// armaments move slowly, so they are moved four times a year.
fn quarters(turn: u32, years: f64) -> f64 {
    let passed = |turns: u32| (f64::from(turns) * years * 4.0 + 1e-9).floor();
    (passed(turn) - passed(turn.saturating_sub(1))) / 4.0
}

/// Hostilities drift.
pub fn turn_hostile(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    let years = rules.rivalry * quarters(book.now.turn.0, book.scenario().calendar.length.years());
    if years <= 0.0 || rules.war_hostility <= 0.0 && rules.hostility_decay <= 0.0 {
        return;
    }
    let first = &book.scenario().dyads;
    let mut changes = Vec::new();
    let mut because: Vec<FactId> = Vec::new();
    let mut fighting = Vec::new();
    for course in book.conflicts.active() {
        let sides: [Vec<StateId>; 2] = [Side::Initiator, Side::Target].map(|s| course.on(s).collect());
        for &a in &sides[0] {
            fighting.extend(sides[1].iter().flat_map(|&b| [(a, b), (b, a)]));
        }
        because.push(course.fact);
    }
    // Who helps the other side earns a share of what fighting on it would.
    let mut helped = Vec::new();
    for course in book.conflicts.active() {
        for help in course.help.iter().filter(|h| course.side_of(h.state).is_none()) {
            let share = performance(help.most, rules);
            helped.extend(course.on(help.side.opposite()).map(|enemy| (enemy, help.state, share)));
        }
    }
    // So does who sends arms or troops, as far as it is believed.
    for (t, now) in book.scenario().transfers.iter().zip(&book.environment.transfers) {
        for course in book.conflicts.active().filter(|_| now.running.is_some() && rules.transfers > 0.0) {
            let Some(side) = course.side_of(t.to) else { continue };
            if course.side_of(t.from).is_some() {
                continue;
            }
            let share = performance(t.materiel.response(), rules);
            let believed = course.on(side.opposite()).map(|enemy| (enemy, t.from, share * now.belief(enemy)));
            helped.extend(believed.filter(|(_, _, share)| *share > 0.05));
        }
    }
    // Of several kinds of help the greatest counts.
    helped.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    helped.dedup_by_key(|(from, to, _)| (*from, *to));
    fighting.sort_unstable();
    fighting.dedup();
    for &(from, to) in &fighting {
        let now = book.dyads().hostility(from, to);
        let next = drift(now, now, true, years, rules);
        if next - now > 1e-4 {
            changes.push((from, to, next));
        }
    }
    for &(from, to, share) in
        helped.iter().filter(|(from, to, _)| fighting.binary_search(&(*from, *to)).is_err())
    {
        let now = book.dyads().hostility(from, to);
        let next = drift(now, now, true, share * years, rules);
        if next - now > 1e-4 && !changes.iter().any(|(a, b, _)| (*a, *b) == (from, to)) {
            changes.push((from, to, next));
        }
    }
    if rules.hostility_decay > 0.0 {
        for from in book.scenario().state_ids() {
            // Both lists are in the order of ids, and mostly of the same states.
            let mut before = first.stances_of(from);
            for (to, hostility) in book.dyads().hostilities_of(from) {
                while before.first().is_some_and(|(s, _)| *s < to) {
                    before = &before[1..];
                }
                let was = before.first().filter(|(s, _)| *s == to).map_or(0.0, |(_, then)| then.hostility);
                if hostility <= was {
                    continue;
                }
                let next = drift(hostility, was, false, years, rules);
                let resented = || helped.binary_search_by_key(&(from, to), |(a, b, _)| (*a, *b)).is_ok();
                if hostility - next > 1e-4 && fighting.binary_search(&(from, to)).is_err() && !resented() {
                    changes.push((from, to, next));
                }
            }
        }
    }
    if !changes.is_empty() {
        let kind = FactKind::Statecraft(Statecraft::Rivalry(changes));
        chronicle.record(book.now.turn, Phase::Order, kind, &because);
    }
}

/// States arm against their rivals.
pub fn arm(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    let years = rules.rivalry * quarters(book.now.turn.0, book.scenario().calendar.length.years());
    if years <= 0.0 || rules.arms_race <= 0.0 {
        return;
    }
    let mut all = Vec::new();
    for state in book.scenario().state_ids() {
        let now = book.capability(state);
        let rivals = book.dyads().stances_of(state).iter();
        let greatest = rivals
            // Who is hardly threatened does not arm beyond what it does anyway.
            .filter(|(_, stance)| stance.hostility >= rules.grievance)
            .map(|(rival, stance)| threat(stance.hostility, now, book.capability(*rival)))
            .fold(0.0, f64::max);
        let greatest = if greatest >= rules.grievance { greatest } else { 0.0 };
        let first = book.state(state).capability;
        let next = armed(now, first, greatest, book.weariness(state), years, rules);
        if next - now > 1e-7 {
            all.push((state, next));
        }
    }
    if !all.is_empty() {
        chronicle.record(book.now.turn, Phase::Order, FactKind::Statecraft(Statecraft::Armed(all)), &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn war_embitters_and_peace_heals_no_further_than_it_was() {
        let rules = Rules { war_hostility: 0.4, hostility_decay: 0.5, ..Rules::default() };
        assert!(drift(0.5, 0.5, true, 1.0, &rules) > 0.5);
        assert!(drift(0.9, 0.5, false, 1.0, &rules) < 0.9);
        assert_eq!(drift(0.5, 0.5, false, 1.0, &rules), 0.5);
        assert!(drift(0.99, 0.5, true, 100.0, &rules) <= 1.0);
    }

    #[test]
    fn a_year_has_four_quarters_however_long_a_turn_is() {
        for (turns, years) in [(12, 1.0 / 12.0), (365, 1.0 / 365.0), (1, 1.0), (52, 7.0 / 365.0)] {
            let sum: f64 = (1..=turns).map(|t| quarters(t, years)).sum();
            assert!((sum - 1.0).abs() < 0.26, "{turns}: {sum}");
        }
        assert_eq!((1..=12).map(|t| quarters(t, 1.0 / 12.0)).filter(|q| *q > 0.0).count(), 4);
    }

    #[test]
    fn arms_races_have_an_end() {
        let rules = Rules { arms_race: 0.2, ..Rules::default() };
        let mut now = 0.1;
        for _ in 0..1000 {
            now = armed(now, 0.1, 1.0, 0.0, 1.0, &rules);
        }
        assert!((now - 0.15).abs() < 1e-9, "{now}");
        assert_eq!(armed(0.1, 0.1, 0.0, 0.0, 1.0, &rules), 0.1);
    }
}
