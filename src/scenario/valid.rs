//! A scenario that is valid by construction: every reference resolved, everything in the order of
//! text ids, nothing left to check.

use std::sync::Arc;

use super::file::Confidence;
use super::rules::{Preset, Rules};
use crate::model::{
    Automaticity, Calendar, Chain, ClauseId, CommitmentId, ConflictId, Control, Date, Depth, Form, InjectId,
    Key, Level, Materiel, Motive, NormId, NormKind, Obligation, Performance, Place, PledgeId, Position,
    Pretext, RegionId, Renewal, Response, Side, SignalKind, StateId, Strength, TransferId, TreatyId, Turn,
    Verdict, WarPowers,
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
    pub dyads: Arc<Dyads>,
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
    /// What states supply to each other.
    pub transfers: Vec<Transfer>,
    /// Norms.
    pub norms: Vec<Norm>,
    /// The effective number of poles from which the order counts as multipolar.
    pub multipolar_from: Option<f64>,
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
    /// How well it sees what others hide, 0 to 1.
    pub intelligence: f64,
    /// Its munitions at the start, if they are followed.
    pub munitions: Option<super::file::MunitionsFile>,
    /// Who may take it to war.
    pub war_powers: WarPowers,
    /// The provision on war powers.
    pub war_powers_text: String,
    /// Who moves it.
    pub control: Control,
    /// The case in which a state that may fight only in self-defence may fight all the same, and its name.
    pub may_fight_if: Option<(String, Condition)>,
    /// ISO codes of the polygons that show it.
    pub territory: Vec<String>,
    /// Source keys.
    pub sources: Vec<String>,
}

/// How each state stands to each other one. Only what is not zero is kept, so that many states cost no more than
/// their relations do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dyads {
    /// For each state how it stands to others, in their order.
    rows: Vec<Vec<(StateId, Stance)>>,
    places: Vec<Place>,
}

/// How one state stands to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stance {
    /// Hostility, 0 to 1.
    pub hostility: f64,
    /// Affinity, 0 to 1.
    pub affinity: f64,
    /// Whether they share a border or a short sea crossing.
    pub contiguous: bool,
}

impl Dyads {
    /// States at these places, indifferent to each other.
    pub fn new(positions: impl IntoIterator<Item = Position>) -> Self {
        let places: Vec<Place> = positions.into_iter().map(Place::from).collect();
        Self { rows: vec![Vec::new(); places.len()], places }
    }

    /// How one stands to another.
    pub fn stance(&self, from: StateId, to: StateId) -> Stance {
        let row = &self.rows[from.index()];
        row.binary_search_by_key(&to, |(s, _)| *s).map_or(Stance::default(), |at| row[at].1)
    }

    /// How one stands to others, in their order, where it is not indifferent to them.
    pub fn stances_of(&self, from: StateId) -> &[(StateId, Stance)] {
        &self.rows[from.index()]
    }

    /// Those to whom one is hostile, in their order, and how much.
    pub fn hostilities_of(&self, from: StateId) -> impl Iterator<Item = (StateId, f64)> {
        let felt = self.stances_of(from).iter().filter(|(_, stance)| stance.hostility > 0.0);
        felt.map(|(to, stance)| (*to, stance.hostility))
    }

    /// Hostility of one towards another, 0 to 1.
    pub fn hostility(&self, from: StateId, to: StateId) -> f64 {
        self.stance(from, to).hostility
    }

    /// Affinity of one to another, 0 to 1.
    pub fn affinity(&self, from: StateId, to: StateId) -> f64 {
        self.stance(from, to).affinity
    }

    /// Whether they share a border or a short sea crossing.
    pub fn contiguous(&self, a: StateId, b: StateId) -> bool {
        self.stance(a, b).contiguous
    }

    /// Distance between capitals in kilometres.
    pub fn distance_km(&self, a: StateId, b: StateId) -> f64 {
        self.places[a.index()].distance_km(self.places[b.index()])
    }

