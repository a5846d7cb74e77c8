//! The ways in which an article is read, and contradictions within it.

use super::*;

impl Lowering<'_> {
    pub(super) fn readings(
        &mut self,
        file: &ClauseFile,
        clause: &Clause,
        path: &str,
        states: &[State],
    ) -> Vec<Reading> {
        let mut all: Vec<Reading> = Vec::new();
        for (name, reading) in &file.readings {
            let path = format!("{path}/readings/{name}");
            let weight = reading.weight.unwrap_or(1.0);
            self.number(weight, (0.0, 1000.0), "weight", &format!("{path}/weight"));
            let mut held_by = Vec::new();
            for (state, weight) in &reading.held_by {
                let place = format!("{path}/held_by/{state}");
                self.number(*weight, (0.0, 1000.0), "weight", &place);
                held_by.extend(self.state_key(state, &place).map(|s| (s, *weight)));
            }
            if let Some(strength) = reading.strength {
                self.strength(strength, &format!("{path}/strength"));
            }
            let mut trigger = clause.trigger.clone();
            if let Some(theatre) = &reading.theatre {
                trigger.theatre = self.theatre(theatre, &format!("{path}/theatre"), states);
                trigger.homeland = *theatre == Theatre::Homeland;
            }
            if let Some(against) = &reading.against {
                trigger.against = self.states(against, &format!("{path}/against"));
            }
            trigger.on_request = reading.on_request.unwrap_or(trigger.on_request);
            trigger.level = reading.level.unwrap_or(trigger.level);
            trigger.unprovoked = reading.unprovoked.unwrap_or(trigger.unprovoked);
            let clause = Clause {
                trigger,
                performance: reading.response.unwrap_or(clause.performance),
                automaticity: reading.automaticity.unwrap_or(clause.automaticity),
                constitutional: reading.constitutional.unwrap_or(clause.constitutional),
                // A reading that owes help also to one who began reads the reference to the Charter so.
                un_charter: clause.un_charter && reading.unprovoked != Some(false),
                strength: reading.strength.unwrap_or(clause.strength),
                chain: reading.chain.unwrap_or(clause.chain),
                readings: Vec::new(),
                commitments: Vec::new(),
                ..clause.clone()
            };
            let text = reading.text.clone();
            all.push(Reading { name: name.clone(), text, weight, held_by, clause: Box::new(clause) });
        }
        let observers: BTreeSet<StateId> =
            all.iter().flat_map(|r| r.held_by.iter().map(|(s, _)| *s)).collect();
        let nobody = !all.is_empty() && all.iter().all(|r| r.weight <= 0.0);
        let none_for = observers.iter().find(|s| all.iter().all(|r| r.weight_for(**s) <= 0.0));
        if nobody || none_for.is_some() {
            let who = none_for.map_or("most states".into(), |s| format!("`{}`", self.id_of(*s)));
            let message = format!("all readings have weight 0 for {who}, so that none can be held");
            let help = "give at least one reading a weight above 0";
            self.out.add_contradiction(self.places.key(&format!("{path}/readings")), message, help);
        }
        all
    }

    /// What in a clause contradicts itself, or has no effect.
    pub(super) fn contradictions(&mut self, file: &ClauseFile, path: &str) {
        let place = self.places.key(path);
        let passive = !file.obligation.is_active();
        let fights = file.response.is_some_and(|r| r >= Performance::Force);
        if file.obligation == Obligation::Consultation && fights {
            let message = "a duty to consult cannot ask for force".to_owned();
            let help = "write `obligation: Defense`, or `response: Consult`";
            self.out.add_contradiction(place.clone(), message, help);
        }
        if passive && file.response.is_some() {
            let message =
                format!("a duty of {} asks for nothing, so `response` has no effect", file.obligation.noun());
            self.out.add_suspicious(place.clone(), message, "remove `response`");
        }
        let in_defence = matches!(file.obligation, Obligation::Defense | Obligation::Aid);
        if in_defence && file.trigger.partner_attacked {
            let message =
                "help against an attack is owed to a partner that is attacked in any case".to_owned();
            self.out.add_suspicious(place.clone(), message, "remove `partner_attacked`");
        }
        if file.obligation == Obligation::Offense && (file.trigger.unprovoked || file.un_charter) {
            let message = "an offence clause that is not owed to a state that began is owed only where the \
                beneficiary joins the side that was attacked"
                .to_owned();
            let help = "if help against an attack is meant, write `obligation: Defense`";
            self.out.add_suspicious(place, message, help);
        }
    }
}
