//! Facts into changes of the world: the only place where it changes.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::components::{Bond, Capability, TreatyStatus, Weariness};
use super::course::{
    Belligerent, Blame, Conflicts, Course, Help, Invocation, Obligations, Owed, Pending, Status,
};
use super::ledger::Ledger;
use super::spawn::Setting;
use crate::chronicle::{Attack, Chronicle, Fact, FactId, FactKind, How, Statecraft};
use crate::model::{Domestic, Level, Response, Role, Side, StateId};
use crate::scenario::{Dyads, Incident, Scenario, Stance};

/// Carries out every fact that was recorded since it last ran.
pub(super) fn apply_facts(
    chronicle: &Chronicle,
    setting: &Setting,
    ledger: &mut Ledger,
    states: &mut Query<(&mut Capability, &mut Weariness)>,
    treaties: &mut Query<&mut TreatyStatus>,
) {
    if ledger.round.applied == chronicle.len() {
        return;
    }
    let Ledger {
        round,
        conflicts,
        obligations,
        pledges,
        attitudes,
        watched,
        environment,
        treaty_changes,
        sign_changes,
        standing,
        ..
    } = ledger;
    let scenario = &*setting.scenario;
    for fact in &chronicle.facts()[round.applied..] {
        match &fact.kind {
            FactKind::Pledged { pledge, .. } => pledges.0.push(((**pledge).clone(), fact.id)),
            FactKind::AttitudeChanged { from, to, hostility, affinity } => {
                *sign_changes += set_attitude(attitudes, scenario, (*from, *to), *hostility, *affinity);
            }
            FactKind::Fought { conflict, losses, weariness, .. } => {
                for b in conflicts.get(*conflict).fighting() {
                    let (loss, tired) = match b.side {
                        Side::Initiator => (losses.0, weariness.0),
                        Side::Target => (losses.1, weariness.1),
                    };
                    if let Ok((mut c, mut w)) = states.get_mut(setting.states[b.state.index()]) {
                        c.0 *= 1.0 - loss;
                        w.0 = (w.0 + tired).clamp(0.0, 1.0);
                    }
                }
            }
            FactKind::Statecraft(what) => {
                environment.apply(what, fact, scenario);
                attitudes_of(what, |from, to, hostility, affinity| {
                    *sign_changes += set_attitude(attitudes, scenario, (from, to), hostility, affinity);
                });
                if let Statecraft::Armed(all) = what {
                    for (state, capability) in all {
                        if let Ok((mut c, _)) = states.get_mut(setting.states[state.index()]) {
                            c.0 = *capability;
                        }
                    }
                }
            }
            kind => match kind.treaty() {
                Some(id) => {
                    // Notice that has been given runs out, and what has been brought back has its dates again.
                    Ledger::watch(watched, id);
                    let rebinds = matches!(
                        kind,
                        FactKind::EnteredIntoForce { .. }
                            | FactKind::Terminated { .. }
                            | FactKind::Ratified { .. }
                            | FactKind::Acceded { .. }
                            | FactKind::Denounced { .. }
                    );
                    *treaty_changes += u32::from(rebinds);
                    if let Ok(mut treaty) = treaties.get_mut(setting.treaties[id.index()]) {
                        let was_in_force = treaty.in_force;
                        apply_to_treaty(kind, &mut treaty);
                        // What is not in force binds nobody, whoever signs or ratifies it.
                        if rebinds && (was_in_force || treaty.in_force) {
                            settle_standing(scenario, &treaty, standing);
                        }
                    }
                }
                None => {
                    if let FactKind::TurnedViolent { conflict, initiator, place, .. } = kind
                        && conflicts.get_mut(*conflict).turn_violent(*initiator, *place)
                    {
                        obligations.change_sides(*conflict);
                    }
                    if let FactKind::Fulfilled { commitment, conflict, fulfilment } = kind {
                        let obligor = scenario.commitment(*commitment).obligor;
                        let before = obligations.fulfilment(obligor, (*commitment, *conflict));
                        environment.learn(*commitment, before, *fulfilment, scenario);
                    }
                    apply_to_obligations(fact, scenario, chronicle, obligations);
                    apply_to_conflicts(fact, scenario, chronicle, conflicts);
                }
            },
        }
    }
    round.applied = chronicle.len();
}

