//! The course of conflicts and of what is owed in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::chronicle::{Attack, FactId, Fulfilment, How, Outcome};
use crate::model::{
    CommitmentId, ConflictId, Form, Level, PledgeId, Response, Role, Side, StateId, TreatyId, Turn, Verdict,
};
use crate::scenario::Pledge;

/// A state that fights, or has fought, in a conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belligerent {
    /// Who.
    pub state: StateId,
    /// On which side.
    pub side: Side,
    /// How it came to fight.
    pub role: Role,
    /// For whom it entered, if it joined.
    pub partner: Option<StateId>,
    /// Since when.
    pub since: Turn,
    /// Until when, if it has left.
    pub until: Option<Turn>,
    /// The fact of its entry.
    pub fact: FactId,
}

/// Whom an observer blames for an attack of which each side says that the other began.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blame {
    /// Who.
    pub observer: StateId,
    /// Whom.
    pub blamed: StateId,
    /// The fact of the attack.
    pub attack: FactId,
    /// The fact that it does.
    pub fact: FactId,
}

/// What a state has done in a conflict short of war.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Help {
    /// Who.
    pub state: StateId,
    /// For which side.
    pub side: Side,
    /// The most that it did.
    pub most: Response,
    /// The most that it did since the first turn.
    pub since_start: Response,
}

/// How far an armed conflict has spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct War {
    /// How many states fought in it.
    pub belligerents: u32,
    /// How many of them joined it of their own will after the start.
    pub joiners: u32,
    /// The longest chain of entries after the start, each for the sake of one before it: 0 if nobody joined.
    pub depth: u32,
}

/// A number for some states, looked up by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
struct ByState(Vec<Option<std::num::NonZeroU32>>);

impl ByState {
    fn get(&self, state: StateId) -> Option<usize> {
        let found = (*self.0.get(state.index())?)?;
        Some(found.get() as usize - 1)
    }

    fn insert(&mut self, state: StateId, number: usize) {
        if self.0.len() <= state.index() {
            self.0.resize(state.index() + 1, None);
        }
        self.0[state.index()] = std::num::NonZeroU32::new(number as u32 + 1);
    }
}

/// A conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Which.
    pub id: ConflictId,
    /// Who used force first.
    pub initiator: StateId,
    /// On whom.
    pub target: StateId,
    /// Where it is mainly fought.
    pub place: StateId,
    /// The highest level reached.
    pub level: Level,
    /// The turn in which it began; 0 if it was under way at the start.
    pub began: Turn,
    /// The fact that it began.
    pub fact: FactId,
    /// Who fights or has fought, in order of entry.
    pub belligerents: Vec<Belligerent>,
    /// Every attack so far: incidents, and what each entry amounts to.
    pub attacks: Vec<Attack>,
    /// When and how it ended.
    pub ended: Option<(Turn, Outcome)>,
    /// What states have done short of war.
    pub help: Vec<Help>,
    /// Verdicts so far.
    pub verdicts: Vec<(StateId, Verdict)>,
    /// Who has broken a promise not to fight.
    pub broke: Vec<StateId>,
    /// Whose constitutional process has stopped it from fighting.
    pub stopped: Vec<StateId>,
    /// Who has traced the covert acts of this conflict to their author.
    pub traced: Vec<StateId>,
    /// Whom observers blame, where that is disputed.
    pub blamed: Vec<Blame>,
    /// The last decision of each state: state, turn, side.
    pub decided: Vec<(StateId, Turn, Side)>,
    /// Who has thought again whether to fight on, the cause of its entry having lapsed.
    pub reviewed: Vec<StateId>,
    /// The attack with which the conflict began or turned violent, if each side says that the other began it.
    pub contested: Option<FactId>,
    /// The two states between which it began, as it was named then: what its chance is addressed by.
    pub named: (StateId, StateId),
    /// The last covert act and the turn of it.
    pub covert: Option<(Attack, Turn)>,
    /// Commitments that were tested without falling due, each as often as that happened.
    pub not_owed: Vec<CommitmentId>,
    /// Treaties invoked, and by whom, in order.
    invoked: Vec<((TreatyId, StateId), Invocation)>,
    /// The place of each state among the belligerents.
    places: ByState,
    /// The last attack on each state, times two, and one if any on it was more than its own entry.
    attacked: ByState,
}

