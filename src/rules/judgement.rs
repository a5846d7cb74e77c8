//! Judgement: what a state did, held against what it owed.
//!
//! A state that owed nothing and did nothing has not broken its word (Italy in 1914), and one that fights
//! without owing it goes beyond its obligation (Russia for Serbia): see Leeds, Long and Mitchell 2000 on
//! reading the text before judging reliability.

use smallvec::SmallVec;

use super::fulfilment::{deadline, done_for, in_time, least_owed};
use super::supply::supplied;
use crate::chronicle::{Causes, Chronicle, FactId, FactKind, Phase};
use crate::model::{CommitmentId, ConflictId, Response, Role, Side, StateId, Verdict};
use crate::world::{Book, Course, Owed, Status};

/// Something owed in a conflict, and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Due {
    /// The least that meets it.
    pub least: Response,
    /// The most that was done for the side to which it is owed.
    pub done: Response,
    /// Whether there is still time to perform.
    pub in_time: bool,
    /// Whether it is subject to constitutional processes, and they stopped its obligor.
    pub excused: bool,
}

impl Due {
    fn is_met(&self) -> bool {
        self.done >= self.least
    }

    fn is_missed(&self) -> bool {
        // The text itself deferred to the process that stopped it.
        !self.is_met() && !self.in_time && !self.excused
    }
}

/// What a state did in a conflict, and what it owed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conduct {
    /// What it owed.
    pub owed: SmallVec<[Due; 4]>,
    /// Whether it owed no more than to refrain from something.
    pub restrained: bool,
    /// The most that it did for any side since the first turn.
    pub done: Option<Response>,
    /// Whether it broke a promise not to fight, or fights against one to whom it owes help.
    pub broke: bool,
    /// Whether it began the conflict itself.
    pub began: bool,
    /// Whether it was attacked rather than choosing to fight.
    pub attacked: bool,
    /// Whether it had anything at stake.
    pub concerned: bool,
}

/// The verdict, if it is time for one: each thing owed is held against what was done about it.
pub fn judge(conduct: &Conduct) -> Option<Verdict> {
    let done = conduct.done.unwrap_or(Response::Abstain);
    let most_owed = conduct.owed.iter().map(|d| d.least).max();
    let helps = done >= Response::Aid && !conduct.attacked && !conduct.began;
    if conduct.broke || conduct.owed.iter().any(Due::is_missed) {
        return Some(Verdict::Breach);
    }
    if conduct.owed.iter().any(|d| !d.is_met() && !d.excused) {
        // There is still time.
        return None;
    }
    match most_owed {
        // Help for one to whom no more than words are owed goes beyond that.
        Some(most) if most <= Response::Consult && helps => Some(Verdict::BeyondObligation),
        Some(_) => Some(Verdict::Compliant),
        None if conduct.restrained && helps => Some(Verdict::BeyondObligation),
        // Who owed no more than to stay out, and did, has kept its word.
        None if conduct.restrained => Some(Verdict::Compliant),
        // Of one who began it is asked only whether it had promised not to.
        None if conduct.began => conduct.concerned.then_some(Verdict::NotTriggered),
        None if conduct.attacked => None,
        None if helps => Some(Verdict::BeyondObligation),
        None if conduct.concerned => Some(Verdict::NotTriggered),
        None => None,
    }
}

/// Conduct in every conflict is judged of those who acted or owed something this turn, or whose time has run out.
pub fn pass_judgement(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let concerned = concerned(book, chronicle);
    for mine in concerned.chunk_by(|a, b| a.0 == b.0) {
        let (conflict, state) = mine[0].0;
        let course = book.conflict(conflict);
        let Some(verdict) = judge(&conduct(book, course, state)) else { continue };
        let known = course.verdicts.iter().any(|(s, v)| *s == state && *v == verdict);
        if !known {
            let kind = FactKind::Judged { state, conflict, verdict };
            let causes: Causes = mine.iter().map(|(_, fact)| *fact).collect();
            chronicle.record(turn, Phase::Judgement, kind, &causes);
        }
    }
}

/// The states whose conduct has something new about it, by conflict and in order, with the facts that it consists of.
fn concerned(book: &Book, chronicle: &Chronicle) -> Vec<((ConflictId, StateId), FactId)> {
    let mut all: Vec<((ConflictId, StateId), FactId)> = Vec::new();
    let mut ended = Vec::new();
    for fact in &chronicle.facts()[book.round.turn_start..] {
        let state = match &fact.kind {
            FactKind::Tested { commitment, .. }
            | FactKind::PromiseBroken { commitment, .. }
            | FactKind::Lapsed { commitment, .. }
            | FactKind::Fulfilled { commitment, .. } => book.commitment(*commitment).obligor,
            FactKind::PledgeTested { pledge, .. } => book.pledges.0[pledge.index()].0.by,
            FactKind::Decided { state, .. }
            | FactKind::Performed { state, .. }
            | FactKind::Consulting { state, .. }
            | FactKind::DomesticProcess { state, .. }
            | FactKind::Entered { state, role: Role::Joiner, .. } => *state,
            FactKind::ConflictEnded { conflict, .. } => {
                ended.push(*conflict);
                continue;
            }
            _ => continue,
        };
        all.extend(fact.kind.conflict().map(|conflict| ((conflict, state), fact.id)));
    }
    all.sort_unstable();
    // Also where the time for something owed has just run out, or the conflict has ended.
    let (acted, mut overdue) = (all.len(), Vec::new());
    for owed in book.obligations.live() {
        let conflict = owed.attack.conflict;
        let place = (conflict, book.commitment(owed.commitment).obligor);
        let known = all[..acted].binary_search_by_key(&place, |(other, _)| *other).is_ok();
        if !known && !overdue.contains(&place) {
            if deadline(book, owed) != book.now.turn && !ended.contains(&conflict) {
                continue;
            }
            overdue.push(place);
        }
        all.push((place, owed.fact));
    }
    all.sort_by_key(|(place, _)| *place);
    all
}

