//! Entry: responses take effect. A state that goes to war attacks the other side, and promises not to
//! fight are broken.

use bevy_ecs::prelude::*;

use crate::chronicle::{Chronicle, FactKind, Phase};
use crate::model::{Domestic, Level, Obligation, Response, Role, Side, StateId, WarPowers};
use crate::world::{Book, Course};

/// Choices that passed the domestic process take effect.
pub fn respond(book: Book, mut chronicle: ResMut<Chronicle>) {
    let turn = book.now.turn;
    let mut effects = Vec::new();
    for fact in &chronicle.facts()[book.round.start..] {
        match fact.kind {
            FactKind::Decided { state, conflict, side, choice, .. } => match choice {
                Response::Abstain => {}
                Response::Intervene if book.state(state).war_powers != WarPowers::Executive => {}
                choice => effects.push((fact.id, state, conflict, side, choice)),
            },
            FactKind::DomesticProcess { state, conflict, side, result, .. } => {
                // A government that may not fight does what it can short of it.
                let response = match result {
                    Domestic::Approved => Response::Intervene,
                    Domestic::Refused | Domestic::Barred => Response::Aid,
                };
                effects.push((fact.id, state, conflict, side, response));
            }
            _ => {}
        }
    }
    for (cause, state, conflict, side, response) in effects {
        let kind = match response {
            Response::Intervene => FactKind::Entered { conflict, state, side, role: Role::Joiner },
            response => FactKind::Performed { state, conflict, side, response },
        };
        let fact = chronicle.record(turn, Phase::Response, kind, &[cause]);
        if response >= Response::Aid {
            let course = book.conflict(conflict);
            let opponents: Vec<StateId> = course.on(side.opposite()).collect();
            let mut broken = broken_by_fighting(&book, state, &opponents, course);
            if response != Response::Intervene {
                // Help for the enemy breaks a promise of neutrality, not one of non-aggression.
                broken.retain(|id| book.clause_of(*id).obligation == Obligation::Neutrality);
            }
            for id in broken {
                let kind = FactKind::PromiseBroken { commitment: id, conflict };
                chronicle.record(turn, Phase::Response, kind, &[fact]);
            }
        }
    }
}

/// Promises that this turn's incidents break.
pub fn break_promises(book: Book, mut chronicle: ResMut<Chronicle>) {
    let mut broken = Vec::new();
    for fact in &chronicle.facts()[book.round.turn_start..] {
        if let FactKind::Incident { incident, conflict } = fact.kind
            && incident.level >= Level::UseOfForce
        {
            let course = book.conflict(conflict);
            // Striking back is no breach: only a first use of force in a conflict is.
            let first = course.began == book.now.turn && course.initiator == incident.initiator
                || course
                    .belligerents
                    .iter()
                    .any(|b| b.fact > fact.id && [incident.initiator, incident.target].contains(&b.state));
            if first {
                for id in broken_by_fighting(&book, incident.initiator, &[incident.target], course) {
                    broken.push((fact.id, id, conflict));
                }
            }
        }
    }
    for (cause, commitment, conflict) in broken {
        let kind = FactKind::PromiseBroken { commitment, conflict };
        chronicle.record(book.now.turn, Phase::Incident, kind, &[cause]);
    }
}

/// The promises that a state breaks by fighting these others.
fn broken_by_fighting(
    book: &Book,
    state: StateId,
    opponents: &[StateId],
    course: &Course,
) -> Vec<crate::model::CommitmentId> {
    book.bound_not_to_fight(state, opponents)
        .into_iter()
        .filter(|&id| {
            let clause = book.clause_of(id);
            let beneficiary = book.commitment(id).beneficiary;
            let began = course.side_of(beneficiary) == Some(Side::Initiator);
            let excused = (clause.trigger.unprovoked || clause.un_charter) && began;
            let named = clause.trigger.against.is_empty()
                || clause.obligation == Obligation::NonAggression
                || clause.trigger.against.iter().any(|s| course.side_of(*s).is_some());
            !excused && named
        })
        .collect()
}
