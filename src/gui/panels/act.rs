//! Acts other than hostile ones, as the dialog of orders prepares them.

use bevy_egui::egui::Ui;

use super::incident::{choose_state, pick};
use crate::chronicle::{Prose, capitalized};
use crate::gui::session::Session;
use crate::model::{SignalKind, StateId, TransferId, TreatyId};
use crate::scenario::Act;

/// Kinds of acts that a person can order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A hostile act.
    #[default]
    Hostile,
    /// A signal.
    Signal,
    /// An act on a treaty.
    Treaty,
    /// An act on something that is sent.
    Transfer,
    /// A vote that condemns a state.
    Vote,
    /// The end of fighting between two states.
    Ceasefire,
}

impl Kind {
    /// All of them with what they are called.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Hostile, "hostile act"),
        (Self::Signal, "signal"),
        (Self::Treaty, "act on a treaty"),
        (Self::Transfer, "supply"),
        (Self::Vote, "vote of condemnation"),
        (Self::Ceasefire, "ceasefire"),
    ];
}

/// What is done about a treaty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum OnTreaty {
    #[default]
    Ratify,
    Accede,
    Denounce,
    Invoke,
    Waive,
    EnterIntoForce,
    End,
    Reveal,
}

impl OnTreaty {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Ratify, "ratifies it"),
        (Self::Accede, "accedes to it"),
        (Self::Denounce, "denounces it"),
        (Self::Invoke, "invokes it"),
        (Self::Waive, "waives what it is owed"),
        (Self::EnterIntoForce, "it enters into force"),
        (Self::End, "it ends"),
        (Self::Reveal, "it becomes known to all"),
    ];

    /// Whether one party does it.
    fn has_author(self) -> bool {
        !matches!(self, Self::EnterIntoForce | Self::End | Self::Reveal)
    }
}

/// What is done about something that is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum OnTransfer {
    #[default]
    Begin,
    End,
    Publish,
    Deny,
    Acknowledge,
}

impl OnTransfer {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Begin, "it begins"),
        (Self::End, "it ends"),
        (Self::Publish, "publishes it"),
        (Self::Deny, "denies it"),
        (Self::Acknowledge, "acknowledges it"),
    ];

    fn has_author(self) -> bool {
        !matches!(self, Self::Begin | Self::End)
    }
}

/// An act being prepared, besides who does it and to whom.
#[derive(Clone, Copy, Debug)]
pub struct Other {
    signal: SignalKind,
    treaty: Option<TreatyId>,
    on_treaty: OnTreaty,
    transfer: Option<TransferId>,
    on_transfer: OnTransfer,
}

impl Default for Other {
    fn default() -> Self {
        Self {
            signal: SignalKind::Statement,
            treaty: None,
            on_treaty: OnTreaty::default(),
            transfer: None,
            on_transfer: OnTransfer::default(),
        }
    }
}

/// Who acts, and towards whom.
type Ends<'a> = (&'a mut Option<StateId>, &'a mut Option<StateId>);

