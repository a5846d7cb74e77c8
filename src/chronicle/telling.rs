//! The chronicle as a person would tell it: what many states did alike is told in one sentence.

use super::prose::capitalized;
use super::{Fact, FactId, FactKind, Fulfilment, Prose, Statecraft, join_words};
use crate::model::{CommitmentId, ConflictId, Response, StateId, Turn, Verdict};

/// A sentence, and the facts that it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The facts, in their order.
    pub facts: Vec<FactId>,
    /// The sentence.
    pub text: String,
}

/// What makes facts alike, and the state in which they differ.
#[derive(Clone, Copy, PartialEq)]
enum Alike {
    Owed(crate::model::ClauseId, StateId),
    Blames(ConflictId, StateId),
    Traces(ConflictId, StateId),
    Does(StateId, StateId, Response),
    Judged(ConflictId, Verdict),
    Otherwise(crate::model::ClauseId, StateId, Option<usize>, bool),
    Fulfils(crate::model::ClauseId, StateId, Fulfilment),
    Consults(ConflictId, StateId),
    Lapses(crate::model::ClauseId, StateId),
    PledgeDue(StateId),
    Denies(crate::model::TransferId),
}

/// Whether a fact belongs in the chronicle as it is read; exports hold them all.
pub fn belongs_in_telling(fact: &Fact) -> bool {
    match &fact.kind {
        FactKind::Fought { .. }
        | FactKind::Tested { owed: false, .. }
        | FactKind::PledgeTested { owed: false, .. } => false,
        // The incident itself is told next.
        FactKind::Ordered { act } => !matches!(**act, crate::scenario::Act::Incident(_)),
        // What a response does is told where it takes effect, unless nothing was left to weigh.
        FactKind::Decided { choice, trace, .. } => *choice == Response::Intervene || trace.options.is_empty(),
        // That an obligation was met is told by the judgement on its obligor.
        FactKind::Fulfilled { fulfilment, .. } => *fulfilment != Fulfilment::Honoured,
        FactKind::Judged { verdict, .. } => *verdict != Verdict::NotTriggered,
        FactKind::Statecraft(what) => what.belongs_in_telling(),
        FactKind::Performed { .. } => fact.turn > Turn(0),
        _ => true,
    }
}