/// Which commitments under a treaty stand, as it now is.
pub(super) fn settle_standing(scenario: &Scenario, status: &TreatyStatus, standing: &mut [bool]) {
    let clauses = scenario.treaty(status.treaty).clauses.iter();
    for id in clauses.flat_map(|c| &scenario.clause(*c).commitments) {
        let commitment = scenario.commitment(*id);
        standing[id.index()] = status.binds(commitment.obligor, commitment.beneficiary);
    }
}

/// Changes an attitude. Tells how many of friendship and enmity it makes or unmakes.
fn set_attitude(
    attitudes: &mut Arc<Dyads>,
    scenario: &Scenario,
    (from, to): (StateId, StateId),
    hostility: Option<f64>,
    affinity: Option<f64>,
) -> u32 {
    let rules = &scenario.rules;
    let signs =
        |stance: Stance| (stance.hostility >= rules.stake_hostility, stance.affinity >= rules.stake_affinity);
    let (before, after) = Arc::make_mut(attitudes).set(from, to, hostility, affinity);
    let (before, after) = (signs(before), signs(after));
    u32::from(before.0 != after.0) + u32::from(before.1 != after.1)
}

/// The attitudes that an act short of force changes: from, to, hostility, affinity.
fn attitudes_of(what: &Statecraft, mut set: impl FnMut(StateId, StateId, Option<f64>, Option<f64>)) {
    let mut hostile = |from: StateId, to: StateId, value: f64| set(from, to, Some(value), None);
    match what {
        Statecraft::Signalled { by, provoked, .. } => provoked.iter().for_each(|(s, h)| hostile(*s, *by, *h)),
        Statecraft::Stigmatized { state, by } => by.iter().for_each(|(s, h)| hostile(*s, *state, *h)),
        Statecraft::Rivalry(all) | Statecraft::Condemned { cost: all, .. } => {
            all.iter().for_each(|(from, to, h)| hostile(*from, *to, *h))
        }
        Statecraft::Recognized { by, of, against, gain, cost } => {
            set(*against, *by, Some(*cost), None);
            set(*of, *by, None, Some(*gain));
        }
        _ => {}
    }
}

fn apply_to_treaty(kind: &FactKind, treaty: &mut TreatyStatus) {
    match kind {
        FactKind::EnteredIntoForce { .. } => (treaty.in_force, treaty.ended) = (true, false),
        FactKind::Terminated { .. } => {
            (treaty.in_force, treaty.ended, treaty.ended_here) = (false, true, true);
        }
        FactKind::Ratified { by, .. } | FactKind::Acceded { by, .. } => treaty.set_bond(*by, Bond::Bound),
        FactKind::NoticeGiven { by, effective, .. } => treaty.set_bond(*by, Bond::Leaving(*effective)),
        FactKind::Denounced { by, .. } => treaty.set_bond(*by, Bond::Left),
        // Renewed ahead of its day, or on it.
        FactKind::Renewed { until: None, .. } => treaty.renewed = true,
        FactKind::Renewed { until: Some(date), .. } => {
            (treaty.until, treaty.renewed) = (Some(*date), false);
        }
        FactKind::Revealed { .. } => treaty.public = true,
        _ => {}
    }
}

/// An incident as an attack in its conflict.
fn attack_of(incident: &Incident, course: &Course, fact: FactId) -> Attack {
    let originators = if incident.target == course.initiator { Side::Initiator } else { Side::Target };
    let side = course.side_of(incident.target);
    let side = side.or(course.side_of(incident.initiator).map(Side::opposite)).unwrap_or(originators);
    Attack {
        attacker: incident.initiator,
        victim: incident.target,
        conflict: course.id,
        side,
        level: incident.level,
        form: incident.form,
        place: incident.place,
        how: How::Incident,
        contested: incident.contested,
        covert: incident.covert,
        fact,
    }
}

