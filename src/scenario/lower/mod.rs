//! [`ScenarioFile`] to [`Scenario`]: resolves every reference, checks every value, reports all that is
//! wrong at once.

mod events;
mod expectations;
mod offers;
mod readings;
mod references;
mod statecraft;
mod states;
mod treaties;
mod treaty_life;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::Diagnostics;
use crate::model::{
    Calendar, ClauseId, CommitmentId, ConflictId, Date, Decision, Initiative, InjectId, Key, Level, NormId,
    Obligation, Performance, Position, RegionId, Renewal, Side, StateId, Strength, Theatre, TransferId,
    TreatyId, Turn, TurnLength, WarPowers,
};
use crate::scenario::file::{
    ActFile, ClaimFile, ClauseFile, ConditionFile, ConflictFile, InjectFile, NormFile, PledgeFile,
    ScenarioFile, StateFile, TransferFile, TreatyFile,
};
use crate::scenario::locate::Places;
use crate::scenario::read::Read;
use crate::scenario::rules::Preset;
use crate::scenario::valid::{
    Act, Claim, Clause, Commitment, Condition, Conflict, Dyads, Expectation, Incident, Inject, Member, Norm,
    Pledge, Reading, Region, Scenario, Source, State, Transfer, Treaty, Trigger,
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
pub(in crate::scenario) struct Lowering<'o> {
    out: &'o mut Diagnostics,
    places: Places,
    dropped: BTreeSet<String>,
    regions: BTreeMap<String, RegionId>,
    states: BTreeMap<String, StateId>,
    treaties: BTreeMap<String, TreatyId>,
    injects: BTreeMap<String, InjectId>,
    conflicts: BTreeMap<String, ConflictId>,
    transfers: BTreeMap<String, TransferId>,
    norms: BTreeMap<String, NormId>,
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
            conflicts: number(&file.conflicts, ConflictId),
            transfers: number(&file.transfers, TransferId),
            norms: number(&file.norms, NormId),
            sources: file.sources.keys().cloned().collect(),
            calendar: fallback,
            last: Turn(MOST_TURNS),
        }
    }

    /// For orders given to a scenario that is already resolved.
    pub(in crate::scenario) fn for_orders(
        scenario: &Scenario,
        places: Places,
        out: &'o mut Diagnostics,
    ) -> Self {
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
            conflicts: number_of(scenario.conflicts.iter().map(|c| &c.id), ConflictId),
            transfers: number_of(scenario.transfers.iter().map(|t| &t.id), TransferId),
            norms: number_of(scenario.norms.iter().map(|n| &n.id), NormId),
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
        if file.offers {
            self.offers(file, &states, &dyads, (&mut treaties, &mut clauses, &mut commitments));
        }
        self.acyclic_replacements(&treaties);
        self.keys_differ(states.iter().map(|s| (s.key, s.id.as_str())));
        let pledges = file.pledges.iter().filter_map(|(id, p)| self.pledge(id, p)).collect();
        let conflicts = file.conflicts.iter().filter_map(|(id, c)| self.conflict(id, c)).collect();
        let transfers = file.transfers.iter().filter_map(|(id, t)| self.transfer(id, t)).collect();
        let norms = file.norms.iter().filter_map(|(id, n)| self.norm(id, n)).collect();
        if let Some(poles) = file.multipolar_from {
            self.number(poles, (1.0, 1000.0), "multipolar_from", "multipolar_from");
        }
        let injects = file.injects.iter().filter_map(|(id, i)| self.inject(id, i)).collect();
        self.acyclic_injects(file);
        self.leaves_once(file);
        self.signed_first(file);
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
            dyads: Arc::new(dyads),
            treaties,
            clauses,
            commitments,
            pledges,
            conflicts,
            transfers,
            norms,
            multipolar_from: file.multipolar_from,
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
        if let Some(Initiative::Random(p)) = file.rules.initiative {
            self.number(p, (0.0, 1.0), "the probability", "rules/initiative");
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
}
