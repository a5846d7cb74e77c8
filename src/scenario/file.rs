//! What the author of a scenario types: the mirror of the RON file, without logic.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{Preset, RulesFile};
use crate::model::{
    Automaticity, Chain, Control, Depth, Form, Level, Materiel, Motive, NormKind, Obligation, Performance,
    Pretext, Renewal, Response, Side, SignalKind, Strength, Theatre, TurnLength, Verdict, WarPowers,
};

/// A scenario file (format 1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// The version of the format: 1.
    #[serde(default)]
    pub format: u32,
    /// A scenario to start from: the name of an embedded one, or a path beside this file.
    /// What this file gives is added to it or replaces it, entry by entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// What to leave out of the extended scenario, as `treaties/NAME`, `states/ID`, ...
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// The title, a few words.
    #[serde(default)]
    pub title: String,
    /// One or two sentences on what this is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The background, at most a page, in plain text; paragraphs parted by blank lines.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub background: String,
    /// What a learner should be able to explain afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learning_goals: Vec<String>,
    /// Questions for discussion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// What the model leaves out or gets wrong here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
    /// The first day of the first turn, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// The length of a turn: `Days(n)` or `Months(n)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<TurnLength>,
    /// How many turns the scenario lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns: Option<u32>,
    /// The seed to play with where none is asked for; 1 unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// A GeoJSON file of the states' borders at the time, beside this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// The part of the map to show first, in degrees: west, south, east, north. The whole world unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<(f64, f64, f64, f64)>,
    /// The works and documents that facts are taken from, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, SourceFile>,
    /// The rules: a preset and overrides.
    #[serde(default)]
    pub rules: RulesFile,
    /// Regions, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, RegionFile>,
    /// States, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub states: BTreeMap<String, StateFile>,
    /// How states stand to each other. Where two entries give the same pair, the one that names
    /// fewer pairs prevails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationFile>,
    /// Treaties, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub treaties: BTreeMap<String, TreatyFile>,
    /// Support promised outside any treaty, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pledges: BTreeMap<String, PledgeFile>,
    /// Conflicts under way at the start, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub conflicts: BTreeMap<String, ConflictFile>,
    /// What states supply to each other, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub transfers: BTreeMap<String, TransferFile>,
    /// Norms, and who watches over them, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub norms: BTreeMap<String, NormFile>,
    /// The effective number of poles from which the order counts as multipolar, if that is to be reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multipolar_from: Option<f64>,
    /// Whether states that share a threat may conclude treaties of which there is no draft here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub offers: bool,
    /// Events from outside the model, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub injects: BTreeMap<String, InjectFile>,
    /// What the scenario says about its own outcome, tested by `casus check`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect: Vec<ExpectFile>,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Confidence {
    /// Documented and undisputed.
    High,
    /// Documented, with room for dispute or rounding.
    Medium,
    /// An estimate or a judgement.
    Low,
}

/// A work or document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Author, title, publisher; for a document its title and date.
    pub title: String,
    /// The year of publication.
    pub year: i32,
    /// Where it is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// How sure the facts taken from it are.
    pub confidence: Confidence,
}

/// A region of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionFile {
    /// Its name.
    pub name: String,
}

/// A capital city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapitalFile {
    /// Its name.
    pub name: String,
    /// Latitude in degrees, -90 to 90, north positive.
    pub lat: f64,
    /// Longitude in degrees, -180 to 180, east positive.
    pub lon: f64,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateFile {
    /// Its name in a sentence ("Russia", "the United States").
    pub name: String,
    /// The capital; also where the state is on the map if it has no territory there.
    pub capital: CapitalFile,
    /// The region it lies in.
    pub region: String,
    /// Share of the world's capability, 0 to 1.
    pub capability: f64,
    /// Whether it has nuclear weapons.
    #[serde(default)]
    pub nuclear: bool,
    /// How democratic it is, 0 to 1 (V-Dem polyarchy or the like).
    #[serde(default = "half")]
    pub democracy: f64,
    /// Readiness to run risks, 0 to 1; scales the reluctance to fight. 0.5 is average.
    #[serde(default = "half")]
    pub resolve: f64,
    /// How well it sees what others hide, 0 to 1.
    #[serde(default = "half")]
    pub intelligence: f64,
    /// Its munitions; without them it fights with all its strength however long a war lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub munitions: Option<MunitionsFile>,
    /// Who may take it to war.
    #[serde(default)]
    pub war_powers: WarPowers,
    /// The provision on war powers, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub war_powers_text: String,
    /// Who moves it: its own calculation, where the rules let states act of their own accord, the script, or a player.
    #[serde(default)]
    pub control: Control,
    /// With `war_powers: SelfDefence`: the case in which it may fight though it is not attacked itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_fight_if: Option<NamedConditionFile>,
    /// ISO 3166-1 alpha-3 codes of today's states whose polygons show it on the map;
    /// its own id unless given. `[]` for a state without territory on the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<Vec<String>>,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

fn half() -> f64 {
    0.5
}

/// A stock of munitions, in one unit for the whole scenario.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MunitionsFile {
    /// What it has at the start.
    pub stock: f64,
    /// What it makes in a month.
    pub production: f64,
    /// What it uses in a month of war.
    pub consumption: f64,
}