    /// Whether all are indifferent to each other.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(Vec::is_empty)
    }

    /// Sets what is given of hostility and affinity. Tells how the one stood to the other before and stands now.
    pub fn set(
        &mut self,
        from: StateId,
        to: StateId,
        hostility: Option<f64>,
        affinity: Option<f64>,
    ) -> (Stance, Stance) {
        self.change(from, to, |stance| {
            stance.hostility = hostility.unwrap_or(stance.hostility);
            stance.affinity = affinity.unwrap_or(stance.affinity);
        })
    }

    /// Sets whether two states are contiguous.
    pub fn set_contiguous(&mut self, a: StateId, b: StateId, contiguous: bool) {
        for (from, to) in [(a, b), (b, a)] {
            self.change(from, to, |stance| stance.contiguous = contiguous);
        }
    }

    fn change(&mut self, from: StateId, to: StateId, change: impl FnOnce(&mut Stance)) -> (Stance, Stance) {
        let row = &mut self.rows[from.index()];
        let found = row.binary_search_by_key(&to, |(s, _)| *s);
        let before = found.map_or(Stance::default(), |at| row[at].1);
        let mut after = before;
        change(&mut after);
        match found {
            Ok(at) => row[at].1 = after,
            Err(at) if after != before => row.insert(at, (to, after)),
            Err(_) => {}
        }
        (before, after)
    }
}

/// A treaty.
#[derive(Clone, Debug, PartialEq)]
pub struct Treaty {
    /// Text id.
    pub id: String,
    /// The address of its chance.
    pub key: Key,
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
    /// Day on which it ends, unless it is renewed.
    pub until: Option<Date>,
    /// What happens then.
    pub renewal: Option<Renewal>,
    /// How many ratifications bring it into force; none are needed if not given.
    pub ratifications_needed: Option<u32>,
    /// Months of notice that a party gives before it leaves.
    pub notice: u32,
    /// The day before which nobody may leave.
    pub not_before: Option<Date>,
    /// Parties and states that may accede, in order, with their dates.
    pub members: Vec<Member>,
    /// Only a draft that the parties may come to conclude.
    pub draft: bool,
    /// What a party calls it, where parties differ.
    pub called: Vec<(StateId, String)>,
    /// Treaties that end when it enters into force.
    pub replaces: Vec<TreatyId>,
    /// Known to its parties, and to those who are told, alone.
    pub secret: bool,
    /// Who knows of it besides its parties.
    pub known_to: Vec<StateId>,
    /// What ties the parties together beyond the text.
    pub depth: Depth,
    /// Its clauses, by article.
    pub clauses: Vec<ClauseId>,
    /// Source keys.
    pub sources: Vec<String>,
}

/// A party to a treaty, or a state that may accede to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Who.
    pub state: StateId,
    /// Whether it is a party from the start, rather than one that may accede.
    pub party: bool,
    /// When it ratified, where that is needed.
    pub ratified: Option<Date>,
    /// When it became bound, if later than the others.
    pub joined: Option<Date>,
    /// When it left.
    pub left: Option<Date>,
}

/// One obligation of a treaty.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The treaty.
    pub treaty: TreatyId,
    /// The article ("4").
    pub article: String,
    /// The address of its chance.
    pub key: Key,
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
    /// Whether the article, or its whole treaty, is secret at the start.
    pub secret: bool,
    /// The ways in which it is read, if there is more than one.
    pub readings: Vec<Reading>,
    /// Its commitments.
    pub commitments: Vec<CommitmentId>,
}

/// One way in which a clause is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// The reading in a sentence.
    pub text: String,
    /// How likely a state is to read the clause so, relative to the other readings.
    pub weight: f64,
    /// The same for particular states.
    pub held_by: Vec<(StateId, f64)>,
    /// The clause as read.
    pub clause: Box<Clause>,
}

impl Reading {
    /// How likely an observer is to read the clause so, relative to the other readings.
    pub fn weight_for(&self, observer: StateId) -> f64 {
        self.held_by.iter().find(|(s, _)| *s == observer).map_or(self.weight, |(_, w)| *w)
    }
}

impl Clause {
    /// The reading that a number from 0 to 1 falls on for an observer; none where there is only the text.
    pub fn reading_of(&self, observer: StateId, draw: f64) -> Option<usize> {
        let total: f64 = self.readings.iter().map(|r| r.weight_for(observer)).sum();
        let mut reached = 0.0;
        let found = self.readings.iter().position(|r| {
            reached += r.weight_for(observer);
            draw * total < reached
        });
        found.or(self.readings.len().checked_sub(1))
    }