impl Prose<'_> {
    /// Tells facts of one turn, in their order.
    pub fn tell(&self, facts: &[&Fact]) -> Vec<Told> {
        let mut told: Vec<(Option<Alike>, Vec<StateId>, Told)> = Vec::new();
        for fact in facts {
            let alike = self.alike(fact);
            if let Some((kind, state)) = alike
                && let Some((_, states, group)) = told.iter_mut().find(|(k, ..)| *k == Some(kind))
            {
                if !states.contains(&state) {
                    states.push(state);
                }
                group.facts.push(fact.id);
                continue;
            }
            let sentence = Told { facts: vec![fact.id], text: self.sentence(fact) };
            told.push((alike.map(|a| a.0), alike.map(|a| a.1).into_iter().collect(), sentence));
        }
        told.into_iter()
            .map(|(kind, states, mut group)| {
                if let Some(kind) = kind.filter(|_| states.len() > 1) {
                    group.text = self.of_many(kind, &states, group.facts[0]);
                }
                group
            })
            .collect()
    }

    fn alike(&self, fact: &Fact) -> Option<(Alike, StateId)> {
        Some(match fact.kind {
            FactKind::ReadOtherwise { commitment, observer, reading, owed, .. } => {
                let (clause, obligor, _) = self.commitment_ends(commitment);
                (Alike::Otherwise(clause, observer, reading, owed), obligor)
            }
            FactKind::Statecraft(Statecraft::Denied { transfer, by }) => (Alike::Denies(transfer), by),
            FactKind::Fulfilled { commitment, fulfilment, .. } => {
                let (clause, obligor, beneficiary) = self.commitment_ends(commitment);
                (Alike::Fulfils(clause, beneficiary, fulfilment), obligor)
            }
            FactKind::PledgeTested { pledge, owed: true, .. } => {
                let pledge = self.pledge(pledge)?;
                (Alike::PledgeDue(pledge.to), pledge.by)
            }
            FactKind::Lapsed { commitment, .. } => {
                let (clause, obligor, beneficiary) = self.commitment_ends(commitment);
                (Alike::Lapses(clause, beneficiary), obligor)
            }
            FactKind::Consulting { state, conflict, partner, .. } => {
                (Alike::Consults(conflict, partner), state)
            }
            FactKind::Tested { commitment, owed: true, acts: true, .. } => {
                let (clause, obligor, beneficiary) = self.commitment_ends(commitment);
                (Alike::Owed(clause, beneficiary), obligor)
            }
            FactKind::Attributed { observer, conflict, blamed, .. } => {
                (Alike::Blames(conflict, blamed), observer)
            }
            FactKind::Traced { observer, conflict, author, .. } => {
                (Alike::Traces(conflict, author), observer)
            }
            FactKind::Performed { state, response, .. } => {
                let (partner, adversary) = self.concerning(fact);
                (Alike::Does(partner, adversary, response), state)
            }
            FactKind::Judged { state, conflict, verdict } => (Alike::Judged(conflict, verdict), state),
            _ => return None,
        })
    }

    fn of_many(&self, kind: Alike, states: &[StateId], first: FactId) -> String {
        let mut names: Vec<String> = states.iter().map(|s| self.state(*s).to_owned()).collect();
        names.sort_by(|a, b| a.trim_start_matches("the ").cmp(b.trim_start_matches("the ")));
        let names = join_words(&names);
        let who = capitalized(&names);
        match kind {
            Alike::Owed(_, beneficiary) => {
                let clause = self.clause_in(first);
                format!("Casus foederis: {} is owed to {} by {names}.", clause, self.state(beneficiary))
            }
            Alike::Otherwise(_, observer, _, owed) => {
                let verb = if owed { "owe" } else { "do not owe" };
                let beneficiary = self.beneficiary_in(first);
                let whom = if beneficiary == Some(observer) {
                    "it"
                } else {
                    beneficiary.map_or("", |s| self.state(s))
                };
                format!(
                    "{} holds that {names} {verb} {whom} {} under {}{}.",
                    self.opening_state(observer),
                    self.commitment_in(first).map_or("help", |id| self.what(id)),
                    self.clause_in(first),
                    self.view_in(first)
                )
            }
            Alike::Fulfils(_, beneficiary, fulfilment) => {
                let what = match fulfilment {
                    Fulfilment::Honoured => "honour",
                    Fulfilment::Partial => "meet in part",
                    Fulfilment::Reneged => "have done nothing about",
                };
                format!("{who} {what} {} towards {}.", self.clause_in(first), self.state(beneficiary))
            }
            Alike::Denies(transfer) => format!("{who} deny {}.", self.transfer(transfer)),
            Alike::PledgeDue(to) => format!("The pledges of {names} to {} fall due.", self.state(to)),
            Alike::Lapses(_, beneficiary) => {
                format!(
                    "What {names} owed {} under {} lapses.",
                    self.state(beneficiary),
                    self.clause_in(first)
                )
            }
            Alike::Consults(_, partner) => {
                format!(
                    "{who} consult with {} before they decide, as the treaty provides.",
                    self.state(partner)
                )
            }
            Alike::Traces(_, author) => format!("{who} trace the covert act to {}.", self.state(author)),
            Alike::Blames(_, blamed) => format!("{who} hold that {} is to blame.", self.state(blamed)),
            Alike::Does(partner, adversary, response) => {
                let (whom, against) = (self.state(partner), self.state(adversary));
                match response {
                    Response::Support => format!("{who} declare their support for {whom}."),
                    Response::Consult => format!("{who} consult with {whom} and its partners."),
                    Response::Sanction => format!("{who} take economic measures against {against}."),
                    Response::Aid => format!("{who} send aid to {whom}."),
                    Response::Deploy => {
                        format!("{who} deploy forces in support of {whom}, without fighting.")
                    }
                    Response::Abstain | Response::Intervene => format!("{who} act for {whom}."),
                }
            }
            Alike::Judged(conflict, verdict) => {
                let case = self.conflict(conflict);
                match verdict {
                    Verdict::Compliant => format!("{who} have done what they owed in {case}."),
                    Verdict::BeyondObligation => format!("{who} have done more than they owed in {case}."),
                    Verdict::Breach => format!("{who} have fallen short of what they owed in {case}."),
                    Verdict::NotTriggered => format!("{who} owed nothing in {case}, and broke no promise."),
                }
            }
        }
    }

    /// The clause that a fact is about.
    fn clause_in(&self, fact: FactId) -> String {
        self.commitment_in(fact).map_or(String::new(), |id| self.clause(id))
    }

    fn beneficiary_in(&self, fact: FactId) -> Option<StateId> {
        self.commitment_in(fact).map(|id| self.commitment_ends(id).2)
    }

    fn view_in(&self, id: FactId) -> String {
        let fact = self.fact(id);
        match fact.kind {
            FactKind::ReadOtherwise { commitment, reading, differs, .. } => {
                self.view(fact, commitment, reading, differs)
            }
            _ => String::new(),
        }
    }

    fn commitment_in(&self, fact: FactId) -> Option<CommitmentId> {
        match self.fact(fact).kind {
            FactKind::Tested { commitment, .. }
            | FactKind::ReadOtherwise { commitment, .. }
            | FactKind::Lapsed { commitment, .. }
            | FactKind::Fulfilled { commitment, .. } => Some(commitment),
            _ => None,
        }
    }
}