/// What one state supplies to another, month after month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferFile {
    /// Who supplies.
    pub from: String,
    /// Whom.
    pub to: String,
    /// What.
    pub materiel: Materiel,
    /// How much a month: munitions in the scenario's unit, money as what it adds to production, troops as a share
    /// of the supplier's capability.
    pub amount: f64,
    /// Turns between dispatch and arrival.
    #[serde(default)]
    pub delay: u32,
    /// The day from which it runs; only an act `BeginTransfer` begins it, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The day on which it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Whether it is for a war: it ends by itself once its recipient fights in none, and if no day is given on which it
    /// begins, its supplier may begin it of its own accord while its recipient fights (`generosity` in the rules).
    #[serde(default)]
    pub for_war: bool,
    /// Whether both hide it.
    #[serde(default)]
    pub covert: bool,
    /// The treaty under which it may be acknowledged once it has come out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// What it is, in a sentence.
    pub text: String,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// A norm, with those who vote on its breaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NormFile {
    /// Its name.
    pub name: String,
    /// What it forbids.
    pub kind: NormKind,
    /// How firmly it is held at the start, 0 to 1.
    pub strength: f64,
    /// For an embargo: on whom it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// Who votes on sanctions against those who break it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub council: Vec<String>,
    /// Which of these can stop a decision by a veto.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<String>,
    /// How many votes a decision needs; more than half of the council's unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub majority: Option<u32>,
    /// The name of a body that watches over it, if there is one at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitor: Option<String>,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// A condition with the name that the law gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedConditionFile {
    /// What the law calls it ("a survival-threatening situation").
    pub name: String,
    /// When it holds.
    pub condition: ConditionFile,
}

/// How states stand to others: every state of `from` to every state of `to`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationFile {
    /// Whose attitude it is.
    pub from: Vec<String>,
    /// Towards whom.
    pub to: Vec<String>,
    /// Whether the same holds the other way round.
    #[serde(default = "yes")]
    pub mutual: bool,
    /// Hostility, 0 to 1; 0 for pairs that no entry gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostility: Option<f64>,
    /// Affinity, 0 to 1; 0 for pairs that no entry gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affinity: Option<f64>,
    /// Whether they share a land border or lie within a short sea crossing (always mutual).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contiguous: Option<bool>,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

fn yes() -> bool {
    true
}

/// A treaty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TreatyFile {
    /// Its name.
    pub name: String,
    /// A short name for labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Its parties.
    pub parties: Vec<String>,
    /// The day it was signed.
    pub signed: String,
    /// The day it entered or enters into force; never, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<String>,
    /// The day it ends; open, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// What happens on the day of `until`; it ends then unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
    /// Who must ratify it, and has. Only those who have ratified are bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratification: Option<RatificationFile>,
    /// On which terms a party may leave; at once and at any time unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denunciation: Option<DenunciationFile>,
    /// Parties that were or are bound only from a later day than the others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub joined: BTreeMap<String, String>,
    /// Parties that left or leave, with the day from which each is free.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left: BTreeMap<String, String>,
    /// States that are no parties but may accede during the scenario (act `Accession`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_to: Vec<String>,
    /// Whether it is only a draft that the parties may come to conclude; `signed` is then the day from which they
    /// negotiate.
    #[serde(default)]
    pub draft: bool,
    /// What a party calls it, where parties differ ("an alliance").
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub called: BTreeMap<String, String>,
    /// Treaties that end when this one enters into force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// Whether it is known to its parties alone.
    #[serde(default)]
    pub secret: bool,
    /// Who knows of a secret treaty besides its parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known_to: Vec<String>,
    /// What ties the parties together beyond the text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub depth: Depth,
    /// Clauses, by article ("4", "5.1").
    pub clauses: BTreeMap<String, ClauseFile>,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Who must ratify a treaty, and has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RatificationFile {
    /// How many ratifications bring it into force, where `in_force` gives no day; all parties' unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<u32>,
    /// The day of ratification, by party. Others may still ratify during the scenario (act `Ratification`).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<String, String>,
}

