//! A number that stands for a whole chronicle, kept up to date as facts are recorded.

use super::fact::{Attack, Fact, FactKind, Lapse, Outcome};
use crate::model::{Key, absorb};

/// The fingerprint of a chronicle with one more fact.
pub fn extend(before: u64, fact: &Fact) -> u64 {
    let mut hash = absorb(before, name(fact.kind.name()));
    hash = absorb(hash, u64::from(fact.turn.0) << 8 | fact.phase as u64);
    for cause in &fact.because {
        hash = absorb(hash, u64::from(cause.0));
    }
    of_kind(&fact.kind, &mut |word| hash = absorb(hash, word));
    hash
}

/// A name in one word: its first letters, its last ones and its length tell all names apart.
fn name(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_be_bytes(*first), u64::from_be_bytes(*last)),
        _ => {
            let word = bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
            (word, word)
        }
    };
    absorb(first, last) ^ bytes.len() as u64
}

/// Two ids in one word.
pub(super) fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// What is there, or something that no id or number of a scenario is.
pub(super) fn maybe(value: Option<u32>) -> u64 {
    value.map_or(u64::MAX, u64::from)
}

fn of_attack(attack: &Attack, put: &mut impl FnMut(u64)) {
    put(pair(attack.attacker.0, attack.victim.0));
    put(pair(attack.conflict.0, attack.fact.0));
    put((attack.level as u64) << 16 | (attack.how as u64) << 8 | attack.side as u64);
}

fn of_chance(chance: (f64, f64), put: &mut impl FnMut(u64)) {
    put(chance.0.to_bits());
    put(chance.1.to_bits());
}

/// What a kind of fact says, word by word. Its name, its causes and its turn are taken in already.
fn of_kind(kind: &FactKind, put: &mut impl FnMut(u64)) {
    match kind {
        FactKind::ConflictUnderWay { conflict } => put(conflict.0.into()),
        FactKind::EnteredIntoForce { treaty }
        | FactKind::Revealed { treaty }
        | FactKind::Signed { treaty } => put(treaty.0.into()),
        FactKind::Terminated { treaty, replaced_by } => {
            put(treaty.0.into());
            put(maybe(replaced_by.map(|t| t.0)));
        }
        FactKind::Ratified { treaty, by }
        | FactKind::Acceded { treaty, by }
        | FactKind::Denounced { treaty, by } => put(pair(treaty.0, by.0)),
        FactKind::NoticeGiven { treaty, by, effective } => {
            put(pair(treaty.0, by.0));
            put(effective.0.into());
        }
        FactKind::Renewed { treaty, until } => {
            put(treaty.0.into());
            put(until.map_or(u64::MAX, |d| Key::of(&d.to_string()).0));
        }
        FactKind::Invoked { treaty, by, conflict, after_performance, anew, .. } => {
            put(pair(treaty.0, by.0));
            put(pair(conflict.0, u32::from(*after_performance) << 1 | u32::from(*anew)));
        }
        FactKind::Waived { treaty, by, conflict } => {
            put(pair(treaty.0, by.0));
            put(conflict.0.into());
        }
        FactKind::Demanded { by, to } | FactKind::DemandMet { by, to } => put(pair(by.0, to.0)),
        FactKind::Injected { inject, chance } => {
            put(inject.0.into());
            chance.iter().for_each(|c| of_chance(*c, put));
        }
        FactKind::InjectFailed { inject, chance } => {
            put(inject.0.into());
            of_chance(*chance, put);
        }
        // Orders are few, and of many kinds.
        FactKind::Ordered { act } => put(Key::of(&format!("{act:?}")).0),
        FactKind::Pledged { id, pledge } => {
            put(pair(id.0, pledge.by.0));
            put(pledge.key.0);
            put(pledge.strength.to_bits());
        }
        FactKind::AttitudeChanged { from, to, hostility, affinity } => {
            put(pair(from.0, to.0));
            hostility.iter().chain(affinity).for_each(|x| put(x.to_bits()));
        }
        FactKind::Initiated { incident, chance } => {
            put(pair(incident.initiator.0, incident.target.0));
            of_chance(*chance, put);
        }
        FactKind::Incident { incident, conflict } => {
            put(pair(incident.initiator.0, incident.target.0));
            put(pair(conflict.0, incident.place.0));
            put((incident.level as u64) << 8 | incident.form as u64);
            put(maybe(incident.motive.map(|m| m as u32)) ^ maybe(incident.pretext.map(|p| p as u32)) << 8);
            put(u64::from(incident.contested) << 1 | u64::from(incident.covert));
        }
        FactKind::ConflictBegan { conflict, initiator, target, level, place } => {
            put(pair(initiator.0, target.0));
            put(pair(conflict.0, place.0));
            put(*level as u64);
        }
        FactKind::TurnedViolent { conflict, initiator, target, place } => {
            put(pair(initiator.0, target.0));
            put(pair(conflict.0, place.0));
        }
        other => of_decisions(other, put),
    }
}