impl Course {
    /// How far it has spread.
    pub fn extent(&self) -> War {
        let mut depths: BTreeMap<StateId, u32> = BTreeMap::new();
        let mut joiners = 0;
        for b in &self.belligerents {
            let chosen = b.role == Role::Joiner && b.since > Turn(0);
            joiners += u32::from(chosen);
            let before = b.partner.and_then(|p| depths.get(&p)).copied().unwrap_or(0);
            depths.insert(b.state, if chosen { before + 1 } else { 0 });
        }
        let belligerents = self.belligerents.len() as u32;
        War { belligerents, joiners, depth: depths.values().copied().max().unwrap_or(0) }
    }

    /// A conflict in which nothing has happened yet; it is fought on the target's territory.
    pub fn new(id: ConflictId, (initiator, target): (StateId, StateId), began: Turn, fact: FactId) -> Self {
        Self {
            id,
            initiator,
            target,
            place: target,
            level: Level::None,
            began,
            fact,
            belligerents: Vec::new(),
            attacks: Vec::new(),
            ended: None,
            help: Vec::new(),
            verdicts: Vec::new(),
            broke: Vec::new(),
            stopped: Vec::new(),
            traced: Vec::new(),
            blamed: Vec::new(),
            decided: Vec::new(),
            reviewed: Vec::new(),
            contested: None,
            named: (initiator, target),
            covert: None,
            not_owed: Vec::new(),
            invoked: Vec::new(),
            places: ByState::default(),
            attacked: ByState::default(),
        }
    }

    /// A dispute turns violent: who first uses force has begun it, and the sides are named after that. Tells
    /// whether the sides change places.
    pub(super) fn turn_violent(&mut self, initiator: StateId, place: StateId) -> bool {
        self.place = place;
        if initiator == self.initiator {
            return false;
        }
        std::mem::swap(&mut self.initiator, &mut self.target);
        self.attacks.iter_mut().for_each(|a| a.side = a.side.opposite());
        self.help.iter_mut().for_each(|h| h.side = h.side.opposite());
        true
    }

    /// A state begins to fight.
    pub(super) fn enter(&mut self, belligerent: Belligerent) {
        self.places.insert(belligerent.state, self.belligerents.len());
        self.belligerents.push(belligerent);
    }

    /// A state stops fighting.
    pub(super) fn leave(&mut self, state: StateId, turn: Turn) {
        if let Some(place) = self.places.get(state) {
            self.belligerents[place].until = Some(turn);
        }
    }

    /// An attack happens.
    pub(super) fn attack(&mut self, attack: Attack, turn: Turn) {
        let known = self.is_more_than_entered(attack.victim);
        let more = known || attack.how != How::OwnEntry;
        self.attacked.insert(attack.victim, self.attacks.len() << 1 | usize::from(more));
        let violent = |a: &Attack| a.level >= Level::UseOfForce;
        if attack.contested && !self.attacks.iter().any(violent) {
            self.contested = Some(attack.fact);
        }
        if attack.covert {
            self.covert = Some((attack, turn));
        }
        self.attacks.push(attack);
    }

    /// A treaty is invoked; the first time counts.
    pub(super) fn invoke(&mut self, treaty: TreatyId, by: StateId, invocation: Invocation) {
        if let Err(at) = self.invoked.binary_search_by_key(&(treaty, by), |(key, _)| *key) {
            self.invoked.insert(at, ((treaty, by), invocation));
        }
    }

    /// Whether a party has invoked a treaty.
    pub fn invocation(&self, treaty: TreatyId, by: StateId) -> Option<&Invocation> {
        let at = self.invoked.binary_search_by_key(&(treaty, by), |(key, _)| *key).ok()?;
        Some(&self.invoked[at].1)
    }