/// On which terms a party may leave a treaty (ATOP: RENOUNCE).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DenunciationFile {
    /// Months of notice, during which it is still bound.
    pub notice: u32,
    /// The day before which nobody may leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
}

/// One way in which an article is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReadingFile {
    /// The reading in a sentence.
    pub text: String,
    /// How likely a state is to read it so, relative to the other readings; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// The same for particular states.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub held_by: BTreeMap<String, f64>,
    /// What is read otherwise than the clause says: the least hostility level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whether it is not owed to a state that began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unprovoked: Option<bool>,
    /// Whose attacks count; by any, if the list is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Vec<String>>,
    /// Whether it is owed only if the beneficiary asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_request: Option<bool>,
    /// Where the attack must fall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theatre: Option<Theatre>,
    /// What help is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Performance>,
    /// How much room it leaves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automaticity: Option<Automaticity>,
    /// Whether it is subject to constitutional processes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constitutional: Option<bool>,
    /// How binding it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// How far it follows from another state's entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<Chain>,
}

/// One obligation of a treaty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseFile {
    /// What is promised.
    pub obligation: Obligation,
    /// The article's text: a paraphrase or a short quotation.
    pub text: String,
    /// Who promises; all parties unless given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligors: Vec<String>,
    /// To whom; all parties unless given. A guarantee names a state that need not be a party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beneficiaries: Vec<String>,
    /// When it is owed.
    #[serde(default)]
    pub trigger: TriggerFile,
    /// What help the text asks for; what is usual for the obligation unless given
    /// (`Force` for defence and offence, `MaterielOnly` for aid, `Consult` for consultation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Performance>,
    /// How much room the text leaves.
    #[serde(default = "deliberate")]
    pub automaticity: Automaticity,
    /// Whether performance is subject to each party's constitutional processes.
    #[serde(default)]
    pub constitutional: bool,
    /// Whether it is framed by Article 51 of the United Nations Charter: owed only in
    /// self-defence, so not to a state that began the conflict.
    #[serde(default)]
    pub un_charter: bool,
    /// How binding the text is read to be: `Exact(x)` or `Between(low, likely, high)`, 0 to 1.
    #[serde(default = "fully")]
    pub strength: Strength,
    /// How far it follows from another state's entry.
    #[serde(default = "direct_victim")]
    pub chain: Chain,
    /// Turns within which performance is due.
    #[serde(default = "one")]
    pub tempo: u32,
    /// Whether this article alone is secret, in a treaty that is not.
    #[serde(default)]
    pub secret: bool,
    /// Readings of an article that can be read in more than one way, by name: which one a state holds is
    /// drawn once per conflict. A reading says only what it reads otherwise than the clause.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub readings: BTreeMap<String, ReadingFile>,
}

fn deliberate() -> Automaticity {
    Automaticity::Deliberate
}
fn fully() -> Strength {
    Strength::Exact(1.0)
}
fn direct_victim() -> Chain {
    Chain::DirectVictim
}
fn one() -> u32 {
    1
}

/// The event that makes a clause due: all conditions must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TriggerFile {
    /// The least hostility level of the attack.
    pub level: Level,
    /// Only these forms of attack count; all, if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
    /// Whether it is not owed to a state that began the conflict or joined the side that did.
    pub unprovoked: bool,
    /// Only attacks by these states count; by any, if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// Whether attacks by allies of the named adversaries count as well.
    pub or_their_allies: bool,
    /// Where the attack must fall.
    pub theatre: Theatre,
    /// The least number of adversaries that the beneficiary must face.
    pub adversaries_at_least: u32,
    /// Whether it is owed only if the beneficiary asks.
    pub on_request: bool,
    /// Only these wars under way at the start count (ids of `conflicts`); any, if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// Whether it is owed only once the adversary has left a demand of the beneficiary unmet (act `Demand`).
    pub unmet_demand: bool,
    /// Whether it is owed only once one of these states fights on the beneficiary's side; at once, if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub once_fighting: Vec<String>,
    /// For neutrality, consultation and offence: whether it is owed only if the beneficiary is itself attacked.
    pub partner_attacked: bool,
}

impl Default for TriggerFile {
    fn default() -> Self {
        Self {
            level: Level::UseOfForce,
            forms: Vec::new(),
            unprovoked: false,
            against: Vec::new(),
            or_their_allies: false,
            theatre: Theatre::Anywhere,
            adversaries_at_least: 1,
            on_request: false,
            conflicts: Vec::new(),
            unmet_demand: false,
            once_fighting: Vec::new(),
            partner_attacked: false,
        }
    }
}

