//! Why did a state enter, or why did it not: from the first incident to the decision.

use std::collections::BTreeMap;

use serde::Serialize;

use super::prose::percent;
use super::{Chronicle, Fact, FactId, FactKind, Prose};
use crate::model::{ConflictId, Obligation, Response, Role, StateId, Turn, Verdict};
use crate::scenario::Scenario;

/// A line of an explanation: how deep it stands, and which fact it tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Depth in the outline, from 0.
    pub depth: usize,
    /// The fact, if the line tells one.
    pub fact: Option<FactId>,
    /// The line.
    pub text: String,
}

/// The account of one state's conduct.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The state's text id.
    pub state: String,
    /// The answer in a sentence.
    pub answer: String,
    /// The reasons, as an outline.
    pub lines: Vec<Line>,
}

/// Why a state did what it did, up to the end of a turn.
pub fn explain(scenario: &Scenario, chronicle: &Chronicle, state: StateId, until: Turn) -> Explanation {
    let prose = Prose::new(scenario, chronicle);
    let teller = Teller { scenario, chronicle, prose, state, until };
    let mut conflicts: Vec<ConflictId> = Vec::new();
    for fact in teller.facts().filter(|f| teller.concerns(f)) {
        if let Some(conflict) = fact.kind.conflict()
            && !conflicts.contains(&conflict)
        {
            conflicts.push(conflict);
        }
    }
    let mut lines = Vec::new();
    let mut answers = Vec::new();
    for conflict in conflicts {
        let answer = teller.answer(conflict);
        lines.push(Line { depth: 0, fact: None, text: answer.clone() });
        answers.push(answer);
        teller.chapter(conflict, &mut lines);
    }
    teller.short_of_force(&mut lines);
    let answer = match answers.as_slice() {
        [] => teller.unconcerned(),
        answers => answers.join(" "),
    };
    Explanation { state: scenario.state(state).id.clone(), answer, lines }
}

struct Teller<'a> {
    scenario: &'a Scenario,
    chronicle: &'a Chronicle,
    prose: Prose<'a>,
    state: StateId,
    until: Turn,
}

