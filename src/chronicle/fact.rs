//! The closed list of everything that can happen.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::{FactId, Statecraft};
use crate::model::{
    CommitmentId, ConflictId, Date, Domestic, Form, InjectId, Level, PledgeId, Response, Role, Side, StateId,
    TreatyId, Turn, Verdict,
};
use crate::scenario::{Act, BothSides, Incident, Pledge};

/// The causes of a fact. Most have few, which then take no room of their own.
pub type Causes = SmallVec<[FactId; 4]>;

/// The conditions of a clause or pledge in a case.
pub type Checks = SmallVec<[Check; 12]>;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its place in the chronicle.
    pub id: FactId,
    /// When.
    pub turn: Turn,
    /// In which phase of the turn.
    pub phase: Phase,
    /// What.
    pub kind: FactKind,
    /// The facts that brought it about, all earlier.
    pub because: Causes,
}

/// The phases of a turn, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Phase {
    /// Dates that fall due, scripted events, orders.
    Agenda,
    /// What states do of their own accord.
    Initiative,
    /// Hostile acts.
    Incident,
    /// Who calls on whom.
    Invocation,
    /// Who is believed to have begun.
    Attribution,
    /// Which commitments are owed.
    CasusFoederis,
    /// What states choose.
    Deliberation,
    /// What their constitutions allow.
    DomesticProcess,
    /// What takes effect.
    Response,
    /// How wars go and end.
    War,
    /// What is hidden comes out, is denied and admitted.
    Disclosure,
    /// Norms, sanctions, beliefs, rivalries.
    Order,
    /// Treaties are concluded and left.
    Realignment,
    /// How conduct is judged.
    Judgement,
}

/// A hostile act of one state against another: what clauses are tested against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Who uses force.
    pub attacker: StateId,
    /// On whom.
    pub victim: StateId,
    /// In which conflict.
    pub conflict: ConflictId,
    /// The victim's side in it.
    pub side: Side,
    /// How grave it is.
    pub level: Level,
    /// Its form.
    pub form: Form,
    /// On whose territory it falls.
    pub place: StateId,
    /// How it comes about.
    pub how: How,
    /// Each side says that the other began.
    pub contested: bool,
    /// Its author hides.
    pub covert: bool,
    /// The fact that it is.
    pub fact: FactId,
}

/// How an attack comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum How {
    /// It is an incident, and opens a conflict or carries it on.
    Incident,
    /// The attacker has just entered the conflict against the victim.
    Entry,
    /// The "victim" has itself just entered the conflict, and so is at war with the "attacker".
    OwnEntry,
    /// The "victim" is the one that uses force: what an offence clause is owed for.
    OwnAttack,
}

/// A condition of a clause or pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConditionKind {
    /// The treaty is in force.
    InForce,
    /// The beneficiary is the one attacked.
    Attacked,
    /// The level is high enough.
    Level,
    /// The form is one that counts.
    Form,
    /// The beneficiary did not begin the conflict.
    Unprovoked,
    /// The attacker is an adversary that counts.
    Adversary,
    /// The attack falls where it counts.
    Theatre,
    /// There are enough adversaries.
    Number,
    /// The beneficiary asks.
    Request,
    /// The chain of entries is one that counts.
    Chain,
    /// The obligor does not fight on the other side already.
    Free,
    /// The beneficiary is at war.
    AtWar,
    /// The beneficiary is one that is attacked in the conflict.
    PartnerAttacked,
    /// The conflict is one that the clause names.
    Conflict,
    /// A demand of the beneficiary on the adversary is unmet.
    Demand,
    /// A state on whose entry the clause waits fights on the beneficiary's side.
    Precondition,
    /// The covert act has been traced to its author.
    Traced,
    /// The beneficiary has not waived what is owed to it.
    NotWaived,
    /// The obligor uses force against the beneficiary: what a promise of non-aggression rules out.
    ForceAgainst,
}