/// Support that a state promises another outside any treaty: a statement, a "blank cheque".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgeFile {
    /// Who promises.
    pub by: String,
    /// To whom.
    pub to: String,
    /// What was said: a paraphrase or a short quotation.
    pub text: String,
    /// Against whom; against anyone, if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// How firm it is, 0 to 1.
    pub strength: f64,
    /// Whether it holds only while the other has not begun the conflict.
    #[serde(default)]
    pub unprovoked: bool,
    /// The day it was or is made; known from the start, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// A conflict under way at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictFile {
    /// Its name.
    pub name: String,
    /// The day it began.
    pub began: String,
    /// The state that used force first.
    pub initiator: String,
    /// The state that it was used against.
    pub target: String,
    /// Others that fight on the initiator's side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_initiator: Vec<String>,
    /// Others that fight on the target's side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_target: Vec<String>,
    /// Others that help the initiator's side without fighting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helping_initiator: Vec<String>,
    /// Others that help the target's side without fighting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helping_target: Vec<String>,
    /// The highest hostility level reached.
    #[serde(default = "war")]
    pub level: Level,
    /// The state on whose territory it is mainly fought; the target's, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

fn war() -> Level {
    Level::War
}

/// An event from outside the model. It falls due at the first turn at which all that is given of
/// `turn`, `date` and `condition` holds, and happens at most once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InjectFile {
    /// Not before this turn (1 is the first).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// Not before the turn that holds this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Not unless this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<ConditionFile>,
    /// The chance that it happens, drawn once when it falls due; certain unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Instead of `probability`: the chance per turn, from when it falls due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<f64>,
    /// What happens.
    pub act: ActFile,
    /// What it is, in a sentence.
    pub text: String,
    /// Whether it is assumed rather than recorded by history.
    #[serde(default)]
    pub hypothetical: bool,
    /// Source keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// What an inject does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum ActFile {
    /// A hostile act of one state against another.
    Incident {
        /// Who commits it.
        initiator: String,
        /// Against whom.
        target: String,
        /// How grave it is.
        level: Level,
        /// What form it takes; `Invasion` unless given.
        #[serde(default = "invasion")]
        form: Form,
        /// The state on whose territory it falls; the target's, unless given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Whether each side says that the other began, so that observers may differ.
        #[serde(default)]
        contested: bool,
        /// Whether it is part of the war that the initiator (or else the target) is fighting already,
        /// wherever it falls. Otherwise it is if it falls in the region of that war or of an enemy in it.
        #[serde(default)]
        widens: bool,
        /// Whether it begins a conflict of its own, though one is fought near it.
        #[serde(default)]
        separate: bool,
        /// Whether its author hides: help against it is owed by those who have traced it.
        #[serde(default)]
        covert: bool,
        /// What it is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        motive: Option<Motive>,
        /// What its author says in public that it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pretext: Option<Pretext>,
    },
    /// A pledge of support outside any treaty.
    Pledge {
        /// Who promises.
        by: String,
        /// To whom.
        to: String,
        /// Against whom; against anyone, if empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<String>,
        /// How firm it is, 0 to 1.
        strength: f64,
        /// Whether it holds only while the other has not begun the conflict.
        #[serde(default)]
        unprovoked: bool,
    },
    /// A treaty enters into force.
    EntryIntoForce(
        /// The treaty.
        String,
    ),
    /// A treaty ends.
    Termination(
        /// The treaty.
        String,
    ),
    /// A party ratifies a treaty.
    Ratification {
        /// The treaty.
        treaty: String,
        /// Who ratifies.
        by: String,
    },
    /// A state accedes to a treaty that is open to it, or comes back to one that it has left.
    Accession {
        /// The treaty.
        treaty: String,
        /// Who accedes.
        by: String,
    },
    /// The parties renew a treaty that goes on only by such an act.
    Renewal(
        /// The treaty.
        String,
    ),
    /// A party denounces a treaty, and leaves it when its notice has run.
    Denunciation {
        /// The treaty.
        treaty: String,
        /// Who leaves.
        by: String,
    },
    /// A secret treaty, or the secret articles of one, become known to all.
    Revelation(
        /// The treaty.
        String,
    ),
    /// A party invokes a treaty: as the one attacked it calls on the others, or as one that is bound it declares
    /// the case met, perhaps after it has already acted.
    Invocation {
        /// The treaty.
        treaty: String,
        /// Who invokes it.
        by: String,
    },
    /// A state waives what is owed to it under a treaty in the wars of the day.
    Waiver {
        /// The treaty.
        treaty: String,
        /// Who waives.
        by: String,
    },
    /// A state makes a demand on another, which is unmet until a `DemandMet` follows.
    Demand {
        /// Who demands.
        by: String,
        /// Of whom.
        to: String,
    },
    /// A demand is met.
    DemandMet {
        /// Who demanded.
        by: String,
        /// Of whom.
        to: String,
    },
    /// A state makes peace with another by itself, and leaves the wars in which they are opposed.
    SeparatePeace {
        /// Who leaves.
        by: String,
        /// With whom it makes peace.
        with: String,
    },
    /// Every conflict in which the two states fight on opposite sides ends, for all who fight in it.
    Ceasefire(
        /// One state.
        String,
        /// The other.
        String,
    ),
    /// An act that is meant to be seen.
    Signal {
        /// Who sends it.
        by: String,
        /// With whom, or for whom.
        with: String,
        /// What it is.
        kind: SignalKind,
        /// Against whom it is meant, besides those who are hostile to the sender anyway.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<String>,
    },
    /// A transfer begins.
    BeginTransfer(
        /// The transfer.
        String,
    ),
    /// A transfer ends.
    EndTransfer(
        /// The transfer.
        String,
    ),
    /// What is known of a covert transfer is published.
    Publication {
        /// The transfer.
        transfer: String,
        /// Who publishes.
        by: String,
    },
    /// A party to a covert transfer denies it.
    Denial {
        /// The transfer.
        transfer: String,
        /// Who denies.
        by: String,
    },
    /// A party to a covert transfer admits it, and says that it is lawful.
    Acknowledgement {
        /// The transfer.
        transfer: String,
        /// Who admits it.
        by: String,
    },
    /// The council of a norm votes on whether the body that watches over it goes on.
    MonitorVote(
        /// The norm.
        String,
    ),
    /// All states vote on a text that condemns a state.
    Condemnation {
        /// Whom it condemns.
        of: String,
        /// For the sake of which victim.
        victim: String,
    },
    /// A state recognizes what another claims of a third.
    Recognition {
        /// Who recognizes.
        by: String,
        /// Whose claim.
        of: String,
        /// Against whom.
        against: String,
    },
    /// How one state stands to another changes.
    Attitude {
        /// Whose attitude it is.
        from: String,
        /// Towards whom.
        to: String,
        /// The new hostility, 0 to 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hostility: Option<f64>,
        /// The new affinity, 0 to 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        affinity: Option<f64>,
    },
}

