//! Treaties, their clauses and commitments, and pledges outside them.

use super::*;

impl Lowering<'_> {
    pub(super) fn treaty(
        &mut self,
        id: &str,
        file: &TreatyFile,
        states: &[State],
        clauses: &mut Vec<Clause>,
        commitments: &mut Vec<Commitment>,
    ) -> Treaty {
        let path = format!("treaties/{id}");
        let treaty = self.treaties.get(id).copied().unwrap_or(TreatyId(0));
        let parties = self.states(&file.parties, &format!("{path}/parties"));
        if self.is_lost(&format!("{path}/parties")) {
            // Reported where it was read.
        } else if file.parties.is_empty() {
            let span = self.places.key(&format!("{path}/parties"));
            self.out.add_empty(span, format!("the treaty `{id}` has no parties"), "name at least two states");
        } else if parties.len() == 1
            && file.parties.len() == 1
            && file.clauses.values().all(|c| c.beneficiaries.is_empty())
        {
            let message = format!("the treaty `{id}` has one party, which would owe everything to itself");
            self.out.add_to_itself(self.places.value(&format!("{path}/parties")), message);
        }
        if file.clauses.is_empty() && !self.is_lost(&format!("{path}/clauses")) {
            let message = format!("the treaty `{id}` has no clauses, so it obliges nobody");
            self.out.add_suspicious(self.places.key(&path), message, "add a clause, or remove the treaty");
        }
        let dates = [
            ("signed", Some(&file.signed)),
            ("in_force", file.in_force.as_ref()),
            ("until", file.until.as_ref()),
        ];
        let dates = dates.map(|(field, text)| {
            text.and_then(|text| self.date(text, &format!("{path}/{field}"))).map(|date| (field, date))
        });
        let given: Vec<(&str, Date)> = dates.iter().flatten().copied().collect();
        for pair in given.windows(2) {
            let [(earlier, a), (later, b)] = pair else { continue };
            if a > b {
                let message = format!("the treaty `{id}`: `{later}` ({b}) lies before `{earlier}` ({a})");
                self.out.add_dates_out_of_order(self.places.value(&format!("{path}/{later}")), message);
            }
        }
        self.sources(&file.sources, &format!("the treaty `{id}`"), &path);
        let [signed, in_force, until] = dates.map(|d| d.map(|(_, date)| date));
        let members = self.members(id, file, &parties, signed);
        let terms = self.terms_of_leaving(id, file, signed);
        let mut own = Vec::new();
        for (article, clause) in &file.clauses {
            let clause_id = ClauseId(clauses.len() as u32);
            let clause = self.clause(id, article, clause, treaty, clause_id, &members, states, commitments);
            clauses.push(Clause { secret: file.secret || clause.secret, ..clause });
            own.push(clause_id);
        }
        Treaty {
            id: id.to_owned(),
            key: Key::of("treaty").and(id),
            name: file.name.clone(),
            short: file.short.clone().unwrap_or_else(|| file.name.clone()),
            parties,
            signed: signed.unwrap_or(self.calendar.start),
            in_force,
            until,
            renewal: self.renewal(id, file),
            ratifications_needed: self.ratifications_needed(id, file),
            notice: terms.0,
            not_before: terms.1,
            members,
            draft: file.draft,
            called: self.called(id, file),
            replaces: self.replaced(id, file, treaty),
            secret: file.secret,
            known_to: self.states(&file.known_to, &format!("{path}/known_to")),
            depth: file.depth,
            clauses: own,
            sources: file.sources.clone(),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the lists being built and the place of the clause in them"
    )]
    pub(super) fn clause(
        &mut self,
        treaty_id: &str,
        article: &str,
        file: &ClauseFile,
        treaty: TreatyId,
        clause_id: ClauseId,
        members: &[Member],
        states: &[State],
        commitments: &mut Vec<Commitment>,
    ) -> Clause {
        let path = format!("treaties/{treaty_id}/clauses/{article}");
        self.strength(file.strength, &format!("{path}/strength"));
        let tempo = f64::from(file.tempo);
        self.number(tempo, (1.0, f64::from(MOST_TURNS)), "tempo", &format!("{path}/tempo"));
        let parties: Vec<StateId> = members.iter().map(|m| m.state).collect();
        let or_parties = |given: Vec<StateId>, file: &[String]| match file.is_empty() {
            true => parties.clone(),
            false => given,
        };
        let obligors = self.states(&file.obligors, &format!("{path}/obligors"));
        for (i, id) in file.obligors.iter().enumerate() {
            if self.states.get(id).is_some_and(|s| !parties.contains(s)) {
                let message = format!("`{id}` is bound by this clause but is not a party to `{treaty_id}`");
                let help = "add it to `parties`, or take it out of `obligors`";
                self.out.add_contradiction(self.places.value(&format!("{path}/obligors/{i}")), message, help);
            }
        }
        let beneficiaries = self.states(&file.beneficiaries, &format!("{path}/beneficiaries"));
        let obligors = or_parties(obligors, &file.obligors);
        let beneficiaries = or_parties(beneficiaries, &file.beneficiaries);
        let named = !file.obligors.is_empty() || !file.beneficiaries.is_empty();
        if obligors.len() == 1 && obligors == beneficiaries && (named || parties.len() > 1) {
            let message = format!("`{}` would owe this to itself", states[obligors[0].index()].id);
            self.out.add_to_itself(self.places.key(&path), message);
        }
        let first = commitments.len();
        let address = Key::of("treaty").and(treaty_id).and(article);
        if first + obligors.len() * beneficiaries.len() > MOST_COMMITMENTS {
            let range = (0.0, MOST_COMMITMENTS as f64);
            self.out.add_out_of_range(
                self.places.key(&path),
                "the number of commitments",
                (first + obligors.len() * beneficiaries.len()) as f64,
                range,
            );
        } else {
            for &obligor in &obligors {
                for &beneficiary in beneficiaries.iter().filter(|b| **b != obligor) {
                    let key = address.and(&states[obligor.index()].id).and(&states[beneficiary.index()].id);
                    commitments.push(Commitment { clause: clause_id, obligor, beneficiary, key });
                }
            }
        }
        let trigger = self.trigger(file, &path, states);
        let mut clause = Clause {
            treaty,
            article: article.to_owned(),
            key: address,
            obligation: file.obligation,
            text: file.text.clone(),
            trigger,
            performance: file.response.unwrap_or(match file.obligation {
                Obligation::Aid => Performance::MaterielOnly,
                Obligation::Consultation => Performance::Consult,
                _ => Performance::Force,
            }),
            automaticity: file.automaticity,
            constitutional: file.constitutional,
            un_charter: file.un_charter,
            strength: file.strength,
            chain: file.chain,
            tempo: file.tempo,
            secret: file.secret,
            readings: Vec::new(),
            commitments: (first as u32..commitments.len() as u32).map(CommitmentId).collect(),
        };
        self.contradictions(file, &path);
        clause.readings = self.readings(file, &clause, &path, states);
        clause
    }

    pub(super) fn strength(&mut self, strength: Strength, path: &str) {
        match strength {
            Strength::Exact(x) => {
                self.share(x, "strength", path);
            }
            Strength::Between(low, likely, high) => {
                let all = [low, likely, high].map(|x| self.share(x, "strength", path));
                if all == [true; 3] && !(low <= likely && likely <= high) {
                    let message = format!("the strength runs from {low} over {likely} to {high}");
                    let help = "write `Between(low, likely, high)` with low <= likely <= high";
                    self.out.add_contradiction(self.places.value(path), message, help);
                }
            }
        }
    }

    pub(super) fn trigger(&mut self, file: &ClauseFile, path: &str, states: &[State]) -> Trigger {
        let trigger = &file.trigger;
        let path = format!("{path}/trigger");
        let against = self.states(&trigger.against, &format!("{path}/against"));
        let theatre = self.theatre(&trigger.theatre, &format!("{path}/theatre"), states);
        let conflicts = self.conflict_ids(&trigger.conflicts, &format!("{path}/conflicts"));
        let number = f64::from(trigger.adversaries_at_least);
        self.number(number, (1.0, 1000.0), "adversaries_at_least", &format!("{path}/adversaries_at_least"));
        if trigger.or_their_allies && against.is_empty() {
            let message = "`or_their_allies` has no effect without `against`".into();
            let span = self.value(&format!("{path}/or_their_allies"));
            self.out.add_suspicious(span, message, "name the adversaries in `against`");
        }
        Trigger {
            level: trigger.level,
            forms: trigger.forms.iter().copied().collect::<BTreeSet<_>>().into_iter().collect(),
            unprovoked: trigger.unprovoked,
            against,
            or_their_allies: trigger.or_their_allies,
            theatre,
            homeland: trigger.theatre == Theatre::Homeland,
            adversaries_at_least: trigger.adversaries_at_least,
            on_request: trigger.on_request,
            conflicts,
            unmet_demand: trigger.unmet_demand,
            once_fighting: self.states(&trigger.once_fighting, &format!("{path}/once_fighting")),
            partner_attacked: trigger.partner_attacked,
        }
    }

    /// The states on whose territory an attack must fall; `None` for anywhere.
    pub(super) fn theatre(
        &mut self,
        theatre: &Theatre,
        place: &str,
        states: &[State],
    ) -> Option<Vec<StateId>> {
        let Theatre::Within { regions, states: named } = theatre else { return None };
        if regions.is_empty() && named.is_empty() {
            let message = "the theatre holds no region and no state, so the clause is never owed".into();
            let help = "name regions or states, or write `Anywhere`";
            self.out.add_empty(self.places.value(place), message, help);
        }
        let mut within: BTreeSet<StateId> =
            self.states(named, &format!("{place}/states")).into_iter().collect();
        for (i, region) in regions.iter().enumerate() {
            if let Some(region) = self.region(region, &format!("{place}/regions/{i}")) {
                let there = states.iter().zip(0..).filter(|(s, _)| s.region == region);
                within.extend(there.map(|(_, i)| StateId(i)));
            }
        }
        Some(within.into_iter().collect())
    }

    pub(super) fn pledge(&mut self, id: &str, file: &PledgeFile) -> Option<Pledge> {
        let path = format!("pledges/{id}");
        self.share(file.strength, "strength", &format!("{path}/strength"));
        self.sources(&file.sources, &format!("the pledge `{id}`"), &path);
        let made = file.made.as_ref().and_then(|date| self.date(date, &format!("{path}/made")));
        let by = self.state(&file.by, &format!("{path}/by"));
        let to = self.state(&file.to, &format!("{path}/to"));
        let against = self.states(&file.against, &format!("{path}/against"));
        let (by, to) = self.two_states(by?, to?, &file.by, &path)?;
        let made = match made {
            Some(date) if date >= self.calendar.start => self.calendar.turn_of(date),
            _ => Turn(0),
        };
        Some(Pledge {
            id: id.to_owned(),
            key: Key::of("pledge").and(id),
            by,
            to,
            text: file.text.clone(),
            against,
            strength: file.strength,
            unprovoked: file.unprovoked,
            made,
            sources: file.sources.clone(),
        })
    }
}