impl Teller<'_> {
    fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.chronicle.facts().iter().filter(|f| f.turn <= self.until)
    }

    /// Whether a fact is about this state's own conduct.
    fn concerns(&self, fact: &Fact) -> bool {
        let owes = |id| self.scenario.commitment(id).obligor == self.state;
        match &fact.kind {
            FactKind::Entered { state, .. }
            | FactKind::Decided { state, .. }
            | FactKind::ConsentSought { state, .. }
            | FactKind::DomesticProcess { state, .. }
            | FactKind::Performed { state, .. }
            | FactKind::BoundToBoth { state, .. }
            | FactKind::Consulting { state, .. }
            | FactKind::Reviewed { state, .. }
            | FactKind::Withdrew { state, .. }
            | FactKind::Judged { state, .. } => *state == self.state,
            FactKind::Invoked { by, .. } | FactKind::Waived { by, .. } => *by == self.state,
            FactKind::ReadOtherwise { commitment, .. } | FactKind::Fulfilled { commitment, .. } => {
                owes(*commitment)
            }
            FactKind::Attributed { observer, .. } | FactKind::Traced { observer, .. } => {
                *observer == self.state
            }
            FactKind::Tested { commitment, .. } => owes(*commitment),
            FactKind::PromiseBroken { commitment, .. } | FactKind::Lapsed { commitment, .. } => {
                owes(*commitment)
            }
            FactKind::PledgeTested { pledge, .. } => {
                self.prose.pledge(*pledge).is_some_and(|p| p.by == self.state)
            }
            _ => false,
        }
    }

    /// The answer for one conflict in a sentence.
    fn answer(&self, conflict: ConflictId) -> String {
        let who = self.prose.opening_state(self.state);
        let what = self.prose.conflict(conflict);
        let entry = self.facts().find_map(|f| match f.kind {
            FactKind::Entered { conflict: c, state, role, .. } if c == conflict && state == self.state => {
                Some((role, f))
            }
            _ => None,
        });
        let done = self.facts().filter_map(|f| match f.kind {
            FactKind::Performed { conflict: c, state, response, .. }
                if c == conflict && state == self.state =>
            {
                Some(response)
            }
            _ => None,
        });
        let date = |turn: Turn| self.scenario.calendar.label(turn);
        let left = self.facts().find(|f| {
            matches!(f.kind, FactKind::Withdrew { conflict: c, state, .. } if (c, state) == (conflict, self.state))
        });
        let left =
            left.map_or(String::new(), |f| format!(" It left in turn {} ({}).", f.turn.0, date(f.turn)));
        let answer = match entry {
            Some((Role::Originator, f)) if f.turn == Turn(0) => {
                format!("{who} has fought in {what} from the start.")
            }
            Some((Role::Originator, f)) => format!(
                "{who} is one of the two parties with which {what} began (turn {}, {}).",
                f.turn.0,
                date(f.turn)
            ),
            Some((Role::Attacked, f)) => {
                format!("{who} was attacked and so drawn into {what} (turn {}, {}).", f.turn.0, date(f.turn))
            }
            Some((Role::Joiner, f)) if f.turn == Turn(0) => {
                format!("{who} has fought in {what} from the start.")
            }
            Some((Role::Joiner, f)) if self.attacked_by(f).is_some() => format!(
                "{who} joined {what} by attacking {} (turn {}, {}).",
                self.attacked_by(f).map_or("", |s| self.prose.state(s)),
                f.turn.0,
                date(f.turn)
            ),
            Some((Role::Joiner, f)) => {
                format!(
                    "{who} joined {what} without being attacked itself (turn {}, {}).",
                    f.turn.0,
                    date(f.turn)
                )
            }
            None if self.is_party(conflict) => format!("{who} is a party to {what}."),
            None => match done.max() {
                Some(response) => {
                    format!("{who} did not enter {what}; the most it did was to {}.", response.verb())
                }
                None => format!("{who} did not enter {what}."),
            },
        };
        answer + &left
    }

    /// Whom a state attacked by which it entered a conflict, if that is how it did.
    fn attacked_by(&self, entry: &Fact) -> Option<StateId> {
        entry.because.iter().find_map(|cause| match self.chronicle.fact(*cause).kind {
            FactKind::Incident { incident, .. } if incident.initiator == self.state => Some(incident.target),
            _ => None,
        })
    }

    /// Whether the state is one of the two that a conflict began between, though it may not fight.
    fn is_party(&self, conflict: ConflictId) -> bool {
        use crate::model::Side;
        [Side::Initiator, Side::Target]
            .iter()
            .any(|s| self.prose.originator(conflict, *s) == Some(self.state))
    }

    /// The reasons in one conflict.
    fn chapter(&self, conflict: ConflictId, lines: &mut Vec<Line>) {
        let own: Vec<&Fact> =
            self.facts().filter(|f| f.kind.conflict() == Some(conflict) && self.concerns(f)).collect();
        // The chain is told up to the entry, or else the last decision, or else the first test.
        let entry = own.iter().copied().find(|f| matches!(f.kind, FactKind::Entered { .. }));
        let decision = decisive(own.iter().copied());
        let test = own.iter().copied().find(|f| matches!(f.kind, FactKind::Tested { .. }));
        if let Some(last) = entry.or(decision).or(test) {
            lines.push(Line { depth: 1, fact: None, text: "How it came to that:".into() });
            for id in self.chain(last) {
                self.tell(2, self.chronicle.fact(id), lines);
            }
        }
        // One answer for each promise: that it was owed, if it ever was.
        let mut tests: BTreeMap<(bool, u32), (bool, &Fact)> = BTreeMap::new();
        for fact in &own {
            let (subject, owed) = match &fact.kind {
                FactKind::Tested { commitment, owed, .. } => ((false, commitment.0), *owed),
                FactKind::PledgeTested { pledge, owed, .. } => ((true, pledge.0), *owed),
                _ => continue,
            };
            // That which was owed, or else came nearest to it.
            let nearer =
                |known: &(bool, &Fact)| owed && !known.0 || owed == known.0 && met(fact) > met(known.1);
            match tests.get(&subject) {
                Some(known) if !nearer(known) => {}
                _ => _ = tests.insert(subject, (owed, fact)),
            }
        }
        if !tests.is_empty() {
            lines.push(Line { depth: 1, fact: None, text: "What it owed, and what not:".into() });
        }
        let mut quoted = Vec::new();
        for wanted in [true, false] {
            for (_, fact) in tests.values().filter(|(owed, _)| *owed == wanted) {
                self.test(fact, &mut quoted, lines);
            }
        }
        self.course_of_obligations(&own, lines);
        let weighed: Vec<&&Fact> =
            own.iter().filter(|f| matches!(f.kind, FactKind::Decided { .. })).collect();
        if !weighed.is_empty() {
            lines.push(Line { depth: 1, fact: None, text: "What it decided:".into() });
        } else if let Some(text) = self.why_nothing(conflict, &own) {
            lines.push(Line { depth: 1, fact: None, text });
        }
        let last = weighed.last().map(|f| f.id);
        let told: Vec<&&&Fact> =
            weighed.iter().filter(|f| Some(f.id) == last || decision.is_some_and(|d| d.id == f.id)).collect();
        let left_out = weighed.len() - told.len();
        for fact in told {
            self.decision(fact, lines);
        }
        if left_out > 0 {
            let times = if left_out == 1 { "once more".to_owned() } else { format!("{left_out} more times") };
            let text = format!("(It decided {times}; the chronicle holds them all.)");
            lines.push(Line { depth: 2, fact: None, text });
        }
        for fact in &own {
            let domestic = matches!(
                fact.kind,
                FactKind::ConsentSought { .. }
                    | FactKind::DomesticProcess { .. }
                    | FactKind::BoundToBoth { .. }
                    | FactKind::PromiseBroken { .. }
                    | FactKind::Lapsed { .. }
                    | FactKind::Consulting { .. }
                    | FactKind::Waived { .. }
                    | FactKind::Reviewed { .. }
                    | FactKind::Withdrew { .. }
            );
            if domestic {
                self.tell(1, fact, lines);
            }
            if matches!(fact.kind, FactKind::DomesticProcess { .. }) {
                let text = &self.scenario.state(self.state).war_powers_text;
                if !text.is_empty() {
                    lines.push(Line { depth: 2, fact: None, text: text.clone() });
                }
            }
        }
        let verdict = own.iter().rev().find(|f| matches!(f.kind, FactKind::Judged { .. }));
        let owed = own.iter().any(|f| matches!(f.kind, FactKind::Tested { owed: true, acts: true, .. }));
        let over = self
            .facts()
            .any(|f| matches!(f.kind, FactKind::ConflictEnded { conflict: c, .. } if c == conflict));
        if verdict.is_none() && owed && over {
            let text =
                "No verdict: the conflict was over before the time to do what it owed had run out.".into();
            lines.push(Line { depth: 1, fact: None, text });
        }
        if let Some(fact) = verdict
            && let FactKind::Judged { verdict, .. } = fact.kind
        {
            // What has fallen due since and is not overdue leaves the answer open.
            let since = own
                .iter()
                .any(|f| f.id > fact.id && matches!(f.kind, FactKind::Tested { owed: true, acts: true, .. }));
            let text = match verdict {
                Verdict::NotTriggered if since => {
                    "Verdict: open. What it owes has fallen due, and there is still time to do it.".to_owned()
                }
                _ => format!("Verdict: {}. {}", verdict.noun(), self.prose.sentence(fact)),
            };
            lines.push(Line { depth: 1, fact: Some(fact.id), text });
        }
    }

    /// Why there was nothing to decide, unless the state fought or is a party to the conflict.
    fn why_nothing(&self, conflict: ConflictId, own: &[&Fact]) -> Option<String> {
        let has = |f: &dyn Fn(&FactKind) -> bool| own.iter().any(|fact| f(&fact.kind));
        if self.is_party(conflict) || has(&|k| matches!(k, FactKind::Entered { .. })) {
            return None;
        }
        if has(&|k| matches!(k, FactKind::Tested { owed: true, acts: true, .. })) {
            return Some("What it owed came to nothing before there was anything to decide.".into());
        }
        if has(&|k| matches!(k, FactKind::Tested { owed: true, acts: false, .. })) {
            return Some("It owed no more than to keep a promise not to fight, and it kept it.".into());
        }
        Some(
            "No clause was owed, and the model gives it no tie to the one side and no hostility to the other \
             strong enough to act unasked."
                .into(),
        )
    }

    /// Who invoked what, who reads it otherwise, and how far it was fulfilled.
    fn course_of_obligations(&self, own: &[&Fact], lines: &mut Vec<Line>) {
        let mut told: Vec<&Fact> = own
            .iter()
            .copied()
            .filter(|f| {
                matches!(
                    f.kind,
                    FactKind::Invoked { .. }
                        | FactKind::ReadOtherwise { .. }
                        | FactKind::Fulfilled { .. }
                        | FactKind::Attributed { .. }
                        | FactKind::Traced { .. }
                )
            })
            .collect();
        // Who called on it, under a treaty that is in question here.
        let tested = own.iter().filter(|f| matches!(f.kind, FactKind::Tested { .. }));
        let causes = tested.flat_map(|f| f.because.iter().map(|id| self.chronicle.fact(*id)));
        told.extend(causes.filter(|f| matches!(f.kind, FactKind::Invoked { .. })));
        told.sort_by_key(|f| f.id);
        told.dedup_by_key(|f| f.id);
        if told.is_empty() {
            return;
        }
        lines.push(Line {
            depth: 1,
            fact: None,
            text: "Who called, who saw it how, and what came of it:".into(),
        });
        for said in self.prose.tell(&told) {
            let turn = self.chronicle.fact(said.facts[0]).turn;
            let text = format!("Turn {}: {}", turn.0, said.text);
            lines.push(Line { depth: 2, fact: said.facts.first().copied(), text });
        }
    }

    /// What it did, and what was done about it, apart from any conflict: supply, signals, denials, votes.
    fn short_of_force(&self, lines: &mut Vec<Line>) {
        let own = |f: &&Fact| match &f.kind {
            FactKind::Statecraft(what) => {
                what.belongs_in_telling() && what.actors(self.scenario).contains(&self.state)
            }
            _ => false,
        };
        let own: Vec<&Fact> = self.facts().filter(own).collect();
        if !own.is_empty() {
            lines.push(Line { depth: 0, fact: None, text: "Short of force:".into() });
            own.into_iter().for_each(|fact| self.tell(1, fact, lines));
        }
    }

    fn tell(&self, depth: usize, fact: &Fact, lines: &mut Vec<Line>) {
        let sentence = self.prose.sentence(fact);
        let text = match fact.turn {
            Turn(0) => format!("Before the first turn: {sentence}"),
            Turn(n) => format!("Turn {n}: {sentence}"),
        };
        lines.push(Line { depth, fact: Some(fact.id), text });
    }

    /// The chain of causes that leads to a fact, from the first incident on: at each step the latest
    /// cause, which is the one that was still wanting.
    fn chain(&self, fact: &Fact) -> Vec<FactId> {
        let mut chain = vec![fact.id];
        let mut at = fact;
        while let Some(last) = at.because.last() {
            let cause = match at.kind {
                FactKind::Decided { .. } => {
                    at.because.iter().max_by_key(|id| self.weight(**id)).unwrap_or(last)
                }
                _ => last,
            };
            at = self.chronicle.fact(*cause);
            chain.push(at.id);
        }
        chain.reverse();
        chain
    }

    /// How much a reason for a decision weighs: a treaty before a pledge, fighting before talking, what binds more.
    fn weight(&self, id: FactId) -> (u8, u32, FactId) {
        let rank = match self.chronicle.fact(id).kind {
            FactKind::Tested { commitment, strength, .. } => {
                let rank = match self.scenario.clause_of(commitment).obligation {
                    Obligation::Defense | Obligation::Offense => 4,
                    Obligation::Aid => 3,
                    Obligation::Consultation => 1,
                    Obligation::Neutrality | Obligation::NonAggression => 0,
                };
                // Strengths lie between 0 and 1.
                return (rank, (strength * 1e6) as u32, id);
            }
            FactKind::PledgeTested { .. } => 2,
            _ => 0,
        };
        (rank, 0, id)
    }

    fn test(&self, fact: &Fact, told: &mut Vec<crate::model::ClauseId>, lines: &mut Vec<Line>) {
        let mut line = |depth, text| lines.push(Line { depth, fact: Some(fact.id), text });
        match &fact.kind {
            FactKind::Tested { commitment, attack, checks, owed, acts, strength, reading } => {
                let c = self.scenario.commitment(*commitment);
                let clause = self.scenario.clause(c.clause).read_as(*reading);
                let to = self.prose.state(c.beneficiary);
                let kind = match clause.obligation {
                    Obligation::Offense => "help in its wars",
                    other => other.noun(),
                };
                let answer = match (owed, acts) {
                    (true, true) => format!("{kind} owed to {to}, read at strength {strength:.2}"),
                    (true, false) => format!("{kind} owed to {to}"),
                    (false, _) => format!("{kind} not owed to {to}"),
                };
                let revealed = self
                    .facts()
                    .any(|f| matches!(f.kind, FactKind::Revealed { treaty } if treaty == clause.treaty));
                let secret = if clause.secret && !revealed { " (secret)" } else { "" };
                let clause_name = super::prose::capitalized(&self.prose.clause(*commitment));
                line(2, format!("{clause_name}{secret}: {answer}."));
                // The same article to several states is quoted once.
                if !told.contains(&c.clause) {
                    told.push(c.clause);
                    line(3, format!("Text: {}", clause.text));
                }
                if let Some(read) = self.prose.reading(*commitment, *reading) {
                    let who = self.prose.opening_state(self.state);
                    line(3, format!("{who} reads it so: {read}."));
                }
                if *owed && *acts {
                    line(3, format!("It asks for {}.", clause.performance.in_words()));
                }
                let of = |met: bool| checks.iter().filter(move |c| c.met == met);
                let tell = |check| self.prose.check(*commitment, *reading, attack, check);
                for check in of(false) {
                    line(3, format!("NOT MET: {}.", tell(check)));
                }
                let met: Vec<String> = of(true).map(tell).collect();
                let mark = if *acts { "Met" } else { "Applies" };
                if !met.is_empty() {
                    line(3, format!("{mark}: {}.", met.join("; ")));
                }
            }
            FactKind::PledgeTested { pledge, owed, .. } => {
                let Some(pledge) = self.prose.pledge(*pledge) else { return };
                let answer = if *owed { "due" } else { "not due" };
                line(2, format!("Pledge to {}: {answer}.", self.prose.state(pledge.to)));
                line(3, format!("Text: {}", pledge.text));
            }
            _ => {}
        }
    }

    fn decision(&self, fact: &Fact, lines: &mut Vec<Line>) {
        self.tell(2, fact, lines);
        let FactKind::Decided { choice, trace, .. } = &fact.kind else { return };
        let mut line = |depth, text| lines.push(Line { depth, fact: Some(fact.id), text });
        if trace.options.is_empty() {
            return;
        }
        let war = trace.options.iter().find(|o| o.response == Response::Intervene);
        // Where war is no option, and nothing was chosen, the likeliest option shows what was weighed.
        let likeliest = trace.options.iter().max_by(|a, b| a.probability.total_cmp(&b.probability));
        let weighed = |o: &&crate::chronicle::Considered| !trace.terms(o).is_empty();
        let chosen = trace.options.iter().find(|o| o.response == *choice).filter(weighed);
        let shown = war.or(chosen).or(likeliest.filter(weighed));
        if let Some(option) = shown {
            let mut terms = trace.terms(option);
            terms.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            let part = |sign: f64| {
                let words: Vec<String> = terms
                    .iter()
                    .filter(|(_, u)| u * sign > 0.0)
                    .enumerate()
                    // Small terms are left out, except where there is nothing else.
                    .filter(|(i, (_, u))| *i == 0 || u.abs() >= 0.05)
                    .map(|(_, (t, u))| format!("{} ({u:+.1})", t.noun()))
                    .collect();
                if words.is_empty() { "nothing".to_owned() } else { super::join_words(&words) }
            };
            let what = option.response.gerund();
            line(3, format!("In favour of {what}: {}.", part(1.0)));
            line(3, format!("Against it: {}.", part(-1.0)));
        }
        let options: Vec<String> = trace
            .options
            .iter()
            .map(|o| format!("{} {}", o.response.verb(), percent(o.probability)))
            .collect();
        line(3, format!("Options: {}.", options.join(", ")));
        if let Some(draw) = trace.draw {
            let reach: f64 =
                trace.options.iter().take_while(|o| o.response < *choice).map(|o| o.probability).sum();
            let own = trace.options.iter().find(|o| o.response == *choice).map_or(0.0, |o| o.probability);
            line(
                3,
                format!(
                    "Drawn: a random number between 0 and 1, here {draw:.3}, which falls between {:.3} and {:.3}: to {}.",
                    reach.max(0.0),
                    reach + own,
                    choice.verb()
                ),
            );
        }
    }

    fn unconcerned(&self) -> String {
        let who = self.prose.opening_state(self.state);
        let mut partners: Vec<StateId> = Vec::new();
        for c in self.scenario.commitments.iter().filter(|c| c.obligor == self.state) {
            if !partners.contains(&c.beneficiary) {
                partners.push(c.beneficiary);
            }
        }
        let tie = "the model gives it no tie or hostility strong enough to act unasked";
        let names: Vec<String> = partners.iter().map(|s| self.prose.state(*s).to_owned()).collect();
        match partners.len() {
            0 => format!("{who} did not enter any conflict: it is bound by no treaty here, and {tie}."),
            1..=4 => format!(
                "{who} did not enter any conflict: nothing that happened raised what it has promised to {}, and {tie}.",
                super::join_words(&names)
            ),
            n => format!(
                "{who} did not enter any conflict: nothing that happened raised what it has promised to {n} states, and {tie}."
            ),
        }
    }
}

