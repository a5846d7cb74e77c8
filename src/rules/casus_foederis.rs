//! Casus foederis: is a commitment owed in this case?
//!
//! Every condition of the clause is tested, and the answer is kept either way, so that "why not?" has
//! an answer too. Conditions follow the ATOP codebook (Leeds, Ritter, Mitchell and Long 2002).

use bevy_ecs::prelude::*;

use crate::chronicle::{Attack, Check, Chronicle, ConditionKind, FactId, FactKind, How, Phase};
use crate::dice::Purpose;
use crate::model::{Chain, CommitmentId, Form, Key, Level, Obligation, Role, Side, StateId};
use crate::scenario::Trigger;
use crate::world::{Book, Course};

/// A clause and an attack, with what must be known about both.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// When it is owed.
    pub trigger: &'a Trigger,
    /// How far it follows from another's entry.
    pub chain: Chain,
    /// Whether it is framed by Article 51.
    pub un_charter: bool,
    /// Whether the treaty is in force between the two.
    pub in_force: bool,
    /// To whom it is owed.
    pub beneficiary: StateId,
    /// The attack.
    pub attack: Attack,
    /// Whether the beneficiary began the conflict or joined the side that did, as the obligor sees it.
    pub beneficiary_began: bool,
    /// Whether the beneficiary was the target of the conflict's first attack.
    pub original_target: bool,
    /// Whether the attacker is allied with a named adversary.
    pub attacker_allied_with_named: bool,
    /// How many states fight the beneficiary.
    pub adversaries: usize,
    /// Whether the beneficiary asks for help under this treaty.
    pub asked: bool,
    /// Whether the obligor already fights on the other side.
    pub obligor_opposed: bool,
}

/// The conditions of the clause in this case, each met or not; it is owed if all are met.
pub fn checks(case: &Case) -> Vec<Check> {
    let trigger = case.trigger;
    let attack = &case.attack;
    let attacked = attack.victim == case.beneficiary;
    let adversary = if attacked { attack.attacker } else { attack.victim };
    let mut list = Vec::with_capacity(8);
    let mut check = |condition, met| list.push(Check { condition, met });
    check(ConditionKind::InForce, case.in_force);
    check(ConditionKind::Attacked, attacked);
    if trigger.unprovoked || case.un_charter {
        check(ConditionKind::Unprovoked, !case.beneficiary_began);
    }
    if !trigger.against.is_empty() {
        let allied = trigger.or_their_allies && case.attacker_allied_with_named;
        check(ConditionKind::Adversary, trigger.against.contains(&adversary) || allied);
    }
    check(ConditionKind::Level, attack.level >= trigger.level);
    if !trigger.forms.is_empty() {
        // An entry into a war has no form of its own.
        let formed = matches!(attack.how, How::Incident | How::OwnAttack);
        check(ConditionKind::Form, formed && trigger.forms.contains(&attack.form));
    }
    if trigger.homeland {
        check(ConditionKind::Theatre, attack.place == case.beneficiary);
    } else if let Some(theatre) = &trigger.theatre {
        check(ConditionKind::Theatre, theatre.binary_search(&attack.place).is_ok());
    }
    if trigger.adversaries_at_least > 1 {
        check(ConditionKind::Number, case.adversaries >= trigger.adversaries_at_least as usize);
    }
    if trigger.on_request {
        check(ConditionKind::Request, attacked && case.asked);
    }
    if attacked {
        let reaches = match case.chain {
            Chain::None => case.original_target || attack.how == How::OwnAttack,
            Chain::DirectVictim => attack.how != How::OwnEntry,
            Chain::Transitive => true,
        };
        check(ConditionKind::Chain, reaches);
    }
    check(ConditionKind::Free, !case.obligor_opposed);
    list
}

/// The attacks that the facts of the last round amount to.
pub fn fresh_attacks(book: &Book, chronicle: &Chronicle) -> Vec<Attack> {
    attacks_in(book, chronicle, book.round.fresh, book.round.start)
}

