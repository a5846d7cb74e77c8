//! Facts into changes of the world: the only place where it changes.

use bevy_ecs::prelude::*;

use super::components::{Capability, InForce, Weariness};
use super::course::{Belligerent, Conflicts, Course, Obligations, Owed, Pending, PledgeBook, Status};
use super::spawn::{Attitudes, Index, Now, Round, Setting};
use crate::chronicle::{Chronicle, Fact, FactKind};
use crate::model::{Level, Role, Side, Turn};

/// Carries out every fact that was recorded since it last ran.
#[expect(clippy::too_many_arguments, reason = "everything that changes is changed here")]
pub fn apply_facts(
    chronicle: Res<Chronicle>,
    index: Res<Index>,
    mut round: ResMut<Round>,
    mut states: Query<(&mut Capability, &mut Weariness)>,
    mut treaties: Query<&mut InForce>,
    mut conflicts: ResMut<Conflicts>,
    mut obligations: ResMut<Obligations>,
    mut pledges: ResMut<PledgeBook>,
    mut attitudes: ResMut<Attitudes>,
) {
    for fact in &chronicle.facts()[round.applied..] {
        match &fact.kind {
            FactKind::EnteredIntoForce { treaty } => {
                if let Ok(mut t) = treaties.get_mut(index.treaties[treaty.index()]) {
                    (t.now, t.ended) = (true, false);
                }
            }
            FactKind::Terminated { treaty } => {
                if let Ok(mut t) = treaties.get_mut(index.treaties[treaty.index()]) {
                    (t.now, t.ended) = (false, true);
                }
            }
            FactKind::Denounced { treaty, by } => {
                if let Ok(mut t) = treaties.get_mut(index.treaties[treaty.index()]) {
                    t.left.push(*by);
                }
            }
            FactKind::Pledged { pledge, .. } => pledges.0.push(((**pledge).clone(), fact.id)),
            FactKind::AttitudeChanged { from, to, hostility, affinity } => {
                attitudes.0.set(*from, *to, *hostility, *affinity);
            }
            FactKind::Fought { conflict, losses, weariness, .. } => {
                for b in &conflicts.get(*conflict).belligerents {
                    let (loss, tired) = match b.side {
                        Side::Initiator => (losses.0, weariness.0),
                        Side::Target => (losses.1, weariness.1),
                    };
                    if let Ok((mut c, mut w)) = states.get_mut(index.states[b.state.index()]) {
                        c.0 *= 1.0 - loss;
                        w.0 = (w.0 + tired).clamp(0.0, 1.0);
                    }
                }
            }
            _ => {
                apply_to_obligations(fact, &mut obligations);
                apply_to_conflicts(fact, &mut conflicts);
            }
        }
    }
    round.applied = chronicle.len();
}