/// What an entry amounts to: an attack on those who were there before, who become its enemies as it theirs.
fn attacks_of_entry(course: &Course, state: StateId, side: Side, fact: FactId) -> Vec<Attack> {
    let opponents: Vec<StateId> = course.on(side.opposite()).collect();
    let attacks = opponents.into_iter().flat_map(|opponent| {
        let entry = course.entry(state, (opponent, side.opposite()), fact);
        let own = Attack { attacker: opponent, victim: state, side, how: How::OwnEntry, ..entry };
        [entry, own]
    });
    attacks.collect()
}

fn apply_to_conflicts(fact: &Fact, scenario: &Scenario, chronicle: &Chronicle, conflicts: &mut Conflicts) {
    match &fact.kind {
        FactKind::ConflictBegan { conflict, initiator, target, level, place } => {
            let mut course = Course::new(*conflict, (*initiator, *target), fact.turn, fact.id);
            (course.level, course.place) = (*level, *place);
            // The incident that opens a conflict comes before it.
            for cause in &fact.because {
                if let FactKind::Incident { incident, .. } = &chronicle.fact(*cause).kind {
                    course.attack(attack_of(incident, &course, *cause), fact.turn);
                }
            }
            conflicts.begin(course);
        }

        // One that opens a conflict comes before it, and is taken up as that begins.
        FactKind::Incident { incident, conflict } if conflicts.holds(*conflict) => {
            let course = conflicts.get_mut(*conflict);
            course.level = course.level.max(incident.level);
            let attack = attack_of(incident, course, fact.id);
            course.attack(attack, fact.turn);
        }
        FactKind::Entered { conflict, state, side, role, partner } => {
            let course = conflicts.get_mut(*conflict);
            if *role == Role::Joiner {
                course.level = Level::War;
                for attack in attacks_of_entry(course, *state, *side, fact.id) {
                    course.attack(attack, fact.turn);
                }
            }
            let belligerent = Belligerent {
                state: *state,
                side: *side,
                role: *role,
                partner: *partner,
                since: fact.turn,
                until: None,
                fact: fact.id,
            };
            conflicts.enter(*conflict, belligerent);
        }
        FactKind::Tested { commitment, attack, owed: false, .. } => {
            conflicts.get_mut(attack.conflict).not_owed.push(*commitment);
        }
        FactKind::Invoked { treaty, by, conflict, by_obligor, .. } => {
            let invocation = Invocation { by_obligor: *by_obligor, fact: fact.id };
            conflicts.get_mut(*conflict).invoke(*treaty, *by, invocation);
        }
        FactKind::Withdrew { conflict, state, .. } => {
            conflicts.leave(*conflict, *state, fact.turn);
        }
        FactKind::Reviewed { conflict, state, .. } => conflicts.get_mut(*conflict).reviewed.push(*state),
        FactKind::Consulting { conflict, state, side, .. } => {
            help(conflicts.get_mut(*conflict), *state, *side, Response::Consult);
        }
        FactKind::PromiseBroken { commitment, conflict } => {
            let who = scenario.commitment(*commitment).obligor;
            conflicts.get_mut(*conflict).broke.push(who);
        }
        FactKind::DomesticProcess {
            state,
            conflict,
            result: Domestic::Refused | Domestic::Barred | Domestic::Withdrawn,
            ..
        } => {
            conflicts.get_mut(*conflict).stopped.push(*state);
        }
        FactKind::Traced { observer, conflict, .. } => {
            conflicts.get_mut(*conflict).traced.push(*observer);
        }
        FactKind::Attributed { observer, conflict, blamed, .. } => {
            let course = conflicts.get_mut(*conflict);
            let attack = fact.because.first().copied().unwrap_or(fact.id);
            course.blamed.retain(|b| b.observer != *observer || b.attack != attack);
            course.blamed.push(Blame { observer: *observer, blamed: *blamed, attack, fact: fact.id });
        }
        FactKind::Decided { state, conflict, side, .. } => {
            let course = conflicts.get_mut(*conflict);
            course.decided.retain(|(s, ..)| s != state);
            course.decided.push((*state, fact.turn, *side));
        }
        FactKind::Performed { state, conflict, side, response } => {
            help(conflicts.get_mut(*conflict), *state, *side, *response);
        }
        FactKind::ConflictEnded { conflict, outcome, .. } => {
            conflicts.end(*conflict, fact.turn, *outcome);
        }
        FactKind::Judged { state, conflict, verdict } => {
            conflicts.judge(*conflict, *state, *verdict);
        }
        _ => {}
    }
}