impl ConditionKind {
    /// What is the case where it is not met, whatever the clause ("the attack falls elsewhere").
    pub fn wanting(self) -> &'static str {
        match self {
            Self::InForce => "the treaty is not in force between the two",
            Self::Attacked => "it is not the one attacked",
            Self::Level => "the act is not grave enough",
            Self::Form => "it is not a form of attack that counts",
            Self::Unprovoked => "it began the conflict, or joined the side that did",
            Self::Adversary => "the adversary is not one that counts",
            Self::Theatre => "the attack falls outside the area",
            Self::Number => "there are too few adversaries",
            Self::Request => "it does not ask",
            Self::Chain => "the chain of entries is not one that counts",
            Self::Free => "the obligor fights on the other side",
            Self::AtWar => "it is not at war",
            Self::PartnerAttacked => "it is not itself attacked",
            Self::Conflict => "this is not the war that the clause names",
            Self::Demand => "no demand of it has been left unmet",
            Self::Precondition => "the state on whose entry the clause waits does not fight on its side",
            Self::Traced => "the act has not been traced to its author",
            Self::NotWaived => "it has waived what is owed to it",
            Self::ForceAgainst => "no force is used against it",
        }
    }
}

/// A condition and whether it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which condition.
    pub condition: ConditionKind,
    /// Whether it was met.
    pub met: bool,
}

/// How far something owed has been fulfilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fulfilment {
    /// Nothing was done in time.
    Reneged,
    /// Less was done than is owed.
    Partial,
    /// What is owed was done.
    Honoured,
}

impl Fulfilment {
    /// What an obligor does about it ("honours").
    pub fn verb(self) -> &'static str {
        match self {
            Self::Reneged => "has done nothing about",
            Self::Partial => "meets in part",
            Self::Honoured => "honours",
        }
    }

    /// Words for it ("honoured").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Reneged => "not met at all",
            Self::Partial => "met in part",
            Self::Honoured => "honoured",
        }
    }
}

/// Why the cause of a state's entry into a war has lapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// The state for which it entered fights no longer.
    PartnerLeft(StateId),
    /// The treaty under which it entered binds it no longer.
    TreatyEnded(TreatyId),
}

/// A consideration in a deliberation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Term {
    /// What a treaty binds it to.
    Obligation,
    /// What it pledged outside any treaty.
    Pledge,
    /// What reneging would cost at home.
    Audience,
    /// Affinity to those it would help.
    Affinity,
    /// Hostility to the other side.
    Hostility,
    /// Affinity to the other side.
    OtherSide,
    /// A common border.
    Contiguity,
    /// Its own power.
    Power,
    /// The change in the chance of victory.
    Prospects,
    /// Others bound by the same clause: already in (gain) or still out (loss).
    Company,
    /// The reluctance to fight at all.
    Reluctance,
    /// Distance to the fighting.
    Distance,
    /// Wars already being fought.
    Overstretch,
    /// War weariness.
    Weariness,
    /// Nuclear weapons on the other side.
    Nuclear,
    /// Promises to the other side.
    OpposedObligation,
    /// Joining those who used force first.
    Aggression,
}

impl Term {
    /// Words for it ("distance to the fighting").
    pub fn noun(self) -> &'static str {
        match self {
            Self::Obligation => "treaty obligation",
            Self::Pledge => "pledge of support",
            Self::Audience => "cost of reneging at home",
            Self::Affinity => "affinity to those helped",
            Self::Hostility => "hostility to the other side",
            Self::OtherSide => "affinity to the other side",
            Self::Contiguity => "a border with one of those who fight",
            Self::Power => "own power",
            Self::Prospects => "prospects of victory",
            Self::Company => "what others bound by the same clause do",
            Self::Reluctance => "reluctance to fight",
            Self::Distance => "distance to the fighting",
            Self::Overstretch => "wars already being fought",
            Self::Weariness => "war weariness",
            Self::Nuclear => "nuclear weapons on the other side",
            Self::OpposedObligation => "promises to the other side",
            Self::Aggression => "joining those who used force first",
        }
    }
}

/// Considerations with their utilities.
pub type Terms = Vec<(Term, f64)>;

/// What a state has at stake on one side of a conflict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stakes {
    /// Commitments: the utility of full performance, and the share of it that discharges the duty.
    pub duties: Vec<(f64, f64)>,
    /// Considerations that count by how much is done, apart from duties; most of them in favour (positive).
    pub gains: Terms,
    /// Considerations against it (negative), that count by how much it exposes the state.
    pub costs: Terms,
    /// The greatest response that is possible.
    pub most: Option<Response>,
}