/// What states see, owe, decide and do.
fn of_decisions(kind: &FactKind, put: &mut impl FnMut(u64)) {
    match kind {
        FactKind::Entered { conflict, state, side, role, partner } => {
            put(pair(conflict.0, state.0));
            put((*side as u64) << 8 | *role as u64);
            put(maybe(partner.map(|s| s.0)));
        }
        FactKind::Attributed { observer, conflict, blamed, chance } => {
            put(pair(observer.0, blamed.0));
            put(conflict.0.into());
            of_chance(*chance, put);
        }
        FactKind::Traced { observer, conflict, author, chance, later } => {
            put(pair(observer.0, author.0));
            put(pair(conflict.0, u32::from(*later)));
            of_chance(*chance, put);
        }
        FactKind::Tested { commitment, attack, checks, strength, reading, .. } => {
            put(commitment.0.into());
            of_attack(attack, put);
            let met = checks.iter().fold(1_u64, |bits, c| bits << 1 | u64::from(c.met));
            put(met);
            put(strength.to_bits());
            put(reading.map_or(u64::MAX, |r| r as u64));
        }
        FactKind::ReadOtherwise { commitment, conflict, observer, reading, owed, .. } => {
            put(pair(commitment.0, conflict.0));
            put(pair(observer.0, u32::from(*owed)));
            put(reading.map_or(u64::MAX, |r| r as u64));
        }
        FactKind::PledgeTested { pledge, attack, checks, .. } => {
            put(pledge.0.into());
            of_attack(attack, put);
            put(checks.iter().fold(1_u64, |bits, c| bits << 1 | u64::from(c.met)));
        }
        FactKind::BoundToBoth { state, conflict, side, restraint, .. } => {
            put(pair(state.0, conflict.0));
            put(side.map_or(u64::MAX, |s| s as u64));
            put(maybe(restraint.map(|c| c.0)));
        }
        FactKind::Consulting { state, conflict, side, partner } => {
            put(pair(state.0, conflict.0));
            put(pair(partner.0, *side as u32));
        }
        FactKind::Decided { state, conflict, side, partner, adversary, choice, trace } => {
            put(pair(state.0, conflict.0));
            put(pair(partner.0, adversary.0));
            put((*choice as u64) << 8 | *side as u64);
            put(trace.draw.map_or(u64::MAX, f64::to_bits));
            trace.options.iter().for_each(|o| put(o.probability.to_bits()));
        }
        FactKind::ConsentSought { state, conflict, side, due } => {
            put(pair(state.0, conflict.0));
            put(pair(due.0, *side as u32));
        }
        FactKind::DomesticProcess { state, conflict, side, result, vote, .. } => {
            put(pair(state.0, conflict.0));
            put((*side as u64) << 8 | *result as u64);
            vote.iter().for_each(|(support, p, draw)| {
                put(support.to_bits());
                of_chance((*p, *draw), put);
            });
        }
        FactKind::Performed { state, conflict, side, response } => {
            put(pair(state.0, conflict.0));
            put((*response as u64) << 8 | *side as u64);
        }
        other => of_endings(other, put),
    }
}

/// How wars go and end, and what becomes of what was owed.
fn of_endings(kind: &FactKind, put: &mut impl FnMut(u64)) {
    match kind {
        FactKind::PromiseBroken { commitment, conflict } | FactKind::Lapsed { commitment, conflict } => {
            put(pair(commitment.0, conflict.0));
        }
        FactKind::Reviewed { state, conflict, lapse, stays, chance } => {
            put(pair(state.0, conflict.0));
            let cause = match lapse {
                Lapse::PartnerLeft(state) => pair(0, state.0),
                Lapse::TreatyEnded(treaty) => pair(1, treaty.0),
            };
            put(cause << 1 | u64::from(*stays));
            chance.iter().for_each(|c| of_chance(*c, put));
        }
        FactKind::Withdrew { state, conflict, side } => {
            put(pair(state.0, conflict.0));
            put(*side as u64);
        }
        FactKind::Fought { conflict, strengths, losses, weariness } => {
            put(conflict.0.into());
            [strengths, losses, weariness].into_iter().for_each(|pair| of_chance(*pair, put));
        }
        FactKind::ConflictEnded { conflict, outcome, chance } => {
            let how = match outcome {
                Outcome::Victory(side) => 8 + *side as u32,
                Outcome::Settlement => 1,
                Outcome::Ceasefire => 2,
                Outcome::Subsided => 3,
            };
            put(pair(conflict.0, how));
            chance.iter().for_each(|c| of_chance(*c, put));
        }
        FactKind::Fulfilled { commitment, conflict, fulfilment } => {
            put(pair(commitment.0, conflict.0));
            put(*fulfilment as u64);
        }
        FactKind::Judged { state, conflict, verdict } => {
            put(pair(state.0, conflict.0));
            put(*verdict as u64);
        }
        FactKind::Statecraft(what) => what.put(put),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::extend;
    use crate::chronicle::{Fact, FactId, FactKind, Phase};
    use crate::model::{ConflictId, Response, Side, StateId, Turn};

    #[test]
    fn what_a_state_does_when_and_why_all_count() {
        let kind = |response| FactKind::Performed {
            state: StateId(3),
            conflict: ConflictId(0),
            side: Side::Target,
            response,
        };
        let fact = |kind, turn, because: &[FactId]| Fact {
            id: FactId(9),
            turn: Turn(turn),
            phase: Phase::Response,
            kind,
            because: because.into(),
        };
        let aid = extend(0, &fact(kind(Response::Aid), 1, &[FactId(2)]));
        assert_eq!(aid, extend(0, &fact(kind(Response::Aid), 1, &[FactId(2)])));
        assert_ne!(aid, extend(0, &fact(kind(Response::Deploy), 1, &[FactId(2)])));
        assert_ne!(aid, extend(0, &fact(kind(Response::Aid), 2, &[FactId(2)])));
        assert_ne!(aid, extend(0, &fact(kind(Response::Aid), 1, &[FactId(3)])));
        assert_ne!(aid, extend(1, &fact(kind(Response::Aid), 1, &[FactId(2)])));
    }
}
