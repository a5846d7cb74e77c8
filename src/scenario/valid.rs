//! A scenario that is valid by construction: every reference resolved, everything in the order of
//! text ids, nothing left to check.

use super::file::Confidence;
use super::rules::{Preset, Rules};
use crate::model::{
    Automaticity, Calendar, Chain, ClauseId, CommitmentId, ConflictId, Date, Form, InjectId, Key, Level,
    Obligation, Performance, PledgeId, Position, RegionId, Side, StateId, Strength, TreatyId, Turn, Verdict,
    WarPowers, great_circle_km,
};

/// A scenario, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The name of the embedded scenario or of its file.
    pub name: String,
    /// The title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// The background, at most a page.
    pub background: String,
    /// What a learner should be able to explain afterwards.
    pub learning_goals: Vec<String>,
    /// Questions for discussion.
    pub questions: Vec<String>,
    /// What the model leaves out or gets wrong here.
    pub limits: Vec<String>,
    /// When turns begin.
    pub calendar: Calendar,
    /// How many turns it lasts.
    pub turns: u32,
    /// The seed to play with where none is asked for.
    pub seed: u64,
    /// A GeoJSON file with borders of its own.
    pub map: Option<String>,
    /// The part of the map to show first: its south-western and north-eastern corners.
    pub view: Option<(Position, Position)>,
    /// The parameters of the rules.
    pub rules: Rules,
    /// The preset they started from.
    pub preset: Preset,
    /// Sources by key.
    pub sources: Vec<Source>,
    /// Regions.
    pub regions: Vec<Region>,
    /// States.
    pub states: Vec<State>,
    /// How states stand to each other.
    pub dyads: Dyads,
    /// Treaties.
    pub treaties: Vec<Treaty>,
    /// The clauses of all treaties.
    pub clauses: Vec<Clause>,
    /// The commitments of all clauses.
    pub commitments: Vec<Commitment>,
    /// Pledges known or to be made at a date.
    pub pledges: Vec<Pledge>,
    /// Conflicts under way at the start.
    pub conflicts: Vec<Conflict>,
    /// Events from outside the model.
    pub injects: Vec<Inject>,
    /// What the scenario says about its own outcome.
    pub expect: Vec<Expectation>,
}

/// A work or document that facts are taken from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its key in the scenario.
    pub key: String,
    /// Author and title.
    pub title: String,
    /// Year of publication.
    pub year: i32,
    /// Where it is found.
    pub at: Option<String>,
    /// How sure its facts are.
    pub confidence: Confidence,
}

/// A region.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Text id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A state at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Text id.
    pub id: String,
    /// The address of its chance.
    pub key: Key,
    /// Name in a sentence.
    pub name: String,
    /// The capital's name.
    pub capital: String,
    /// Where the capital is.
    pub position: Position,
    /// Its region.
    pub region: RegionId,
    /// Share of world capability, 0 to 1.
    pub capability: f64,
    /// Has nuclear weapons.
    pub nuclear: bool,
    /// Democracy, 0 to 1.
    pub democracy: f64,
    /// Readiness to run risks, 0 to 1.
    pub resolve: f64,
    /// Who may take it to war.
    pub war_powers: WarPowers,
    /// The provision on war powers.
    pub war_powers_text: String,
    /// ISO codes of the polygons that show it.
    pub territory: Vec<String>,
    /// Source keys.
    pub sources: Vec<String>,
}

/// How each state stands to each other one; all states by all states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dyads {
    n: usize,
    hostility: Vec<f64>,
    affinity: Vec<f64>,
    contiguous: Vec<bool>,
    positions: Vec<Position>,
}

impl Dyads {
    /// States at these places, indifferent to each other.
    pub fn new(positions: Vec<Position>) -> Self {
        let n = positions.len();
        Self {
            n,
            hostility: vec![0.0; n * n],
            affinity: vec![0.0; n * n],
            contiguous: vec![false; n * n],
            positions,
        }
    }

    fn at(&self, from: StateId, to: StateId) -> usize {
        from.index() * self.n + to.index()
    }

    /// Hostility of one towards another, 0 to 1.
    pub fn hostility(&self, from: StateId, to: StateId) -> f64 {
        self.hostility[self.at(from, to)]
    }

    /// Affinity of one to another, 0 to 1.
    pub fn affinity(&self, from: StateId, to: StateId) -> f64 {
        self.affinity[self.at(from, to)]
    }

    /// Whether they share a border or a short sea crossing.
    pub fn contiguous(&self, a: StateId, b: StateId) -> bool {
        self.contiguous[self.at(a, b)]
    }

    /// Distance between capitals in kilometres.
    pub fn distance_km(&self, a: StateId, b: StateId) -> f64 {
        great_circle_km(self.positions[a.index()], self.positions[b.index()])
    }