impl Stakes {
    /// What speaks for (positive) and against (negative) an option that does a share of all that could be done, and
    /// exposes the state to a share of the costs of war.
    pub fn terms(&self, done: f64, exposed: f64) -> impl Iterator<Item = (Term, f64)> {
        // The duty that is served best counts: a state does not owe the same help twice.
        let duty =
            self.duties.iter().map(|(value, share)| value * (done / share).min(1.0)).fold(0.0, f64::max);
        let gains = self.gains.iter().map(move |(t, u)| (*t, u * done));
        let costs = self.costs.iter().map(move |(t, u)| (*t, u * exposed));
        std::iter::once((Term::Obligation, duty)).chain(gains).chain(costs).filter(|(_, u)| *u != 0.0)
    }
}

/// One option as it was weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Considered {
    /// The option.
    pub response: Response,
    /// The share of all that could be done that it does.
    pub done: f64,
    /// The share of the costs of war that it exposes the state to.
    pub exposed: f64,
    /// The sum of what spoke for and against it.
    pub utility: f64,
    /// The probability that it is chosen.
    pub probability: f64,
}

/// A deliberation as it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was at stake.
    pub stakes: Stakes,
    /// The options, least first.
    pub options: Vec<Considered>,
    /// The number drawn, 0 to 1; none if nothing was left to chance.
    pub draw: Option<f64>,
    /// Whether an automatic clause (or the rule that all obligations are met) left no choice.
    pub automatic: bool,
}

impl Trace {
    /// What spoke for (positive) and against (negative) an option.
    pub fn terms(&self, option: &Considered) -> Terms {
        self.stakes.terms(option.done, option.exposed).collect()
    }
}

