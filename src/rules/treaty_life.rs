//! The life of treaties: ratification, entry into force, accession, renewal, denunciation with notice, expiry,
//! replacement (ATOP: ESTMODE, PROREN, RENOUNCE, SPECLGTH; Leeds, Ritter, Mitchell and Long 2002).

use super::happens;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase};
use crate::dice::Purpose;
use crate::model::{Calendar, Date, Renewal, StateId, TreatyId, Turn};
use crate::scenario::{Act, Treaty};
use crate::world::{Bond, Book, TreatyStatus};

/// Whether a treaty that is not in force enters into force: on its day, or once enough have ratified it.
pub fn begins(treaty: &Treaty, status: &TreatyStatus, falls_now: impl Fn(Date) -> bool) -> bool {
    if status.in_force || status.ended {
        return false;
    }
    match (treaty.in_force, treaty.ratifications_needed) {
        (Some(day), _) => falls_now(day),
        (None, Some(needed)) => {
            let bound = status.members.iter().filter(|(_, bond)| bond.binds()).count();
            bound >= needed as usize
        }
        (None, None) => false,
    }
}

/// The turn from which a party that gives notice now is free.
pub fn free_from(treaty: &Treaty, now: Turn, calendar: &Calendar) -> Turn {
    let noticed = calendar.date(now).months_later(treaty.notice);
    let day = treaty.not_before.map_or(noticed, |earliest| earliest.max(noticed));
    calendar.turn_of(day).max(now)
}

/// What falls on a day of this turn is in effect from this turn on.
fn falls_now(book: &Book) -> impl Fn(Date) -> bool + use<> {
    let turn = book.now.turn;
    let (first, next) = (book.date(turn), book.date(Turn(turn.0 + 1)));
    // So a treaty that is brought back later is not ended by a day long past.
    move |d| first <= d && d < next
}

/// Whether a treaty can change in the course of this run at all.
pub fn can_change(book: &Book, id: TreatyId) -> bool {
    let key = book.scenario().treaty(id).key;
    happens(book.rules().treaty_change, || book.now.dice.draw(Purpose::TreatyChange, key, Turn(0)))
}

/// Ratifications, accessions, departures, renewals and endings on their dates.
pub fn keep_calendar(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let falls_now = falls_now(book);
    let mut log = |kind| chronicle.record(turn, Phase::Agenda, kind, &[]);
    for &id in &book.watched {
        let treaty = book.scenario().treaty(id);
        let Some(status) = book.treaty(id).filter(|t| !t.ended && can_change(book, id)) else { continue };
        // A draft is signed when it is concluded.
        if falls_now(treaty.signed) && treaty.signed > book.scenario().calendar.start && !treaty.draft {
            log(FactKind::Signed { treaty: id });
        }
        let mut leaving = 0;
        for member in &treaty.members {
            let (by, bond) = (member.state, status.bond(member.state));
            if bond == Some(Bond::Signed) && member.ratified.is_some_and(&falls_now) {
                log(FactKind::Ratified { treaty: id, by });
            }
            if bond == Some(Bond::Outside) && member.joined.is_some_and(&falls_now) {
                log(FactKind::Acceded { treaty: id, by });
            }
            let notice_over = matches!(bond, Some(Bond::Leaving(free)) if free <= turn);
            let leaves = member.left.is_some_and(&falls_now) && bond.is_some_and(Bond::binds);
            if notice_over || leaves {
                leaving += 1;
                log(FactKind::Denounced { treaty: id, by });
            }
        }
        // A treaty is not renewed by one that has nobody left to be bound to.
        let bound = status.members.iter().filter(|(_, bond)| bond.binds()).count();
        let alone = leaving > 0 && bound - leaving < 2;
        if let Some(until) = status.until.filter(|d| falls_now(*d)) {
            match treaty.renewal {
                Some(Renewal::Automatic(months)) if !alone => {
                    log(FactKind::Renewed { treaty: id, until: Some(until.months_later(months)) });
                }
                Some(Renewal::ByAct(months)) if status.renewed => {
                    log(FactKind::Renewed { treaty: id, until: Some(until.months_later(months)) });
                }
                _ => _ = log(FactKind::Terminated { treaty: id, replaced_by: None }),
            }
        }
    }
}

/// A treaty that binds nobody any more, since its parties have left it, ends.
pub fn dissolve(book: &Book, chronicle: &mut Chronicle) {
    let mut left: Vec<(TreatyId, FactId)> = Vec::new();
    for fact in &chronicle.facts()[book.round.turn_start..] {
        if let FactKind::Denounced { treaty, .. } = fact.kind {
            left.retain(|(t, _)| *t != treaty);
            left.push((treaty, fact.id));
        }
    }
    for (treaty, cause) in left {
        let binds = book.commitments_under(treaty).any(|id| book.stands(id));
        if book.is_in_force(treaty) && !binds {
            let kind = FactKind::Terminated { treaty, replaced_by: None };
            let phase = chronicle.fact(cause).phase;
            chronicle.record(book.now.turn, phase, kind, &[cause]);
        }
    }
}

