//! What states do to and for each other short of force, as facts.

use super::fingerprint::{maybe, pair};
use crate::model::{NormId, SignalKind, StateId, TransferId, TreatyId, absorb};
use crate::scenario::Incident;

/// A state's munitions over one turn, in the scenario's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Munitions {
    /// Whose.
    pub state: StateId,
    /// What it used up in war.
    pub used: f64,
    /// What it made.
    pub made: f64,
    /// What it has at the end of the turn.
    pub stock: f64,
}

/// Something that one state sends to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shipment {
    /// Under which transfer; none for what a helper gives out of its own making.
    pub transfer: Option<TransferId>,
    /// Who sends it.
    pub from: StateId,
    /// To whom.
    pub to: StateId,
    /// How much.
    pub amount: f64,
    /// In how many turns it arrives.
    pub delay: u32,
    /// Whether it comes from one stock of munitions into another.
    pub stocked: bool,
}

/// What a state expects of an attack.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Who is expected to defend the target, each with its probability, the likeliest first.
    pub defenders: Vec<(StateId, f64)>,
    /// The chance of victory.
    pub victory: f64,
    /// The chance of victory if nobody came to the target's help.
    pub victory_alone: f64,
    /// The chance that it attacks in this turn.
    pub chance: f64,
    /// The chance if nobody came to the target's help.
    pub chance_alone: f64,
    /// The number drawn.
    pub draw: f64,
}

/// A vote by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vote {
    /// Who proposed it, if it was anybody in particular.
    pub proposed: Option<StateId>,
    /// Who votes for the proposal.
    pub yes: Vec<StateId>,
    /// Who votes against it.
    pub no: Vec<StateId>,
    /// Who abstains.
    pub abstain: Vec<StateId>,
    /// Who stops it by a veto.
    pub vetoed: Option<StateId>,
    /// Whether it is adopted.
    pub adopted: bool,
}

/// What states do short of force.
#[derive(Clone, Debug, PartialEq)]
pub enum Statecraft {
    /// A state sends a signal.
    Signalled {
        /// Who.
        by: StateId,
        /// With whom.
        with: StateId,
        /// What.
        kind: SignalKind,
        /// What it adds to the belief in the sender's promises, in cases.
        belief: f64,
        /// The hostility of adversaries, as it is now.
        provoked: Vec<(StateId, f64)>,
        /// Who doubts the sender's word, and what it believes it to be worth, if that is why it is sent.
        doubted: Option<(StateId, f64)>,
    },
    /// A transfer begins.
    TransferBegan(TransferId),
    /// A transfer ends.
    TransferEnded(TransferId),
    /// What is sent in this turn.
    Shipped(Vec<Shipment>),
    /// What was sent arrives.
    Arrived {
        /// For whom.
        to: StateId,
        /// How much.
        amount: f64,
    },
    /// Munitions are made and used.
    Stocked(Vec<Munitions>),
    /// A state at war has less than a month's munitions; told once until it has more.
    RunsShort(StateId),
    /// Observers find evidence of a covert transfer.
    Evidence {
        /// Of which.
        transfer: TransferId,
        /// Who finds it, and what each believes now.
        found: Vec<(StateId, f64)>,
    },
    /// A covert transfer is exposed to observers.
    Exposed {
        /// Which.
        transfer: TransferId,
        /// To whom, and what each believes now.
        found: Vec<(StateId, f64)>,
    },
    /// What is known of a covert transfer is published.
    Published {
        /// Which.
        transfer: TransferId,
        /// By whom.
        by: StateId,
        /// What each other observer believes of it now.
        beliefs: Vec<(StateId, f64)>,
    },
    /// A party denies a transfer.
    Denied {
        /// Which.
        transfer: TransferId,
        /// Who.
        by: StateId,
    },
    /// A party admits a transfer.
    Acknowledged {
        /// Which.
        transfer: TransferId,
        /// Who.
        by: StateId,
        /// The treaty that it names.
        under: Option<TreatyId>,
    },
    /// A norm is broken.
    NormBroken {
        /// Which.
        norm: NormId,
        /// By whom.
        by: StateId,
    },
    /// Sanctions against a state are put to the vote.
    SanctionsVoted {
        /// For the breach of which norm.
        norm: NormId,
        /// Against whom.
        on: StateId,
        /// How it went.
        vote: Vote,
    },
    /// A norm's strength changes.
    NormMoved {
        /// Which.
        norm: NormId,
        /// Its strength now.
        strength: f64,
    },
    /// The council votes on whether the body that watches over a norm goes on.
    MonitorVoted {
        /// Which norm.
        norm: NormId,
        /// How it went.
        vote: Vote,
    },
    /// Others turn on a state that used force first.
    Stigmatized {
        /// Whom.
        state: StateId,
        /// Their hostility now.
        by: Vec<(StateId, f64)>,
    },
    /// All states vote on a text that condemns one.
    Condemned {
        /// Whom.
        of: StateId,
        /// For what it did to whom.
        victim: StateId,
        /// How it went.
        vote: Vote,
        /// The hostility of the victim to those who voted no, and of the other to those who voted yes, as it is now: from,
        /// to, how much.
        cost: Vec<(StateId, StateId, f64)>,
    },
    /// A state recognizes what another claims.
    Recognized {
        /// Who.
        by: StateId,
        /// Whose claim.
        of: StateId,
        /// Against whom.
        against: StateId,
        /// The affinity of the one to the other, as it is now.
        gain: f64,
        /// The hostility of the third, as it is now.
        cost: f64,
    },
    /// A state attacks after weighing what it expects.
    Calculated {
        /// What it does.
        incident: Incident,
        /// What it expects.
        forecast: Box<Forecast>,
    },
    /// A state refrains from an attack that it would have made had nobody stood by the target.
    Deterred {
        /// Who.
        state: StateId,
        /// From attacking whom.
        target: StateId,
        /// What it expects.
        forecast: Box<Forecast>,
    },
    /// A state that was deterred makes a show of force instead.
    Coerced(Incident),
    /// Capabilities grow in an arms race: each state with its new capability.
    Armed(Vec<(StateId, f64)>),
    /// Hostilities grow between those who fight, and fall between those who do not: from, to, the new hostility.
    Rivalry(Vec<(StateId, StateId, f64)>),
    /// The parties conclude a treaty of which there was a draft.
    Concluded {
        /// Which.
        treaty: TreatyId,
        /// The state that all of them have to fear.
        threat: StateId,
        /// The chance of it, and the number drawn.
        chance: (f64, f64),
    },
    /// The order becomes, or is no longer, multipolar by the scenario's measure.
    OrderChanged {
        /// Whether it is multipolar now.
        multipolar: bool,
        /// The effective number of poles.
        poles: f64,
    },
}

