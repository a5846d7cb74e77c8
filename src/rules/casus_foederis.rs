//! Casus foederis: is a commitment owed in this case?
//!
//! Every condition of the clause is tested, and the answer is kept either way, so that "why not?" has
//! an answer too. Conditions follow the ATOP codebook (Leeds, Ritter, Mitchell and Long 2002).

use smallvec::SmallVec;

use super::attacks::{Raised, raised};
use super::reading::{read_otherwise, reading_of};
use crate::chronicle::{Attack, Causes, Check, Checks, Chronicle, ConditionKind, FactKind, How, Phase};
use crate::dice::Purpose;
use crate::model::{Chain, CommitmentId, ConflictId, Level, Obligation, Side, StateId};
use crate::scenario::Clause;
use crate::world::{Book, Course};

/// A clause and an attack, with what must be known about both.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The clause, as it is read.
    pub clause: &'a Clause,
    /// Whether the treaty is in force between the two.
    pub in_force: bool,
    /// To whom it is owed.
    pub beneficiary: StateId,
    /// The attack.
    pub attack: Attack,
    /// Whether the beneficiary began the conflict or joined the side that did, as it is seen.
    pub beneficiary_began: bool,
    /// Whether the beneficiary has been attacked in the conflict.
    pub beneficiary_attacked: bool,
    /// Whether the beneficiary was the target of the conflict's first attack.
    pub original_target: bool,
    /// Whether the attacker is allied with a named adversary.
    pub attacker_allied_with_named: bool,
    /// How many states fight the beneficiary.
    pub adversaries: usize,
    /// Whether the beneficiary asks for help under this treaty.
    pub asked: bool,
    /// Whether the adversary has left a demand of the beneficiary unmet.
    pub demand_unmet: bool,
    /// Whether one of the states on whose entry the clause waits fights on the beneficiary's side.
    pub precondition: bool,
    /// Whether the observer has traced the attack to its author, if it is a covert one.
    pub traced: bool,
    /// Whether the beneficiary has waived what is owed to it.
    pub waived: bool,
    /// Whether the obligor already fights on the other side.
    pub obligor_opposed: bool,
}