impl Other {
    /// The fields of one kind of act.
    pub fn form(&mut self, ui: &mut Ui, session: &Session, kind: Kind, (by, to): Ends) {
        let scenario = session.scenario();
        let prose = Prose::new(scenario, session.chronicle());
        match kind {
            Kind::Hostile => {}
            Kind::Signal => {
                choose_state(ui, session, "Who", by);
                choose_state(ui, session, "To whom", to);
                let all = [
                    SignalKind::Statement,
                    SignalKind::Ceremony,
                    SignalKind::HardwareWithheld,
                    SignalKind::HardwareDisplay,
                    SignalKind::Exercise,
                    SignalKind::FirmClarification,
                    SignalKind::NarrowClarification,
                ];
                pick(ui, "Signal", &mut self.signal, &all.map(|s| (s, s.noun().to_owned())));
            }
            Kind::Treaty => {
                let treaties = scenario.treaty_ids().map(|t| (Some(t), scenario.treaty(t).short.clone()));
                pick(ui, "Treaty", &mut self.treaty, &treaties.collect::<Vec<_>>());
                pick(ui, "Act", &mut self.on_treaty, &OnTreaty::ALL.map(|(a, n)| (a, n.to_owned())));
                if self.on_treaty.has_author() {
                    choose_state(ui, session, "Who", by);
                }
            }
            Kind::Transfer => {
                let ids = (0..).map(TransferId).take(scenario.transfers.len());
                let name = |id: TransferId| {
                    let text = prose.transfer(id);
                    capitalized(text.strip_prefix("the transfer of ").unwrap_or(&text))
                };
                let transfers: Vec<_> = ids.map(|id| (Some(id), name(id))).collect();
                pick(ui, "Supply", &mut self.transfer, &transfers);
                pick(ui, "Act", &mut self.on_transfer, &OnTransfer::ALL.map(|(a, n)| (a, n.to_owned())));
                if self.on_transfer.has_author() {
                    choose_state(ui, session, "Who", by);
                }
            }
            Kind::Vote => {
                choose_state(ui, session, "Of whom", by);
                choose_state(ui, session, "Victim", to);
            }
            Kind::Ceasefire => {
                choose_state(ui, session, "Between", by);
                choose_state(ui, session, "And", to);
            }
        }
    }

    /// The act, or what is still missing.
    pub fn act(
        &self,
        session: &Session,
        kind: Kind,
        by: Option<StateId>,
        to: Option<StateId>,
    ) -> Result<Act, &'static str> {
        let who = || by.ok_or("Choose who does it.");
        let two = || match (by, to) {
            (Some(a), Some(b)) if a != b => Ok((a, b)),
            (Some(_), Some(_)) => Err("Choose two different states."),
            _ => Err("Choose both states."),
        };
        match kind {
            Kind::Hostile => Err("Choose what is done."),
            Kind::Signal => two().map(|(a, b)| Act::Signal(a, b, self.signal, Vec::new())),
            Kind::Treaty => {
                let treaty = self.treaty.ok_or("Choose a treaty.")?;
                let party = || {
                    let by = who()?;
                    let parties = &session.scenario().treaty(treaty).members;
                    let is_party = parties.iter().any(|m| m.state == by);
                    if is_party { Ok(by) } else { Err("It is no party to this treaty.") }
                };
                Ok(match self.on_treaty {
                    OnTreaty::Ratify => Act::Ratification(treaty, party()?),
                    OnTreaty::Accede => Act::Accession(treaty, party()?),
                    OnTreaty::Denounce => Act::Denunciation(treaty, party()?),
                    OnTreaty::Invoke => Act::Invocation(treaty, party()?),
                    OnTreaty::Waive => Act::Waiver(treaty, party()?),
                    OnTreaty::EnterIntoForce => Act::EntryIntoForce(treaty),
                    OnTreaty::End => Act::Termination(treaty),
                    OnTreaty::Reveal => Act::Revelation(treaty),
                })
            }
            Kind::Transfer => {
                let id = self.transfer.ok_or("Choose what is sent.")?;
                let t = session.scenario().transfer(id);
                let party = || match who()? {
                    by if by == t.from || by == t.to => Ok(by),
                    _ => Err("Only those between whom it is sent can say that."),
                };
                Ok(match self.on_transfer {
                    OnTransfer::Begin => Act::BeginTransfer(id),
                    OnTransfer::End => Act::EndTransfer(id),
                    OnTransfer::Publish => Act::Publication(id, who()?),
                    OnTransfer::Deny => Act::Denial(id, party()?),
                    OnTransfer::Acknowledge => Act::Acknowledgement(id, party()?),
                })
            }
            Kind::Vote => two().map(|(of, victim)| Act::Condemnation(of, victim)),
            Kind::Ceasefire => two().map(|(a, b)| Act::Ceasefire(a, b)),
        }
    }
}
