//! One English sentence for every fact; the only place with such text.

use super::{Attack, Check, Chronicle, ConditionKind, Fact, FactId, FactKind, How, Lapse, Outcome, Trace};
use crate::model::{
    Chain, ClauseId, CommitmentId, ConflictId, Domestic, Level, Obligation, PledgeId, Response, Role, Side,
    StateId, TreatyId, Verdict,
};
use crate::scenario::{Act, Incident, Pledge, Scenario};

/// Turns facts into sentences.
#[derive(Clone, Copy, Debug)]
pub struct Prose<'a> {
    scenario: &'a Scenario,
    chronicle: &'a Chronicle,
}

/// "a", "a and b", "a, b and c".
pub fn join_words(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// A probability for reading: "64%", and never 0 or 100 where it is neither.
pub fn percent(p: f64) -> String {
    match p {
        p if p > 0.0 && p < 0.005 => "under 1%".into(),
        p if p < 1.0 && p > 0.995 => "over 99%".into(),
        p => format!("{:.0}%", p * 100.0),
    }
}

/// "Russia's", "the United States'".
fn genitive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// "a use of force", "war".
fn with_article(level: Level) -> String {
    match level {
        Level::War => "war".into(),
        other => format!("a {}", other.noun()),
    }
}

/// "an invasion by ...", "a threat ...".
fn with_indefinite(phrase: &str) -> String {
    let vowel = phrase.starts_with(['a', 'e', 'i', 'o', 'u']) && !phrase.starts_with("use");
    format!("{} {phrase}", if vowel { "an" } else { "a" })
}

/// A name after an article, which it may bring along ("the Treaty on ...").
pub(super) fn with_the(name: &str) -> String {
    format!("the {}", name.trim_start_matches("The ").trim_start_matches("the "))
}

/// With a capital at the beginning.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

impl<'a> Prose<'a> {
    /// For facts of this chronicle of a run of this scenario.
    pub fn new(scenario: &'a Scenario, chronicle: &'a Chronicle) -> Self {
        Self { scenario, chronicle }
    }

    /// A state's name in the genitive.
    fn of(&self, id: StateId) -> String {
        genitive(self.state(id))
    }

    /// A fact of the chronicle.
    pub(super) fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    pub(super) fn fact(&self, id: FactId) -> &'a Fact {
        self.chronicle.fact(id)
    }

    /// The clause, obligor and beneficiary of a commitment.
    pub(super) fn commitment_ends(&self, id: CommitmentId) -> (ClauseId, StateId, StateId) {
        let c = self.scenario.commitment(id);
        (c.clause, c.obligor, c.beneficiary)
    }

    /// A state's name.
    pub fn state(&self, id: StateId) -> &'a str {
        &self.scenario.state(id).name
    }

    /// A state's name at the beginning of a sentence.
    pub fn opening_state(&self, id: StateId) -> String {
        capitalized(self.state(id))
    }

    /// A conflict's name.
    pub fn conflict(&self, id: ConflictId) -> String {
        if let Some(conflict) = self.scenario.conflict(id) {
            return conflict.name.clone();
        }
        match self.began(id) {
            Some((a, b)) => {
                let what = if self.chronicle.is_violent(id) { "conflict" } else { "dispute" };
                format!("the {what} between {} and {}", self.state(a), self.state(b))
            }
            None => "a conflict".into(),
        }
    }

    /// Who began a conflict of this run, and with whom.
    fn began(&self, id: ConflictId) -> Option<(StateId, StateId)> {
        match self.chronicle.beginning(id)?.kind {
            FactKind::ConflictBegan { initiator, target, .. }
            | FactKind::TurnedViolent { initiator, target, .. } => Some((initiator, target)),
            _ => None,
        }
    }

    /// The state around which a side of a conflict has gathered.
    pub(super) fn originator(&self, id: ConflictId, side: Side) -> Option<StateId> {
        let of = |initiator, target| Some(if side == Side::Initiator { initiator } else { target });
        if let Some(c) = self.scenario.conflict(id) {
            return of(c.initiator, c.target);
        }
        self.began(id).and_then(|(initiator, target)| of(initiator, target))
    }

    /// Whom a response helps, and against whom it is: as decided or, if it was under way from the start,
    /// the states around which the sides have gathered.
    pub(super) fn concerning(&self, fact: &Fact) -> (StateId, StateId) {
        let mut at = fact;
        while let Some(cause) = at.because.first() {
            at = self.fact(*cause);
            if let FactKind::Decided { partner, adversary, .. } = at.kind {
                return (partner, adversary);
            }
        }
        match fact.kind {
            FactKind::Performed { conflict, side, state, .. } => (
                self.originator(conflict, side).unwrap_or(state),
                self.originator(conflict, side.opposite()).unwrap_or(state),
            ),
            _ => (StateId(0), StateId(0)),
        }
    }

    fn side(&self, conflict: ConflictId, side: Side) -> String {
        self.originator(conflict, side)
            .map_or("one side".into(), |s| format!("the side of {}", self.state(s)))
    }

    /// A pledge made in this run.
    pub fn pledge(&self, id: PledgeId) -> Option<&'a Pledge> {
        self.chronicle.pledge(id)
    }

    /// A treaty's name after an article ("the Treaty on ...").
    pub fn treaty(&self, id: TreatyId) -> String {
        with_the(&self.scenario.treaty(id).name)
    }

    /// What parties call a treaty, where they differ (" (Kesh calls it an alliance)").
    fn called_by_parties(&self, id: TreatyId) -> String {
        let called = self.scenario.treaty(id).called.iter();
        let each: Vec<String> =
            called.map(|(s, name)| format!("{} calls it {name}", self.state(*s))).collect();
        if each.is_empty() { String::new() } else { format!(" ({})", join_words(&each)) }
    }

    /// On whom a state calls under a treaty, and for what.
    fn called(&self, treaty: TreatyId, by: StateId) -> (String, &'static str) {
        let mut partners: Vec<StateId> = Vec::new();
        let mut helps = false;
        for clause in self.scenario.treaty(treaty).clauses.iter().map(|c| self.scenario.clause(*c)) {
            let acts = clause.obligation.is_active();
            for c in clause.commitments.iter().map(|c| self.scenario.commitment(*c)) {
                if acts && c.beneficiary == by {
                    helps |= clause.obligation != Obligation::Consultation;
                    if !partners.contains(&c.obligor) {
                        partners.push(c.obligor);
                    }
                }
            }
        }
        let whom = match partners.len() {
            1..=3 => self.names(&partners),
            _ => "its partners".into(),
        };
        (whom, if helps { "for help" } else { "to consult" })
    }

    /// Names of states, in their order, joined.
    pub(super) fn names(&self, states: &[StateId]) -> String {
        let mut names: Vec<String> = states.iter().map(|s| self.state(*s).to_owned()).collect();
        names.sort_by(|a, b| a.trim_start_matches("the ").cmp(b.trim_start_matches("the ")));
        join_words(&names)
    }

    /// "Article 4 of the Treaty on ..."
    pub fn clause(&self, id: CommitmentId) -> String {
        let article = &self.scenario.clause_of(id).article;
        let treaty = self.treaty(self.scenario.clause_of(id).treaty);
        let article = match article.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("Article {article}"),
            false => format!("the clause on {}", article.replace('-', " ").replace("non ", "non-")),
        };
        format!("{article} of {treaty}")
    }

    /// "North Korea's defence commitment to Russia (Article 4 of ...)".
    fn commitment(&self, id: CommitmentId) -> String {
        let c = self.scenario.commitment(id);
        let kind = self.scenario.clause_of(id).obligation.noun();
        format!(
            "{} {kind} commitment to {} ({})",
            self.of(c.obligor),
            self.state(c.beneficiary),
            self.clause(id)
        )
    }

    /// A condition in the case of a commitment, as a sentence that says whether and why it is met.
    pub fn check(&self, id: CommitmentId, reading: Option<usize>, attack: &Attack, check: &Check) -> String {
        let clause = self.scenario.clause_of(id).read_as(reading);
        let c = self.scenario.commitment(id);
        let (to, obligor) = (self.state(c.beneficiary), self.state(c.obligor));
        let named = self.names(&clause.trigger.against);
        let foe = if attack.victim == c.beneficiary { attack.attacker } else { attack.victim };
        let met = check.met;
        match check.condition {
            ConditionKind::InForce if met => "the treaty is in force".into(),
            ConditionKind::InForce => "the treaty is not in force between the two".into(),
            ConditionKind::Attacked if met => match attack.how {
                How::OwnEntry => format!("{to} is at war with {}", self.state(foe)),
                How::OwnAttack => format!("{to} goes to war with {}", self.state(foe)),
                How::Entry => format!("{} has entered the war against {to}", self.state(foe)),
                How::Incident if attack.level < Level::UseOfForce => {
                    format!("{to} is the target of a {} by {}", attack.level.noun(), self.state(foe))
                }
                How::Incident => format!("{to} is attacked by {}", self.state(foe)),
            },
            ConditionKind::Attacked => {
                format!("in this attack {to} is the attacker, and the clause is owed to the one attacked")
            }
            ConditionKind::Unprovoked if met => {
                format!("{to} did not begin the conflict, as {obligor} sees it")
            }
            ConditionKind::Unprovoked => {
                let originator = |side| self.originator(attack.conflict, side) == Some(c.beneficiary);
                if originator(Side::Initiator) {
                    format!("{to} began the conflict")
                } else if originator(Side::Target) || self.was_attacked(attack.conflict, c.beneficiary) {
                    format!("{obligor} holds the side of {to} to have begun the conflict")
                } else {
                    format!("{to} joined the side that began the conflict")
                }
            }
            ConditionKind::Adversary if met => {
                format!("{} is an adversary that the clause names", self.state(foe))
            }
            ConditionKind::Adversary => {
                format!("the clause covers attacks by {} only, not by {}", named, self.state(foe))
            }
            ConditionKind::Level if met => format!("the act amounts to {}", with_article(attack.level)),
            ConditionKind::Level => format!(
                "the act amounts to {}, and the clause needs {}",
                with_article(attack.level),
                with_article(clause.trigger.level)
            ),
            ConditionKind::Form if met => {
                format!("it takes the form that the clause names: {}", attack.form.noun())
            }
            ConditionKind::Form if attack.how != How::Incident => {
                "an entry into a war is none of the forms of attack that the clause names".into()
            }
            ConditionKind::Form => {
                let forms: Vec<String> = clause.trigger.forms.iter().map(|f| f.noun().to_owned()).collect();
                format!(
                    "it takes the form of {}, and the clause names {}",
                    attack.form.noun(),
                    join_words(&forms)
                )
            }
            ConditionKind::Theatre => {
                let place = self.state(attack.place);
                let inside = if met { "inside" } else { "outside" };
                match clause.trigger.homeland {
                    true if met => format!("the attack falls on {} own territory", genitive(to)),
                    true => {
                        let own = genitive(to);
                        format!("the attack does not fall on {own} own territory but on that of {place}")
                    }
                    false => format!("the attack falls on {place}, {inside} the treaty area"),
                }
            }
            ConditionKind::Number if met => "there are as many adversaries as the clause needs".into(),
            ConditionKind::Number => {
                format!("fewer than {} states fight {to}", clause.trigger.adversaries_at_least)
            }
            ConditionKind::Request if met => format!("{to} asks for it"),
            ConditionKind::Request => format!("{to} does not ask for it"),
            ConditionKind::Chain if met => match clause.chain {
                Chain::None => format!("{to} was the first victim of the conflict"),
                _ if attack.how == How::OwnEntry => {
                    format!("the clause covers also a war that {to} entered for another")
                }
                _ => format!("the clause covers every attack on {to}, not only the first of a war"),
            },
            ConditionKind::Chain => match attack.how {
                How::OwnEntry => format!("{to} entered of its own decision, which the clause does not cover"),
                _ => format!("{to} was not the first victim of the conflict, and the clause covers no other"),
            },
            ConditionKind::AtWar if met => format!("{to} is at war with {}", self.state(foe)),
            ConditionKind::AtWar => format!("{to} is not at war"),
            ConditionKind::PartnerAttacked if met => format!("{to} is itself attacked in this conflict"),
            ConditionKind::PartnerAttacked => {
                format!("{to} is not itself attacked in this conflict, which the clause requires")
            }
            ConditionKind::Conflict if met => "this is the war that the clause names".into(),
            ConditionKind::Conflict => {
                let wars: Vec<String> = clause.trigger.conflicts.iter().map(|c| self.conflict(*c)).collect();
                format!("the clause is for {} only", join_words(&wars))
            }
            ConditionKind::Demand if met => {
                format!("{} has left a demand of {to} unmet", self.state(foe))
            }
            ConditionKind::Demand => {
                format!("{to} has made no demand that {} has left unmet", self.state(foe))
            }
            ConditionKind::Precondition => {
                let waits: Vec<String> =
                    clause.trigger.once_fighting.iter().map(|s| self.state(*s).to_owned()).collect();
                let waits = waits.join(" or ");
                if met {
                    format!("{waits} fights on the side of {to}, as the clause requires first")
                } else {
                    format!("{waits} does not fight on the side of {to}, as the clause requires first")
                }
            }
            ConditionKind::Traced if met => {
                format!("{obligor} has traced the act to {}", self.state(attack.attacker))
            }
            ConditionKind::Traced => format!("{obligor} has not traced the act to its author"),
            ConditionKind::NotWaived => format!("{to} has waived what is owed to it"),
            ConditionKind::ForceAgainst if met => format!("{obligor} uses force against {to}"),
            ConditionKind::ForceAgainst => format!("{obligor} does not use force against {to}"),
            ConditionKind::Free if met => format!("{obligor} does not fight on the other side"),
            ConditionKind::Free => format!("{obligor} fights on the other side"),
        }
    }

    /// What a commitment is to ("help", "consultation", "neutrality").
    pub(super) fn what(&self, id: CommitmentId) -> &'static str {
        match self.scenario.clause_of(id).obligation {
            Obligation::Defense | Obligation::Offense | Obligation::Aid => "help",
            other => other.noun(),
        }
    }

    /// On what another view of a commitment rests: another reading of the text, or of what happened.
    pub(super) fn view(
        &self,
        fact: &Fact,
        id: CommitmentId,
        reading: Option<usize>,
        differs: Option<ConditionKind>,
    ) -> String {
        let tested = fact.because.iter().find_map(|cause| match self.fact(*cause).kind {
            FactKind::Tested { reading, .. } => Some(reading),
            _ => None,
        });
        match (self.reading(id, reading), differs) {
            (Some(text), _) if tested != Some(reading) => format!(": it reads the text so that {text}"),
            (_, Some(ConditionKind::Unprovoked)) => ": it sees otherwise who began".into(),
            (_, Some(ConditionKind::Traced)) => ": it has traced the act to its author".into(),
            _ => String::new(),
        }
    }

    /// How a state reads a clause, in a sentence without its end, where there is more than one way.
    pub fn reading(&self, id: CommitmentId, reading: Option<usize>) -> Option<String> {
        let reading = self.scenario.clause_of(id).readings.get(reading?)?;
        let text = if reading.text.is_empty() { &reading.name } else { &reading.text };
        Some(text.trim_end_matches('.').to_owned())
    }

    /// The reasons why a commitment is not owed.
    fn unmet(&self, id: CommitmentId, reading: Option<usize>, attack: &Attack, checks: &[Check]) -> String {
        let unmet: Vec<String> =
            checks.iter().filter(|c| !c.met).map(|c| self.check(id, reading, attack, c)).collect();
        match unmet.as_slice() {
            [one] => one.clone(),
            many => {
                let numbered = many.iter().enumerate().map(|(i, text)| format!("({}) {text}", i + 1));
                join_words(&numbered.collect::<Vec<_>>())
            }
        }
    }

    /// An act in words, as the middle of a sentence ("an invasion by Russia against Poland").
    pub fn act(&self, act: &Act) -> String {
        match act {
            Act::Incident(incident) => format!("order: {}", self.incident(incident)),
            Act::Pledge(p) => format!("order: {} pledges support to {}", self.state(p.by), self.state(p.to)),
            Act::EntryIntoForce(t) => format!("order: {} enters into force", self.treaty(*t)),
            Act::Termination(t) => format!("order: {} ends", self.treaty(*t)),
            Act::Ratification(t, by) => format!("order: {} ratifies {}", self.state(*by), self.treaty(*t)),
            Act::Accession(t, by) => format!("order: {} accedes to {}", self.state(*by), self.treaty(*t)),
            Act::Renewal(t) => format!("order: {} is renewed", self.treaty(*t)),
            Act::Denunciation(t, by) => format!("order: {} denounces {}", self.state(*by), self.treaty(*t)),
            Act::Revelation(t) => format!("order: {} becomes known to all", self.treaty(*t)),
            Act::Invocation(t, by) => format!("order: {} invokes {}", self.state(*by), self.treaty(*t)),
            Act::Waiver(t, by) => {
                format!("order: {} waives what is owed to it under {}", self.state(*by), self.treaty(*t))
            }
            Act::Demand(by, to) => {
                format!("order: {} makes a demand on {}", self.state(*by), self.state(*to))
            }
            Act::DemandMet(by, to) => {
                format!("order: {} meets the demand of {}", self.state(*to), self.state(*by))
            }
            Act::SeparatePeace(by, with) => {
                format!("order: {} makes peace with {}", self.state(*by), self.state(*with))
            }
            Act::Ceasefire(a, b) => {
                format!("order: a ceasefire between {} and {}", self.state(*a), self.state(*b))
            }
            Act::Signal(by, with, kind, _) => {
                format!("order: {} sends {} a signal, {}", self.state(*by), self.state(*with), kind.noun())
            }
            Act::BeginTransfer(t) => format!("order: {} begins", self.transfer(*t)),
            Act::EndTransfer(t) => format!("order: {} ends", self.transfer(*t)),
            Act::Publication(t, by) => {
                format!("order: {} publishes what it knows of {}", self.state(*by), self.transfer(*t))
            }
            Act::Denial(t, by) => format!("order: {} denies {}", self.state(*by), self.transfer(*t)),
            Act::Acknowledgement(t, by) => {
                format!("order: {} acknowledges {}", self.state(*by), self.transfer(*t))
            }
            Act::MonitorVote(norm) => {
                format!("order: a vote on the body that watches over {}", self.norm(*norm))
            }
            Act::Condemnation(of, victim) => {
                format!("order: a vote on {} for what it does to {}", self.state(*of), self.state(*victim))
            }
            Act::Recognition(by, of, against) => format!(
                "order: {} recognizes what {} claims of {}",
                self.state(*by),
                self.state(*of),
                self.state(*against)
            ),
            Act::Attitude(a, b, ..) => {
                format!("order: {} attitude to {} changes", self.of(*a), self.state(*b))
            }
        }
    }

    fn incident(&self, i: &Incident) -> String {
        let place = match i.place {
            p if p == i.target => String::new(),
            p => format!(" on the territory of {}", self.state(p)),
        };
        let disputed = match (i.contested, i.covert) {
            (true, _) => "; each side says that the other began".to_owned(),
            (_, true) => format!("; {} hides its part in it", self.state(i.initiator)),
            _ => String::new(),
        };
        let why = match (i.motive, i.pretext) {
            (Some(motive), Some(pretext)) => {
                format!(" {}, in its own words {}", motive.phrase(), pretext.noun())
            }
            (Some(motive), None) => format!(" {}", motive.phrase()),
            (None, Some(pretext)) => format!(", in its own words {}", pretext.noun()),
            (None, None) => String::new(),
        };
        let disputed = why + &disputed;
        if i.level < Level::UseOfForce {
            return format!(
                "{} by {} against {}{disputed}",
                i.level.noun(),
                self.state(i.initiator),
                self.state(i.target)
            );
        }
        format!(
            "{} by {} against {}{place} ({}){disputed}",
            i.form.noun(),
            self.state(i.initiator),
            self.state(i.target),
            i.level.noun()
        )
    }

    /// The fact in a sentence that stands by itself, where the event that it came with is not told before it.
    pub fn alone(&self, fact: &Fact) -> String {
        match &fact.kind {
            FactKind::Incident { incident, .. } => format!("{}.", capitalized(&self.incident(incident))),
            _ => self.sentence(fact),
        }
    }

    /// The fact in a sentence.
    pub fn sentence(&self, fact: &Fact) -> String {
        let name = |id: StateId| self.opening_state(id);
        match &fact.kind {
            FactKind::ConflictUnderWay { conflict } => {
                format!("{} is under way.", capitalized(&self.conflict(*conflict)))
            }
            FactKind::Signed { treaty } => {
                let parties = &self.scenario.treaty(*treaty).parties;
                let called = self.called_by_parties(*treaty);
                format!("{} sign {}{called}.", capitalized(&self.names(parties)), self.treaty(*treaty))
            }
            FactKind::EnteredIntoForce { treaty } => {
                format!("{} is in force from now on.", capitalized(&self.treaty(*treaty)))
            }
            FactKind::Terminated { treaty, replaced_by: None } => {
                format!("{} ends.", capitalized(&self.treaty(*treaty)))
            }
            FactKind::Terminated { treaty, replaced_by: Some(new) } => {
                format!("{} ends: {} takes its place.", capitalized(&self.treaty(*treaty)), self.treaty(*new))
            }
            FactKind::Ratified { treaty, by } => format!("{} ratifies {}.", name(*by), self.treaty(*treaty)),
            FactKind::Acceded { treaty, by } => format!("{} accedes to {}.", name(*by), self.treaty(*treaty)),
            FactKind::NoticeGiven { treaty, by, effective } => format!(
                "{} denounces {}; it remains bound until {}.",
                name(*by),
                self.treaty(*treaty),
                self.scenario.calendar.label(*effective)
            ),
            FactKind::Denounced { treaty, by } => {
                format!("{} leaves {}.", name(*by), self.treaty(*treaty))
            }
            FactKind::Renewed { treaty, until: None } => {
                format!("The parties renew {}.", self.treaty(*treaty))
            }
            FactKind::Renewed { treaty, until: Some(date) } => {
                format!("{} goes on until {}.", capitalized(&self.treaty(*treaty)), date.in_words())
            }
            FactKind::Revealed { treaty } => {
                format!("The secret part of {} becomes known to all.", self.treaty(*treaty))
            }
            FactKind::Invoked { treaty, by, by_obligor: false, .. } => {
                let (whom, what) = self.called(*treaty, *by);
                format!("{} invokes {}: it asks {whom} {what}.", name(*by), self.treaty(*treaty))
            }
            FactKind::Invoked { treaty, by, after_performance, .. } => {
                let after = if *after_performance { ", after it has already acted" } else { "" };
                format!("{} declares that {} applies{after}.", name(*by), self.treaty(*treaty))
            }
            FactKind::Waived { treaty, by, conflict } => format!(
                "{} waives what is owed to it under {} in {}.",
                name(*by),
                self.treaty(*treaty),
                self.conflict(*conflict)
            ),
            FactKind::Demanded { by, to } => format!("{} makes a demand on {}.", name(*by), self.state(*to)),
            FactKind::DemandMet { by, to } => {
                format!("{} meets the demand of {}.", name(*to), self.state(*by))
            }
            FactKind::Injected { inject, chance } => {
                let inject = &self.scenario.injects[inject.index()];
                let assumed = if inject.hypothetical { "Hypothetical: " } else { "" };
                let odds = chance.map_or(String::new(), |(p, _)| format!(" (chance {})", percent(p)));
                format!("{assumed}{}{odds}", inject.text)
            }
            FactKind::InjectFailed { inject, chance } => {
                let inject = &self.scenario.injects[inject.index()];
                format!("It does not come to this (chance {}): {}", percent(chance.0), inject.text)
            }
            FactKind::Initiated { incident, chance } => format!(
                "{} turns on {} of its own accord (chance of an attack by anyone {}).",
                self.opening_state(incident.initiator),
                self.state(incident.target),
                percent(chance.0)
            ),
            FactKind::Ordered { act } => format!("{}.", capitalized(&self.act(act))),
            // What was said is told by the event itself.
            FactKind::Pledged { pledge, .. } if !fact.because.is_empty() => format!(
                "So {} pledges support to {} outside any treaty.",
                self.state(pledge.by),
                self.state(pledge.to)
            ),
            FactKind::Pledged { pledge, .. } => format!(
                "{} has pledged support to {} outside any treaty: {}",
                name(pledge.by),
                self.state(pledge.to),
                pledge.text
            ),
            FactKind::AttitudeChanged { from, to, hostility, affinity } => {
                let change = |what: &str, v: &Option<f64>| v.map(|v| format!("{what} {v:.2}"));
                let now: Vec<String> = [change("hostility", hostility), change("affinity", affinity)]
                    .into_iter()
                    .flatten()
                    .collect();
                format!(
                    "{} attitude to {} changes: {}.",
                    genitive(&name(*from)),
                    self.state(*to),
                    join_words(&now)
                )
            }
            // What happened was told by the event; this is what it amounts to.
            FactKind::Incident { incident, .. }
                if fact.because.iter().any(|c| matches!(self.fact(*c).kind, FactKind::Injected { .. })) =>
            {
                format!("It counts as {}.", with_indefinite(&self.incident(incident)))
            }
            FactKind::Incident { .. } => self.alone(fact),
            FactKind::ConflictBegan { conflict, .. } => {
                format!("{} begins.", capitalized(&self.conflict(*conflict)))
            }
            FactKind::TurnedViolent { conflict, initiator, .. } => format!(
                "{} turns violent: {} is the first to use force.",
                capitalized(&self.conflict(*conflict)),
                self.state(*initiator)
            ),
            FactKind::Entered { conflict, state, side, role, .. } => {
                let opponent = self.originator(*conflict, side.opposite()).map_or("", |s| self.state(s));
                match role {
                    Role::Originator => format!("{} is fighting {opponent}.", name(*state)),
                    Role::Attacked => format!("{} is drawn into {}.", name(*state), self.conflict(*conflict)),
                    Role::Joiner => format!(
                        "{} enters {} on {}.",
                        name(*state),
                        self.conflict(*conflict),
                        self.side(*conflict, *side)
                    ),
                }
            }
            FactKind::Attributed { observer, blamed, chance, .. } => format!(
                "{} holds that {} is to blame (as it would in {} of histories).",
                name(*observer),
                self.state(*blamed),
                percent(chance.0)
            ),
            FactKind::Traced { observer, author, chance, .. } => format!(
                "{} traces the covert act to {} (probability {}).",
                name(*observer),
                self.state(*author),
                percent(chance.0)
            ),
            FactKind::Tested { commitment, owed: true, acts: false, .. } => {
                format!("{} binds in this case.", capitalized(&self.commitment(*commitment)))
            }
            FactKind::Tested { commitment, owed: true, strength, reading, .. } => {
                let read = self.reading(*commitment, *reading);
                let read = read.map_or(String::new(), |text| format!(" in the reading that {text}"));
                format!(
                    "Casus foederis: {} is owed{read}, at strength {strength:.2}.",
                    self.commitment(*commitment)
                )
            }
            FactKind::Tested { commitment, attack, checks, reading, .. } => format!(
                "Not owed: {}, for {}.",
                self.commitment(*commitment),
                self.unmet(*commitment, *reading, attack, checks)
            ),
            FactKind::ReadOtherwise { commitment, observer, reading, owed, differs, .. } => {
                let c = self.scenario.commitment(*commitment);
                let owes = if *owed { "owes" } else { "does not owe" };
                format!(
                    "{} holds that {} {owes} {} {} under {}{}.",
                    name(*observer),
                    if c.obligor == *observer { "it" } else { self.state(c.obligor) },
                    if c.beneficiary == *observer { "it" } else { self.state(c.beneficiary) },
                    self.what(*commitment),
                    self.clause(*commitment),
                    self.view(fact, *commitment, *reading, *differs)
                )
            }
            FactKind::Consulting { state, partner, .. } => format!(
                "{} consults with {} before it decides, as the treaty provides.",
                name(*state),
                self.state(*partner)
            ),
            FactKind::Reviewed { state, conflict, lapse, stays, chance } => {
                let lapsed = match lapse {
                    Lapse::PartnerLeft(partner) => {
                        format!("{}, for which it entered, fights no longer", self.state(*partner))
                    }
                    Lapse::TreatyEnded(treaty) => {
                        format!("{}, under which it entered, binds it no longer", self.treaty(*treaty))
                    }
                };
                let odds = chance
                    .map_or(String::new(), |(p, _)| format!(" (probability of fighting on {})", percent(p)));
                let choice = if *stays { "fights on" } else { "sees no reason to fight on" };
                format!("{} {choice} in {}: {lapsed}{odds}.", name(*state), self.conflict(*conflict))
            }
            FactKind::Withdrew { state, conflict, .. } => {
                format!("{} leaves {}.", name(*state), self.conflict(*conflict))
            }
            FactKind::Fulfilled { commitment, fulfilment, .. } => {
                let c = self.scenario.commitment(*commitment);
                let (done, clause) = (fulfilment.verb(), self.clause(*commitment));
                format!("{} {done} {clause} towards {}.", name(c.obligor), self.state(c.beneficiary))
            }
            FactKind::PledgeTested { pledge, owed, .. } => match self.pledge(*pledge) {
                Some(p) if *owed => {
                    format!("{} pledge to {} falls due.", genitive(&name(p.by)), self.state(p.to))
                }
                Some(p) => {
                    format!("{} pledge to {} does not cover this.", genitive(&name(p.by)), self.state(p.to))
                }
                None => "A pledge is tested.".into(),
            },
            FactKind::BoundToBoth { state, rule, side, restraint: Some(restraint), .. } => {
                let result = match side {
                    Some(_) => "its promise of help comes first",
                    None => "its promise not to fight comes first",
                };
                let c = self.scenario.commitment(*restraint);
                format!(
                    "{} owes help to one side and {} to {} ({}); by the scenario's rule ({}), {result}.",
                    name(*state),
                    self.scenario.clause(c.clause).obligation.noun(),
                    self.state(c.beneficiary),
                    self.clause(*restraint),
                    rule.in_words()
                )
            }
            FactKind::BoundToBoth { state, rule, side, conflict, .. } => {
                let result = match side {
                    Some(side) => format!("it weighs {}", self.side(*conflict, *side)),
                    None => "it helps neither".into(),
                };
                format!(
                    "{} is bound to both sides; by the scenario's rule ({}), {result}.",
                    name(*state),
                    rule.in_words()
                )
            }
            FactKind::Decided { state, choice, partner, adversary, trace, .. } => {
                self.decision(*state, *choice, *partner, *adversary, trace)
            }
            FactKind::ConsentSought { state, due, .. } => format!(
                "{} government asks its legislature for consent to war; the vote falls in turn {}.",
                genitive(&name(*state)),
                due.0
            ),
            FactKind::DomesticProcess { state, result, vote, crossed, .. } => {
                let conflict = crossed.map_or(String::new(), |id| {
                    format!(
                        " {} makes no exception for this, so treaty and constitution are in conflict.",
                        capitalized(&self.clause(id))
                    )
                });
                let odds = vote.map_or(String::new(), |(support, p, draw)| {
                    let (support, p) = (percent(support), percent(p));
                    format!(" (popular support {support}, chance of consent {p}, drawn {draw:.3})")
                });
                match result {
                    Domestic::Approved => {
                        format!("{} legislature consents to war{odds}.{conflict}", genitive(&name(*state)))
                    }
                    Domestic::Renewed => {
                        format!("{} legislature consents to fight on{odds}.", genitive(&name(*state)))
                    }
                    Domestic::Withdrawn => {
                        format!(
                            "{} legislature takes back its consent to war{odds}.",
                            genitive(&name(*state))
                        )
                    }
                    Domestic::Refused => {
                        format!(
                            "{} legislature refuses consent to war{odds}.{conflict}",
                            genitive(&name(*state))
                        )
                    }
                    Domestic::Permitted => {
                        let case = self.scenario.state(*state).may_fight_if.as_ref();
                        let case = case.map_or(String::new(), |(name, _)| format!(": {name}"));
                        format!("{} law allows it to fight in this case{case}.", genitive(&name(*state)))
                    }
                    Domestic::Barred => {
                        format!("{} may fight only if it is itself attacked.{conflict}", name(*state))
                    }
                }
            }
            FactKind::Performed { state, response, .. } => {
                let (partner, adversary) = self.concerning(fact);
                let (whom, against) = (self.state(partner), self.state(adversary));
                match response {
                    Response::Support => format!("{} declares its support for {whom}.", name(*state)),
                    Response::Consult => format!("{} consults with {whom} and its partners.", name(*state)),
                    Response::Sanction => {
                        format!("{} takes economic measures against {against}.", name(*state))
                    }
                    Response::Aid => format!("{} sends aid to {whom}.", name(*state)),
                    Response::Deploy => {
                        format!("{} deploys forces in support of {whom}, without fighting.", name(*state))
                    }
                    Response::Abstain | Response::Intervene => {
                        format!("{} acts for {whom}.", name(*state))
                    }
                }
            }
            FactKind::PromiseBroken { commitment, .. } => {
                let c = self.scenario.commitment(*commitment);
                let kind = self.scenario.clause_of(*commitment).obligation.noun();
                format!(
                    "{} breaks its {kind} commitment to {} ({}).",
                    name(c.obligor),
                    self.state(c.beneficiary),
                    self.clause(*commitment)
                )
            }
            FactKind::Fought { conflict, strengths, losses, .. } => format!(
                "Fighting goes on in {}: strength {:.3} against {:.3}; losses {:.1}% and {:.1}% of capability.",
                self.conflict(*conflict),
                strengths.0,
                strengths.1,
                losses.0 * 100.0,
                losses.1 * 100.0
            ),
            FactKind::ConflictEnded { conflict, outcome, .. } => {
                let how = match outcome {
                    Outcome::Victory(side) => format!("with the victory of {}", self.side(*conflict, *side)),
                    Outcome::Settlement => "with a settlement".into(),
                    Outcome::Ceasefire => "with a ceasefire".into(),
                    Outcome::Subsided => {
                        return format!("{} dies down.", capitalized(&self.conflict(*conflict)));
                    }
                };
                format!("{} ends {how}.", capitalized(&self.conflict(*conflict)))
            }
            FactKind::Lapsed { commitment, .. } => {
                format!("What was owed lapses: {}.", self.commitment(*commitment))
            }
            FactKind::Judged { state, conflict, verdict } => {
                self.judgement(fact, *state, *conflict, *verdict)
            }
            FactKind::Statecraft(what) => self.statecraft(what),
        }
    }

    /// A decision in a sentence.
    fn decision(
        &self,
        state: StateId,
        choice: Response,
        partner: StateId,
        adversary: StateId,
        trace: &Trace,
    ) -> String {
        let odds = trace.options.iter().find(|o| o.response == choice);
        let odds = odds.map_or(String::new(), |o| format!(" (probability {})", percent(o.probability)));
        let why = if trace.automatic { ", with no choice left" } else { "" };
        let (who, whom, foe) = (self.opening_state(state), self.state(partner), self.state(adversary));
        match choice {
            Response::Abstain => format!("{who} decides to stand aside{why}{odds}."),
            Response::Support => format!("{who} decides to offer {whom} words of support{why}{odds}."),
            Response::Consult => format!("{who} decides to consult with {whom}{why}{odds}."),
            Response::Sanction => format!("{who} decides on economic measures against {foe}{why}{odds}."),
            Response::Aid => format!("{who} decides to send {whom} aid{why}{odds}."),
            Response::Deploy => format!("{who} decides to deploy forces for {whom}{why}{odds}."),
            Response::Intervene => format!("{who} decides to fight for {whom} against {foe}{why}{odds}."),
        }
    }

    /// A verdict in a sentence.
    fn judgement(&self, fact: &Fact, state: StateId, conflict: ConflictId, verdict: Verdict) -> String {
        let until = &self.chronicle.facts()[..fact.id.index()];
        let who = self.opening_state(state);
        let case = self.conflict(conflict);
        match verdict {
            Verdict::Compliant => format!("{who} has done what it owed in {case}."),
            Verdict::BeyondObligation => format!("{who} has done more than it owed in {case}."),
            Verdict::Breach if self.broke(until, state, conflict) => {
                format!("{who} has broken its word in {case}.")
            }
            Verdict::Breach => format!("{who} has fallen short of what it owed in {case}."),
            Verdict::NotTriggered if self.lapsed(until, state, conflict) => {
                format!("What {} owed in {case} lapsed, and it broke no promise.", self.state(state))
            }
            Verdict::NotTriggered => format!("{who} owed nothing in {case}, and broke no promise."),
        }
    }

    /// Whether a state came into a conflict by being attacked.
    fn was_attacked(&self, id: ConflictId, who: StateId) -> bool {
        self.chronicle.facts().iter().any(|f| {
            matches!(f.kind, FactKind::Entered { conflict, state, role: Role::Attacked, .. }
                if (conflict, state) == (id, who))
        })
    }

    /// Whether a state broke a promise not to fight in a conflict.
    fn broke(&self, until: &[Fact], state: StateId, conflict: ConflictId) -> bool {
        until.iter().any(|f| match f.kind {
            FactKind::PromiseBroken { commitment, conflict: c } => {
                c == conflict && self.scenario.commitment(commitment).obligor == state
            }
            _ => false,
        })
    }

    /// Whether something that a state owed in a conflict lapsed.
    fn lapsed(&self, until: &[Fact], state: StateId, conflict: ConflictId) -> bool {
        until.iter().any(|f| match f.kind {
            FactKind::Lapsed { commitment, conflict: c } => {
                c == conflict && self.scenario.commitment(commitment).obligor == state
            }
            _ => false,
        })
    }
}