    /// The clause as it is read.
    pub fn read_as(&self, reading: Option<usize>) -> &Self {
        reading.and_then(|i| self.readings.get(i)).map_or(self, |r| &r.clause)
    }
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
    /// Only these wars under way at the start count; any, if empty.
    pub conflicts: Vec<ConflictId>,
    /// Owed only once the adversary has left a demand of the beneficiary unmet.
    pub unmet_demand: bool,
    /// Owed only once one of these fights on the beneficiary's side; at once, if empty.
    pub once_fighting: Vec<StateId>,
    /// Owed only if the beneficiary is itself attacked.
    pub partner_attacked: bool,
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

/// What one state supplies to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Text id.
    pub id: String,
    /// The address of its chance.
    pub key: Key,
    /// Who supplies.
    pub from: StateId,
    /// Whom.
    pub to: StateId,
    /// What.
    pub materiel: Materiel,
    /// How much a month.
    pub amount: f64,
    /// Turns between dispatch and arrival.
    pub delay: u32,
    /// The turn from which it runs; 0 for one that runs from the start.
    pub since: Option<Turn>,
    /// The turn in which it ends.
    pub until: Option<Turn>,
    /// Whether it is for a war, and ends with it.
    pub for_war: bool,
    /// Whether both hide it.
    pub covert: bool,
    /// The treaty under which it may be acknowledged.
    pub under: Option<TreatyId>,
    /// What it is, in a sentence.
    pub text: String,
}

/// A norm, with those who vote on its breaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Norm {
    /// Text id.
    pub id: String,
    /// The address of its chance.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// What it forbids.
    pub kind: NormKind,
    /// How firmly it is held at the start, 0 to 1.
    pub strength: f64,
    /// On whom it is.
    pub on: Vec<StateId>,
    /// Who votes on sanctions.
    pub council: Vec<StateId>,
    /// Which of these have a veto.
    pub vetoes: Vec<StateId>,
    /// How many votes a decision needs.
    pub majority: usize,
    /// The body that watches over it at the start.
    pub monitor: Option<String>,
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
    /// Its day, if it has one: within a turn, events happen in the order of their days, and those without one last.
    pub day: Option<Date>,
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
    /// The beginning of a conflict of its own, though one is fought near it.
    pub separate: bool,
    /// Its author hides.
    pub covert: bool,
    /// What it is for, where that is known.
    pub motive: Option<Motive>,
    /// What its author says that it is, where it says so.
    pub pretext: Option<Pretext>,
}

impl Incident {
    /// An undisguised invasion of the target's own territory.
    pub fn invasion(initiator: StateId, target: StateId) -> Self {
        Self {
            initiator,
            target,
            level: Level::War,
            form: Form::Invasion,
            place: target,
            contested: false,
            widens: false,
            separate: false,
            covert: false,
            motive: None,
            pretext: None,
        }
    }
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
    /// A party ratifies a treaty.
    Ratification(TreatyId, StateId),
    /// A state accedes to a treaty.
    Accession(TreatyId, StateId),
    /// A treaty is renewed.
    Renewal(TreatyId),
    /// A party denounces a treaty.
    Denunciation(TreatyId, StateId),
    /// A treaty, or its secret articles, become known to all.
    Revelation(TreatyId),
    /// A party invokes a treaty.
    Invocation(TreatyId, StateId),
    /// A state waives what is owed to it under a treaty.
    Waiver(TreatyId, StateId),
    /// A state makes a demand on another.
    Demand(StateId, StateId),
    /// A state's demand on another is met.
    DemandMet(StateId, StateId),
    /// A state leaves the wars in which it is opposed to another.
    SeparatePeace(StateId, StateId),
    /// Fighting between two states ends.
    Ceasefire(StateId, StateId),
    /// A signal: by whom, with whom, what, against whom.
    Signal(StateId, StateId, SignalKind, Vec<StateId>),
    /// A transfer begins.
    BeginTransfer(TransferId),
    /// A transfer ends.
    EndTransfer(TransferId),
    /// What is known of a covert transfer is published.
    Publication(TransferId, StateId),
    /// A covert transfer is denied.
    Denial(TransferId, StateId),
    /// A covert transfer is admitted.
    Acknowledgement(TransferId, StateId),
    /// A vote on whether the body that watches over a norm goes on.
    MonitorVote(NormId),
    /// All states vote on a text that condemns one for what it did to another.
    Condemnation(StateId, StateId),
    /// A state recognizes what another claims of a third.
    Recognition(StateId, StateId, StateId),
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
    /// The state fights because it was attacked.
    Attacked(StateId),
    /// A war is fought in the region.
    WarIn(RegionId),
    /// The treaty is in force.
    InForce(TreatyId),
    /// The inject has happened.
    Happened(InjectId),
    /// What is known of the covert transfer has been published.
    Published(TransferId),
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
    /// A commitment of the one to the other falls due, under this treaty if given.
    Owed(StateId, StateId, Option<TreatyId>),
    /// The state does at least so much.
    Responds(StateId, Response),
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

    /// A transfer by id.
    pub fn transfer(&self, id: TransferId) -> &Transfer {
        &self.transfers[id.index()]
    }

    /// A norm by id.
    pub fn norm(&self, id: NormId) -> &Norm {
        &self.norms[id.index()]
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