    /// Sets what is given of hostility and affinity.
    pub fn set(&mut self, from: StateId, to: StateId, hostility: Option<f64>, affinity: Option<f64>) {
        let at = self.at(from, to);
        if let Some(h) = hostility {
            self.hostility[at] = h;
        }
        if let Some(a) = affinity {
            self.affinity[at] = a;
        }
    }

    /// Sets whether two states are contiguous.
    pub fn set_contiguous(&mut self, a: StateId, b: StateId, contiguous: bool) {
        for at in [self.at(a, b), self.at(b, a)] {
            self.contiguous[at] = contiguous;
        }
    }
}

/// A treaty.
#[derive(Clone, Debug, PartialEq)]
pub struct Treaty {
    /// Text id.
    pub id: String,
    /// Name.
    pub name: String,
    /// A short name for labels.
    pub short: String,
    /// Parties.
    pub parties: Vec<StateId>,
    /// Day of signature.
    pub signed: Date,
    /// Day of entry into force.
    pub in_force: Option<Date>,
    /// Day on which it ends.
    pub until: Option<Date>,
    /// Known to its parties alone.
    pub secret: bool,
    /// Its clauses, by article.
    pub clauses: Vec<ClauseId>,
    /// Source keys.
    pub sources: Vec<String>,
}

/// One obligation of a treaty.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The treaty.
    pub treaty: TreatyId,
    /// The article ("4").
    pub article: String,
    /// What is promised.
    pub obligation: Obligation,
    /// Its text.
    pub text: String,
    /// When it is owed.
    pub trigger: Trigger,
    /// What help is asked for.
    pub performance: Performance,
    /// How much room the text leaves.
    pub automaticity: Automaticity,
    /// Subject to constitutional processes.
    pub constitutional: bool,
    /// Framed by Article 51 of the UN Charter.
    pub un_charter: bool,
    /// How binding it is read to be.
    pub strength: Strength,
    /// How far it follows from another's entry.
    pub chain: Chain,
    /// Turns within which performance is due.
    pub tempo: u32,
    /// Its commitments.
    pub commitments: Vec<CommitmentId>,
}

/// The event that makes a clause due; see [`super::file::TriggerFile`].
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Least hostility level.
    pub level: Level,
    /// Forms that count; all, if empty.
    pub forms: Vec<Form>,
    /// Not owed to one who began.
    pub unprovoked: bool,
    /// Adversaries that count; all, if empty.
    pub against: Vec<StateId>,
    /// Allies of these adversaries count too.
    pub or_their_allies: bool,
    /// States on whose territory the attack must fall; `None` for anywhere.
    pub theatre: Option<Vec<StateId>>,
    /// The attack must fall on the beneficiary's own territory.
    pub homeland: bool,
    /// Least number of adversaries.
    pub adversaries_at_least: u32,
    /// Owed only on request.
    pub on_request: bool,
}

/// One state's promise to another under one clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Commitment {
    /// The clause.
    pub clause: ClauseId,
    /// Who promises.
    pub obligor: StateId,
    /// To whom.
    pub beneficiary: StateId,
    /// The address of its chance.
    pub key: Key,
}

/// Support promised outside any treaty.
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// Text id.
    pub id: String,
    /// The address of its chance.
    pub key: Key,
    /// Who promises.
    pub by: StateId,
    /// To whom.
    pub to: StateId,
    /// What was said.
    pub text: String,
    /// Against whom; anyone, if empty.
    pub against: Vec<StateId>,
    /// How firm it is, 0 to 1.
    pub strength: f64,
    /// Holds only while the other has not begun the conflict.
    pub unprovoked: bool,
    /// The turn in which it is made; 0 for those known from the start.
    pub made: Turn,
    /// Source keys.
    pub sources: Vec<String>,
}

/// A conflict under way at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Text id.
    pub id: String,
    /// Name.
    pub name: String,
    /// When it began.
    pub began: Date,
    /// Who used force first.
    pub initiator: StateId,
    /// Against whom.
    pub target: StateId,
    /// All belligerents with their sides, originators first.
    pub belligerents: Vec<(StateId, Side)>,
    /// Those who help a side without fighting.
    pub helpers: Vec<(StateId, Side)>,
    /// The highest level reached.
    pub level: Level,
    /// Where it is mainly fought.
    pub place: StateId,
}

/// An event from outside the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Inject {
    /// Text id.
    pub id: String,
    /// The address of its chance.
    pub key: Key,
    /// Not before this turn.
    pub not_before: Turn,
    /// Not unless this holds.
    pub condition: Option<Condition>,
    /// The chance that it happens: once, or per turn.
    pub probability: f64,
    /// Whether `probability` is drawn anew each turn.
    pub each_turn: bool,
    /// What happens.
    pub act: Act,
    /// What it is, in a sentence.
    pub text: String,
    /// Assumed rather than recorded.
    pub hypothetical: bool,
}