/// How a conflict ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// One side prevailed.
    Victory(Side),
    /// The sides settled.
    Settlement,
    /// A ceasefire from outside the model.
    Ceasefire,
    /// A clash that did not become a war.
    Subsided,
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum FactKind {
    /// A conflict was under way at the start.
    ConflictUnderWay {
        /// Which.
        conflict: ConflictId,
    },
    /// A treaty entered into force.
    EnteredIntoForce {
        /// Which.
        treaty: TreatyId,
    },
    /// A treaty ended.
    Terminated {
        /// Which.
        treaty: TreatyId,
        /// The treaty that replaces it.
        replaced_by: Option<TreatyId>,
    },
    /// A party ratified a treaty.
    Ratified {
        /// Which.
        treaty: TreatyId,
        /// Who.
        by: StateId,
    },
    /// A state acceded to a treaty.
    Acceded {
        /// Which.
        treaty: TreatyId,
        /// Who.
        by: StateId,
    },
    /// A party gave notice that it leaves a treaty.
    NoticeGiven {
        /// Which.
        treaty: TreatyId,
        /// Who.
        by: StateId,
        /// The turn from which it is free.
        effective: Turn,
    },
    /// A state left a treaty.
    Denounced {
        /// Which.
        treaty: TreatyId,
        /// Who.
        by: StateId,
    },
    /// A treaty was renewed.
    Renewed {
        /// Which.
        treaty: TreatyId,
        /// Its new last day, on the day on which it would have ended; none if it is renewed ahead of that day.
        until: Option<Date>,
    },
    /// The parties sign a treaty.
    Signed {
        /// Which.
        treaty: TreatyId,
    },
    /// A secret treaty, or the secret articles of one, became known to all.
    Revealed {
        /// Which.
        treaty: TreatyId,
    },
    /// A treaty was invoked in a conflict.
    Invoked {
        /// Which.
        treaty: TreatyId,
        /// By whom.
        by: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// Whether one who is bound declares the case met, rather than that the victim calls.
        by_obligor: bool,
        /// Whether it had already acted when it did.
        after_performance: bool,
        /// Whether clauses that were tested before are to be tested again for it.
        anew: bool,
    },
    /// A state waived what is owed to it under a treaty in a conflict.
    Waived {
        /// Which treaty.
        treaty: TreatyId,
        /// Who.
        by: StateId,
        /// In which conflict.
        conflict: ConflictId,
    },
    /// A demand was made.
    Demanded {
        /// By whom.
        by: StateId,
        /// Of whom.
        to: StateId,
    },
    /// A demand was met.
    DemandMet {
        /// Whose.
        by: StateId,
        /// By whom.
        to: StateId,
    },
    /// A scripted event happened.
    Injected {
        /// Which.
        inject: InjectId,
        /// Its chance, and the number drawn.
        chance: Option<(f64, f64)>,
    },
    /// A scripted event that was due did not happen.
    InjectFailed {
        /// Which.
        inject: InjectId,
        /// Its chance, and the number drawn.
        chance: (f64, f64),
    },
    /// A user's order was carried out.
    Ordered {
        /// What.
        act: Box<Act>,
    },
    /// Support was pledged outside any treaty.
    Pledged {
        /// Its number in the run.
        id: PledgeId,
        /// What was pledged.
        pledge: Box<Pledge>,
    },
    /// An attitude changed.
    AttitudeChanged {
        /// Whose.
        from: StateId,
        /// Towards whom.
        to: StateId,
        /// The new hostility.
        hostility: Option<f64>,
        /// The new affinity.
        affinity: Option<f64>,
    },
    /// A state used force of its own accord.
    Initiated {
        /// What it did.
        incident: Incident,
        /// The chance of it, and the number drawn.
        chance: (f64, f64),
    },
    /// A hostile act.
    Incident {
        /// What.
        incident: Incident,
        /// The conflict that it opens or belongs to.
        conflict: ConflictId,
    },
    /// A conflict began.
    ConflictBegan {
        /// Its number in the run.
        conflict: ConflictId,
        /// Who used force first.
        initiator: StateId,
        /// On whom.
        target: StateId,
        /// The level at which it began.
        level: Level,
        /// Where it is fought.
        place: StateId,
    },
    /// A dispute turned violent; who first used force has begun it, whoever threatened first.
    TurnedViolent {
        /// Which.
        conflict: ConflictId,
        /// Who used force first.
        initiator: StateId,
        /// On whom.
        target: StateId,
        /// Where.
        place: StateId,
    },
    /// A state became a belligerent.
    Entered {
        /// In which conflict.
        conflict: ConflictId,
        /// Who.
        state: StateId,
        /// On which side.
        side: Side,
        /// How.
        role: Role,
        /// For whom, if it joined.
        partner: Option<StateId>,
    },
    /// An observer made up its mind on who began.
    Attributed {
        /// Who.
        observer: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// Whom it holds to have begun.
        blamed: StateId,
        /// The chance that it would blame that state, and the number drawn.
        chance: (f64, f64),
    },
    /// An observer traced a covert act to its author.
    Traced {
        /// Who.
        observer: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// Whom it has found to be the author.
        author: StateId,
        /// The chance that it would, and the number drawn.
        chance: (f64, f64),
        /// Whether that was in a later turn than the act.
        later: bool,
    },
    /// A commitment was tested against an attack.
    Tested {
        /// Which.
        commitment: CommitmentId,
        /// Against what.
        attack: Attack,
        /// The conditions, all of which must be met.
        checks: Checks,
        /// Whether it is owed: the casus foederis.
        owed: bool,
        /// Whether it asks its obligor to act, rather than to refrain from something.
        acts: bool,
        /// How binding the text is read to be, if owed.
        strength: f64,
        /// How the obligor reads the clause, if there is more than one way.
        reading: Option<usize>,
    },
    /// Another state reads a clause otherwise than its obligor does.
    ReadOtherwise {
        /// Which commitment.
        commitment: CommitmentId,
        /// In which conflict.
        conflict: ConflictId,
        /// Who.
        observer: StateId,
        /// How it reads the clause.
        reading: Option<usize>,
        /// Whether it holds that the commitment is owed.
        owed: bool,
        /// The condition on which the two differ, if it is one.
        differs: Option<ConditionKind>,
    },
    /// A pledge was tested against an attack.
    PledgeTested {
        /// Which.
        pledge: PledgeId,
        /// Against what.
        attack: Attack,
        /// The conditions, all of which must be met.
        checks: Checks,
        /// Whether it falls due.
        owed: bool,
    },
    /// A state found itself bound to both sides.
    BoundToBoth {
        /// Who.
        state: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// The rule that was applied.
        rule: BothSides,
        /// The side that prevailed, if any.
        side: Option<Side>,
        /// The promise not to fight that stands on one side, if it is not help that is owed to both.
        restraint: Option<CommitmentId>,
    },
    /// A state consults with its partners before it decides.
    Consulting {
        /// Who.
        state: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// For which side.
        side: Side,
        /// With whom first.
        partner: StateId,
    },
    /// A state chose a response.
    Decided {
        /// Who.
        state: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// For which side.
        side: Side,
        /// Whom it would help first.
        partner: StateId,
        /// Against whom first.
        adversary: StateId,
        /// What it chose.
        choice: Response,
        /// How it came to it.
        trace: Box<Trace>,
    },
    /// Consent to war was asked of a legislature.
    ConsentSought {
        /// By which state's government.
        state: StateId,
        /// For which conflict.
        conflict: ConflictId,
        /// On which side.
        side: Side,
        /// The turn of the vote.
        due: Turn,
    },
    /// The domestic process ended.
    DomesticProcess {
        /// In which state.
        state: StateId,
        /// For which conflict.
        conflict: ConflictId,
        /// On which side.
        side: Side,
        /// How.
        result: Domestic,
        /// Popular support, the chance of consent and the number drawn, for a legislature.
        vote: Option<(f64, f64, f64)>,
        /// A treaty that made no reservation for constitutional processes and was crossed by one.
        crossed: Option<CommitmentId>,
    },
    /// A response short of war took effect.
    Performed {
        /// Who.
        state: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// For which side.
        side: Side,
        /// What.
        response: Response,
    },
    /// A promise not to fight was broken.
    PromiseBroken {
        /// Which.
        commitment: CommitmentId,
        /// In which conflict.
        conflict: ConflictId,
    },
    /// A state whose cause of entry lapsed thought again whether to fight on.
    Reviewed {
        /// Who.
        state: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// What lapsed.
        lapse: Lapse,
        /// Whether it fights on.
        stays: bool,
        /// The chance that it would, and the number drawn, if it was left to chance.
        chance: Option<(f64, f64)>,
    },
    /// A state left a war.
    Withdrew {
        /// Who.
        state: StateId,
        /// Which.
        conflict: ConflictId,
        /// The side on which it fought.
        side: Side,
    },
    /// A turn of fighting.
    Fought {
        /// In which conflict.
        conflict: ConflictId,
        /// Strength of the initiator's and the target's side.
        strengths: (f64, f64),
        /// Share of capability that each side loses.
        losses: (f64, f64),
        /// War weariness that each side gains.
        weariness: (f64, f64),
    },
    /// A conflict ended.
    ConflictEnded {
        /// Which.
        conflict: ConflictId,
        /// How.
        outcome: Outcome,
        /// The chance that it would end, and the number drawn.
        chance: Option<(f64, f64)>,
    },
    /// A commitment that was owed fell away: its conflict ended, its treaty or its beneficiary left, or it was waived.
    Lapsed {
        /// Which.
        commitment: CommitmentId,
        /// In which conflict.
        conflict: ConflictId,
    },
    /// It could be said how far something owed was fulfilled.
    Fulfilled {
        /// Which commitment.
        commitment: CommitmentId,
        /// In which conflict.
        conflict: ConflictId,
        /// How far.
        fulfilment: Fulfilment,
    },
    /// A state's conduct in a conflict was judged.
    Judged {
        /// Whose.
        state: StateId,
        /// In which conflict.
        conflict: ConflictId,
        /// How.
        verdict: Verdict,
    },
    /// What states do short of force.
    Statecraft(Statecraft),
}