/// The conditions of the clause in this case, each met or not; it is owed if all are met.
pub fn checks(case: &Case) -> Checks {
    let trigger = &case.clause.trigger;
    let attack = &case.attack;
    let obligation = case.clause.obligation;
    let attacked = attack.victim == case.beneficiary;
    let adversary = if attacked { attack.attacker } else { attack.victim };
    let mut list = Checks::new();
    let mut check = |condition, met| list.push(Check { condition, met });
    check(ConditionKind::InForce, case.in_force);
    match obligation {
        Obligation::NonAggression => check(ConditionKind::ForceAgainst, attacked),
        Obligation::Neutrality => check(ConditionKind::AtWar, attack.level >= Level::UseOfForce),
        _ => check(ConditionKind::Attacked, attacked),
    }
    if trigger.partner_attacked {
        check(ConditionKind::PartnerAttacked, case.beneficiary_attacked);
    }
    if trigger.unprovoked || case.clause.un_charter {
        check(ConditionKind::Unprovoked, !case.beneficiary_began);
    }
    if !trigger.against.is_empty() && obligation != Obligation::NonAggression {
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
    if !trigger.conflicts.is_empty() {
        check(ConditionKind::Conflict, trigger.conflicts.contains(&attack.conflict));
    }
    if trigger.unmet_demand {
        check(ConditionKind::Demand, case.demand_unmet);
    }
    if !trigger.once_fighting.is_empty() {
        check(ConditionKind::Precondition, case.precondition);
    }
    if attack.covert {
        check(ConditionKind::Traced, case.traced);
    }
    if case.waived {
        check(ConditionKind::NotWaived, false);
    }
    if trigger.on_request {
        check(ConditionKind::Request, attacked && case.asked);
    }
    if attacked && obligation.is_active() {
        let reaches = match case.clause.chain {
            Chain::None => case.original_target || attack.how == How::OwnAttack,
            Chain::DirectVictim => attack.how != How::OwnEntry,
            Chain::Transitive => true,
        };
        check(ConditionKind::Chain, reaches);
    }
    if obligation != Obligation::NonAggression {
        check(ConditionKind::Free, !case.obligor_opposed);
    }
    list
}

/// Whether all conditions are met.
pub fn all_met(checks: &[Check]) -> bool {
    checks.iter().all(|c| c.met)
}

/// Tests the commitments to and of those who are attacked or attack.
pub fn test_commitments(book: &Book, chronicle: &mut Chronicle) {
    let attacks = raised(book, chronicle);
    let party_to = |(i, raised): (usize, &Raised)| {
        [raised.attack.victim, raised.attack.attacker].map(|party| (party, raised.attack.conflict, i))
    };
    let mut by_party: Vec<(StateId, ConflictId, usize)> =
        attacks.iter().enumerate().flat_map(party_to).collect();
    by_party.sort_unstable();
    let mut cases: Vec<(CommitmentId, ConflictId, SmallVec<[&Attack; 4]>)> = Vec::new();
    for mine in by_party.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (party, conflict, _) = mine[0];
        let course = book.conflict(conflict);
        let side = side_in(course, party);
        for &id in book.owed_to(party) {
            // Who fights at its side has nothing left to owe, unless it declares so itself.
            let there = course.side_of(book.commitment(id).obligor);
            if there.is_some() && there == side && !declared(book, id, course) {
                continue;
            }
            let attacks = mine.iter().map(|(.., i)| &attacks[*i]);
            let worthwhile = attacks.filter(|r| is_worth_testing(book, id, r)).map(|r| &r.attack);
            let worthwhile: SmallVec<_> = worthwhile.collect();
            if !worthwhile.is_empty() {
                cases.push((id, conflict, worthwhile));
            }
        }
    }
    // A commitment is owed to one state, so there is one case of it a conflict.
    cases.sort_unstable_by_key(|(id, conflict, _)| (*id, *conflict));
    for (id, conflict, attacks) in cases {
        let reading = reading_of(book, id, conflict);
        let Some((attack, checks)) = telling_test(book, id, reading, &attacks) else { continue };
        // A lesser attack does not unmake what is owed already.
        let known = || book.owed_in(book.commitment(id).obligor, conflict).any(|o| o.commitment == id);
        if !all_met(&checks) && known() {
            continue;
        }
        record_test(book, chronicle, id, &attack, reading, checks);
    }
}

/// The test that counts where several attacks raise the same question: of the first that makes the commitment owed, or
/// of the one that comes nearest.
fn telling_test(
    book: &Book,
    id: CommitmentId,
    reading: Option<usize>,
    attacks: &[&Attack],
) -> Option<(Attack, Checks)> {
    let (obligor, clause) = (book.commitment(id).obligor, book.clause_of(id).read_as(reading));
    let mut nearest: Option<(usize, Attack, Checks)> = None;
    for attack in attacks {
        let attack = seen_from(book, id, attack);
        let checks = checks(&case(book, id, clause, obligor, &attack));
        let met = checks.iter().filter(|c| c.met).count();
        if met == checks.len() {
            return Some((attack, checks));
        }
        if nearest.as_ref().is_none_or(|(most, ..)| met > *most) {
            nearest = Some((met, attack, checks));
        }
    }
    nearest.map(|(_, attack, checks)| (attack, checks))
}