/// The attacks that the facts from `start` up to `end` amount to.
pub fn attacks_in(book: &Book, chronicle: &Chronicle, start: usize, end: usize) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for fact in &chronicle.facts()[start..end] {
        match &fact.kind {
            FactKind::Incident { incident, conflict } => {
                let course = book.conflict(*conflict);
                attacks.push(Attack {
                    attacker: incident.initiator,
                    victim: incident.target,
                    conflict: *conflict,
                    side: course.side_of(incident.target).unwrap_or(if incident.target == course.initiator {
                        Side::Initiator
                    } else {
                        Side::Target
                    }),
                    level: incident.level,
                    form: incident.form,
                    place: incident.place,
                    how: How::Incident,
                    contested: incident.contested,
                    fact: fact.id,
                });
            }
            FactKind::Entered { conflict, state, side, role: Role::Joiner } => {
                let course = book.conflict(*conflict);
                // Those who were there when it entered: later entrants attack it, not it them.
                let opponents = course.belligerents.iter().filter(|b| b.side != *side && b.fact < fact.id);
                for opponent in opponents {
                    let entry = Attack {
                        attacker: *state,
                        victim: opponent.state,
                        conflict: *conflict,
                        side: opponent.side,
                        level: Level::War,
                        // It is a use of force of no particular form, where the conflict is fought.
                        form: Form::Invasion,
                        place: course.place,
                        how: How::Entry,
                        contested: false,
                        fact: fact.id,
                    };
                    let own = Attack {
                        attacker: opponent.state,
                        victim: *state,
                        side: *side,
                        how: How::OwnEntry,
                        ..entry
                    };
                    attacks.extend([entry, own]);
                }
            }
            _ => {}
        }
    }
    attacks
}

/// Tests the commitments to and of those who are attacked or attack.
pub fn test_commitments(book: Book, mut chronicle: ResMut<Chronicle>) {
    let attacks = fresh_attacks(&book, &chronicle);
    let mut by_commitment: std::collections::BTreeMap<CommitmentId, Vec<&Attack>> = Default::default();
    for attack in &attacks {
        for party in [attack.victim, attack.attacker] {
            for id in book.owed_to(party) {
                if is_worth_testing(&book, id, attack) {
                    by_commitment.entry(id).or_default().push(attack);
                }
            }
        }
    }
    for (id, attacks) in by_commitment {
        // One answer a round: the first attack that makes it owed, or the one that comes nearest.
        let tests: Vec<(Attack, Vec<Check>)> = attacks
            .into_iter()
            .map(|attack| seen_from(&book, id, attack))
            .map(|attack| (attack, checks(&case(&book, id, &attack))))
            .collect();
        let met = |checks: &[Check]| checks.iter().filter(|c| c.met).count();
        let owed = tests.iter().find(|(_, c)| met(c) == c.len());
        let nearest = || tests.iter().rev().max_by_key(|(_, c)| met(c));
        let Some((attack, checks)) = owed.or_else(nearest) else { continue };
        record_test(&book, &mut chronicle, id, attack, checks.clone(), owed.is_some());
    }
}

/// The attack as a commitment sees it: where an offence clause is owed to the attacker, from its side.
fn seen_from(book: &Book, id: CommitmentId, attack: &Attack) -> Attack {
    let offence = book.clause_of(id).obligation == Obligation::Offense;
    if !offence || attack.victim == book.commitment(id).beneficiary {
        return *attack;
    }
    Attack {
        attacker: attack.victim,
        victim: attack.attacker,
        side: attack.side.opposite(),
        how: How::OwnAttack,
        ..*attack
    }
}