impl FactKind {
    /// Its name in exports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ConflictUnderWay { .. } => "ConflictUnderWay",
            Self::EnteredIntoForce { .. } => "EnteredIntoForce",
            Self::Terminated { .. } => "Terminated",
            Self::Ratified { .. } => "Ratified",
            Self::Acceded { .. } => "Acceded",
            Self::NoticeGiven { .. } => "NoticeGiven",
            Self::Denounced { .. } => "Denounced",
            Self::Renewed { .. } => "Renewed",
            Self::Revealed { .. } => "Revealed",
            Self::Signed { .. } => "Signed",
            Self::Invoked { by_obligor: false, .. } => "Invoked",
            Self::Invoked { by_obligor: true, .. } => "Declared",
            Self::Waived { .. } => "Waived",
            Self::Demanded { .. } => "Demanded",
            Self::DemandMet { .. } => "DemandMet",
            Self::ReadOtherwise { .. } => "ReadOtherwise",
            Self::Consulting { .. } => "Consulting",
            Self::Reviewed { .. } => "Reviewed",
            Self::Withdrew { .. } => "Withdrew",
            Self::Fulfilled { .. } => "Fulfilled",
            Self::Injected { .. } => "Injected",
            Self::InjectFailed { .. } => "InjectFailed",
            Self::Ordered { .. } => "Ordered",
            Self::Pledged { .. } => "Pledged",
            Self::AttitudeChanged { .. } => "AttitudeChanged",
            Self::Initiated { .. } => "Initiated",
            Self::Incident { .. } => "Incident",
            Self::ConflictBegan { .. } => "ConflictBegan",
            Self::TurnedViolent { .. } => "TurnedViolent",
            Self::Entered { .. } => "Entered",
            Self::Attributed { .. } => "Attributed",
            Self::Traced { .. } => "Traced",
            Self::Tested { owed: true, acts: true, .. } => "CasusFoederis",
            Self::Tested { owed: true, acts: false, .. } => "RestraintOwed",
            Self::Tested { owed: false, .. } => "NotOwed",
            Self::PledgeTested { owed: true, .. } => "PledgeDue",
            Self::PledgeTested { owed: false, .. } => "PledgeNotDue",
            Self::BoundToBoth { .. } => "BoundToBoth",
            Self::Decided { .. } => "Decided",
            Self::ConsentSought { .. } => "ConsentSought",
            Self::DomesticProcess { .. } => "DomesticProcess",
            Self::Performed { .. } => "Performed",
            Self::PromiseBroken { .. } => "PromiseBroken",
            Self::Fought { .. } => "Fought",
            Self::ConflictEnded { .. } => "ConflictEnded",
            Self::Lapsed { .. } => "Lapsed",
            Self::Judged { .. } => "Judged",
            Self::Statecraft(what) => what.name(),
        }
    }

    /// The treaty whose life it is about.
    pub fn treaty(&self) -> Option<TreatyId> {
        match self {
            Self::EnteredIntoForce { treaty }
            | Self::Terminated { treaty, .. }
            | Self::Ratified { treaty, .. }
            | Self::Acceded { treaty, .. }
            | Self::NoticeGiven { treaty, .. }
            | Self::Denounced { treaty, .. }
            | Self::Renewed { treaty, .. }
            | Self::Revealed { treaty }
            | Self::Signed { treaty } => Some(*treaty),
            _ => None,
        }
    }

    /// The conflict that it belongs to, if it belongs to one.
    pub fn conflict(&self) -> Option<ConflictId> {
        match self {
            Self::ConflictUnderWay { conflict }
            | Self::ConflictBegan { conflict, .. }
            | Self::TurnedViolent { conflict, .. }
            | Self::Entered { conflict, .. }
            | Self::Attributed { conflict, .. }
            | Self::Traced { conflict, .. }
            | Self::BoundToBoth { conflict, .. }
            | Self::Decided { conflict, .. }
            | Self::ConsentSought { conflict, .. }
            | Self::DomesticProcess { conflict, .. }
            | Self::Performed { conflict, .. }
            | Self::PromiseBroken { conflict, .. }
            | Self::Fought { conflict, .. }
            | Self::ConflictEnded { conflict, .. }
            | Self::Lapsed { conflict, .. }
            | Self::Incident { conflict, .. }
            | Self::Invoked { conflict, .. }
            | Self::Waived { conflict, .. }
            | Self::ReadOtherwise { conflict, .. }
            | Self::Consulting { conflict, .. }
            | Self::Reviewed { conflict, .. }
            | Self::Withdrew { conflict, .. }
            | Self::Fulfilled { conflict, .. }
            | Self::Judged { conflict, .. } => Some(*conflict),
            Self::Tested { attack, .. } | Self::PledgeTested { attack, .. } => Some(attack.conflict),
            _ => None,
        }
    }
}
