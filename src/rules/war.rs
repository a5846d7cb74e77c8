//! War: how fighting wears states down, and how it ends.
//!
//! Losses follow the ratio of strengths; a war ends with a hazard that rises in the ratio and in weariness
//! (Bennett and Stam 1996), by victory where one side is clearly stronger, else by settlement.

use crate::chronicle::{Chronicle, FactKind, Outcome, Phase};
use crate::dice::Purpose;
use crate::model::{Level, Side};
use crate::scenario::Rules;
use crate::world::{Book, Course};

/// Share of capability that a side loses in `years` of war.
pub fn loss(own: f64, other: f64, years: f64, rules: &Rules) -> f64 {
    // Twice the average rate against an overwhelming enemy, next to nothing against a weak one.
    let share = if own + other > 0.0 { other / (own + other) } else { 0.5 };
    let by_strength = rules.attrition_by_strength;
    (rules.attrition * years * (1.0 - by_strength + by_strength * 2.0 * share)).clamp(0.0, 1.0)
}

/// The chance that a war ends within `years`.
pub fn p_ends((own, other): (f64, f64), weariness: f64, lasted: f64, years: f64, rules: &Rules) -> f64 {
    let (least, most) = (own.min(other).max(1e-9), own.max(other).max(1e-9));
    // Beyond a hundred to one a ratio says no more.
    let doublings = libm::log2((most / least).min(100.0));
    let hazard = rules.termination_base
        + rules.termination_ratio * doublings
        + rules.termination_weariness * weariness
        + rules.termination_length * lasted;
    1.0 - libm::exp(-hazard * years)
}

/// How many turns every war lasts, if that is fixed.
fn fixed_length(rules: &Rules) -> Option<u32> {
    // Part of a turn is a turn.
    (rules.war_turns > 0.0).then_some(rules.war_turns.ceil() as u32)
}

/// Wars that last for a fixed time end when it has run out.
pub fn expire(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let Some(lasts) = fixed_length(book.rules()) else { return };
    for course in book.conflicts.active().filter(|c| !c.belligerents.is_empty()) {
        if turn.0.saturating_sub(course.began.0) >= lasts {
            let ended =
                FactKind::ConflictEnded { conflict: course.id, outcome: Outcome::Settlement, chance: None };
            chronicle.record(turn, Phase::Agenda, ended, &[course.fact]);
        }
    }
}

/// Every conflict is fought for a turn, and may end.
pub fn fight(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    let turn = book.now.turn;
    let years = book.scenario().calendar.length.years();
    let running: Vec<&Course> = book.conflicts.active().collect();
    for course in running {
        let conflict = course.id;
        let end = |outcome, chance| FactKind::ConflictEnded { conflict, outcome, chance };
        let recent = |at: crate::model::Turn| f64::from(turn.0.saturating_sub(at.0)) < rules.trace_turns;
        if course.belligerents.is_empty() && course.covert.is_some_and(|(_, at)| recent(at)) {
            // It can still be traced, and answered.
            continue;
        }
        if course.level < Level::UseOfForce || course.belligerents.is_empty() {
            // A dispute lasts for the turn in which something happened.
            chronicle.record(turn, Phase::War, end(Outcome::Subsided, None), &[course.fact]);
            continue;
        }
        let side = |s| book.strength_of(course, s);
        let (a, b) = (side(Side::Initiator), side(Side::Target));
        let clash = course.level == Level::UseOfForce;
        let span = if clash { years * rules.clash_intensity } else { years };
        let losses = (loss(a, b, span, rules), loss(b, a, span, rules));
        let tired = |loss: f64| {
            if rules.attrition > 0.0 { rules.weariness_growth * loss / rules.attrition } else { 0.0 }
        };
        let fought = FactKind::Fought {
            conflict,
            strengths: (a, b),
            losses,
            weariness: (tired(losses.0), tired(losses.1)),
        };
        let fact = chronicle.record(turn, Phase::War, fought, &[course.fact]);
        if fixed_length(rules).is_some() {
            continue;
        }
        let subject = book.conflict_key(course);
        let draw = book.draw(Purpose::Termination, subject);
        if clash {
            if draw < rules.clash_subsides {
                let chance = Some((rules.clash_subsides, draw));
                chronicle.record(turn, Phase::War, end(Outcome::Subsided, chance), &[fact]);
            }
            continue;
        }
        let fighting = course.fighting().count().max(1) as f64;
        let weariness = course.fighting().map(|b| book.weariness(b.state)).sum::<f64>() / fighting;
        let lasted = f64::from(turn.0.saturating_sub(course.began.0)) * years;
        let p = p_ends((a, b), weariness, lasted, years, rules);
        if draw < p {
            let winner = if a > b { Side::Initiator } else { Side::Target };
            let decisive = a.max(b) >= rules.victory_ratio * a.min(b);
            let outcome = if decisive { Outcome::Victory(winner) } else { Outcome::Settlement };
            chronicle.record(turn, Phase::War, end(outcome, Some((p, draw))), &[fact]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weaker_side_loses_more() {
        let rules = Rules::default();
        assert!(loss(1.0, 3.0, 1.0, &rules) > loss(3.0, 1.0, 1.0, &rules));
        assert_eq!(loss(1.0, 1.0, 1.0, &rules), rules.attrition);
        let alike = Rules { attrition_by_strength: 0.0, ..rules };
        assert_eq!(loss(1.0, 3.0, 1.0, &alike), loss(3.0, 1.0, 1.0, &alike));
    }

    #[test]
    fn uneven_and_weary_wars_end_sooner() {
        let rules = Rules::default();
        let even = p_ends((1.0, 1.0), 0.0, 0.0, 1.0, &rules);
        assert!(p_ends((4.0, 1.0), 0.0, 0.0, 1.0, &rules) > even);
        assert!(p_ends((1.0, 1.0), 0.8, 0.0, 1.0, &rules) > even);
        assert_eq!(p_ends((1.0, 1.0), 0.0, 0.0, 0.0, &rules), 0.0);
    }
}