/// Whether an attack raises the question of this commitment at all.
fn is_worth_testing(book: &Book, id: CommitmentId, attack: &Attack) -> bool {
    let clause = book.clause_of(id);
    let commitment = book.commitment(id);
    let course = book.conflict(attack.conflict);
    let treaty = clause.treaty;
    let known = book.stands(id) || (!book.has_ended(treaty) && is_signed(book, id));
    let victim = commitment.beneficiary == attack.victim;
    let relevant = match attack.how {
        // Its own entry brings only what follows from any entry.
        How::OwnEntry => victim && clause.chain == Chain::Transitive,
        How::Entry => victim,
        How::Incident => victim || attack.level >= Level::UseOfForce,
        How::OwnAttack => false,
    };
    let counterpart = [attack.victim, attack.attacker].contains(&commitment.obligor);
    let already_there = course.side_of(commitment.obligor) == Some(attack.side) && victim;
    let asked = book.obligations.owed.iter().any(|o| {
        let again = attack.how == How::Incident && o.since < book.now.turn;
        o.commitment == id && o.attack.conflict == attack.conflict && !again
    });
    clause.obligation.is_active() && known && relevant && !counterpart && !already_there && !asked
}

/// Whether the treaty was signed by this turn, though it may not be in force.
fn is_signed(book: &Book, id: CommitmentId) -> bool {
    let next = book.scenario().calendar.date(crate::model::Turn(book.now.turn.0 + 1));
    book.scenario().treaty_of(id).signed < next
}

fn case<'b>(book: &'b Book, id: CommitmentId, attack: &Attack) -> Case<'b> {
    let clause = book.clause_of(id);
    let commitment = book.commitment(id);
    let course = book.conflict(attack.conflict);
    let named = &clause.trigger.against;
    let side = side_in(course, commitment.beneficiary);
    Case {
        trigger: &clause.trigger,
        chain: clause.chain,
        un_charter: clause.un_charter,
        in_force: book.stands(id),
        beneficiary: commitment.beneficiary,
        attack: *attack,
        beneficiary_began: side == began(course, commitment.obligor),
        original_target: course.target == commitment.beneficiary,
        attacker_allied_with_named: clause.trigger.or_their_allies
            && named.iter().any(|&n| book.allied(n, attack.attacker)),
        adversaries: course.on(attack.side.opposite()).count(),
        asked: asks(book, id, course),
        obligor_opposed: course.side_of(commitment.obligor).is_some_and(|s| Some(s) != side),
    }
}

/// Whether the beneficiary calls on its partners: one answer per treaty and conflict in a turn.
fn asks(book: &Book, id: CommitmentId, course: &Course) -> bool {
    let subject = Key::of("request")
        .and(&book.scenario().treaty_of(id).id)
        .with(book.state(book.commitment(id).beneficiary).key)
        .with(book.conflict_key(course));
    book.draw(Purpose::Request, subject) < book.rules().request
}

/// The side of a state: that on which it fights or, in a dispute, that of a party to it.
pub fn side_in(course: &Course, state: StateId) -> Option<Side> {
    course.side_of(state).or_else(|| match state {
        s if s == course.initiator => Some(Side::Initiator),
        s if s == course.target => Some(Side::Target),
        _ => None,
    })
}

/// The side that began, as an observer sees it.
pub fn began(course: &Course, observer: StateId) -> Option<Side> {
    let blamed = course.blamed.iter().find(|(o, _)| *o == observer).map(|(_, blamed)| *blamed);
    match blamed {
        Some(state) => side_in(course, state),
        None => Some(Side::Initiator),
    }
}

fn record_test(
    book: &Book,
    chronicle: &mut Chronicle,
    id: CommitmentId,
    attack: &Attack,
    checks: Vec<Check>,
    owed: bool,
) {
    let course = book.conflict(attack.conflict);
    let reading = book.commitment(id).key.with(book.conflict_key(course));
    let strength = match owed {
        true => book.clause_of(id).strength.at(book.draw(Purpose::Reading, reading)),
        false => 0.0,
    };
    let mut because = vec![attack.fact];
    if checks.iter().any(|c| c.condition == ConditionKind::Unprovoked) {
        because.extend(attribution_of(chronicle, book.commitment(id).obligor, attack));
    }
    let kind = FactKind::Tested { commitment: id, attack: *attack, checks, owed, strength };
    chronicle.record(book.now.turn, Phase::CasusFoederis, kind, &because);
}