/// The most that a state does short of war is kept.
fn help(course: &mut Course, state: StateId, side: Side, response: Response) {
    match course.help.iter_mut().find(|h| h.state == state && h.side == side) {
        Some(help) => {
            help.most = help.most.max(response);
            help.since_start = help.since_start.max(response);
        }
        None => course.help.push(Help { state, side, most: response, since_start: response }),
    }
}

fn apply_to_obligations(
    fact: &Fact,
    scenario: &Scenario,
    chronicle: &Chronicle,
    obligations: &mut Obligations,
) {
    match &fact.kind {
        FactKind::Tested { commitment, attack, owed: true, acts, strength, reading, .. } => {
            let obligor = scenario.commitment(*commitment).obligor;
            let owed = Owed {
                commitment: *commitment,
                acts: *acts,
                attack: *attack,
                fact: fact.id,
                strength: *strength,
                reading: *reading,
                since: fact.turn,
                consulting: None,
                status: Status::Due,
                fulfilment: None,
            };
            obligations.fall_due(obligor, owed);
        }
        FactKind::PromiseBroken { commitment, conflict } => {
            obligations.broken.insert((*commitment, *conflict));
        }
        FactKind::ReadOtherwise { commitment, conflict, observer, owed, .. } => {
            obligations.read_otherwise.insert((*commitment, *conflict, *observer, *owed));
        }
        FactKind::Waived { treaty, by, conflict } => obligations.waived.push((*treaty, *by, *conflict)),
        FactKind::Demanded { by, to } => obligations.demands.push((*by, *to, fact.id)),
        FactKind::DemandMet { by, to } => obligations.demands.retain(|(b, t, _)| (b, t) != (by, to)),
        FactKind::Consulting { state, .. } => obligations.change_each(*state, |owed| {
            if fact.because.contains(&owed.fact) {
                owed.consulting = Some(fact.turn);
            }
        }),
        FactKind::Fulfilled { commitment, conflict, fulfilment } => {
            let obligor = scenario.commitment(*commitment).obligor;
            obligations.fulfil(obligor, (*commitment, *conflict), *fulfilment);
        }
        FactKind::PledgeTested { pledge, attack, owed: true, .. } => obligations.pledged.push(Pending {
            pledge: *pledge,
            attack: *attack,
            fact: fact.id,
            status: Status::Due,
        }),
        FactKind::Decided { state, conflict, .. } => {
            obligations.change_each(*state, |owed| {
                if fact.because.contains(&owed.fact) {
                    owed.status = Status::Decided;
                }
            });
            let pledged = obligations.pledged.iter_mut();
            for due in pledged.filter(|p| p.attack.conflict == *conflict && fact.because.contains(&p.fact)) {
                due.status = Status::Decided;
            }
        }
        FactKind::Lapsed { commitment, conflict } => {
            let obligor = scenario.commitment(*commitment).obligor;
            obligations.change_each(obligor, |owed| {
                if owed.commitment == *commitment && owed.attack.conflict == *conflict {
                    owed.status = Status::Lapsed;
                }
            });
            // With the last of what is owed the vote on it falls away.
            let owes = obligations.of(obligor, *conflict).any(|o| o.acts && o.status != Status::Lapsed);
            if !owes {
                obligations.votes.retain(|(s, c, ..)| (*s, *c) != (obligor, *conflict));
            }
        }
        FactKind::ConsentSought { state, conflict, side, due } => {
            obligations.votes.push((*state, *conflict, *side, *due, fact.id));
            // What was decided on, and by that decision led here.
            let decided = fact.because.iter().flat_map(|d| &chronicle.fact(*d).because);
            let decided: Vec<FactId> = decided.copied().collect();
            obligations.change_each(*state, |owed| {
                if decided.contains(&owed.fact) {
                    owed.status = Status::UnderApproval;
                }
            });
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
