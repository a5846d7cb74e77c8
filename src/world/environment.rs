//! The strategic environment in the course of a run: supply, evidence, norms, and what is believed of promises.

use std::collections::BTreeMap;

use crate::chronicle::{Fact, FactId, Fulfilment, Statecraft};
use crate::model::{CommitmentId, Obligation, SignalKind, StateId, TransferId, TreatyId, Turn, logistic};
use crate::scenario::Scenario;
use crate::scenario::file::MunitionsFile;

/// The log odds of a probability.
fn odds(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// A state's munitions now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Supply {
    /// What it has, in the scenario's unit.
    pub stock: f64,
    /// Whether it has been told to run short, and has not recovered since.
    pub short: bool,
}

/// A transfer now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransferState {
    /// The fact that it began, while it runs.
    pub running: Option<FactId>,
    /// Whether it has ended for good.
    pub over: bool,
    /// The fact of its publication.
    pub published: Option<FactId>,
    /// Who has denied it since.
    pub denied: Vec<StateId>,
    /// Who has admitted it.
    pub acknowledged: Vec<StateId>,
    /// Log odds of what each observer believes, by state, for a covert one.
    pub odds: Vec<f64>,
    /// To whom it has been exposed.
    pub exposed: Vec<StateId>,
}

impl TransferState {
    /// What an observer believes of it, 0 to 1.
    pub fn belief(&self, observer: StateId) -> f64 {
        self.odds.get(observer.index()).map_or(1.0, |odds| logistic(*odds))
    }
}

/// A norm now.
#[derive(Clone, Debug, PartialEq)]
pub struct NormState {
    /// Its strength, 0 to 1.
    pub strength: f64,
    /// Whether a body watches over it.
    pub monitored: bool,
    /// Who is under sanctions for it.
    pub sanctioned: Vec<StateId>,
}

/// Cases of promises kept and broken, as far as they count for what is believed of the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Record {
    /// Kept.
    pub kept: f64,
    /// Broken.
    pub broken: f64,
}

/// Whether a scenario has anything that the environment follows from turn to turn.
fn is_active(scenario: &Scenario) -> bool {
    let rules = &scenario.rules;
    let rates = [rules.war_hostility, rules.hostility_decay, rules.arms_race, rules.abandonment_exit];
    !scenario.transfers.is_empty()
        || !scenario.norms.is_empty()
        || scenario.multipolar_from.is_some()
        || scenario.states.iter().any(|s| s.munitions.is_some())
        || scenario.treaties.iter().any(|t| t.draft)
        || rates.iter().any(|r| *r > 0.0)
}

/// Supply, evidence, norms and beliefs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Environment {
    /// Munitions by state, where they are followed.
    pub supplies: Vec<Option<Supply>>,
    /// Transfers by id.
    pub transfers: Vec<TransferState>,
    /// Munitions on their way: turn of arrival, to whom, how much, the fact that they were sent.
    pub under_way: Vec<(Turn, StateId, f64, FactId)>,
    /// Norms by id.
    pub norms: Vec<NormState>,
    /// The record of each state under each treaty, as all know it.
    pub records: BTreeMap<(StateId, TreatyId), Record>,
    /// What each state's conduct under any treaty says of all its promises.
    pub reputations: BTreeMap<StateId, Record>,
    /// What each state has learnt for itself of another's promises to it: by whom, of whom.
    pub experiences: BTreeMap<(StateId, StateId), Record>,
    /// Signals towards particular partners: by whom, with whom.
    pub signals: BTreeMap<(StateId, StateId), Record>,
    /// Whether the order counts as multipolar, once that has changed.
    pub multipolar: Option<bool>,
    /// Drafts that have been concluded, in their order.
    pub concluded: Vec<TreatyId>,
    /// Whether the scenario has anything of this at all; without it nothing here is looked at.
    pub active: bool,
}

impl Environment {
    /// As it is at the start.
    pub(super) fn of(scenario: &Scenario) -> Self {
        let supply = |m: MunitionsFile| Supply { stock: m.stock, short: false };
        let prior = odds(scenario.rules.evidence_prior);
        let transfers = scenario.transfers.iter().map(|t| TransferState {
            odds: if t.covert { vec![prior; scenario.states.len()] } else { Vec::new() },
            ..TransferState::default()
        });
        let norms = scenario.norms.iter().map(|n| NormState {
            strength: n.strength,
            monitored: n.monitor.is_some(),
            // An embargo is itself a measure against those that it is on.
            sanctioned: n.on.clone(),
        });
        Self {
            supplies: scenario.states.iter().map(|s| s.munitions.map(supply)).collect(),
            transfers: transfers.collect(),
            norms: norms.collect(),
            active: is_active(scenario),
            ..Self::default()
        }
    }

    /// The share of its strength that a state's munitions leave it: all of it, with a month's stock or more.
    pub fn readiness(&self, state: StateId, scenario: &Scenario) -> f64 {
        let supply = self.supplies.get(state.index()).copied().flatten();
        let (Some(supply), Some(m)) = (supply, scenario.state(state).munitions) else { return 1.0 };
        let floor = scenario.rules.readiness_floor;
        let months = if m.consumption > 0.0 { supply.stock / m.consumption } else { 1.0 };
        floor + (1.0 - floor) * months.clamp(0.0, 1.0)
    }

    fn transfer(&mut self, id: TransferId) -> &mut TransferState {
        &mut self.transfers[id.index()]
    }