/// Of several decisions the one that led to the most that was done, the first of these if there are more.
pub fn decisive<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<&'a Fact> {
    facts
        .fold(None, |best: Option<(&Fact, Response)>, fact| match (best, &fact.kind) {
            (Some((_, most)), FactKind::Decided { choice, .. }) if *choice <= most => best,
            (_, FactKind::Decided { choice, .. }) => Some((fact, *choice)),
            _ => best,
        })
        .map(|(fact, _)| fact)
}

/// The share of the conditions that were met in a test.
fn met(fact: &Fact) -> f64 {
    match &fact.kind {
        FactKind::Tested { checks, .. } | FactKind::PledgeTested { checks, .. } => {
            checks.iter().filter(|c| c.met).count() as f64 / checks.len().max(1) as f64
        }
        _ => 0.0,
    }
}

/// A fact and all that followed from it, as an outline: each fact once, under its latest cause.
pub fn tree(chronicle: &Chronicle, root: FactId) -> Vec<(usize, FactId)> {
    let mut children: BTreeMap<FactId, Vec<FactId>> = Default::default();
    for fact in chronicle.facts() {
        if let Some(cause) = fact.because.last() {
            children.entry(*cause).or_default().push(fact.id);
        }
    }
    let mut out = Vec::new();
    let mut open = vec![(0, root)];
    while let Some((depth, id)) = open.pop() {
        out.push((depth, id));
        if let Some(list) = children.get(&id) {
            open.extend(list.iter().rev().map(|child| (depth + 1, *child)));
        }
    }
    out
}