    /// Whether it goes on.
    pub fn is_active(&self) -> bool {
        self.ended.is_none()
    }

    /// The side on which a state fights now.
    pub fn side_of(&self, state: StateId) -> Option<Side> {
        let b = &self.belligerents[self.places.get(state)?];
        b.until.is_none().then_some(b.side)
    }

    /// The side on which a state fights or has fought.
    pub fn fought_on(&self, state: StateId) -> Option<Side> {
        self.places.get(state).map(|place| self.belligerents[place].side)
    }

    /// Those who fight now.
    pub fn fighting(&self) -> impl Iterator<Item = &Belligerent> + Clone + '_ {
        self.belligerents.iter().filter(|b| b.until.is_none())
    }

    /// Those who fight on a side now.
    pub fn on(&self, side: Side) -> impl Iterator<Item = StateId> + '_ {
        self.fighting().filter(move |b| b.side == side).map(|b| b.state)
    }

    /// Whether a state that did not begin the conflict has been attacked in it, by an incident or by an entry.
    pub fn is_attacked(&self, state: StateId) -> bool {
        state != self.initiator && self.is_more_than_entered(state)
    }

    /// Whether a state has been attacked by more than what its own entry amounts to.
    fn is_more_than_entered(&self, state: StateId) -> bool {
        self.attacked.get(state).is_some_and(|attack| attack & 1 == 1)
    }

    /// The last attack that a state is the victim of.
    pub fn last_attack_on(&self, state: StateId) -> Option<&Attack> {
        self.attacked.get(state).map(|attack| &self.attacks[attack >> 1])
    }

    /// The attack that an entry amounts to, on a victim who fights on `side`: war of no particular form, where the
    /// conflict is fought.
    pub fn entry(&self, attacker: StateId, (victim, side): (StateId, Side), fact: FactId) -> Attack {
        Attack {
            attacker,
            victim,
            conflict: self.id,
            side,
            level: Level::War,
            form: Form::Invasion,
            place: self.place,
            how: How::Entry,
            contested: false,
            covert: false,
            fact,
        }
    }

    /// The state around which a side has gathered.
    pub fn originator(&self, side: Side) -> StateId {
        match side {
            Side::Initiator => self.initiator,
            Side::Target => self.target,
        }
    }

    /// Whether a state has decided in this turn.
    pub fn has_decided(&self, state: StateId, turn: Turn) -> bool {
        self.decided.iter().any(|(s, t, _)| *s == state && *t == turn)
    }
}

/// All conflicts of a run, ended ones included; the place is the id.
#[derive(Clone, Debug, Default)]
pub struct Conflicts {
    all: Vec<Course>,
    /// Those that go on, in order.
    active: Vec<ConflictId>,
    /// In how many of these each state fights, by id.
    wars: Vec<u32>,
    /// How many verdicts of each kind stand.
    judged: [usize; 4],
}

impl Conflicts {
    /// None yet, among so many states.
    pub(super) fn among(states: usize) -> Self {
        Self { all: Vec::new(), active: Vec::new(), wars: vec![0; states], judged: [0; 4] }
    }

    /// All of them.
    pub fn all(&self) -> &[Course] {
        &self.all
    }

    /// A conflict by id.
    pub fn get(&self, id: ConflictId) -> &Course {
        &self.all[id.index()]
    }

    /// A conflict by id, to be changed; who fights in it is changed by the functions below alone.
    pub(super) fn get_mut(&mut self, id: ConflictId) -> &mut Course {
        &mut self.all[id.index()]
    }

    /// Whether there is a conflict of this id.
    pub(super) fn holds(&self, id: ConflictId) -> bool {
        id.index() < self.all.len()
    }

    /// The id of the next conflict.
    pub fn next(&self) -> ConflictId {
        ConflictId(self.all.len() as u32)
    }

    /// Conflicts that go on.
    pub fn active(&self) -> impl DoubleEndedIterator<Item = &Course> + Clone {
        self.active.iter().map(|id| &self.all[id.index()])
    }

    /// In how many conflicts a state fights.
    pub fn wars_of(&self, state: StateId) -> usize {
        self.wars[state.index()] as usize
    }