fn conduct(book: &Book, course: &Course, state: StateId) -> Conduct {
    let all: SmallVec<[&Owed; 4]> =
        book.owed_in(state, course.id).filter(|o| o.status != Status::Lapsed).collect();
    let stopped = course.stopped.contains(&state);
    let due = |o: &&&Owed| o.acts;
    let owed = all.iter().filter(due).map(|o| Due {
        least: least_owed(book, o, course),
        done: done_for(book, course, state, o),
        in_time: in_time(book, o, course),
        excused: stopped && book.clause_as_read(o).constitutional,
    });
    let owed: SmallVec<_> = owed.collect();
    let side = course.fought_on(state);
    let role = course.belligerents.iter().find(|b| b.state == state).map(|b| b.role);
    let began = state == course.initiator;
    let restraint = |id: &CommitmentId| {
        book.commitment(*id).obligor == state && !book.clause_of(*id).obligation.is_active()
    };
    let restraint_tested = began && course.not_owed.iter().any(restraint);
    // Help from before the first turn meets a duty, but is not judged as going beyond one.
    let helped = course.help.iter().filter(|h| h.state == state).map(|h| h.since_start);
    let fought = side.map(|_| Response::Intervene);
    // What is sent counts for those who owe something.
    let sides = [Side::Initiator, Side::Target].into_iter().filter(|_| !owed.is_empty());
    let sent = sides.filter_map(|s| supplied(book, state, course, s)).max();
    // Who owes help to both sides breaks its word to one of them, whichever comes first by the rule
    // (Vienna Convention on the Law of Treaties, Article 30(5)).
    let opposed = all.iter().filter(due).any(|o| side.is_some_and(|s| s != o.attack.side));
    Conduct {
        restrained: owed.is_empty() && !all.is_empty(),
        done: helped.chain(fought).chain(sent).max(),
        owed,
        broke: course.broke.contains(&state) || (opposed && role == Some(Role::Joiner)),
        began,
        attacked: role.is_some_and(|r| r != Role::Joiner) && !began,
        concerned: !began || restraint_tested,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(least: Response, done: Response) -> Due {
        Due { least, done, in_time: false, excused: false }
    }

    fn owing(owed: Vec<Due>) -> Conduct {
        let done = owed.iter().map(|d| d.done).max();
        Conduct { owed: owed.into(), done, concerned: true, ..Conduct::default() }
    }

    #[test]
    fn standing_aside_is_a_breach_only_if_something_was_owed() {
        assert_eq!(judge(&owing(Vec::new())), Some(Verdict::NotTriggered));
        let reneged = due(Response::Intervene, Response::Abstain);
        assert_eq!(judge(&owing(vec![reneged])), Some(Verdict::Breach));
        assert_eq!(judge(&owing(vec![Due { in_time: true, ..reneged }])), None);
        assert_eq!(judge(&owing(vec![Due { excused: true, ..reneged }])), Some(Verdict::Compliant));
    }

    #[test]
    fn each_thing_owed_counts_for_itself() {
        let met = due(Response::Consult, Response::Consult);
        let missed = due(Response::Intervene, Response::Abstain);
        assert_eq!(judge(&owing(vec![met, missed])), Some(Verdict::Breach));
        let open = Due { in_time: true, ..missed };
        assert_eq!(judge(&owing(vec![missed, open])), Some(Verdict::Breach));
        assert_eq!(judge(&owing(vec![met, open])), None);
    }

    #[test]
    fn help_that_was_not_owed_is_beyond_obligation() {
        let volunteer = Conduct { done: Some(Response::Intervene), ..owing(Vec::new()) };
        assert_eq!(judge(&volunteer), Some(Verdict::BeyondObligation));
        let words = Conduct { done: Some(Response::Support), ..owing(Vec::new()) };
        assert_eq!(judge(&words), Some(Verdict::NotTriggered));
        let more = owing(vec![due(Response::Support, Response::Intervene)]);
        assert_eq!(judge(&more), Some(Verdict::BeyondObligation));
    }

    #[test]
    fn aid_meets_a_clause_that_leaves_the_means_open() {
        let conduct = owing(vec![due(Response::Aid, Response::Aid)]);
        assert_eq!(judge(&conduct), Some(Verdict::Compliant));
        assert_eq!(judge(&Conduct { broke: true, ..conduct }), Some(Verdict::Breach));
    }
}