/// The attack as a commitment sees it: where what is owed to the attacker is in question, from its side.
fn seen_from(book: &Book, id: CommitmentId, attack: &Attack) -> Attack {
    let either = matches!(book.clause_of(id).obligation, Obligation::Offense | Obligation::Neutrality);
    if !either || attack.victim == book.commitment(id).beneficiary {
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
fn is_worth_testing(book: &Book, id: CommitmentId, raised: &Raised) -> bool {
    let clause = book.clause_of(id);
    let commitment = book.commitment(id);
    let attack = &raised.attack;
    let course = book.conflict(attack.conflict);
    let treaty = clause.treaty;
    let victim = commitment.beneficiary == attack.victim;
    let relevant = match (clause.obligation, attack.how) {
        // What it rules out is looked at when it is done.
        (Obligation::NonAggression, _) | (_, How::OwnAttack) => false,
        (Obligation::Neutrality, how) => how != How::OwnEntry && attack.level >= Level::UseOfForce,
        // Its own entry brings only what follows from any entry.
        (_, How::OwnEntry) => {
            let far = |c: &Clause| c.chain == Chain::Transitive;
            victim && (far(clause) || clause.readings.iter().any(|r| far(&r.clause)))
        }
        (_, How::Entry) => victim,
        (_, How::Incident) => victim || attack.level >= Level::UseOfForce,
    };
    let counterpart = [attack.victim, attack.attacker].contains(&commitment.obligor);
    if !relevant || counterpart {
        return false;
    }
    if clause.obligation == Obligation::Neutrality {
        let fights = course.side_of(commitment.obligor).is_some();
        let tested = course.not_owed.contains(&id);
        if fights || (tested && !raised.is_anew()) {
            return false;
        }
    }
    let asked = book.owed_in(commitment.obligor, attack.conflict).any(|o| {
        let again = o.acts && attack.how == How::Incident && !raised.is_anew() && o.since < book.now.turn;
        o.commitment == id && !again
    });
    let open = || book.treaty(treaty).is_some_and(|t| !t.ended || t.ended_here);
    let known = || book.stands(id) || (open() && is_signed(book, id));
    let in_question = raised.under.is_none_or(|under| under == treaty)
        && raised.by.is_none_or(|by| by == commitment.obligor);
    in_question && !asked && known()
}

/// Whether the treaty was signed by this turn, though it may not be in force.
fn is_signed(book: &Book, id: CommitmentId) -> bool {
    let next = book.date(crate::model::Turn(book.now.turn.0 + 1));
    let treaty = book.scenario().treaty_of(id);
    let concluded = !treaty.draft || book.environment.concluded.contains(&book.clause_of(id).treaty);
    treaty.signed < next && concluded
}

/// Whether the obligor has itself declared that its treaty applies in this conflict.
pub fn declared(book: &Book, id: CommitmentId, course: &Course) -> bool {
    let (treaty, obligor) = (book.clause_of(id).treaty, book.commitment(id).obligor);
    course.invocation(treaty, obligor).is_some_and(|i| i.by_obligor)
}

/// The case of a commitment, as an observer sees it who reads the clause so. What the clause does not ask about is not
/// looked up.
pub fn case<'c>(
    book: &Book,
    id: CommitmentId,
    clause: &'c Clause,
    observer: StateId,
    attack: &Attack,
) -> Case<'c> {
    let commitment = book.commitment(id);
    let course = book.conflict(attack.conflict);
    let beneficiary = commitment.beneficiary;
    let named = &clause.trigger.against;
    let side = side_in(course, beneficiary);
    let trigger = &clause.trigger;
    let declares = || observer == commitment.obligor && declared(book, id, course);
    let calls = || course.invocation(clause.treaty, beneficiary).is_some_and(|i| !i.by_obligor);
    let adversary = if attack.victim == beneficiary { attack.attacker } else { attack.victim };
    Case {
        clause,
        in_force: book.stands(id),
        beneficiary,
        attack: *attack,
        beneficiary_began: (trigger.unprovoked || clause.un_charter)
            && side == began(course, observer, attack)
            && !declares(),
        beneficiary_attacked: course.is_attacked(beneficiary),
        original_target: course.target == beneficiary,
        attacker_allied_with_named: trigger.or_their_allies
            && named.iter().any(|&n| book.allied(n, adversary)),
        adversaries: match side {
            Some(side) if trigger.adversaries_at_least > 1 => course.on(side.opposite()).count(),
            _ => 0,
        },
        asked: trigger.on_request && (observer == beneficiary || calls()),
        demand_unmet: trigger.unmet_demand
            && book.obligations.demands.iter().any(|(by, to, _)| (*by, *to) == (beneficiary, adversary)),
        precondition: trigger.once_fighting.iter().any(|s| side.is_some() && course.side_of(*s) == side),
        traced: attack.covert && (course.traced.contains(&observer) || observer == attack.attacker),
        waived: book.obligations.waived.contains(&(clause.treaty, beneficiary, course.id)),
        obligor_opposed: course.side_of(commitment.obligor).is_some_and(|s| Some(s) != side),
    }
}