/// A hostile act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incident {
    /// Who commits it.
    pub initiator: StateId,
    /// Against whom.
    pub target: StateId,
    /// How grave it is.
    pub level: Level,
    /// Its form.
    pub form: Form,
    /// On whose territory it falls.
    pub place: StateId,
    /// Each side says that the other began.
    pub contested: bool,
    /// Part of the war that the initiator is fighting already, wherever it falls.
    pub widens: bool,
}

/// What an inject does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A hostile act.
    Incident(Incident),
    /// A pledge, by its number in the scenario's or the run's list.
    Pledge(Pledge),
    /// A treaty enters into force.
    EntryIntoForce(TreatyId),
    /// A treaty ends.
    Termination(TreatyId),
    /// A state leaves a treaty.
    Denunciation(TreatyId, StateId),
    /// Fighting between two states ends.
    Ceasefire(StateId, StateId),
    /// An attitude changes: hostility, affinity.
    Attitude(StateId, StateId, Option<f64>, Option<f64>),
}

/// Something that may hold in a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The state is a belligerent.
    AtWar(StateId),
    /// The two fight on opposite sides.
    AtWarWith(StateId, StateId),
    /// The two fight on the same side.
    Allied(StateId, StateId),
    /// The treaty is in force.
    InForce(TreatyId),
    /// The inject has happened.
    Happened(InjectId),
    /// It does not hold.
    Not(Box<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
}

/// An assertion about the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// What is asserted.
    pub claim: Claim,
    /// Least and greatest share of replicates.
    pub share: (f64, f64),
    /// How many replicates.
    pub replicates: u32,
    /// Under another preset.
    pub preset: Option<Preset>,
    /// Why.
    pub because: String,
}

/// A statement about one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Claim {
    /// The state is a belligerent, on that side if given, by that turn.
    Belligerent(StateId, Option<Side>, Turn),
    /// The state is judged so.
    Verdict(StateId, Verdict),
    /// Some conflict has at least so many belligerents.
    Belligerents(u32),
    /// The two fight on opposite sides.
    Opposed(StateId, StateId),
}

impl Scenario {
    /// A state by id.
    pub fn state(&self, id: StateId) -> &State {
        &self.states[id.index()]
    }

    /// A treaty by id.
    pub fn treaty(&self, id: TreatyId) -> &Treaty {
        &self.treaties[id.index()]
    }

    /// A clause by id.
    pub fn clause(&self, id: ClauseId) -> &Clause {
        &self.clauses[id.index()]
    }

    /// A commitment by id.
    pub fn commitment(&self, id: CommitmentId) -> &Commitment {
        &self.commitments[id.index()]
    }

    /// The clause of a commitment.
    pub fn clause_of(&self, id: CommitmentId) -> &Clause {
        self.clause(self.commitment(id).clause)
    }

    /// The treaty of a commitment.
    pub fn treaty_of(&self, id: CommitmentId) -> &Treaty {
        self.treaty(self.clause_of(id).treaty)
    }

    /// The state with this text id.
    pub fn state_id(&self, id: &str) -> Option<StateId> {
        find(&self.states, |s| &s.id, id).map(StateId)
    }

    /// The treaty with this text id.
    pub fn treaty_id(&self, id: &str) -> Option<TreatyId> {
        find(&self.treaties, |t| &t.id, id).map(TreatyId)
    }

    /// All state ids in order.
    pub fn state_ids(&self) -> impl ExactSizeIterator<Item = StateId> + use<> {
        (0..self.states.len() as u32).map(StateId)
    }

    /// All treaty ids in order.
    pub fn treaty_ids(&self) -> impl ExactSizeIterator<Item = TreatyId> + use<> {
        (0..self.treaties.len() as u32).map(TreatyId)
    }

    /// All commitment ids in order.
    pub fn commitment_ids(&self) -> impl ExactSizeIterator<Item = CommitmentId> + use<> {
        (0..self.commitments.len() as u32).map(CommitmentId)
    }

    /// The same scenario under another preset, without the overrides of its own.
    pub fn under(&self, preset: Preset) -> Self {
        Self { rules: preset.rules(), preset, ..self.clone() }
    }

    /// A conflict under way at the start.
    pub fn conflict(&self, id: ConflictId) -> Option<&Conflict> {
        self.conflicts.get(id.index())
    }

    /// A pledge known at the start, or to be made at a date.
    pub fn pledge(&self, id: PledgeId) -> Option<&Pledge> {
        self.pledges.get(id.index())
    }
}

/// The place of a text id in a list that is sorted by it.
fn find<T>(list: &[T], id_of: impl Fn(&T) -> &String, id: &str) -> Option<u32> {
    list.binary_search_by(|entry| id_of(entry).as_str().cmp(id)).ok().map(|i| i as u32)
}