/// Treaties whose day has come, or that enough have ratified, enter into force and end those they replace.
pub fn enter_into_force(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let calendar = book.scenario().calendar;
    let falls_now = falls_now(book);
    let mut entering: Vec<(TreatyId, Option<FactId>)> = Vec::new();
    for &id in &book.watched {
        let treaty = book.scenario().treaty(id);
        let Some(status) = book.treaty(id).filter(|_| can_change(book, id)) else { continue };
        if begins(treaty, status, |d| d > calendar.start && falls_now(d)) {
            let last_ratification = chronicle.facts()[book.round.turn_start..].iter().rev().find_map(|f| {
                matches!(f.kind, FactKind::Ratified { treaty, .. } if treaty == id).then_some(f.id)
            });
            entering.push((id, last_ratification));
        }
    }
    for (treaty, cause) in entering {
        let because: Vec<FactId> = cause.into_iter().collect();
        let fact = chronicle.record(turn, Phase::Agenda, FactKind::EnteredIntoForce { treaty }, &because);
        replace(book, chronicle, treaty, (Phase::Agenda, fact));
    }
}

/// The treaties that one replaces end as it enters into force.
fn replace(book: &Book, chronicle: &mut Chronicle, treaty: TreatyId, (phase, cause): (Phase, FactId)) {
    for &old in &book.scenario().treaty(treaty).replaces {
        if !book.has_ended(old) && can_change(book, old) {
            let kind = FactKind::Terminated { treaty: old, replaced_by: Some(treaty) };
            chronicle.record(book.now.turn, phase, kind, &[cause]);
        }
    }
}

/// Scripted and ordered acts on treaties; acts that the treaty has no room for have no effect.
pub fn carry_out(book: &Book, chronicle: &mut Chronicle, act: &Act, (phase, cause): (Phase, FactId)) {
    let turn = book.now.turn;
    let bond = |treaty: TreatyId, state: StateId| book.treaty(treaty).and_then(|t| t.bond(state));
    let next = book.date(Turn(turn.0 + 1));
    let signed = |treaty: TreatyId| book.scenario().treaty(treaty).signed < next;
    let kind = match *act {
        Act::EntryIntoForce(treaty) if !book.is_in_force(treaty) && signed(treaty) => {
            FactKind::EnteredIntoForce { treaty }
        }
        Act::Termination(treaty) if !book.has_ended(treaty) => {
            FactKind::Terminated { treaty, replaced_by: None }
        }
        Act::Ratification(treaty, by) if bond(treaty, by) == Some(Bond::Signed) && signed(treaty) => {
            FactKind::Ratified { treaty, by }
        }
        Act::Accession(treaty, by) if bond(treaty, by).is_some_and(|b| !b.binds() && b != Bond::Signed) => {
            FactKind::Acceded { treaty, by }
        }
        Act::Renewal(treaty) if !book.has_ended(treaty) => FactKind::Renewed { treaty, until: None },
        Act::Denunciation(treaty, by) if matches!(bond(treaty, by), Some(Bond::Bound | Bond::Signed)) => {
            let terms = book.scenario().treaty(treaty);
            let effective = free_from(terms, turn, &book.scenario().calendar);
            if effective <= turn || bond(treaty, by) == Some(Bond::Signed) {
                FactKind::Denounced { treaty, by }
            } else {
                FactKind::NoticeGiven { treaty, by, effective }
            }
        }
        Act::Revelation(treaty) if book.treaty(treaty).is_some_and(|t| !t.public) => {
            FactKind::Revealed { treaty }
        }
        _ => return,
    };
    let stays = kind.treaty().is_some_and(|id| !can_change(book, id));
    if stays && !matches!(kind, FactKind::Revealed { .. }) {
        return;
    }
    let entered = match kind {
        FactKind::EnteredIntoForce { treaty } => Some(treaty),
        _ => None,
    };
    let fact = chronicle.record(turn, phase, kind, &[cause]);
    if let Some(treaty) = entered {
        replace(book, chronicle, treaty, (phase, fact));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Key, TurnLength};

    fn treaty(notice: u32, not_before: Option<&str>) -> Treaty {
        Treaty {
            id: "t".into(),
            key: Key::of("t"),
            name: "T".into(),
            short: "T".into(),
            parties: vec![StateId(0), StateId(1)],
            signed: "1949-04-04".parse().unwrap(),
            in_force: None,
            until: None,
            renewal: None,
            ratifications_needed: Some(2),
            notice,
            not_before: not_before.map(|d| d.parse().unwrap()),
            members: Vec::new(),
            draft: false,
            called: Vec::new(),
            replaces: Vec::new(),
            secret: false,
            known_to: Vec::new(),
            depth: Default::default(),
            clauses: Vec::new(),
            sources: Vec::new(),
        }
    }

    fn status(bonds: [Bond; 2]) -> TreatyStatus {
        TreatyStatus {
            treaty: TreatyId(0),
            in_force: false,
            ended: false,
            ended_here: false,
            until: None,
            renewed: false,
            public: true,
            members: vec![(StateId(0), bonds[0]), (StateId(1), bonds[1])],
        }
    }

    #[test]
    fn a_treaty_enters_into_force_with_the_last_ratification_that_it_needs() {
        let never = |_: Date| false;
        assert!(!begins(&treaty(0, None), &status([Bond::Bound, Bond::Signed]), never));
        assert!(begins(&treaty(0, None), &status([Bond::Bound, Bond::Bound]), never));
    }

    #[test]
    fn notice_runs_its_months_and_not_before_the_earliest_day() {
        let calendar = Calendar { start: "1966-03-01".parse().unwrap(), length: TurnLength::Months(1) };
        assert_eq!(free_from(&treaty(0, None), Turn(3), &calendar), Turn(3));
        assert_eq!(free_from(&treaty(12, None), Turn(3), &calendar), Turn(15));
        // Twenty years in force before anyone may leave, as in the North Atlantic Treaty.
        assert_eq!(free_from(&treaty(12, Some("1969-08-24")), Turn(3), &calendar), Turn(42));
    }
}
