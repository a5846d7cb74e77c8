//! Sentences about what states do short of force.

use super::prose::{capitalized, percent, with_the};
use super::statecraft::{Forecast, Statecraft, Vote};
use super::{Prose, join_words};
use crate::model::{NormId, SignalKind, StateId, TransferId};

/// How many names a list gives before it counts.
const MOST_NAMES: usize = 4;

impl Prose<'_> {
    /// A norm by its name, with its article.
    pub fn norm(&self, id: NormId) -> String {
        with_the(&self.scenario().norm(id).name)
    }

    /// "the transfer of munitions from North Korea to Russia".
    pub fn transfer(&self, id: TransferId) -> String {
        let t = self.scenario().transfer(id);
        format!("the transfer of {} from {} to {}", t.materiel.noun(), self.state(t.from), self.state(t.to))
    }

    /// Some names, or how many there are.
    fn some(&self, states: &[StateId]) -> String {
        match states.len() {
            0 => "nobody".into(),
            n if n > MOST_NAMES => format!("{n} states"),
            _ => join_words(&states.iter().map(|s| self.state(*s).to_owned()).collect::<Vec<_>>()),
        }
    }

    fn vote(&self, vote: &Vote) -> String {
        let counts =
            format!("{} for, {} against, {} abstaining", vote.yes.len(), vote.no.len(), vote.abstain.len());
        match vote.vetoed {
            Some(state) => format!("{counts}; vetoed by {}", self.state(state)),
            None if vote.adopted => format!("{counts}; adopted"),
            None => format!("{counts}; not adopted"),
        }
    }

    /// Whom an attacker expects to meet.
    fn forecast(&self, forecast: &Forecast) -> String {
        let named = forecast.defenders.iter().take(MOST_NAMES);
        let named: Vec<String> = named.map(|(s, p)| format!("{} {p:.2}", self.state(*s))).collect();
        let more = forecast.defenders.len().saturating_sub(MOST_NAMES);
        let defenders = match (named.is_empty(), more) {
            (true, _) => "none".to_owned(),
            (false, 0) => named.join(", "),
            (false, more) => format!("{} and {more} more", named.join(", ")),
        };
        format!(
            "expected defenders: {defenders}; chance of victory {}, without them {}; chance of an attack this turn {}, without them {}",
            percent(forecast.victory),
            percent(forecast.victory_alone),
            percent(forecast.chance),
            percent(forecast.chance_alone)
        )
    }

    pub(super) fn statecraft(&self, what: &Statecraft) -> String {
        let name = |id: StateId| self.opening_state(id);
        match what {
            Statecraft::Signalled { by, with, kind, belief, provoked, doubted } => {
                let (who, whom) = (self.state(*by), self.state(*with));
                let moves = if *kind == SignalKind::NarrowClarification { "falls" } else { "rises" };
                let states: Vec<StateId> = provoked.iter().map(|(s, _)| *s).collect();
                let provoked = match states.is_empty() {
                    true => "nobody is provoked".to_owned(),
                    false => format!("{} more hostile to {who}", is_are(&self.some(&states), states.len())),
                };
                let to = if *kind == SignalKind::Exercise { "with" } else { "towards" };
                let doubted = doubted.map_or(String::new(), |(rival, p)| {
                    format!(", whose promise to it {} believes to be worth {p:.2}", self.state(rival))
                });
                format!(
                    "{} by {who} {to} {whom}{doubted}: what its word is believed to be worth {moves} (by {:.2} cases), and {provoked}.",
                    capitalized(kind.noun()),
                    belief.abs()
                )
            }
            Statecraft::TransferBegan(id) => {
                let t = self.scenario().transfer(*id);
                let covert = if t.covert { ", which both hide" } else { "" };
                format!("{} begins{covert}: {}", capitalized(&self.transfer(*id)), t.text)
            }
            Statecraft::TransferEnded(id) => format!("{} ends.", capitalized(&self.transfer(*id))),
            Statecraft::Shipped(all) => {
                let each = all.iter().map(|s| {
                    let what = match s.transfer {
                        Some(id) => self.scenario().transfer(id).materiel.noun(),
                        None => "its own munitions",
                    };
                    let (from, to) = (self.state(s.from), self.state(s.to));
                    format!("{from} sends {to} {:.2} of {what}, to arrive in {} turns", s.amount, s.delay)
                });
                format!("{}.", capitalized(&each.collect::<Vec<_>>().join("; ")))
            }
            Statecraft::Arrived { to, amount } => {
                format!("{amount:.1} of munitions reach {}.", self.state(*to))
            }
            Statecraft::Stocked(all) => {
                let each = all.iter().map(|m| {
                    format!(
                        "{} uses {:.1}, makes {:.1} and has {:.1}",
                        self.state(m.state),
                        m.used,
                        m.made,
                        m.stock
                    )
                });
                format!("Munitions: {}.", each.collect::<Vec<_>>().join("; "))
            }
            Statecraft::RunsShort(state) => {
                format!(
                    "{} has munitions for less than a month of war left, and fights with less than its strength.",
                    name(*state)
                )
            }
            Statecraft::Evidence { transfer, found } => {
                let each: Vec<String> =
                    found.iter().map(|(s, p)| format!("{} ({})", self.state(*s), percent(*p))).collect();
                format!(
                    "Evidence of {} is found; believed now by {}.",
                    self.transfer(*transfer),
                    join_words(&each)
                )
            }
            Statecraft::Exposed { transfer, found } => {
                let states: Vec<StateId> = found.iter().map(|(s, _)| *s).collect();
                format!(
                    "{} now convinced of {}.",
                    capitalized(&is_are(&self.names(&states), states.len())),
                    self.transfer(*transfer)
                )
            }
            Statecraft::Published { transfer, by, .. } => {
                format!("{} publishes what it knows of {}.", name(*by), self.transfer(*transfer))
            }
            Statecraft::Denied { transfer, by } => {
                format!("{} denies {}.", name(*by), self.transfer(*transfer))
            }
            Statecraft::Acknowledged { transfer, by, under } => {
                let lawful =
                    under.map_or(String::new(), |t| format!(" and calls it lawful under {}", self.treaty(t)));
                format!("{} acknowledges {}{lawful}.", name(*by), self.transfer(*transfer))
            }
            Statecraft::NormBroken { norm, by } => format!(
                "{} breaks {}: {}.",
                name(*by),
                self.norm(*norm),
                self.scenario().norm(*norm).kind.breach()
            ),
            Statecraft::SanctionsVoted { norm, on, vote } => format!(
                "{} on {} for the breach of {}: {}.",
                vote.proposed.map_or("A vote is taken on sanctions".to_owned(), |s| {
                    format!("{} puts sanctions to the vote,", name(s))
                }),
                self.state(*on),
                self.norm(*norm),
                self.vote(vote)
            ),
            Statecraft::NormMoved { norm, strength } => {
                format!("{} now has the strength {strength:.2}.", capitalized(&self.norm(*norm)))
            }
            Statecraft::MonitorVoted { norm, vote } => format!(
                "Whether the body that watches over {} goes on is put to the vote: {}.",
                self.norm(*norm),
                self.vote(vote)
            ),
            Statecraft::Stigmatized { state, by } => {
                let states: Vec<StateId> = by.iter().map(|(s, _)| *s).collect();
                format!(
                    "{} more hostile to {}, which used force first.",
                    capitalized(&is_are(&self.some(&states), states.len())),
                    self.state(*state)
                )
            }
            Statecraft::Condemned { of, victim, vote, .. } => format!(
                "The states vote on a text that condemns {} for what it does to {}: {}.",
                self.state(*of),
                self.state(*victim),
                self.vote(vote)
            ),
            Statecraft::Recognized { by, of, against, .. } => format!(
                "{} recognizes what {} claims of {}: the one stands closer to it, the other is more hostile.",
                name(*by),
                self.state(*of),
                self.state(*against)
            ),
            Statecraft::Calculated { incident, forecast } => format!(
                "{} turns on {} by its own calculation ({}).",
                name(incident.initiator),
                self.state(incident.target),
                self.forecast(forecast)
            ),
            Statecraft::Coerced(incident) => format!(
                "{} makes a show of force against {} instead.",
                name(incident.initiator),
                self.state(incident.target)
            ),
            Statecraft::Deterred { state, target, forecast } => format!(
                "{} is deterred from attacking {}: it would have if nobody stood by its target ({}).",
                name(*state),
                self.state(*target),
                self.forecast(forecast)
            ),
            Statecraft::Armed(all) => {
                let states: Vec<StateId> = all.iter().map(|(s, _)| *s).collect();
                format!(
                    "{} arming against their rivals.",
                    capitalized(&is_are(&self.some(&states), states.len()))
                )
            }
            Statecraft::Rivalry(all) => format!("Hostility changes between {} pairs of states.", all.len()),
            Statecraft::Concluded { treaty, threat, chance } => {
                let parties = self.scenario().treaty(*treaty).parties.clone();
                format!(
                    "{} conclude {}, with {} to fear (chance this turn {}).",
                    capitalized(&self.some(&parties)),
                    self.treaty(*treaty),
                    self.state(*threat),
                    percent(chance.0)
                )
            }
            Statecraft::OrderChanged { multipolar: true, poles } => {
                format!("By the scenario's measure the order is multipolar now: {poles:.2} effective poles.")
            }
            Statecraft::OrderChanged { poles, .. } => {
                format!(
                    "By the scenario's measure the order is no longer multipolar: {poles:.2} effective poles."
                )
            }
        }
    }
}

/// "Poland is", "4 states are".
fn is_are(names: &str, count: usize) -> String {
    format!("{names} {}", if count == 1 { "is" } else { "are" })
}
