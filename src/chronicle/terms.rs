//! The terms of treaties and clauses in words, for those who look at them rather than at what happened.

use super::{Prose, join_words};
use crate::model::{Chain, Obligation, Renewal, StateId};
use crate::scenario::{Clause, Scenario, Treaty};

impl Prose<'_> {
    /// When a clause is owed and how firmly, a phrase for each term.
    pub fn clause_terms(&self, clause: &Clause) -> Vec<String> {
        let trigger = &clause.trigger;
        let mut notes = Vec::new();
        let mut note = |holds: bool, text: &dyn Fn() -> String| {
            if holds {
                notes.push(text());
            }
        };
        let names = |states: &[StateId], word: &str| {
            let names: Vec<&str> = states.iter().map(|s| self.state(*s)).collect();
            names.join(word)
        };
        let acts = clause.obligation.is_active();
        note(trigger.unprovoked || clause.un_charter, &|| "not owed to a state that began".into());
        note(!trigger.against.is_empty(), &|| {
            let allies = if trigger.or_their_allies { " and their allies" } else { "" };
            format!("against {}{allies} only", names(&trigger.against, ", "))
        });
        note(trigger.homeland, &|| "for attacks on home territory".into());
        note(trigger.theatre.is_some(), &|| "for attacks inside the treaty area".into());
        note(acts, &|| format!("from {} on", trigger.level.noun()));
        note(!trigger.forms.is_empty(), &|| {
            let forms: Vec<String> = trigger.forms.iter().map(|f| f.noun().to_owned()).collect();
            format!("for {} only", join_words(&forms))
        });
        note(trigger.adversaries_at_least > 1, &|| {
            format!("against {} adversaries or more", trigger.adversaries_at_least)
        });
        note(!trigger.once_fighting.is_empty(), &|| {
            format!("once {} fights for it", names(&trigger.once_fighting, " or "))
        });
        note(trigger.unmet_demand, &|| "once a demand has been left unmet".into());
        note(trigger.partner_attacked, &|| "only if the partner is itself attacked".into());
        note(!trigger.conflicts.is_empty(), &|| "for a named war only".into());
        note(trigger.on_request, &|| "on request".into());
        note(acts, &|| format!("{}, {}", clause.performance.in_words(), clause.automaticity.in_words()));
        note(clause.constitutional, &|| "subject to constitutional processes".into());
        note(clause.un_charter, &|| "framed by Article 51 of the UN Charter".into());
        note(acts && clause.obligation != Obligation::Consultation, &|| {
            let reach = match clause.chain {
                Chain::None => "for the first victim of a war",
                Chain::DirectVictim => "also if attacked in the course of a war",
                Chain::Transitive => "also in a war entered for another",
            };
            reach.into()
        });
        note(true, &|| {
            let (low, high) = clause.strength.range();
            if low == high {
                format!("read at strength {low:.2}")
            } else {
                format!("read at strength {low:.2} to {high:.2}")
            }
        });
        notes
    }

    /// How a treaty came into force, binds and ends, and who knows of it: a phrase for each term.
    pub fn treaty_terms(&self, treaty: &Treaty) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(date) = treaty.in_force {
            notes.push(format!("in force from {}", date.in_words()));
        }
        if let Some(needed) = treaty.ratifications_needed {
            let done = treaty.members.iter().filter(|m| m.ratified.is_some()).count();
            notes.push(format!("needs {needed} ratifications; {done} are dated"));
        }
        if let Some(date) = treaty.until {
            let then = match treaty.renewal {
                None => String::new(),
                Some(Renewal::Automatic(months)) => format!(", then for {months} months at a time"),
                Some(Renewal::ByAct(months)) => format!(", then for {months} months if renewed"),
            };
            notes.push(format!("until {}{then}", date.in_words()));
        }
        match (treaty.notice, treaty.not_before) {
            (0, None) => {}
            (0, Some(day)) => notes.push(format!("may be left from {}", day.in_words())),
            (months, None) => notes.push(format!("may be left with {months} months' notice")),
            (months, Some(day)) => {
                notes.push(format!("may be left with {months} months' notice, from {}", day.in_words()));
            }
        }
        if treaty.secret {
            let known: Vec<String> = treaty.known_to.iter().map(|s| self.state(*s).to_owned()).collect();
            notes.push(match known.is_empty() {
                true => "secret: known to its parties alone".into(),
                false => format!("secret: known also to {}", join_words(&known)),
            });
        }
        let ties = [
            (treaty.depth.contacts, "common plans"),
            (treaty.depth.command, "a common command"),
            (treaty.depth.bases, "bases"),
            (treaty.depth.aid, "military aid"),
        ];
        let ties: Vec<String> =
            ties.iter().filter(|(has, _)| *has).map(|(_, tie)| (*tie).to_owned()).collect();
        if !ties.is_empty() {
            notes.push(format!("deepened by {}", join_words(&ties)));
        }
        for (state, name) in &treaty.called {
            notes.push(format!("{} calls it {name}", self.state(*state)));
        }
        for replaced in &treaty.replaces {
            notes.push(format!("takes the place of {}", self.treaty(*replaced)));
        }
        notes
    }

    /// The readings of a clause, each with who is likeliest to hold it.
    pub fn clause_readings(&self, scenario: &Scenario, clause: &Clause) -> Vec<String> {
        let likeliest = |state: StateId| {
            let weights = clause.readings.iter().map(|r| r.weight_for(state));
            weights.fold(0.0, f64::max)
        };
        let of = |reading: &crate::scenario::Reading| {
            let holders = scenario.state_ids().filter(|s| {
                let named = reading.held_by.iter().any(|(h, _)| h == s);
                named && reading.weight_for(*s) >= likeliest(*s)
            });
            let holders: Vec<String> = holders.map(|s| self.state(s).to_owned()).collect();
            let text = if reading.text.is_empty() { &reading.name } else { &reading.text };
            match holders.is_empty() {
                true => text.clone(),
                false => format!("{text} (likeliest: {})", join_words(&holders)),
            }
        };
        clause.readings.iter().map(of).collect()
    }
}