/// The side of a state: that on which it fights or, in a dispute, that of a party to it.
pub fn side_in(course: &Course, state: StateId) -> Option<Side> {
    course.fought_on(state).or_else(|| match state {
        s if s == course.initiator => Some(Side::Initiator),
        s if s == course.target => Some(Side::Target),
        _ => None,
    })
}

/// The side that began, as an observer sees it in the light of an attack. Where each side says that the other began,
/// its own states do. A later incident of which each side says so is disputed for itself: it does not make a question of
/// how an undisputed war began.
pub fn began(course: &Course, observer: StateId, attack: &Attack) -> Option<Side> {
    let disputed = if attack.contested { Some(attack.fact) } else { course.contested };
    let Some(disputed) = disputed else { return Some(Side::Initiator) };
    let blamed = course.blamed.iter().find(|b| b.observer == observer && b.attack == disputed);
    match (blamed, side_in(course, observer)) {
        (Some(blame), _) => side_in(course, blame.blamed),
        (None, Some(own)) => Some(own.opposite()),
        (None, None) => Some(Side::Initiator),
    }
}

fn record_test(
    book: &Book,
    chronicle: &mut Chronicle,
    id: CommitmentId,
    attack: &Attack,
    reading: Option<usize>,
    checks: Checks,
) {
    let course = book.conflict(attack.conflict);
    let obligor = book.commitment(id).obligor;
    let clause = book.clause_of(id).read_as(reading);
    let owed = all_met(&checks);
    let strength = match owed {
        true => {
            let draw = book.draw_for_conflict(Purpose::Reading, book.commitment(id).key, course);
            clause.strength.at(0.5 + book.rules().ambiguity * (draw - 0.5))
        }
        false => 0.0,
    };
    let mut because = Causes::from_slice(&[attack.fact]);
    if checks.iter().any(|c| c.condition == ConditionKind::Unprovoked) {
        because.extend(course.blamed.iter().rev().find(|b| b.observer == obligor).map(|b| b.fact));
    }
    let invoked = [book.commitment(id).beneficiary, obligor];
    let invoked = invoked.into_iter().filter_map(|s| course.invocation(clause.treaty, s));
    because.extend(invoked.map(|i| i.fact));
    let kind = FactKind::Tested {
        commitment: id,
        attack: *attack,
        checks: checks.clone(),
        owed,
        acts: clause.obligation.is_active(),
        strength,
        reading,
    };
    let fact = chronicle.record(book.now.turn, Phase::CasusFoederis, kind, &because);
    read_otherwise(book, chronicle, id, attack, &checks, fact);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chronicle::FactId;
    use crate::model::{Automaticity, Form, Key, Performance, Strength, TreatyId};
    use crate::scenario::Trigger;

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
            conflicts: Vec::new(),
            unmet_demand: false,
            once_fighting: Vec::new(),
            partner_attacked: false,
        }
    }

    fn clause(trigger: Trigger) -> Clause {
        Clause {
            treaty: TreatyId(0),
            article: "1".into(),
            key: Key::of("1"),
            obligation: Obligation::Defense,
            text: String::new(),
            trigger,
            performance: Performance::Force,
            automaticity: Automaticity::Deliberate,
            constitutional: false,
            un_charter: false,
            strength: Strength::Exact(1.0),
            chain: Chain::DirectVictim,
            tempo: 1,
            secret: false,
            readings: Vec::new(),
            commitments: Vec::new(),
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
            covert: false,
            fact: FactId(0),
        }
    }

    fn case(clause: &Clause) -> Case<'_> {
        Case {
            clause,
            in_force: true,
            beneficiary: B,
            attack: attack(),
            beneficiary_began: false,
            beneficiary_attacked: true,
            original_target: true,
            attacker_allied_with_named: false,
            adversaries: 1,
            asked: true,
            demand_unmet: false,
            precondition: true,
            traced: true,
            waived: false,
            obligor_opposed: false,
        }
    }

    fn unmet(case: &Case) -> Vec<ConditionKind> {
        checks(case).into_iter().filter(|c| !c.met).map(|c| c.condition).collect()
    }

    #[test]
    fn a_plain_defence_clause_is_owed_to_the_victim() {
        assert_eq!(unmet(&case(&clause(trigger()))), []);
    }

    #[test]
    fn nothing_is_owed_to_an_initiator_by_a_clause_against_unprovoked_attack() {
        let strict = clause(Trigger { unprovoked: true, ..trigger() });
        let provoked = Case { beneficiary_began: true, ..case(&strict) };
        assert_eq!(unmet(&provoked), [ConditionKind::Unprovoked]);
        let lax = clause(trigger());
        assert_eq!(unmet(&Case { beneficiary_began: true, ..case(&lax) }), []);
        let charter = Clause { un_charter: true, ..clause(trigger()) };
        assert_eq!(unmet(&Case { beneficiary_began: true, ..case(&charter) }), [ConditionKind::Unprovoked]);
    }

    #[test]
    fn an_attack_below_the_threshold_elsewhere_or_by_another_is_not_the_case() {
        let narrow = clause(Trigger {
            level: Level::War,
            against: vec![C],
            theatre: Some(vec![C]),
            adversaries_at_least: 2,
            conflicts: vec![ConflictId(7)],
            unmet_demand: true,
            ..trigger()
        });
        let expected = [
            ConditionKind::Adversary,
            ConditionKind::Level,
            ConditionKind::Theatre,
            ConditionKind::Number,
            ConditionKind::Conflict,
            ConditionKind::Demand,
        ];
        assert_eq!(unmet(&case(&narrow)), expected);
    }

    #[test]
    fn the_chain_policy_tells_direct_victims_from_entrants() {
        let plain = clause(trigger());
        let own = Attack { how: How::OwnEntry, ..attack() };
        let entrant = Case { attack: own, original_target: false, ..case(&plain) };
        assert_eq!(unmet(&entrant), [ConditionKind::Chain]);
        let far = Clause { chain: Chain::Transitive, ..clause(trigger()) };
        assert_eq!(unmet(&Case { clause: &far, ..entrant }), []);
        let hit_later = Case { original_target: false, ..case(&plain) };
        assert_eq!(unmet(&hit_later), []);
        let first_only = Clause { chain: Chain::None, ..clause(trigger()) };
        assert_eq!(unmet(&Case { clause: &first_only, ..hit_later }), [ConditionKind::Chain]);
    }

    #[test]
    fn an_ally_that_attacks_is_owed_nothing_for_defence() {
        let plain = clause(trigger());
        let defence = Case { beneficiary: A, ..case(&plain) };
        assert_eq!(unmet(&defence), [ConditionKind::Attacked]);
    }

    #[test]
    fn neutrality_is_owed_to_a_partner_at_war_unless_only_to_one_that_is_attacked() {
        let neutral = Clause { obligation: Obligation::Neutrality, ..clause(trigger()) };
        let attacker = Case { beneficiary: A, beneficiary_attacked: false, ..case(&neutral) };
        assert_eq!(unmet(&attacker), []);
        let attacked = Trigger { partner_attacked: true, ..trigger() };
        let guarded = Clause { obligation: Obligation::Neutrality, ..clause(attacked) };
        assert_eq!(unmet(&Case { clause: &guarded, ..attacker }), [ConditionKind::PartnerAttacked]);
    }
}
