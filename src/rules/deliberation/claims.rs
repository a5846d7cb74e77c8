//! What a state owes or has pledged in a conflict, for either side, and what it decides on that.

use smallvec::SmallVec;

use super::stakes::stakes;
use super::unasked::is_drawn;
use super::{choose, required, weigh};
use crate::chronicle::{Attack, Causes, Chronicle, FactId, FactKind, Fulfilment, Phase, Stakes, Trace};
use crate::dice::Purpose;
use crate::model::{
    Automaticity, CommitmentId, ConflictId, Decision, Level, Obligation, Response, Side, StateId,
};
use crate::rules::happens;
use crate::rules::restraint::in_the_way;
use crate::rules::war_powers::is_waiting;
use crate::scenario::{BothSides, Clause};
use crate::world::{Book, Course, Owed, Pending, Status};

/// What is due of a state in a conflict for one side.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims<'b> {
    pub(super) owed: SmallVec<[&'b Owed; 4]>,
    pub(super) pledged: SmallVec<[&'b Pending; 1]>,
}

impl Claims<'_> {
    fn is_empty(&self) -> bool {
        self.owed.is_empty() && self.pledged.is_empty()
    }

    /// Whether it is owed no more than consultation.
    fn asks_for_talks_only(&self, book: &Book) -> bool {
        let talks = |o: &&Owed| required(book.clause_as_read(o).performance) <= Response::Consult;
        self.pledged.is_empty() && self.owed.iter().all(talks)
    }

    fn causes(&self) -> impl Iterator<Item = FactId> {
        self.owed.iter().map(|o| o.fact).chain(self.pledged.iter().map(|p| p.fact))
    }

    /// The attack that raised the weightiest claim: what asks for most, and of that what binds most.
    fn attack(&self, book: &Book) -> Option<Attack> {
        let asked = |o: &&Owed| required(book.clause_as_read(o).performance);
        let weight = |a: &&Owed, b: &&Owed| asked(a).cmp(&asked(b)).then(a.strength.total_cmp(&b.strength));
        let weightiest = self.owed.iter().copied().max_by(|a, b| weight(a, b));
        weightiest.map(|o| o.attack).or(self.pledged.first().map(|p| p.attack))
    }
}

