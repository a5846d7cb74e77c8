//! [`ScenarioFile`] to [`Scenario`]: resolves every reference, checks every value, reports all that is
//! wrong at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::file::{
    ActFile, ClaimFile, ClauseFile, ConditionFile, ConflictFile, InjectFile, PledgeFile, ScenarioFile,
    StateFile, TreatyFile,
};
use super::locate::Places;
use super::read::Read;
use super::rules::Preset;
use super::valid::{
    Act, Claim, Clause, Commitment, Condition, Conflict, Dyads, Expectation, Incident, Inject, Pledge,
    Region, Scenario, Source, State, Treaty, Trigger,
};
use crate::diagnostics::Diagnostics;
use crate::model::{
    Calendar, ClauseId, CommitmentId, Date, Decision, InjectId, Key, Obligation, Performance, Position,
    RegionId, Side, StateId, Strength, Theatre, TreatyId, Turn, TurnLength, WarPowers,
};

/// The most states, and the most commitments, that a scenario may have.
const MOST_STATES: usize = 2_000;
const MOST_COMMITMENTS: usize = 1_000_000;
/// The most turns that a scenario may last.
const MOST_TURNS: u32 = 10_000;
/// How deeply conditions may be nested.
const MOST_NESTING: usize = 16;

/// Checks and resolves a file that was read.
pub fn lower(name: &str, read: Read<ScenarioFile>, out: &mut Diagnostics) -> Option<Scenario> {
    let Read { file, places, dropped } = read;
    let file = file?;
    Lowering::new(&file, places, dropped, out).scenario(name, &file)
}

/// The ids that a file defines, and what is needed to report on references to them.
pub(super) struct Lowering<'o> {
    out: &'o mut Diagnostics,
    places: Places,
    dropped: BTreeSet<String>,
    regions: BTreeMap<String, RegionId>,
    states: BTreeMap<String, StateId>,
    treaties: BTreeMap<String, TreatyId>,
    injects: BTreeMap<String, InjectId>,
    sources: BTreeSet<String>,
    calendar: Calendar,
    last: Turn,
}

/// The ids of a map in order, numbered.
fn number<T, Id>(map: &BTreeMap<String, T>, id: impl Fn(u32) -> Id) -> BTreeMap<String, Id> {
    map.keys().zip(0..).map(|(key, i)| (key.clone(), id(i))).collect()
}

impl<'o> Lowering<'o> {
    fn new(file: &ScenarioFile, places: Places, dropped: BTreeSet<String>, out: &'o mut Diagnostics) -> Self {
        let fallback = Calendar {
            start: "2000-01-01".parse().unwrap_or_else(|_| unreachable!("a constant date")),
            length: TurnLength::Months(1),
        };
        Self {
            out,
            places,
            dropped,
            regions: number(&file.regions, RegionId),
            states: number(&file.states, StateId),
            treaties: number(&file.treaties, TreatyId),
            injects: number(&file.injects, InjectId),
            sources: file.sources.keys().cloned().collect(),
            calendar: fallback,
            last: Turn(MOST_TURNS),
        }
    }

