//! How a treaty comes into force, who is bound by it and when, and how it ends.

use super::*;

impl Lowering<'_> {
    /// A map from parties to dates, resolved; each date must not lie before `earliest`.
    fn dated(
        &mut self,
        map: &BTreeMap<String, String>,
        parties: &[StateId],
        earliest: Option<Date>,
        (what, path, id): (&str, &str, &str),
    ) -> BTreeMap<StateId, Date> {
        let mut found = BTreeMap::new();
        for (state_id, text) in map {
            let place = format!("{path}/{state_id}");
            let date = self.date(text, &place);
            let Some(state) = self.state_key(state_id, &place) else { continue };
            if !parties.contains(&state) {
                let message = format!("`{state_id}` is named in `{what}` but is not a party to `{id}`");
                self.out.add_contradiction(self.places.key(&place), message, "add it to `parties`");
            }
            let Some(date) = date else { continue };
            if earliest.is_some_and(|earliest| date < earliest) {
                let message =
                    format!("`{what}` has {state_id} at {date}, before the treaty `{id}` was signed");
                self.out.add_dates_out_of_order(self.places.value(&place), message);
            }
            found.insert(state, date);
        }
        found
    }

    /// The parties with their dates, and the states that may accede.
    pub(super) fn members(
        &mut self,
        id: &str,
        file: &TreatyFile,
        parties: &[StateId],
        signed: Option<Date>,
    ) -> Vec<Member> {
        let path = format!("treaties/{id}");
        let joined = self.dated(&file.joined, parties, signed, ("joined", &format!("{path}/joined"), id));
        let left = self.dated(&file.left, parties, signed, ("left", &format!("{path}/left"), id));
        let ratified = match &file.ratification {
            Some(r) => {
                let place = format!("{path}/ratification/by");
                self.dated(&r.by, parties, signed, ("ratification", &place, id))
            }
            None => BTreeMap::new(),
        };
        for (state, day) in &left {
            if joined.get(state).is_some_and(|since| since >= day) {
                let name = self.id_of(*state);
                let message = format!("`{name}` leaves the treaty `{id}` before it joins it");
                self.out.add_dates_out_of_order(self.places.value(&format!("{path}/left/{name}")), message);
            }
        }
        let open = self.states(&file.open_to, &format!("{path}/open_to"));
        for (i, state) in open.iter().enumerate() {
            if parties.contains(state) {
                let message = format!("`{}` is a party to `{id}` already", self.id_of(*state));
                let place = self.places.value(&format!("{path}/open_to/{i}"));
                self.out.add_contradiction(place, message, "take it out of `open_to`");
            }
        }
        let party = |state: &StateId| parties.contains(state);
        let all: BTreeSet<StateId> = parties.iter().chain(&open).copied().collect();
        all.iter()
            .map(|state| Member {
                state: *state,
                party: party(state),
                ratified: ratified.get(state).copied(),
                joined: joined.get(state).copied(),
                left: left.get(state).copied(),
            })
            .collect()
    }

    pub(super) fn ratifications_needed(&mut self, id: &str, file: &TreatyFile) -> Option<u32> {
        let ratification = file.ratification.as_ref()?;
        let parties = file.parties.len() as u32;
        let needed = ratification.needed.unwrap_or(parties);
        if !(1..=parties).contains(&needed) {
            let place = self.places.value(&format!("treaties/{id}/ratification/needed"));
            let range = (1.0, f64::from(parties));
            self.out.add_out_of_range(place, "`needed`", f64::from(needed), range);
        }
        Some(needed)
    }

    pub(super) fn renewal(&mut self, id: &str, file: &TreatyFile) -> Option<Renewal> {
        let renewal = file.renewal?;
        let path = format!("treaties/{id}/renewal");
        let (Renewal::Automatic(months) | Renewal::ByAct(months)) = renewal;
        self.number(f64::from(months), (1.0, 12_000.0), "renewal", &path);
        if file.until.is_none() {
            let message =
                format!("the treaty `{id}` is renewed but has no `until`, so it never comes to that");
            self.out.add_suspicious(self.places.key(&path), message, "add `until`, or remove `renewal`");
        }
        Some(renewal)
    }

    /// Months of notice, and the day before which nobody may leave.
    pub(super) fn terms_of_leaving(
        &mut self,
        id: &str,
        file: &TreatyFile,
        signed: Option<Date>,
    ) -> (u32, Option<Date>) {
        let Some(terms) = &file.denunciation else { return (0, None) };
        let path = format!("treaties/{id}/denunciation");
        self.number(f64::from(terms.notice), (0.0, 1200.0), "notice", &format!("{path}/notice"));
        let place = format!("{path}/not_before");
        let day = terms.not_before.as_ref().and_then(|text| self.date(text, &place));
        if let (Some(day), Some(signed)) = (day, signed)
            && day < signed
        {
            let message = format!("the treaty `{id}` could be left before it was signed");
            self.out.add_dates_out_of_order(self.places.value(&place), message);
        }
        (terms.notice, day)
    }

    pub(super) fn replaced(&mut self, id: &str, file: &TreatyFile, own: TreatyId) -> Vec<TreatyId> {
        let mut found = Vec::new();
        for (i, other) in file.replaces.iter().enumerate() {
            let place = format!("treaties/{id}/replaces/{i}");
            match self.treaty_id(other, &place) {
                Some(treaty) if treaty == own => {
                    let message = format!("the treaty `{id}` replaces itself");
                    let help = "name the older treaty, or remove it";
                    self.out.add_contradiction(self.places.value(&place), message, help);
                }
                Some(treaty) => found.push(treaty),
                None => {}
            }
        }
        found
    }

    /// A treaty is ratified, acceded to and brought into force after it is signed.
    pub(super) fn signed_first(&mut self, file: &ScenarioFile) {
        for (id, inject) in &file.injects {
            let (ActFile::EntryIntoForce(treaty)
            | ActFile::Ratification { treaty, .. }
            | ActFile::Accession { treaty, .. }) = &inject.act
            else {
                continue;
            };
            let signed = file.treaties.get(treaty).and_then(|t| t.signed.parse::<Date>().ok());
            let turn = inject.turn.map(|t| self.calendar.date(Turn(t.saturating_add(1))));
            let day = inject.date.as_ref().and_then(|d| d.parse::<Date>().ok());
            let latest = [turn, day].into_iter().flatten().max();
            if let (Some(signed), Some(latest)) = (signed, latest)
                && latest < signed
                && inject.condition.is_none()
                && inject.hazard.is_none()
            {
                let message =
                    format!("the inject `{id}` comes before the treaty `{treaty}` is signed ({signed})");
                self.out.add_dates_out_of_order(self.places.key(&format!("injects/{id}")), message);
            }
        }
    }

    /// A party leaves a treaty once, unless it comes back in between.
    pub(super) fn leaves_once(&mut self, file: &ScenarioFile) {
        let acts = |wanted: fn(&ActFile) -> Option<(&String, &String)>| -> Vec<(String, (String, String))> {
            let found = file.injects.iter().filter_map(|(id, inject)| {
                wanted(&inject.act).map(|(treaty, by)| (id.clone(), (treaty.clone(), by.clone())))
            });
            found.collect()
        };
        let leaving = acts(|act| match act {
            ActFile::Denunciation { treaty, by } => Some((treaty, by)),
            _ => None,
        });
        let returning = acts(|act| match act {
            ActFile::Accession { treaty, by } => Some((treaty, by)),
            _ => None,
        });
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        for (treaty, t) in &file.treaties {
            seen.extend(t.left.keys().map(|by| (treaty.clone(), by.clone())));
        }
        for (inject, pair) in leaving {
            let comes_back = returning.iter().any(|(_, p)| *p == pair);
            if !seen.insert(pair.clone()) && !comes_back {
                let message = format!("`{}` leaves the treaty `{}` a second time", pair.1, pair.0);
                let help = "the second has no effect: remove one, or let it accede in between";
                self.out.add_suspicious(self.places.key(&format!("injects/{inject}")), message, help);
            }
        }
    }

    /// Treaties that replace each other in a circle would end each other.
    pub(super) fn acyclic_replacements(&mut self, treaties: &[Treaty]) {
        for treaty in treaties {
            for other in &treaty.replaces {
                let back =
                    treaties[other.index()].replaces.iter().any(|t| treaties[t.index()].id == treaty.id);
                if back && treaty.id < treaties[other.index()].id {
                    let place = self.places.value(&format!("treaties/{}/replaces", treaty.id));
                    let message =
                        format!("`{}` and `{}` replace each other", treaty.id, treaties[other.index()].id);
                    self.out.add_cycle(place, message);
                }
            }
        }
    }
}