impl Statecraft {
    /// Its name in exports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Signalled { .. } => "Signalled",
            Self::TransferBegan(_) => "TransferBegan",
            Self::TransferEnded(_) => "TransferEnded",
            Self::Shipped(_) => "Shipped",
            Self::Arrived { .. } => "Arrived",
            Self::Stocked(_) => "Stocked",
            Self::RunsShort(_) => "RunsShort",
            Self::Evidence { .. } => "Evidence",
            Self::Exposed { .. } => "Exposed",
            Self::Published { .. } => "Published",
            Self::Denied { .. } => "Denied",
            Self::Acknowledged { .. } => "Acknowledged",
            Self::NormBroken { .. } => "NormBroken",
            Self::SanctionsVoted { .. } => "SanctionsVoted",
            Self::NormMoved { .. } => "NormMoved",
            Self::MonitorVoted { .. } => "MonitorVoted",
            Self::Stigmatized { .. } => "Stigmatized",
            Self::Condemned { .. } => "Condemned",
            Self::Recognized { .. } => "Recognized",
            Self::Calculated { .. } => "Calculated",
            Self::Deterred { .. } => "Deterred",
            Self::Coerced(_) => "Coerced",
            Self::Armed(_) => "Armed",
            Self::Rivalry(_) => "Rivalry",
            Self::Concluded { .. } => "Concluded",
            Self::OrderChanged { .. } => "OrderChanged",
        }
    }

    /// The states that it is about, the one that acts first.
    pub fn actors(&self, scenario: &crate::scenario::Scenario) -> Vec<StateId> {
        let parties = |t: &TransferId| vec![scenario.transfer(*t).from, scenario.transfer(*t).to];
        match self {
            Self::Signalled { by, with, .. } => vec![*by, *with],
            Self::TransferBegan(t) | Self::TransferEnded(t) => parties(t),
            Self::Shipped(all) => all.iter().flat_map(|s| [s.from, s.to]).collect(),
            Self::Arrived { to, .. } => vec![*to],
            Self::Stocked(all) => all.iter().map(|m| m.state).collect(),
            Self::RunsShort(state) | Self::Stigmatized { state, .. } => vec![*state],
            Self::Evidence { transfer, found } | Self::Exposed { transfer, found } => {
                found.iter().map(|(s, _)| *s).chain(parties(transfer)).collect()
            }
            Self::Published { transfer, by, .. }
            | Self::Denied { transfer, by }
            | Self::Acknowledged { transfer, by, .. } => {
                let mut all = vec![*by];
                all.extend(parties(transfer).into_iter().filter(|s| s != by));
                all
            }
            Self::NormBroken { by, .. } => vec![*by],
            Self::SanctionsVoted { on, .. } => vec![*on],
            Self::NormMoved { .. } | Self::MonitorVoted { .. } | Self::OrderChanged { .. } => Vec::new(),
            Self::Condemned { of, victim, .. } => vec![*of, *victim],
            Self::Recognized { by, of, against, .. } => vec![*by, *of, *against],
            Self::Calculated { incident, .. } | Self::Coerced(incident) => {
                vec![incident.initiator, incident.target]
            }
            Self::Deterred { state, target, .. } => vec![*state, *target],
            Self::Armed(all) => all.iter().map(|(s, _)| *s).collect(),
            Self::Rivalry(all) => all.iter().map(|(s, ..)| *s).collect(),
            Self::Concluded { treaty, .. } => scenario.treaty(*treaty).parties.clone(),
        }
    }

    /// Whether it belongs in the chronicle as it is read: not what goes on month after month.
    pub fn belongs_in_telling(&self) -> bool {
        !matches!(
            self,
            Self::Shipped(_)
                | Self::Arrived { .. }
                | Self::Stocked(_)
                | Self::Evidence { .. }
                | Self::NormMoved { .. }
                | Self::Armed(_)
                | Self::Rivalry(_)
        )
    }

    /// Takes it into a digest. Its name is taken in already.
    pub(super) fn put(&self, put: &mut impl FnMut(u64)) {
        match self {
            Self::Stocked(all) => {
                for m in all {
                    let used = absorb(m.used.to_bits(), m.made.to_bits());
                    put(absorb(used, m.stock.to_bits()) ^ u64::from(m.state.0));
                }
            }
            Self::Shipped(all) => {
                for s in all {
                    let amount = absorb(s.amount.to_bits(), pair(s.from.0, s.to.0));
                    put(amount ^ maybe(s.transfer.map(|t| t.0)));
                }
            }
            Self::Evidence { transfer, found } | Self::Exposed { transfer, found } => {
                put(transfer.0.into());
                put_each(found, put);
            }
            Self::NormMoved { norm, strength } => put(absorb(strength.to_bits(), norm.0.into())),
            Self::Arrived { to, amount } => put(absorb(amount.to_bits(), to.0.into())),
            Self::Armed(all) => put_each(all, put),
            Self::Rivalry(all) => put_between(all, put),
            Self::Published { transfer, by, beliefs } => {
                put(pair(transfer.0, by.0));
                put_each(beliefs, put);
            }
            Self::Denied { transfer, by } => put(pair(transfer.0, by.0)),
            Self::Signalled { by, with, kind, belief, provoked, doubted } => {
                put(pair(by.0, with.0));
                put(absorb(belief.to_bits(), *kind as u64));
                put_each(provoked, put);
                put_each(doubted.as_slice(), put);
            }
            Self::TransferBegan(transfer) | Self::TransferEnded(transfer) => put(transfer.0.into()),
            Self::RunsShort(state) => put(state.0.into()),
            Self::Acknowledged { transfer, by, under } => {
                put(pair(transfer.0, by.0));
                put(maybe(under.map(|t| t.0)));
            }
            Self::NormBroken { norm, by } => put(pair(norm.0, by.0)),
            Self::SanctionsVoted { norm, on, vote } => {
                put(pair(norm.0, on.0));
                vote.put(put);
            }
            Self::MonitorVoted { norm, vote } => {
                put(norm.0.into());
                vote.put(put);
            }
            Self::Stigmatized { state, by } => {
                put(state.0.into());
                put_each(by, put);
            }
            Self::Condemned { of, victim, vote, cost } => {
                put(pair(of.0, victim.0));
                vote.put(put);
                put_between(cost, put);
            }
            Self::Recognized { by, of, against, gain, cost } => {
                put(pair(by.0, of.0));
                put(against.0.into());
                put(absorb(gain.to_bits(), cost.to_bits()));
            }
            Self::Calculated { incident, forecast } => {
                put(pair(incident.initiator.0, incident.target.0));
                forecast.put(put);
            }
            Self::Deterred { state, target, forecast } => {
                put(pair(state.0, target.0));
                forecast.put(put);
            }
            Self::Coerced(incident) => put(pair(incident.initiator.0, incident.target.0)),
            Self::Concluded { treaty, threat, chance } => {
                put(pair(treaty.0, threat.0));
                put(absorb(chance.0.to_bits(), chance.1.to_bits()));
            }
            Self::OrderChanged { multipolar, poles } => put(poles.to_bits() ^ u64::from(*multipolar)),
        }
    }
}

/// Takes a number for each of some states into a digest.
fn put_each(all: &[(StateId, f64)], put: &mut impl FnMut(u64)) {
    all.iter().for_each(|(state, x)| put(absorb(x.to_bits(), state.0.into())));
}

/// Takes a number for each of some pairs of states into a digest.
fn put_between(all: &[(StateId, StateId, f64)], put: &mut impl FnMut(u64)) {
    all.iter().for_each(|(from, to, x)| put(absorb(x.to_bits(), pair(from.0, to.0))));
}

impl Vote {
    fn put(&self, put: &mut impl FnMut(u64)) {
        for (answer, names) in [&self.yes, &self.no, &self.abstain].into_iter().enumerate() {
            names.iter().for_each(|state| put((answer as u64) << 32 | u64::from(state.0)));
        }
        put(self.vetoed.map_or(u64::MAX, |s| s.0.into()));
        put(self.adopted.into());
    }
}

impl Forecast {
    fn put(&self, put: &mut impl FnMut(u64)) {
        put_each(&self.defenders, put);
        let numbers = [self.victory, self.victory_alone, self.chance, self.chance_alone, self.draw];
        numbers.into_iter().for_each(|x| put(x.to_bits()));
    }
}