    /// For orders given to a scenario that is already resolved.
    pub(super) fn for_orders(scenario: &Scenario, places: Places, out: &'o mut Diagnostics) -> Self {
        fn number_of<'a, Id>(
            ids: impl Iterator<Item = &'a String>,
            id: impl Fn(u32) -> Id,
        ) -> BTreeMap<String, Id> {
            ids.zip(0..).map(|(key, i)| (key.clone(), id(i))).collect()
        }
        Self {
            out,
            places,
            dropped: BTreeSet::new(),
            regions: number_of(scenario.regions.iter().map(|r| &r.id), RegionId),
            states: number_of(scenario.states.iter().map(|s| &s.id), StateId),
            treaties: number_of(scenario.treaties.iter().map(|t| &t.id), TreatyId),
            injects: number_of(scenario.injects.iter().map(|i| &i.id), InjectId),
            sources: scenario.sources.iter().map(|s| s.key.clone()).collect(),
            calendar: scenario.calendar,
            last: Turn(scenario.turns),
        }
    }

    fn value(&self, path: &str) -> Range<usize> {
        self.places.value(path)
    }

    fn scenario(mut self, name: &str, file: &ScenarioFile) -> Option<Scenario> {
        match file.format {
            1 => {}
            0 => self.missing("format"),
            other => {
                self.out.add_unknown_format(self.places.value("format"), other);
                return None;
            }
        }
        if file.title.is_empty() {
            self.missing("title");
        }
        self.calendar(file);
        let turns = self.turns(file);
        if file.turns == Some(turns) && !self.is_lost("turns") {
            self.last = Turn(turns);
        }
        self.rules(file);
        let regions = file.regions.iter();
        let regions = regions.map(|(id, r)| Region { id: id.clone(), name: r.name.clone() }).collect();
        let states = self.all_states(file);
        if states.len() > MOST_STATES {
            return None;
        }
        let dyads = self.dyads(file, &states);
        let mut treaties = Vec::new();
        let mut clauses = Vec::new();
        let mut commitments = Vec::new();
        for (id, treaty) in &file.treaties {
            let lowered = self.treaty(id, treaty, &states, &mut clauses, &mut commitments);
            treaties.push(lowered);
        }
        self.keys_differ(states.iter().map(|s| (s.key, s.id.as_str())));
        let pledges = file.pledges.iter().filter_map(|(id, p)| self.pledge(id, p)).collect();
        let conflicts = file.conflicts.iter().filter_map(|(id, c)| self.conflict(id, c)).collect();
        let injects = file.injects.iter().filter_map(|(id, i)| self.inject(id, i)).collect();
        self.acyclic_injects(file);
        let expect = self.expectations(file, Turn(turns));
        Some(Scenario {
            name: name.to_owned(),
            title: file.title.clone(),
            summary: file.summary.clone(),
            background: file.background.clone(),
            learning_goals: file.learning_goals.clone(),
            questions: file.questions.clone(),
            limits: file.limits.clone(),
            calendar: self.calendar,
            turns,
            seed: file.seed.unwrap_or(1),
            map: file.map.clone(),
            view: self.view(file),
            rules: file.rules.resolve(),
            preset: file.rules.preset.unwrap_or(Preset::Historical),
            sources: file
                .sources
                .iter()
                .map(|(key, s)| Source {
                    key: key.clone(),
                    title: s.title.clone(),
                    year: s.year,
                    at: s.at.clone(),
                    confidence: s.confidence,
                })
                .collect(),
            regions,
            states,
            dyads,
            treaties,
            clauses,
            commitments,
            pledges,
            conflicts,
            injects,
            expect,
        })
    }

    /// A field of the scenario itself is missing, unless it is there and could not be read.
    fn missing(&mut self, field: &str) {
        if !self.dropped.contains(field) {
            let opening = self.places.opening();
            self.out.add_missing_field(opening..opening + 1, field);
        }
    }

    /// Whether an id, or all ids of its kind, were left out because they could not be read.
    fn is_dropped(&self, kind: &str, id: &str) -> bool {
        let damaged = |key: &str| !key.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c));
        // An entry whose own id could not be made out may have been this one.
        let lost = self.dropped.iter().filter_map(|path| path.strip_prefix(kind)?.strip_prefix('/'));
        let mut lost = lost.filter(|rest| !rest.contains('/'));
        self.dropped.contains(kind)
            || self.dropped.contains(&format!("{kind}/{id}"))
            || lost.any(|key| damaged(key) || key.chars().all(|c| c.is_ascii_digit()))
    }

    fn calendar(&mut self, file: &ScenarioFile) {
        match &file.start {
            Some(start) => {
                if let Some(date) = self.date(start, "start") {
                    self.calendar.start = date;
                }
            }
            None => self.missing("start"),
        }
        match file.turn {
            Some(TurnLength::Days(0) | TurnLength::Months(0)) => {
                let span = self.value("turn");
                self.out.add_out_of_range(span, "the length of a turn", 0.0, (1.0, 3650.0));
            }
            Some(TurnLength::Days(n) | TurnLength::Months(n)) if n > 3650 => {
                let span = self.value("turn");
                self.out.add_out_of_range(span, "the length of a turn", f64::from(n), (1.0, 3650.0));
            }
            Some(length) => self.calendar.length = length,
            None => self.missing("turn"),
        }
    }

    fn view(&mut self, file: &ScenarioFile) -> Option<(Position, Position)> {
        let (west, south, east, north) = file.view?;
        let fine = [
            self.number(west, (-180.0, 180.0), "west", "view/0"),
            self.number(south, (-90.0, 90.0), "south", "view/1"),
            self.number(east, (-180.0, 180.0), "east", "view/2"),
            self.number(north, (-90.0, 90.0), "north", "view/3"),
        ];
        if fine == [true; 4] && !(west < east && south < north) {
            let message = "the view has no extent: west lies east of east, or south north of north".into();
            self.out.add_contradiction(
                self.places.value("view"),
                message,
                "write (west, south, east, north)",
            );
            return None;
        }
        let corner = |lat, lon| Position { lat, lon };
        Some((corner(south, west), corner(north, east)))
    }

    fn turns(&mut self, file: &ScenarioFile) -> u32 {
        let Some(turns) = file.turns else {
            self.missing("turns");
            return 1;
        };
        if !(1..=MOST_TURNS).contains(&turns) {
            let range = (1.0, f64::from(MOST_TURNS));
            self.out.add_out_of_range(self.places.value("turns"), "`turns`", f64::from(turns), range);
            return 1;
        }
        turns
    }

    fn rules(&mut self, file: &ScenarioFile) {
        for (parameter, value) in file.rules.given() {
            self.number(value, parameter.range, parameter.name, &format!("rules/{}", parameter.name));
        }
        if let Some(Decision::Fixed(p)) = file.rules.decision {
            self.number(p, (0.0, 1.0), "the probability", "rules/decision");
        }
    }

    /// Checks that a number lies in its range; NaN lies in none.
    fn number(&mut self, value: f64, range: (f64, f64), what: &str, path: &str) -> bool {
        let fine = (range.0..=range.1).contains(&value);
        if !fine {
            let span = self.value(path);
            self.out.add_out_of_range(span, &format!("`{what}`"), value, range);
        }
        fine
    }

    /// Checks that a delay is one that a scenario can last.
    fn turns_ahead(&mut self, turns: u32, what: &str, path: &str) {
        self.number(f64::from(turns), (0.0, f64::from(MOST_TURNS)), what, path);
    }

    fn share(&mut self, value: f64, what: &str, path: &str) -> bool {
        self.number(value, (0.0, 1.0), what, path)
    }

    fn date(&mut self, text: &str, path: &str) -> Option<Date> {
        text.parse().map_err(|why: String| self.out.add_bad_date(self.places.value(path), text, &why)).ok()
    }

    /// Whether a value, or something in it, could not be read and was reported.
    fn is_lost(&self, path: &str) -> bool {
        self.dropped
            .iter()
            .any(|d| d == path || d.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    fn state(&mut self, id: &str, path: &str) -> Option<StateId> {
        let found = self.states.get(id).copied();
        if found.is_none() && !self.dropped.contains(path) && !self.is_dropped("states", id) {
            let span = self.places.value(path);
            self.out.add_unknown_reference(span, "state", id, self.states.keys().map(String::as_str));
        }
        found
    }

    fn states(&mut self, ids: &[String], path: &str) -> Vec<StateId> {
        let mut found = Vec::with_capacity(ids.len());
        for (i, id) in ids.iter().enumerate() {
            let at = format!("{path}/{i}");
            if let Some(state) = self.state(id, &at) {
                if found.contains(&state) {
                    self.out.add_duplicate(self.places.value(&at), "the state", id);
                }
                found.push(state);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn treaty_id(&mut self, id: &str, path: &str) -> Option<TreatyId> {
        let found = self.treaties.get(id).copied();
        if found.is_none() && !self.is_dropped("treaties", id) {
            let span = self.places.value(path);
            self.out.add_unknown_reference(span, "treaty", id, self.treaties.keys().map(String::as_str));
        }
        found
    }

    fn region(&mut self, id: &str, path: &str) -> Option<RegionId> {
        let found = self.regions.get(id).copied();
        if found.is_none() && !self.is_dropped("regions", id) {
            let span = self.places.value(path);
            self.out.add_unknown_reference(span, "region", id, self.regions.keys().map(String::as_str));
        }
        found
    }

    fn sources(&mut self, keys: &[String], what: &str, path: &str) {
        for (i, key) in keys.iter().enumerate() {
            if !self.sources.contains(key) && !self.is_dropped("sources", key) {
                let span = self.places.value(&format!("{path}/sources/{i}"));
                self.out.add_unknown_reference(span, "source", key, self.sources.iter().map(String::as_str));
            }
        }
        // A scenario without any sources is an imagined one.
        if keys.is_empty() && !self.sources.is_empty() && self.places.holds(path) {
            self.out.add_unsourced(self.places.key(path), what);
        }
    }

    fn all_states(&mut self, file: &ScenarioFile) -> Vec<State> {
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

    fn one_state(&mut self, id: &str, state: &StateFile) -> State {
        let path = format!("states/{id}");
        self.number(state.capital.lat, (-90.0, 90.0), "lat", &format!("{path}/capital/lat"));
        self.number(state.capital.lon, (-180.0, 180.0), "lon", &format!("{path}/capital/lon"));
        self.share(state.capability, "capability", &format!("{path}/capability"));
        self.share(state.democracy, "democracy", &format!("{path}/democracy"));
        self.share(state.resolve, "resolve", &format!("{path}/resolve"));
        if let WarPowers::Legislature { threshold, turns } = state.war_powers {
            self.share(threshold, "threshold", &format!("{path}/war_powers/threshold"));
            self.turns_ahead(turns, "turns", &format!("{path}/war_powers/turns"));
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
            war_powers: state.war_powers,
            war_powers_text: state.war_powers_text.clone(),
            territory: state.territory.clone().unwrap_or_else(|| vec![id.to_owned()]),
            sources: state.sources.clone(),
        }
    }

    /// Two ids with the same address would share their chance.
    fn keys_differ<'a>(&mut self, keys: impl Iterator<Item = (Key, &'a str)>) {
        let mut seen = BTreeMap::new();
        for (key, id) in keys {
            if let Some(other) = seen.insert(key, id) {
                let message = format!("the ids `{other}` and `{id}` have the same address by accident");
                self.out.add_contradiction(
                    self.places.key(&format!("states/{id}")),
                    message,
                    "rename one of them",
                );
            }
        }
    }

    fn dyads(&mut self, file: &ScenarioFile, states: &[State]) -> Dyads {
        let mut dyads = Dyads::new(states.iter().map(|s| s.position).collect());
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
                "hostility" => dyads.set(a, b, Some(value), None),
                "affinity" => dyads.set(a, b, None, Some(value)),
                _ => dyads.set_contiguous(a, b, value != 0.0),
            }
        }
        dyads
    }

    fn treaty(
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
        let mut own = Vec::new();
        for (article, clause) in &file.clauses {
            let clause_id = ClauseId(clauses.len() as u32);
            let clause = self.clause(id, article, clause, treaty, clause_id, &parties, states, commitments);
            clauses.push(clause);
            own.push(clause_id);
        }
        let [signed, in_force, until] = dates.map(|d| d.map(|(_, date)| date));
        Treaty {
            id: id.to_owned(),
            name: file.name.clone(),
            short: file.short.clone().unwrap_or_else(|| file.name.clone()),
            parties,
            signed: signed.unwrap_or(self.calendar.start),
            in_force,
            until,
            secret: file.secret,
            clauses: own,
            sources: file.sources.clone(),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the lists being built and the place of the clause in them"
    )]
    fn clause(
        &mut self,
        treaty_id: &str,
        article: &str,
        file: &ClauseFile,
        treaty: TreatyId,
        clause_id: ClauseId,
        parties: &[StateId],
        states: &[State],
        commitments: &mut Vec<Commitment>,
    ) -> Clause {
        let path = format!("treaties/{treaty_id}/clauses/{article}");
        self.strength(file.strength, &format!("{path}/strength"));
        self.turns_ahead(file.tempo, "tempo", &format!("{path}/tempo"));
        let or_parties = |given: Vec<StateId>, file: &[String]| match file.is_empty() {
            true => parties.to_vec(),
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
        if obligors.len() == 1 && obligors == beneficiaries && parties.len() > 1 {
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
        Clause {
            treaty,
            article: article.to_owned(),
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
            commitments: (first as u32..commitments.len() as u32).map(CommitmentId).collect(),
        }
    }

    fn strength(&mut self, strength: Strength, path: &str) {
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

    fn trigger(&mut self, file: &ClauseFile, path: &str, states: &[State]) -> Trigger {
        let trigger = &file.trigger;
        let path = format!("{path}/trigger");
        let against = self.states(&trigger.against, &format!("{path}/against"));
        let theatre = match &trigger.theatre {
            Theatre::Anywhere | Theatre::Homeland => None,
            Theatre::Within { regions, states: named } => {
                let place = format!("{path}/theatre");
                if regions.is_empty() && named.is_empty() {
                    let message =
                        "the theatre holds no region and no state, so the clause is never owed".into();
                    self.out.add_empty(
                        self.places.value(&place),
                        message,
                        "name regions or states, or write `Anywhere`",
                    );
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
        };
        let number = f64::from(trigger.adversaries_at_least);
        self.number(number, (1.0, 1000.0), "adversaries_at_least", &format!("{path}/adversaries_at_least"));
        if trigger.or_their_allies && against.is_empty() {
            let message = "`or_their_allies` has no effect without `against`".into();
            let span = self.value(&format!("{path}/or_their_allies"));
            self.out.add_suspicious(span, message, "name the adversaries in `against`");
        }
        Trigger {
            level: trigger.level,
            forms: trigger.forms.clone(),
            unprovoked: trigger.unprovoked,
            against,
            or_their_allies: trigger.or_their_allies,
            theatre,
            homeland: trigger.theatre == Theatre::Homeland,
            adversaries_at_least: trigger.adversaries_at_least,
            on_request: trigger.on_request,
        }
    }

    fn pledge(&mut self, id: &str, file: &PledgeFile) -> Option<Pledge> {
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

    /// Two states, if they are not the same one.
    fn two_states(&mut self, a: StateId, b: StateId, id: &str, path: &str) -> Option<(StateId, StateId)> {
        if a == b {
            self.out.add_to_itself(
                self.places.value(path),
                format!("`{id}` is set against, or bound to, itself"),
            );
            return None;
        }
        Some((a, b))
    }

    fn conflict(&mut self, id: &str, file: &ConflictFile) -> Option<Conflict> {
        let path = format!("conflicts/{id}");
        self.sources(&file.sources, &format!("the conflict `{id}`"), &path);
        let began = self.date(&file.began, &format!("{path}/began"));
        let initiator = self.state(&file.initiator, &format!("{path}/initiator"));
        let target = self.state(&file.target, &format!("{path}/target"));
        let with_initiator = self.states(&file.with_initiator, &format!("{path}/with_initiator"));
        let with_target = self.states(&file.with_target, &format!("{path}/with_target"));
        let helping = [
            self.states(&file.helping_initiator, &format!("{path}/helping_initiator")),
            self.states(&file.helping_target, &format!("{path}/helping_target")),
        ];
        let place = match &file.place {
            Some(place) => self.state(place, &format!("{path}/place")),
            None => target,
        };
        let (initiator, target) = self.two_states(initiator?, target?, &file.initiator, &path)?;
        let mut belligerents = vec![(initiator, Side::Initiator), (target, Side::Target)];
        belligerents.extend(with_initiator.into_iter().map(|s| (s, Side::Initiator)));
        belligerents.extend(with_target.into_iter().map(|s| (s, Side::Target)));
        let helpers: Vec<(StateId, Side)> = helping
            .into_iter()
            .zip([Side::Initiator, Side::Target])
            .flat_map(|(list, side)| list.into_iter().map(move |s| (s, side)))
            .collect();
        let mut seen = BTreeSet::new();
        if helpers.iter().any(|(s, _)| belligerents.iter().any(|(b, _)| b == s)) {
            let message = format!("a state both fights and helps without fighting in `{id}`");
            self.out.add_contradiction(self.places.key(&path), message, "name it once");
        }
        if !belligerents.iter().all(|(s, _)| seen.insert(*s)) {
            let message = format!("a state is named more than once among the belligerents of `{id}`");
            self.out.add_contradiction(self.places.key(&path), message, "a state fights on one side, once");
        }
        if began.is_some_and(|date| date > self.calendar.start) {
            let message = format!("the conflict `{id}` begins after the scenario does");
            let help = "make it an inject with `act: Incident(...)` and a `date`";
            self.out.add_contradiction(self.places.value(&format!("{path}/began")), message, help);
        }
        Some(Conflict {
            id: id.to_owned(),
            name: file.name.clone(),
            began: began?,
            initiator,
            target,
            belligerents,
            helpers,
            level: file.level,
            place: place?,
        })
    }

    fn inject(&mut self, id: &str, file: &InjectFile) -> Option<Inject> {
        let path = format!("injects/{id}");
        self.sources(&file.sources, &format!("the inject `{id}`"), &path);
        let date = file.date.as_ref().and_then(|date| self.date(date, &format!("{path}/date")));
        if file.turn == Some(0) {
            let range = (1.0, f64::from(MOST_TURNS));
            self.out.add_out_of_range(self.places.value(&format!("{path}/turn")), "`turn`", 0.0, range);
        }
        if file.turn.is_none() && file.date.is_none() && file.condition.is_none() && file.hazard.is_none() {
            let message = format!("the inject `{id}` does not say when it happens");
            let help = "add `turn`, `date`, `condition` or `hazard`";
            self.out.add_contradiction(self.places.key(&path), message, help);
        }
        if let (Some(_), Some(_)) = (file.probability, file.hazard) {
            let message = format!("the inject `{id}` has both a `probability` and a `hazard`");
            let help = "`probability` is drawn once, `hazard` every turn: keep one";
            self.out.add_contradiction(self.places.key(&path), message, help);
        }
        for (what, value) in [("probability", file.probability), ("hazard", file.hazard)] {
            if let Some(value) = value {
                self.share(value, what, &format!("{path}/{what}"));
            }
        }
        let condition = match &file.condition {
            Some(c) => self.condition(c, &format!("{path}/condition"), 0).map(Some),
            None => Some(None),
        };
        let act = self.act(id, &file.act, &file.text, &format!("{path}/act"));
        let (condition, act) = (condition?, act?);
        let by_date = date.map_or(Turn(1), |d| self.calendar.turn_of(d));
        if by_date.max(Turn(file.turn.unwrap_or(1))) > self.last {
            let message = format!("the inject `{id}` lies after the last turn, so it never happens");
            let help = "give an earlier `turn` or `date`, or raise `turns`";
            self.out.add_suspicious(self.places.key(&path), message, help);
        }
        Some(Inject {
            id: id.to_owned(),
            key: Key::of("inject").and(id),
            not_before: by_date.max(Turn(file.turn.unwrap_or(1))),
            condition,
            probability: file.hazard.or(file.probability).unwrap_or(1.0),
            each_turn: file.hazard.is_some(),
            act,
            text: file.text.clone(),
            hypothetical: file.hypothetical,
        })
    }

    pub(super) fn act(&mut self, id: &str, file: &ActFile, text: &str, path: &str) -> Option<Act> {
        Some(match file {
            ActFile::Incident { initiator, target, level, form, place, contested, widens } => {
                let a = self.state(initiator, &format!("{path}/initiator"));
                let b = self.state(target, &format!("{path}/target"));
                let place = match place {
                    Some(place) => self.state(place, &format!("{path}/place")),
                    None => b,
                };
                let (a, b) = self.two_states(a?, b?, initiator, path)?;
                Act::Incident(Incident {
                    initiator: a,
                    target: b,
                    level: *level,
                    form: *form,
                    place: place?,
                    contested: *contested,
                    widens: *widens,
                })
            }
            ActFile::Pledge { by, to, against, strength, unprovoked } => {
                self.share(*strength, "strength", &format!("{path}/strength"));
                let a = self.state(by, &format!("{path}/by"));
                let b = self.state(to, &format!("{path}/to"));
                let against = self.states(against, &format!("{path}/against"));
                let (a, b) = self.two_states(a?, b?, by, path)?;
                Act::Pledge(Pledge {
                    id: id.to_owned(),
                    key: Key::of("pledge").and(id),
                    by: a,
                    to: b,
                    text: text.to_owned(),
                    against,
                    strength: *strength,
                    unprovoked: *unprovoked,
                    made: Turn(0),
                    sources: Vec::new(),
                })
            }
            ActFile::EntryIntoForce(treaty) => {
                Act::EntryIntoForce(self.treaty_id(treaty, &format!("{path}/0"))?)
            }
            ActFile::Termination(treaty) => Act::Termination(self.treaty_id(treaty, &format!("{path}/0"))?),
            ActFile::Denunciation { treaty, by } => {
                let treaty = self.treaty_id(treaty, &format!("{path}/treaty"));
                let by = self.state(by, &format!("{path}/by"));
                Act::Denunciation(treaty?, by?)
            }
            ActFile::Ceasefire(a, b) => {
                let first = self.state(a, &format!("{path}/0"));
                let second = self.state(b, &format!("{path}/1"));
                let (first, second) = self.two_states(first?, second?, a, path)?;
                Act::Ceasefire(first, second)
            }
            ActFile::Attitude { from, to, hostility, affinity } => {
                for (what, value) in [("hostility", hostility), ("affinity", affinity)] {
                    if let Some(value) = value {
                        self.share(*value, what, &format!("{path}/{what}"));
                    }
                }
                let a = self.state(from, &format!("{path}/from"));
                let b = self.state(to, &format!("{path}/to"));
                let (a, b) = self.two_states(a?, b?, from, path)?;
                Act::Attitude(a, b, *hostility, *affinity)
            }
        })
    }

    fn condition(&mut self, file: &ConditionFile, path: &str, depth: usize) -> Option<Condition> {
        if depth > MOST_NESTING {
            let message = "this condition is nested too deeply to be read by anyone".into();
            self.out.add_contradiction(
                self.places.value(path),
                message,
                "say it with fewer `Not`, `All` and `Any`",
            );
            return None;
        }
        let (first, second) = (format!("{path}/0"), format!("{path}/1"));
        Some(match file {
            ConditionFile::AtWar(a) => Condition::AtWar(self.state(a, &first)?),
            ConditionFile::AtWarWith(a, b) => {
                let both = (self.state(a, &first), self.state(b, &second));
                Condition::AtWarWith(both.0?, both.1?)
            }
            ConditionFile::Allied(a, b) => {
                let both = (self.state(a, &first), self.state(b, &second));
                Condition::Allied(both.0?, both.1?)
            }
            ConditionFile::InForce(t) => Condition::InForce(self.treaty_id(t, &first)?),
            ConditionFile::Happened(id) => match self.injects.get(id) {
                Some(inject) => Condition::Happened(*inject),
                None => {
                    if !self.is_dropped("injects", id) {
                        let known = self.injects.keys().map(String::as_str);
                        self.out.add_unknown_reference(self.places.value(&first), "inject", id, known);
                    }
                    return None;
                }
            },
            ConditionFile::Not(inner) => {
                Condition::Not(Box::new(self.condition(inner, &first, depth + 1)?))
            }
            ConditionFile::All(list) => Condition::All(self.conditions(list, &first, depth)?),
            ConditionFile::Any(list) => Condition::Any(self.conditions(list, &first, depth)?),
        })
    }

    fn conditions(&mut self, list: &[ConditionFile], path: &str, depth: usize) -> Option<Vec<Condition>> {
        let all = list.iter().enumerate();
        let found: Vec<_> = all.map(|(i, c)| self.condition(c, &format!("{path}/{i}"), depth + 1)).collect();
        found.into_iter().collect()
    }

    /// An inject that waits, by way of others, for itself, never happens.
    fn acyclic_injects(&mut self, file: &ScenarioFile) {
        fn waits_for(condition: &ConditionFile, out: &mut Vec<String>) {
            match condition {
                ConditionFile::Happened(id) => out.push(id.clone()),
                ConditionFile::All(list) => list.iter().for_each(|c| waits_for(c, out)),
                _ => {}
            }
        }
        let edges: BTreeMap<&str, Vec<String>> = file
            .injects
            .iter()
            .map(|(id, inject)| {
                let mut out = Vec::new();
                if let Some(condition) = &inject.condition {
                    waits_for(condition, &mut out);
                }
                (id.as_str(), out)
            })
            .collect();
        // Depth first; an inject that is met again while it is still open closes a circle.
        let mut closed = BTreeSet::new();
        for start in edges.keys().copied() {
            let mut path = vec![start];
            let mut open = BTreeSet::from([start]);
            let mut next = vec![0];
            while let (Some(at), Some(n)) = (path.last().copied(), next.last_mut()) {
                let waits = if closed.contains(at) { None } else { edges.get(at).and_then(|e| e.get(*n)) };
                *n += 1;
                match waits {
                    Some(other) if open.contains(other.as_str()) => {
                        let place = self.places.value(&format!("injects/{at}/condition"));
                        let message = format!("the inject `{at}` waits, by way of others, for itself");
                        self.out.add_cycle(place, message);
                    }
                    Some(other) => {
                        path.push(other);
                        open.insert(other);
                        next.push(0);
                    }
                    None => {
                        closed.insert(at);
                        open.remove(at);
                        path.pop();
                        next.pop();
                    }
                }
            }
        }
    }

    fn expectations(&mut self, file: &ScenarioFile, last: Turn) -> Vec<Expectation> {
        let mut all = Vec::new();
        for (i, expect) in file.expect.iter().enumerate() {
            let path = format!("expect/{i}");
            let (low, high) = expect.share;
            let fine = [low, high].map(|x| self.share(x, "share", &format!("{path}/share")));
            if fine == [true; 2] && low > high {
                let message = format!("the share runs from {low} to {high}");
                self.out.add_contradiction(
                    self.places.value(&format!("{path}/share")),
                    message,
                    "write the lower number first",
                );
            }
            if !(1..=1_000_000).contains(&expect.replicates) {
                let count = f64::from(expect.replicates);
                self.out.add_out_of_range(self.places.value(&path), "`replicates`", count, (1.0, 1e6));
            }
            let Some(claim) = self.claim(&expect.claim, &format!("{path}/claim"), last) else { continue };
            all.push(Expectation {
                claim,
                share: expect.share,
                replicates: expect.replicates,
                preset: expect.preset,
                because: expect.because.clone(),
            });
        }
        all
    }

    fn claim(&mut self, file: &ClaimFile, path: &str, last: Turn) -> Option<Claim> {
        Some(match file {
            ClaimFile::Belligerent { state, side, by } => {
                let by = match by {
                    Some(date) => self.date(date, &format!("{path}/by")).map(|d| self.calendar.turn_of(d)),
                    None => Some(last),
                };
                Claim::Belligerent(self.state(state, &format!("{path}/state"))?, *side, by?)
            }
            ClaimFile::Verdict { state, verdict } => {
                Claim::Verdict(self.state(state, &format!("{path}/state"))?, *verdict)
            }
            ClaimFile::Belligerents(n) => Claim::Belligerents(*n),
            ClaimFile::Opposed(a, b) => {
                let both = (self.state(a, &format!("{path}/0")), self.state(b, &format!("{path}/1")));
                Claim::Opposed(both.0?, both.1?)
            }
        })
    }
}