fn apply_to_conflicts(fact: &Fact, conflicts: &mut Conflicts) {
    match &fact.kind {
        FactKind::ConflictBegan { conflict, initiator, target, level, place } => conflicts.0.push(Course {
            id: *conflict,
            initiator: *initiator,
            target: *target,
            place: *place,
            level: *level,
            began: fact.turn,
            fact: fact.id,
            belligerents: Vec::new(),
            ended: None,
            help: Vec::new(),
            verdicts: Vec::new(),
            blamed: Vec::new(),
            decided: Vec::new(),
        }),
        FactKind::Incident { incident, conflict } => {
            // The incident that opens a conflict comes before it.
            if let Some(course) = conflicts.0.get_mut(conflict.index()) {
                course.level = course.level.max(incident.level);
            }
        }
        FactKind::Entered { conflict, state, side, role } => {
            let course = &mut conflicts.0[conflict.index()];
            if *role == Role::Joiner {
                course.level = Level::War;
            }
            let entry =
                Belligerent { state: *state, side: *side, role: *role, since: fact.turn, fact: fact.id };
            course.belligerents.push(entry);
        }
        FactKind::Attributed { observer, conflict, blamed, .. } => {
            let course = &mut conflicts.0[conflict.index()];
            course.blamed.retain(|(o, _)| o != observer);
            course.blamed.push((*observer, *blamed));
        }
        FactKind::Decided { state, conflict, side, .. } => {
            let course = &mut conflicts.0[conflict.index()];
            course.decided.retain(|(s, ..)| s != state);
            course.decided.push((*state, fact.turn, *side));
        }
        FactKind::Performed { state, conflict, side, response } => {
            let help = &mut conflicts.0[conflict.index()].help;
            match help.iter_mut().find(|(s, x, _)| s == state && x == side) {
                Some((_, _, most)) => *most = (*most).max(*response),
                None => help.push((*state, *side, *response)),
            }
        }
        FactKind::ConflictEnded { conflict, outcome, .. } => {
            conflicts.0[conflict.index()].ended = Some((fact.turn, *outcome));
        }
        FactKind::Judged { state, conflict, verdict } => {
            let verdicts = &mut conflicts.0[conflict.index()].verdicts;
            verdicts.retain(|(s, _)| s != state);
            verdicts.push((*state, *verdict));
        }
        _ => {}
    }
}

fn apply_to_obligations(fact: &Fact, obligations: &mut Obligations) {
    match &fact.kind {
        FactKind::Tested { commitment, attack, owed: true, strength, .. } => obligations.owed.push(Owed {
            commitment: *commitment,
            attack: *attack,
            fact: fact.id,
            strength: *strength,
            since: fact.turn,
            status: Status::Due,
        }),
        FactKind::PledgeTested { pledge, attack, owed: true, .. } => obligations.pledged.push(Pending {
            pledge: *pledge,
            attack: *attack,
            fact: fact.id,
            status: Status::Due,
        }),
        FactKind::Decided { conflict, .. } => {
            for owed in obligations.owed.iter_mut().filter(|o| fact.because.contains(&o.fact)) {
                owed.status = Status::Decided;
            }
            let pledged = obligations.pledged.iter_mut();
            for due in pledged.filter(|p| p.attack.conflict == *conflict && fact.because.contains(&p.fact)) {
                due.status = Status::Decided;
            }
        }
        FactKind::Lapsed { commitment, conflict } => {
            let owed = obligations.owed.iter_mut();
            for owed in owed.filter(|o| o.commitment == *commitment && o.attack.conflict == *conflict) {
                owed.status = Status::Lapsed;
            }
        }
        FactKind::ConsentSought { state, conflict, side, due } => {
            obligations.votes.push((*state, *conflict, *side, *due, fact.id));
        }
        FactKind::DomesticProcess { state, conflict, .. } => {
            obligations.votes.retain(|(s, c, ..)| (s, c) != (state, conflict));
        }
        FactKind::ConflictEnded { conflict, .. } => {
            obligations.votes.retain(|(_, c, ..)| c != conflict);
            for due in obligations.pledged.iter_mut().filter(|p| p.attack.conflict == *conflict) {
                if due.status == Status::Due {
                    due.status = Status::Lapsed;
                }
            }
        }
        _ => {}
    }
}

/// States at peace recover from weariness as time passes.
pub fn rest(
    setting: Res<Setting>,
    now: Res<Now>,
    index: Res<Index>,
    conflicts: Res<Conflicts>,
    mut states: Query<&mut Weariness>,
) {
    if now.turn == Turn(0) {
        return;
    }
    let gone = setting.0.rules.weariness_recovery * setting.0.calendar.length.years();
    for (id, entity) in setting.0.state_ids().zip(&index.states) {
        if let Ok(mut weariness) = states.get_mut(*entity)
            && weariness.0 > 0.0
            && conflicts.wars_of(id) == 0
        {
            weariness.0 = (weariness.0 - gone).max(0.0);
        }
    }
}