fn invasion() -> Form {
    Form::Invasion
}

/// Something that may hold in a turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum ConditionFile {
    /// The state is a belligerent.
    AtWar(String),
    /// The two states fight on opposite sides.
    AtWarWith(String, String),
    /// The two states fight on the same side.
    Allied(String, String),
    /// The state fights because it was attacked.
    Attacked(String),
    /// A war is fought in the region.
    WarIn(String),
    /// The treaty is in force.
    InForce(String),
    /// The inject has happened.
    Happened(String),
    /// What is known of the covert transfer has been published.
    Published(String),
    /// None of it holds.
    Not(Box<ConditionFile>),
    /// All of them hold.
    All(Vec<ConditionFile>),
    /// At least one of them holds.
    Any(Vec<ConditionFile>),
}

/// An assertion about the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectFile {
    /// What is asserted.
    pub claim: ClaimFile,
    /// The least and the greatest share of replicates in which it must hold.
    pub share: (f64, f64),
    /// Over how many replicates.
    #[serde(default = "hundred")]
    pub replicates: u32,
    /// Under another preset than the scenario's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// Why this is expected: what history or the text says.
    pub because: String,
}

fn hundred() -> u32 {
    100
}

/// A statement about one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum ClaimFile {
    /// The state enters a conflict (or fights one from the start).
    Belligerent {
        /// The state.
        state: String,
        /// On which side; either, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<Side>,
        /// By which day; by the end, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// The state is judged so in some conflict, at some time in the run.
    Verdict {
        /// The state.
        state: String,
        /// The judgement.
        verdict: Verdict,
    },
    /// A conflict has at least so many belligerents.
    Belligerents(
        /// How many.
        u32,
    ),
    /// The two fight on opposite sides of a conflict.
    Opposed(String, String),
    /// A commitment of the one to the other falls due in some conflict.
    Owed {
        /// Who owes.
        by: String,
        /// To whom.
        to: String,
        /// Under which treaty; any, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        treaty: Option<String>,
    },
    /// The state does at least so much for some side of a conflict.
    Responds {
        /// The state.
        state: String,
        /// The least that it does.
        at_least: Response,
    },
}
