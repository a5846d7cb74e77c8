//! Entry: responses take effect. A state that goes to war attacks the other side, and promises not to
//! fight are broken.

use super::restraint::{break_promises, in_the_way};
use super::war_powers::powers;
use crate::chronicle::{Chronicle, Fact, FactKind, Phase};
use crate::model::{ConflictId, Domestic, Obligation, Response, Role, Side, StateId, WarPowers};
use crate::world::Book;

/// Choices that passed the domestic process take effect.
pub fn respond(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let mut effects = Vec::new();
    for fact in &chronicle.facts()[book.round.start..] {
        match fact.kind {
            FactKind::Decided { state, conflict, side, choice, .. } => match choice {
                Response::Abstain => {}
                Response::Intervene if powers(book, state, conflict) != WarPowers::Executive => {}
                choice => effects.push((fact.id, state, conflict, side, choice)),
            },
            FactKind::DomesticProcess { state, conflict, side, result, .. } => {
                // A government that may not fight does what it can short of it.
                let response = match result {
                    // Who fights already goes on, or leaves at the end of the turn.
                    Domestic::Renewed | Domestic::Withdrawn => continue,
                    Domestic::Approved | Domestic::Permitted => Response::Intervene,
                    Domestic::Refused | Domestic::Barred => short_of_war(book, state, conflict, side),
                };
                effects.push((fact.id, state, conflict, side, response));
            }
            _ => {}
        }
    }
    let mut opened = Vec::new();
    for (cause, state, conflict, side, response) in effects {
        let kind = match response {
            Response::Intervene => {
                let course = book.conflict(conflict);
                if course.belligerents.is_empty() && !opened.contains(&conflict) {
                    // Over a covert act nobody fought openly so far.
                    opened.push(conflict);
                    for (state, side) in [(course.initiator, Side::Initiator), (course.target, Side::Target)]
                    {
                        let role = Role::Originator;
                        let kind = FactKind::Entered { conflict, state, side, role, partner: None };
                        chronicle.record(turn, Phase::Response, kind, &[cause]);
                    }
                }
                let partner = partner_of(chronicle, chronicle.fact(cause));
                FactKind::Entered { conflict, state, side, role: Role::Joiner, partner }
            }
            response => FactKind::Performed { state, conflict, side, response },
        };
        let fact = chronicle.record(turn, Phase::Response, kind, &[cause]);
        if response >= Response::Aid {
            let course = book.conflict(conflict);
            let opponents: Vec<StateId> = course.on(side.opposite()).collect();
            let fights = response == Response::Intervene;
            let place = (Phase::Response, fact);
            break_promises(book, chronicle, (state, course), &opponents, fights, place);
        }
    }
}

/// What a government does that may not fight: it sends aid, or speaks where aid would break a promise of neutrality.
fn short_of_war(book: &Book, state: StateId, conflict: ConflictId, side: Side) -> Response {
    let course = book.conflict(conflict);
    let opponents: Vec<StateId> = course.on(side.opposite()).collect();
    let neutral = |id| book.clause_of(id).obligation == Obligation::Neutrality;
    match in_the_way(book, state, course, &opponents).any(neutral) {
        true => Response::Support,
        false => Response::Aid,
    }
}

/// For whom a state enters: as it decided, at whatever step of the domestic process that led here.
fn partner_of(chronicle: &Chronicle, fact: &Fact) -> Option<StateId> {
    match fact.kind {
        FactKind::Decided { partner, .. } => Some(partner),
        _ => fact.because.iter().find_map(|cause| partner_of(chronicle, chronicle.fact(*cause))),
    }
}
