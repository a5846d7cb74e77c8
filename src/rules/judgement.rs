//! Judgement: what a state did, held against what it owed.
//!
//! A state that owed nothing and did nothing has not broken its word (Italy in 1914), and one that fights
//! without owing it goes beyond its obligation (Russia for Serbia): see Leeds, Long and Mitchell 2000 on
//! reading the text before judging reliability.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;

use super::fulfilment::{deadline, in_time, least_owed};
use crate::chronicle::{Chronicle, FactId, FactKind, Phase};
use crate::model::{ConflictId, Response, Role, StateId, Verdict};
use crate::world::{Book, Course, Owed, Status};

/// What a state did in a conflict, and what it owed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Conduct {
    /// The greatest of the least responses owed.
    pub owed: Option<Response>,
    /// Whether there is still time to perform.
    pub in_time: bool,
    /// The most that it did for the side to which it owed, or for any.
    pub done: Option<Response>,
    /// Whether it broke a promise not to fight, or fights against one to whom it owes help.
    pub broke: bool,
    /// Whether all that it owed was subject to constitutional processes, and they stopped it.
    pub excused: bool,
    /// Whether it began the conflict itself.
    pub began: bool,
    /// Whether it was attacked rather than choosing to fight.
    pub attacked: bool,
    /// Whether it had anything at stake.
    pub concerned: bool,
}

/// The verdict, if it is time for one.
pub fn judge(conduct: &Conduct) -> Option<Verdict> {
    let done = conduct.done.unwrap_or(Response::Abstain);
    match conduct.owed {
        _ if conduct.broke => Some(Verdict::Breach),
        // The text itself deferred to the process that stopped it.
        Some(owed) if conduct.excused && done < owed => Some(Verdict::Compliant),
        // Help for one to whom no more than words or neutrality are owed goes beyond that.
        Some(owed) if owed <= Response::Consult && done >= Response::Aid && !conduct.attacked => {
            Some(Verdict::BeyondObligation)
        }
        Some(owed) if done >= owed => Some(Verdict::Compliant),
        Some(_) if conduct.in_time => None,
        Some(_) => Some(Verdict::Breach),
        // Of one who began it is asked only whether it had promised not to.
        None if conduct.began => conduct.concerned.then_some(Verdict::NotTriggered),
        None if conduct.attacked => None,
        None if done >= Response::Aid => Some(Verdict::BeyondObligation),
        None if conduct.concerned => Some(Verdict::NotTriggered),
        None => None,
    }
}

/// Conduct in every conflict is judged of those who acted or owed something this turn, or whose time has run out.
pub fn pass_judgement(book: Book, mut chronicle: ResMut<Chronicle>) {
    let turn = book.now.turn;
    for ((conflict, state), causes) in concerned(&book, &chronicle) {
        let course = book.conflict(conflict);
        let Some(verdict) = judge(&conduct(&book, course, state)) else { continue };
        let known = course.verdicts.iter().any(|(s, v)| *s == state && *v == verdict);
        if !known {
            let kind = FactKind::Judged { state, conflict, verdict };
            chronicle.record(turn, Phase::Judgement, kind, &causes);
        }
    }
}

/// The states whose conduct has something new about it, with the facts that it consists of.
fn concerned(book: &Book, chronicle: &Chronicle) -> BTreeMap<(ConflictId, StateId), Vec<FactId>> {
    let mut all: BTreeMap<(ConflictId, StateId), Vec<FactId>> = BTreeMap::new();
    let mut ended = Vec::new();
    for fact in &chronicle.facts()[book.round.turn_start..] {
        let state = match &fact.kind {
            FactKind::Tested { commitment, .. }
            | FactKind::PromiseBroken { commitment, .. }
            | FactKind::Lapsed { commitment, .. }
            | FactKind::Fulfilled { commitment, .. } => Some(book.commitment(*commitment).obligor),
            FactKind::PledgeTested { pledge, .. } => Some(book.pledges.0[pledge.index()].0.by),
            FactKind::Decided { state, .. }
            | FactKind::Performed { state, .. }
            | FactKind::Consulting { state, .. }
            | FactKind::DomesticProcess { state, .. }
            | FactKind::Entered { state, role: Role::Joiner, .. } => Some(*state),
            FactKind::ConflictEnded { conflict, .. } => {
                ended.push(*conflict);
                None
            }
            _ => None,
        };
        if let (Some(state), Some(conflict)) = (state, fact.kind.conflict()) {
            all.entry((conflict, state)).or_default().push(fact.id);
        }
    }
    // Also where the time for something owed has just run out, or the conflict has ended.
    for owed in &book.obligations.owed {
        let conflict = owed.attack.conflict;
        let place = (conflict, book.commitment(owed.commitment).obligor);
        if deadline(book, owed) == book.now.turn || ended.contains(&conflict) || all.contains_key(&place) {
            all.entry(place).or_default().push(owed.fact);
        }
    }
    all
}