/// Something due of a state in a conflict.
enum Due<'b> {
    Owed(&'b Owed),
    Pledged(&'b Pending),
}

/// States that owe something, or have pledged it, consult or decide.
pub fn decide_on_claims(book: &Book, chronicle: &mut Chronicle) {
    let mut due: Vec<((StateId, ConflictId), Due)> = Vec::new();
    let open = |o: &&Owed| {
        let consulting = o.consulting == Some(book.now.turn);
        o.acts && o.status == Status::Due && !consulting && o.fulfilment != Some(Fulfilment::Honoured)
    };
    for owed in book.obligations.live().filter(open) {
        let who = book.commitment(owed.commitment).obligor;
        due.push(((who, owed.attack.conflict), Due::Owed(owed)));
    }
    if book.rules().decision == Decision::Utility {
        for pending in book.obligations.pledged.iter().filter(|p| p.status == Status::Due) {
            let who = book.pledges.0[pending.pledge.index()].0.by;
            due.push(((who, pending.attack.conflict), Due::Pledged(pending)));
        }
    }
    due.sort_by_key(|(case, _)| *case);
    for mine in due.chunk_by(|a, b| a.0 == b.0) {
        let ((state, conflict), _) = mine[0];
        let course = book.conflict(conflict);
        let decides = course.is_active()
            && course.fought_on(state).is_none()
            && !is_waiting(book, state, course)
            && !course.has_decided(state, book.now.turn)
            && !is_settled(book, state, course);
        if !decides {
            continue;
        }
        let mut log =
            |kind, causes: &[FactId]| chronicle.record(book.now.turn, Phase::Deliberation, kind, causes);
        // To consult with both sides is no contradiction: where one asks for no more, that is done beside the rest.
        let mut sides = [Claims::default(), Claims::default()];
        for (_, due) in mine {
            match due {
                Due::Owed(owed) => sides[owed.attack.side as usize].owed.push(*owed),
                Due::Pledged(pending) => sides[pending.attack.side as usize].pledged.push(*pending),
            }
        }
        if sides.iter().all(|c| !c.is_empty())
            && let Some(talks) = sides.iter_mut().find(|c| c.asks_for_talks_only(book))
            && let Some(attack) = talks.attack(book)
        {
            let talks = std::mem::take(talks);
            let (side, partner) = (attack.side, attack.victim);
            let causes: Causes = talks.causes().collect();
            log(FactKind::Consulting { state, conflict, side, partner }, &causes);
        }
        let sides = &sides;
        let mut causes: Causes = sides.iter().flat_map(Claims::causes).collect();
        let side = match sides {
            [a, b] if !a.is_empty() && !b.is_empty() => {
                let side = resolve_both(book, state, course, sides);
                let rule = book.rules().both_sides;
                let kind = FactKind::BoundToBoth { state, conflict, rule, side, restraint: None };
                causes.push(log(kind, &causes));
                side
            }
            [a, _] if !a.is_empty() => Some(Side::Initiator),
            _ => Some(Side::Target),
        };
        let chosen = side.unwrap_or(Side::Target);
        let claims = &sides[chosen as usize];
        let Some(attack) = claims.attack(book) else { continue };
        if consults_first(book, claims) {
            let kind = FactKind::Consulting { state, conflict, side: attack.side, partner: attack.victim };
            log(kind, &causes);
            continue;
        }
        // Who fights in as many wars as it can stands aside in this one for good, rather than until it is free.
        let able = side.is_some() && has_hands_free(book, state);
        let mut limit = if able { Response::Intervene } else { Response::Abstain };
        if let Some((restraint, prevails)) = restrained(book, state, course, claims, chosen) {
            let kind = FactKind::BoundToBoth {
                state,
                conflict,
                rule: book.rules().both_sides,
                side: if prevails { None } else { Some(chosen) },
                restraint: Some(restraint),
            };
            let promise = book.owed_in(state, conflict).find(|o| o.commitment == restraint);
            causes.extend(promise.map(|o| o.fact));
            causes.push(log(kind, &causes));
            if prevails {
                limit = limit.min(room_left(book, restraint));
            }
        }
        let decided = decide(book, state, course, &attack, claims, limit);
        log(decided, &causes);
    }
}

/// Whether a state has decided for good: where obligations are met with a fixed chance, it has one in each conflict.
fn is_settled(book: &Book, state: StateId, course: &Course) -> bool {
    matches!(book.rules().decision, Decision::Fixed(_)) && course.decided.iter().any(|(s, ..)| *s == state)
}

/// Whether a state fights in fewer wars than it can at the same time.
pub(super) fn has_hands_free(book: &Book, state: StateId) -> bool {
    (book.conflicts.wars_of(state) as f64) < book.rules().wars_at_once
}

/// Whether all that is owed leaves the decision to what consultation comes to, and that has not been held.
fn consults_first(book: &Book, claims: &Claims) -> bool {
    let more = |o: &&&Owed| required(book.clause_as_read(o).performance) > Response::Consult;
    let fresh = |o: &&Owed| {
        o.consulting.is_none() && book.clause_as_read(o).automaticity == Automaticity::AfterConsultation
    };
    // What asks for no more than consultation is met by it.
    let mut asked = claims.owed.iter().filter(more).copied().peekable();
    asked.peek().is_some() && claims.pledged.is_empty() && asked.all(|o| fresh(&o))
}

/// The most that a promise not to fight leaves room for: neutrality words, non-aggression all but fighting.
fn room_left(book: &Book, restraint: CommitmentId) -> Response {
    match book.clause_of(restraint).obligation {
        Obligation::Neutrality => Response::Consult,
        _ => Response::Deploy,
    }
}

/// The most that a state may do of its own accord for a side, by the rule for those who are bound to both: what it owes
/// the one has been weighed against what it owes the other before.
pub(super) fn limit_unasked(
    book: &Book,
    state: StateId,
    course: &Course,
    sides: &[Claims; 2],
    side: Side,
) -> Response {
    if sides.iter().all(|c| !c.is_empty()) && resolve_both(book, state, course, sides) != Some(side) {
        return Response::Abstain;
    }
    match restrained(book, state, course, &sides[side as usize], side) {
        Some((restraint, true)) => room_left(book, restraint),
        _ => Response::Intervene,
    }
}

/// A promise not to fight those on the other side, if there is one where fighting is owed, and whether it prevails
/// by the scenario's rule.
fn restrained(
    book: &Book,
    state: StateId,
    course: &Course,
    claims: &Claims,
    side: Side,
) -> Option<(CommitmentId, bool)> {
    let asked = claims.owed.iter().map(|o| required(book.clause_as_read(o).performance)).max()?;
    let opponents: Vec<StateId> = course.on(side.opposite()).collect();
    // Non-aggression rules out fighting alone; neutrality any help that counts.
    let conflicts = |id: &CommitmentId| match book.clause_of(*id).obligation {
        Obligation::NonAggression => asked == Response::Intervene,
        _ => asked > Response::Consult,
    };
    let restraint = in_the_way(book, state, course, &opponents).find(conflicts)?;
    let strongest = claims.owed.iter().map(|o| o.strength).fold(0.0, f64::max);
    let earliest = claims.owed.iter().map(|o| book.scenario().treaty_of(o.commitment).signed).min();
    let prevails = match book.rules().both_sides {
        BothSides::StayOut => true,
        BothSides::VictimFirst => side == Side::Initiator,
        BothSides::EarlierTreaty => {
            earliest.is_some_and(|signed| book.scenario().treaty_of(restraint).signed < signed)
        }
        BothSides::StrongerTreaty => book.clause_of(restraint).strength.at(0.5) > strongest,
        BothSides::Weigh => false,
    };
    Some((restraint, prevails))
}

/// The side that prevails for a state with claims on both.
fn resolve_both(book: &Book, state: StateId, course: &Course, sides: &[Claims; 2]) -> Option<Side> {
    let of = |side: Side| &sides[side as usize];
    let strongest = |side| of(side).owed.iter().map(|o| o.strength).fold(0.0, f64::max);
    let prefer_initiator = match book.rules().both_sides {
        BothSides::StayOut => return None,
        BothSides::VictimFirst => return Some(Side::Target),
        BothSides::EarlierTreaty => {
            let earliest = |side| {
                let signed = of(side).owed.iter().map(|o| book.scenario().treaty_of(o.commitment).signed);
                signed.min()
            };
            match (earliest(Side::Initiator), earliest(Side::Target)) {
                (Some(a), Some(b)) => a < b,
                (a, _) => a.is_some(),
            }
        }
        BothSides::StrongerTreaty => strongest(Side::Initiator) > strongest(Side::Target),
        BothSides::Weigh if book.rules().decision == Decision::Utility => {
            // The side for which fighting is worth more.
            let worth = |side| {
                let claims = of(side);
                let attack = claims.attack(book)?;
                let stakes = stakes(book, state, course, &attack, claims, Response::Intervene);
                let options = weigh(&stakes, book.rules());
                options.last().map(|o| o.utility)
            };
            worth(Side::Initiator) > worth(Side::Target)
        }
        BothSides::Weigh => strongest(Side::Initiator) > strongest(Side::Target),
    };
    Some(if prefer_initiator { Side::Initiator } else { Side::Target })
}

/// The decision of a state for the victim's side of an attack.
pub(super) fn decide(
    book: &Book,
    state: StateId,
    course: &Course,
    attack: &Attack,
    claims: &Claims,
    limit: Response,
) -> FactKind {
    let rules = book.rules();
    let subject = book.state(state).key.with(book.conflict_key(course));
    let most = if course.level < Level::UseOfForce { Response::Deploy } else { Response::Intervene };
    let most = most.min(limit);
    let owed = || claims.owed.iter().map(|o| book.clause_as_read(o));
    // Nobody goes to war over a duty to consult unless it would also do so unasked.
    let talks = !claims.owed.is_empty()
        && claims.pledged.is_empty()
        && owed().all(|c| c.obligation == Obligation::Consultation);
    let most = if talks && !is_drawn(book, state, attack) { most.min(Response::Aid) } else { most };
    let text = owed().map(|c| required(c.performance)).max().unwrap_or(Response::Abstain).min(most);
    let binds = |c: &&Clause| {
        c.automaticity == Automaticity::Automatic
            && happens(rules.automatic, || book.draw_for_conflict(Purpose::Automatic, subject, course))
    };
    let automatic = owed().filter(binds);
    let automatic = automatic.map(|c| required(c.performance)).max().map(|r| r.min(most));
    let unweighed =
        |draw, automatic| Trace { stakes: Stakes::default(), options: Vec::new(), draw, automatic };
    let forced = |choice| (choice, unweighed(None, true));
    let (choice, trace) = match (rules.decision, automatic) {
        _ if limit == Response::Abstain => forced(Response::Abstain),
        (Decision::Automatic, _) => forced(text),
        (Decision::Fixed(_) | Decision::Utility, Some(choice)) => forced(choice),
        (Decision::Fixed(p), None) => {
            let draw = book.draw(Purpose::Deliberation, subject);
            let choice = if draw < p { text } else { Response::Abstain };
            (choice, unweighed(Some(draw), false))
        }
        (Decision::Utility, None) => {
            let stakes = stakes(book, state, course, attack, claims, most);
            let options = weigh(&stakes, rules);
            let draw = book.draw(Purpose::Deliberation, subject);
            (choose(&options, draw), Trace { stakes, options, draw: Some(draw), automatic: false })
        }
    };
    FactKind::Decided {
        state,
        conflict: course.id,
        side: attack.side,
        partner: attack.victim,
        adversary: attack.attacker,
        choice,
        trace: Box::new(trace),
    }
}