/// The fact in which an observer made up its mind on who began this conflict.
fn attribution_of(chronicle: &Chronicle, who: StateId, attack: &Attack) -> Option<FactId> {
    let mut facts = chronicle.facts().iter().rev();
    let fact = facts.find(|f| {
        matches!(f.kind, FactKind::Attributed { observer, conflict, .. }
            if observer == who && conflict == attack.conflict)
    });
    fact.map(|f| f.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ConflictId;

    const A: StateId = StateId(0);
    const B: StateId = StateId(1);
    const C: StateId = StateId(2);

    fn trigger() -> Trigger {
        Trigger {
            level: Level::UseOfForce,
            forms: Vec::new(),
            unprovoked: false,
            against: Vec::new(),
            or_their_allies: false,
            theatre: None,
            homeland: false,
            adversaries_at_least: 1,
            on_request: false,
        }
    }

    fn attack() -> Attack {
        Attack {
            attacker: A,
            victim: B,
            conflict: ConflictId(0),
            side: Side::Target,
            level: Level::UseOfForce,
            form: Form::Invasion,
            place: B,
            how: How::Incident,
            contested: false,
            fact: FactId(0),
        }
    }

    fn case(trigger: &Trigger) -> Case<'_> {
        Case {
            trigger,
            chain: Chain::DirectVictim,
            un_charter: false,
            in_force: true,
            beneficiary: B,
            attack: attack(),
            beneficiary_began: false,
            original_target: true,
            attacker_allied_with_named: false,
            adversaries: 1,
            asked: true,
            obligor_opposed: false,
        }
    }

    fn unmet(case: &Case) -> Vec<ConditionKind> {
        checks(case).into_iter().filter(|c| !c.met).map(|c| c.condition).collect()
    }

    #[test]
    fn a_plain_defence_clause_is_owed_to_the_victim() {
        assert_eq!(unmet(&case(&trigger())), []);
    }

    #[test]
    fn nothing_is_owed_to_an_initiator_by_a_clause_against_unprovoked_attack() {
        let strict = Trigger { unprovoked: true, ..trigger() };
        let provoked = Case { beneficiary_began: true, ..case(&strict) };
        assert_eq!(unmet(&provoked), [ConditionKind::Unprovoked]);
        let lax = trigger();
        assert_eq!(unmet(&Case { beneficiary_began: true, ..case(&lax) }), []);
        let charter = Case { beneficiary_began: true, un_charter: true, ..case(&lax) };
        assert_eq!(unmet(&charter), [ConditionKind::Unprovoked]);
    }

    #[test]
    fn an_attack_below_the_threshold_elsewhere_or_by_another_is_not_the_case() {
        let narrow = Trigger {
            level: Level::War,
            against: vec![C],
            theatre: Some(vec![C]),
            adversaries_at_least: 2,
            ..trigger()
        };
        let expected =
            [ConditionKind::Adversary, ConditionKind::Level, ConditionKind::Theatre, ConditionKind::Number];
        assert_eq!(unmet(&case(&narrow)), expected);
    }

    #[test]
    fn the_chain_policy_tells_direct_victims_from_entrants() {
        let plain = trigger();
        let own = Attack { how: How::OwnEntry, ..attack() };
        let entrant = Case { attack: own, original_target: false, ..case(&plain) };
        assert_eq!(unmet(&entrant), [ConditionKind::Chain]);
        assert_eq!(unmet(&Case { chain: Chain::Transitive, ..entrant }), []);
        let hit_later = Case { original_target: false, ..case(&plain) };
        assert_eq!(unmet(&hit_later), []);
        assert_eq!(unmet(&Case { chain: Chain::None, ..hit_later }), [ConditionKind::Chain]);
    }

    #[test]
    fn an_ally_that_attacks_is_owed_nothing_for_defence() {
        let plain = trigger();
        let defence = Case { beneficiary: A, ..case(&plain) };
        assert_eq!(unmet(&defence), [ConditionKind::Attacked]);
    }
}