fn conduct(book: &Book, course: &Course, state: StateId) -> Conduct {
    let all: Vec<&Owed> = book.owed_in(state, course.id).filter(|o| o.status != Status::Lapsed).collect();
    let owed: Vec<&Owed> = all.iter().copied().filter(|o| o.acts).collect();
    let side = course.fought_on(state);
    let to_side = owed.iter().map(|o| o.attack.side).max();
    let broke_promise = course.broke.contains(&state);
    let role = course.belligerents.iter().find(|b| b.state == state).map(|b| b.role);
    let began = state == course.initiator;
    let own = book.obligations.not_owed.iter().filter(|(_, conflict)| *conflict == course.id);
    let restraint_tested = began
        && own.into_iter().any(|(id, _)| {
            book.commitment(*id).obligor == state && !book.clause_of(*id).obligation.is_active()
        });
    // Help counts for the side to which it was owed.
    let counts = |s| to_side.is_none_or(|t| t == s);
    // Help from before the first turn meets a duty, but is not judged as going beyond one.
    let helped = course.help.iter().filter(|h| h.state == state && counts(h.side));
    let helped = helped.map(|h| if owed.is_empty() { h.since_start } else { h.most });
    let fought = side.filter(|s| counts(*s)).map(|_| Response::Intervene);
    let time_left = owed.iter().any(|o| in_time(book, o, course));
    // Who owes help to both sides breaks its word to one of them, whichever comes first by the rule
    // (Vienna Convention on the Law of Treaties, Article 30(5)).
    let opposed = owed.iter().any(|o| side.is_some_and(|s| s != o.attack.side));
    let reserved = |o: &&Owed| book.clause_as_read(o).constitutional;
    let excused = course.stopped.contains(&state) && !owed.is_empty() && owed.iter().all(reserved);
    Conduct {
        owed: match owed.iter().map(|o| least_owed(book, o, course)).max() {
            // Who owed no more than to stay out, and did, has kept its word.
            None if !all.is_empty() => Some(Response::Abstain),
            most => most,
        },
        in_time: time_left,
        done: helped.chain(fought).max(),
        broke: broke_promise || (opposed && role == Some(Role::Joiner)),
        excused,
        began,
        attacked: role.is_some_and(|r| r != Role::Joiner) && !began,
        concerned: !began || restraint_tested,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_aside_is_a_breach_only_if_something_was_owed() {
        let idle = Conduct { concerned: true, ..Conduct::default() };
        assert_eq!(judge(&idle), Some(Verdict::NotTriggered));
        let reneged = Conduct { owed: Some(Response::Intervene), ..idle };
        assert_eq!(judge(&reneged), Some(Verdict::Breach));
        assert_eq!(judge(&Conduct { in_time: true, ..reneged }), None);
    }

    #[test]
    fn help_that_was_not_owed_is_beyond_obligation() {
        let volunteer = Conduct { done: Some(Response::Intervene), concerned: true, ..Conduct::default() };
        assert_eq!(judge(&volunteer), Some(Verdict::BeyondObligation));
        let words = Conduct { done: Some(Response::Support), ..volunteer };
        assert_eq!(judge(&words), Some(Verdict::NotTriggered));
    }

    #[test]
    fn aid_meets_a_clause_that_leaves_the_means_open() {
        let conduct = Conduct {
            owed: Some(Response::Aid),
            done: Some(Response::Aid),
            concerned: true,
            ..Conduct::default()
        };
        assert_eq!(judge(&conduct), Some(Verdict::Compliant));
        assert_eq!(judge(&Conduct { broke: true, ..conduct }), Some(Verdict::Breach));
    }
}