    /// How many verdicts of a kind stand, over all conflicts.
    pub fn judged(&self, verdict: Verdict) -> usize {
        self.judged[verdict as usize]
    }

    /// A state's conduct in a conflict is judged; the last verdict counts.
    pub(super) fn judge(&mut self, id: ConflictId, state: StateId, verdict: Verdict) {
        let verdicts = &mut self.all[id.index()].verdicts;
        if let Some(place) = verdicts.iter().position(|(s, _)| *s == state) {
            self.judged[verdicts.remove(place).1 as usize] -= 1;
        }
        verdicts.push((state, verdict));
        self.judged[verdict as usize] += 1;
    }

    /// A conflict begins.
    pub(super) fn begin(&mut self, course: Course) {
        self.active.push(course.id);
        for b in course.fighting() {
            self.wars[b.state.index()] += 1;
        }
        self.all.push(course);
    }

    /// A state begins to fight.
    pub(super) fn enter(&mut self, id: ConflictId, belligerent: Belligerent) {
        self.wars[belligerent.state.index()] += 1;
        self.all[id.index()].enter(belligerent);
    }

    /// A state stops fighting.
    pub(super) fn leave(&mut self, id: ConflictId, state: StateId, turn: Turn) {
        let course = &mut self.all[id.index()];
        if course.is_active() && course.side_of(state).is_some() {
            self.wars[state.index()] -= 1;
        }
        course.leave(state, turn);
    }

    /// A conflict ends.
    pub(super) fn end(&mut self, id: ConflictId, turn: Turn, outcome: Outcome) {
        let course = &mut self.all[id.index()];
        if course.is_active() {
            for b in course.belligerents.iter().filter(|b| b.until.is_none()) {
                self.wars[b.state.index()] -= 1;
            }
            self.active.retain(|other| *other != id);
        }
        course.ended = Some((turn, outcome));
    }
}

/// What is owed: a commitment that an attack has made due.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    /// The commitment.
    pub commitment: CommitmentId,
    /// Whether it asks its obligor to act, rather than to refrain from something.
    pub acts: bool,
    /// The attack.
    pub attack: Attack,
    /// The fact that it is owed.
    pub fact: FactId,
    /// How binding the text is read to be.
    pub strength: f64,
    /// How its obligor reads the clause, if there is more than one way.
    pub reading: Option<usize>,
    /// When it fell due.
    pub since: Turn,
    /// When its parties began to consult on it, if they did.
    pub consulting: Option<Turn>,
    /// What has become of it.
    pub status: Status,
    /// How far it has been fulfilled, once that can be said.
    pub fulfilment: Option<Fulfilment>,
}

/// What has become of something owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing yet.
    Due,
    /// Its obligor has decided.
    Decided,
    /// Its obligor's government has asked for consent.
    UnderApproval,
    /// Its conflict ended first.
    Lapsed,
}

/// A treaty invoked in a conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Invocation {
    /// Whether one who is bound declares the case met, rather than the victim.
    pub by_obligor: bool,
    /// The fact of it.
    pub fact: FactId,
}

/// A pledge that an attack has made due.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The pledge.
    pub pledge: PledgeId,
    /// The attack.
    pub attack: Attack,
    /// The fact that it is due.
    pub fact: FactId,
    /// What has become of it.
    pub status: Status,
}

