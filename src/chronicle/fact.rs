//! The closed list of everything that can happen.

use serde::Serialize;

use super::FactId;
use crate::model::{
    CommitmentId, ConflictId, Domestic, Form, InjectId, Level, PledgeId, Response, Role, Side, StateId,
    TreatyId, Turn, Verdict,
};
use crate::scenario::{Act, BothSides, Incident, Pledge};

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
    pub because: Vec<FactId>,
}

/// The phases of a turn, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Phase {
    /// Dates that fall due, scripted events, orders.
    Agenda,
    /// Hostile acts.
    Incident,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
}

/// A condition and whether it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which condition.
    pub condition: ConditionKind,
    /// Whether it was met.
    pub met: bool,
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
            Self::Contiguity => "a border or short crossing to the fighting",
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

/// The considerations of one option with their utilities.
pub type Terms = Vec<(Term, f64)>;

/// One option as it was weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Considered {
    /// The option.
    pub response: Response,
    /// What spoke for (positive) and against it (negative).
    pub terms: Terms,
    /// Their sum.
    pub utility: f64,
    /// The probability that it is chosen.
    pub probability: f64,
}

/// A deliberation as it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The options, least first.
    pub options: Vec<Considered>,
    /// The number drawn, 0 to 1; none if nothing was left to chance.
    pub draw: Option<f64>,
    /// Whether an automatic clause (or the rule that all obligations are met) left no choice.
    pub automatic: bool,
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
    },
    /// A state left a treaty.
    Denounced {
        /// Which.
        treaty: TreatyId,
        /// Who.
        by: StateId,
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
    /// A commitment was tested against an attack.
    Tested {
        /// Which.
        commitment: CommitmentId,
        /// Against what.
        attack: Attack,
        /// The conditions, all of which must be met.
        checks: Vec<Check>,
        /// Whether it is owed: the casus foederis.
        owed: bool,
        /// How binding the text is read to be, if owed.
        strength: f64,
    },
    /// A pledge was tested against an attack.
    PledgeTested {
        /// Which.
        pledge: PledgeId,
        /// Against what.
        attack: Attack,
        /// The conditions, all of which must be met.
        checks: Vec<Check>,
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
    /// A commitment that was owed fell away undecided, because its conflict ended.
    Lapsed {
        /// Which.
        commitment: CommitmentId,
        /// In which conflict.
        conflict: ConflictId,
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
}

impl FactKind {
    /// Its name in exports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ConflictUnderWay { .. } => "ConflictUnderWay",
            Self::EnteredIntoForce { .. } => "EnteredIntoForce",
            Self::Terminated { .. } => "Terminated",
            Self::Denounced { .. } => "Denounced",
            Self::Injected { .. } => "Injected",
            Self::InjectFailed { .. } => "InjectFailed",
            Self::Ordered { .. } => "Ordered",
            Self::Pledged { .. } => "Pledged",
            Self::AttitudeChanged { .. } => "AttitudeChanged",
            Self::Incident { .. } => "Incident",
            Self::ConflictBegan { .. } => "ConflictBegan",
            Self::Entered { .. } => "Entered",
            Self::Attributed { .. } => "Attributed",
            Self::Tested { owed: true, .. } => "CasusFoederis",
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
        }
    }

    /// The conflict that it belongs to, if it belongs to one.
    pub fn conflict(&self) -> Option<ConflictId> {
        match self {
            Self::ConflictUnderWay { conflict }
            | Self::ConflictBegan { conflict, .. }
            | Self::Entered { conflict, .. }
            | Self::Attributed { conflict, .. }
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
            | Self::Judged { conflict, .. } => Some(*conflict),
            Self::Tested { attack, .. } | Self::PledgeTested { attack, .. } => Some(attack.conflict),
            _ => None,
        }
    }
}
