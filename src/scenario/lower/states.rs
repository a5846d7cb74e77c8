//! States, and how they stand to each other.

use super::*;

impl Lowering<'_> {
    pub(super) fn all_states(&mut self, file: &ScenarioFile) -> Vec<State> {
        if file.states.is_empty() && !self.is_lost("states") {
            let help = "add `states: {...}`";
            self.out.add_empty(self.places.key("states"), "there are no states".into(), help);
        }
        if file.states.len() > MOST_STATES {
            let range = (2.0, MOST_STATES as f64);
            let count = file.states.len() as f64;
            self.out.add_out_of_range(self.places.key("states"), "the number of states", count, range);
        }
        file.states.iter().map(|(id, state)| self.one_state(id, state)).collect()
    }

    pub(super) fn one_state(&mut self, id: &str, state: &StateFile) -> State {
        let path = format!("states/{id}");
        self.number(state.capital.lat, (-90.0, 90.0), "lat", &format!("{path}/capital/lat"));
        self.number(state.capital.lon, (-180.0, 180.0), "lon", &format!("{path}/capital/lon"));
        self.share(state.capability, "capability", &format!("{path}/capability"));
        self.share(state.democracy, "democracy", &format!("{path}/democracy"));
        self.share(state.resolve, "resolve", &format!("{path}/resolve"));
        self.share(state.intelligence, "intelligence", &format!("{path}/intelligence"));
        if let Some(m) = &state.munitions {
            for (what, value) in
                [("stock", m.stock), ("production", m.production), ("consumption", m.consumption)]
            {
                self.number(value, (0.0, 1e9), what, &format!("{path}/munitions/{what}"));
            }
        }
        if let WarPowers::Legislature { threshold, turns } = state.war_powers {
            self.share(threshold, "threshold", &format!("{path}/war_powers/threshold"));
            self.turns_ahead(turns, "turns", &format!("{path}/war_powers/turns"));
        }
        let may_fight_if = state.may_fight_if.as_ref().and_then(|case| {
            let condition = self.condition(&case.condition, &format!("{path}/may_fight_if/condition"), 0)?;
            Some((case.name.clone(), condition))
        });
        if state.may_fight_if.is_some() && state.war_powers != WarPowers::SelfDefence {
            let message = "`may_fight_if` has no effect without `war_powers: SelfDefence`".into();
            let help = "write `war_powers: SelfDefence`, or remove `may_fight_if`";
            self.out.add_suspicious(self.places.key(&format!("{path}/may_fight_if")), message, help);
        }
        if id.is_empty() {
            self.out.add_empty(
                self.places.key(&path),
                "a state has an empty id".into(),
                "give it a short name",
            );
        }
        self.sources(&state.sources, &format!("the state `{id}`"), &path);
        let region = self.region(&state.region, &format!("{path}/region")).unwrap_or(RegionId(0));
        State {
            id: id.to_owned(),
            key: Key::of("state").and(id),
            name: state.name.clone(),
            capital: state.capital.name.clone(),
            position: Position { lat: state.capital.lat, lon: state.capital.lon },
            region,
            capability: state.capability,
            nuclear: state.nuclear,
            democracy: state.democracy,
            resolve: state.resolve,
            intelligence: state.intelligence,
            munitions: state.munitions,
            war_powers: state.war_powers,
            war_powers_text: state.war_powers_text.clone(),
            control: state.control,
            may_fight_if,
            territory: state.territory.clone().unwrap_or_else(|| vec![id.to_owned()]),
            sources: state.sources.clone(),
        }
    }

    pub(super) fn dyads(&mut self, file: &ScenarioFile, states: &[State]) -> Dyads {
        let mut dyads = Dyads::new(states.iter().map(|s| s.position));
        let mut layers = Vec::new();
        for (i, relation) in file.relations.iter().enumerate() {
            let path = format!("relations/{i}");
            if let Some(h) = relation.hostility {
                self.share(h, "hostility", &format!("{path}/hostility"));
            }
            if let Some(a) = relation.affinity {
                self.share(a, "affinity", &format!("{path}/affinity"));
            }
            self.sources(&relation.sources, "this relation", &path);
            let from = self.states(&relation.from, &format!("{path}/from"));
            let to = self.states(&relation.to, &format!("{path}/to"));
            let mut pairs = BTreeSet::new();
            for (&a, &b) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b))) {
                if a != b {
                    pairs.insert((a, b));
                    if relation.mutual {
                        pairs.insert((b, a));
                    }
                }
            }
            if pairs.is_empty() && !from.is_empty() && !to.is_empty() {
                let message = "this relation is of a state to itself".into();
                self.out.add_to_itself(self.places.value(&path), message);
            }
            layers.push((pairs, relation, path));
        }
        // The entry that names fewer pairs is the more specific one and prevails.
        layers.sort_by_key(|(pairs, ..)| std::cmp::Reverse(pairs.len()));
        let mut set: BTreeMap<(StateId, StateId, &str), (usize, f64)> = BTreeMap::new();
        for (pairs, relation, path) in &layers {
            let values = [
                ("hostility", relation.hostility),
                ("affinity", relation.affinity),
                ("contiguous", relation.contiguous.map(f64::from)),
            ];
            let given = values.into_iter().filter_map(|(what, value)| Some((what, value?)));
            for (&(a, b), (what, value)) in pairs.iter().flat_map(|p| given.clone().map(move |g| (p, g))) {
                match set.insert((a, b, what), (pairs.len(), value)) {
                    Some((n, other)) if n == pairs.len() && other != value => {
                        let (a, b) = (&states[a.index()].id, &states[b.index()].id);
                        let message =
                            format!("`{what}` of {a} to {b} is given twice, as {other} and as {value}");
                        let help = "give it once, or once for a larger group and once for a smaller";
                        self.out.add_contradiction(self.places.value(path), message, help);
                    }
                    _ => {}
                }
            }
        }
        for ((a, b, what), (_, value)) in set {
            match what {
                "hostility" => _ = dyads.set(a, b, Some(value), None),
                "affinity" => _ = dyads.set(a, b, None, Some(value)),
                _ => dyads.set_contiguous(a, b, value != 0.0),
            }
        }
        dyads
    }
}