    /// A promise was kept or broken, or is kept better or worse than it was before: what all learn from it. Words teach as
    /// much less than deeds as they weigh less.
    pub(super) fn learn(
        &mut self,
        commitment: CommitmentId,
        before: Option<Fulfilment>,
        now: Fulfilment,
        scenario: &Scenario,
    ) {
        let rules = &scenario.rules;
        let case = |fulfilment| match fulfilment {
            None => (0.0, 0.0),
            Some(Fulfilment::Honoured) => (1.0, 0.0),
            Some(Fulfilment::Partial) => (0.5, 0.5),
            Some(Fulfilment::Reneged) => (0.0, 1.0),
        };
        let (was, is) = (case(before), case(Some(now)));
        let (kept, broken) = (is.0 - was.0, is.1 - was.1);
        let clause = scenario.clause_of(commitment);
        let weight = match clause.obligation {
            Obligation::Consultation => rules.consultation_factor,
            Obligation::Aid => rules.aid_factor,
            _ => 1.0,
        };
        let obligor = scenario.commitment(commitment).obligor;
        let learnt = rules.belief_learning * weight.min(1.0);
        let record = self.records.entry((obligor, clause.treaty)).or_default();
        record.kept += learnt * kept;
        record.broken += learnt * broken;
        let name = self.reputations.entry(obligor).or_default();
        name.kept += learnt * rules.reputation_spill * kept;
        name.broken += learnt * rules.reputation_spill * broken;
        let beneficiary = scenario.commitment(commitment).beneficiary;
        let own = self.experiences.entry((beneficiary, obligor)).or_default();
        own.kept += learnt * rules.own_experience * kept;
        own.broken += learnt * rules.own_experience * broken;
    }

    /// Carries out a fact.
    pub(super) fn apply(&mut self, what: &Statecraft, fact: &Fact, scenario: &Scenario) {
        match what {
            Statecraft::Signalled { by, with, kind, belief, .. } => {
                let record = self.signals.entry((*by, *with)).or_default();
                match kind {
                    SignalKind::NarrowClarification => record.broken -= belief,
                    _ => record.kept += belief,
                }
            }
            Statecraft::TransferBegan(id) => {
                let state = self.transfer(*id);
                (state.running, state.over) = (Some(fact.id), false);
            }
            Statecraft::TransferEnded(id) => {
                let state = self.transfer(*id);
                (state.running, state.over) = (None, true);
            }
            Statecraft::Shipped(all) => {
                for s in all.iter().filter(|s| s.stocked) {
                    self.take(s.from, s.amount);
                    self.under_way.push((Turn(fact.turn.0 + s.delay), s.to, s.amount, fact.id));
                }
            }
            Statecraft::Arrived { to, amount } => {
                self.under_way.retain(|(at, whom, ..)| whom != to || *at > fact.turn);
                if let Some(supply) = &mut self.supplies[to.index()] {
                    supply.stock += amount;
                }
            }
            Statecraft::Stocked(all) => {
                for m in all {
                    if let Some(supply) = &mut self.supplies[m.state.index()] {
                        supply.stock = m.stock;
                        let month = scenario.state(m.state).munitions.map_or(0.0, |m| m.consumption);
                        supply.short &= m.stock < month;
                    }
                }
            }
            Statecraft::RunsShort(state) => {
                if let Some(supply) = &mut self.supplies[state.index()] {
                    supply.short = true;
                }
            }
            Statecraft::Evidence { transfer, found } | Statecraft::Exposed { transfer, found } => {
                let state = self.transfer(*transfer);
                for (observer, belief) in found {
                    state.odds[observer.index()] = odds(*belief);
                    if *belief >= scenario.rules.exposure {
                        state.exposed.push(*observer);
                    }
                }
            }
            Statecraft::Published { transfer, beliefs, .. } => {
                let state = self.transfer(*transfer);
                state.published = Some(fact.id);
                if !state.odds.is_empty() {
                    beliefs.iter().for_each(|(s, belief)| state.odds[s.index()] = odds(*belief));
                    // Who is convinced by the publication has nothing left to find out.
                    let convinced = beliefs.iter().filter(|(_, p)| *p >= scenario.rules.exposure);
                    state.exposed.extend(convinced.map(|(s, _)| *s));
                }
            }
            Statecraft::Denied { transfer, by } => {
                let ratio = libm::log(scenario.rules.denial_ratio);
                let state = self.transfer(*transfer);
                state.denied.push(*by);
                for odds in &mut state.odds {
                    // The more evidence there is, the less a denial counts.
                    *odds -= ratio * (1.0 - logistic(*odds));
                }
            }
            Statecraft::Acknowledged { transfer, by, .. } => {
                let state = self.transfer(*transfer);
                state.acknowledged.push(*by);
                state.published.get_or_insert(fact.id);
                state.odds.iter_mut().for_each(|odds| *odds = odds.max(9.0));
            }
            Statecraft::SanctionsVoted { norm, on, vote } if vote.adopted => {
                self.norms[norm.index()].sanctioned.retain(|s| s != on);
                self.norms[norm.index()].sanctioned.push(*on);
            }
            Statecraft::NormMoved { norm, strength } => self.norms[norm.index()].strength = *strength,
            Statecraft::MonitorVoted { norm, vote } => self.norms[norm.index()].monitored = vote.adopted,
            Statecraft::Concluded { treaty, .. } => self.concluded.push(*treaty),
            Statecraft::OrderChanged { multipolar, .. } => self.multipolar = Some(*multipolar),
            _ => {}
        }
    }

    fn take(&mut self, from: StateId, amount: f64) {
        if let Some(supply) = &mut self.supplies[from.index()] {
            supply.stock = (supply.stock - amount).max(0.0);
        }
    }
}