/// Everything owed in a run, and votes that are pending.
#[derive(Clone, Debug, Default)]
pub struct Obligations {
    /// Under treaties.
    pub owed: Vec<Owed>,
    /// Under pledges.
    pub pledged: Vec<Pending>,
    /// What was waived: under which treaty, by whom, in which conflict.
    pub waived: Vec<(TreatyId, StateId, ConflictId)>,
    /// Demands that are unmet: who, of whom, the fact of it.
    pub demands: Vec<(StateId, StateId, FactId)>,
    /// Promises not to fight that have been broken in a conflict.
    pub broken: BTreeSet<(CommitmentId, ConflictId)>,
    /// Who reads a commitment otherwise than its obligor in a conflict, and whether as owed.
    pub read_otherwise: BTreeSet<(CommitmentId, ConflictId, StateId, bool)>,
    /// The places in `owed` of what each state owes, by state.
    places: Vec<Vec<usize>>,
    /// The places in `owed` of what is owed in conflicts that go on, or have ended in this turn.
    live: Vec<usize>,
    /// How many of `owed` ask to act.
    pub(super) acting: usize,
    /// How many of these have been fulfilled how far, by [`Fulfilment`].
    pub fulfilled: [usize; 3],
    /// Consent sought and not yet voted on: state, conflict, side, turn of the vote, the request.
    pub votes: Vec<(StateId, ConflictId, Side, Turn, FactId)>,
}

impl Obligations {
    /// A commitment falls due for its obligor.
    pub(super) fn fall_due(&mut self, obligor: StateId, owed: Owed) {
        if self.places.len() <= obligor.index() {
            self.places.resize_with(obligor.index() + 1, Vec::new);
        }
        self.places[obligor.index()].push(self.owed.len());
        self.live.push(self.owed.len());
        self.acting += usize::from(owed.acts);
        self.owed.push(owed);
    }

    /// Changes what a state owes, one by one.
    pub(super) fn change_each(&mut self, obligor: StateId, mut change: impl FnMut(&mut Owed)) {
        let places = self.places.get(obligor.index()).map_or(&[][..], Vec::as_slice);
        places.iter().for_each(|place| change(&mut self.owed[*place]));
    }

    /// It can be said how far something owed has been fulfilled.
    pub(super) fn fulfil(
        &mut self,
        obligor: StateId,
        (commitment, conflict): (CommitmentId, ConflictId),
        now: Fulfilment,
    ) {
        let mut counts = self.fulfilled;
        self.change_each(obligor, |owed| {
            if owed.commitment == commitment && owed.attack.conflict == conflict {
                if owed.acts {
                    counts[now as usize] += 1;
                    if let Some(before) = owed.fulfilment {
                        counts[before as usize] -= 1;
                    }
                }
                owed.fulfilment = Some(now);
            }
        });
        self.fulfilled = counts;
    }

    /// How far something owed has been fulfilled, as far as that could be said before.
    pub(super) fn fulfilment(&self, obligor: StateId, id: (CommitmentId, ConflictId)) -> Option<Fulfilment> {
        let places = self.places.get(obligor.index()).map_or(&[][..], Vec::as_slice);
        let mine = places.iter().map(|place| &self.owed[*place]);
        mine.filter(|o| (o.commitment, o.attack.conflict) == id).find_map(|o| o.fulfilment)
    }

    /// What is owed in conflicts that ended before is closed.
    pub(super) fn close(&mut self, conflicts: &Conflicts) {
        let Self { owed, live, .. } = self;
        live.retain(|place| conflicts.get(owed[*place].attack.conflict).is_active());
    }

    /// What is owed in conflicts that go on, or have ended in this turn.
    pub fn live(&self) -> impl Iterator<Item = &Owed> {
        self.live.iter().map(|place| &self.owed[*place])
    }

    /// The sides of a conflict change places.
    pub(super) fn change_sides(&mut self, conflict: ConflictId) {
        for owed in self.owed.iter_mut().filter(|o| o.attack.conflict == conflict) {
            owed.attack.side = owed.attack.side.opposite();
        }
        for due in self.pledged.iter_mut().filter(|p| p.attack.conflict == conflict) {
            due.attack.side = due.attack.side.opposite();
        }
    }

    /// What a state owes in a conflict.
    pub fn of(&self, obligor: StateId, conflict: ConflictId) -> impl Iterator<Item = &Owed> {
        let owed = self.places.get(obligor.index()).into_iter().flatten().map(|place| &self.owed[*place]);
        owed.filter(move |owed| owed.attack.conflict == conflict)
    }
}

/// All pledges of a run; those of the scenario that are not yet made are not among them.
#[derive(Clone, Debug, Default)]
pub struct PledgeBook(pub Vec<(Pledge, FactId)>);
