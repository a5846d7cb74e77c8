//! The dialog of orders: who does what to whom, in the next turn.

use bevy_egui::egui::{self, RichText, Ui};

use super::act::{Kind, Other};
use super::{Selection, UiState, faint, short_name};
use crate::gui::command::SessionCommand;
use crate::gui::inquiry::Question;
use crate::gui::session::Session;
use crate::gui::theme::Palette;
use crate::model::{Form, Level, Motive, Pretext, StateId, Turn};
use crate::scenario::{Act, Incident};

/// How wide the fields are.
const FIELD: f32 = 228.0;

/// An incident being prepared.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// Whether the dialog is open.
    pub open: bool,
    kind: Kind,
    other: Other,
    initiator: Option<StateId>,
    target: Option<StateId>,
    level: Level,
    form: Form,
    contested: bool,
    covert: bool,
    motive: Option<Motive>,
    pretext: Option<Pretext>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            open: false,
            kind: Kind::Hostile,
            other: Other::default(),
            initiator: None,
            target: None,
            level: Level::UseOfForce,
            form: Form::Invasion,
            contested: false,
            covert: false,
            motive: None,
            pretext: None,
        }
    }
}

impl Draft {
    /// What is to happen, once both states are chosen.
    fn incident(&self) -> Option<Incident> {
        let (initiator, target) = (self.initiator?, self.target?);
        Some(Incident {
            initiator,
            target,
            level: self.level,
            form: self.form,
            place: target,
            contested: self.contested,
            widens: false,
            separate: false,
            covert: self.covert,
            motive: self.motive,
            pretext: self.pretext,
        })
    }

    /// What is to happen, or what is still missing.
    fn act(&self, session: &Session) -> Result<Act, &'static str> {
        if session.is_at_end() {
            return Err("The scenario is over.");
        }
        if self.kind != Kind::Hostile {
            return self.other.act(session, self.kind, self.initiator, self.target);
        }
        match (self.initiator, self.target) {
            (None, _) => Err("Choose who does it."),
            (_, None) => Err("Choose against whom."),
            (a, b) if a == b => Err("Choose two different states."),
            _ => self.incident().map(Act::Incident).ok_or("Choose who does it."),
        }
    }
}

/// Over how many histories "what if" is answered.
const WHAT_IF: u32 = 500;

/// Shows the dialog, if it is open.
pub fn show(
    ctx: &egui::Context,
    session: &Session,
    state: &mut UiState,
    selection: &Selection,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) {
    if !state.incident.open {
        return;
    }
    let mut open = true;
    egui::Window::new("What happens next turn")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .default_pos([560.0, 90.0])
        .default_width(332.0)
        .frame(egui::Frame::window(&ctx.global_style()).inner_margin(egui::Margin::same(14)))
        .show(ctx, |ui| form(ui, session, &mut state.incident, selection, palette, out));
    state.incident.open &= open;
}

/// The dialog's content.
pub fn form(
    ui: &mut Ui,
    session: &Session,
    draft: &mut Draft,
    selection: &Selection,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) {
    let scenario = session.scenario();
    let known = |s: Option<StateId>| s.filter(|s| s.index() < scenario.states.len());
    (draft.initiator, draft.target) = (known(draft.initiator).or(selection.state), known(draft.target));
    ui.spacing_mut().item_spacing.y = 7.0;
    pick(ui, "Order", &mut draft.kind, &Kind::ALL.map(|(kind, name)| (kind, name.to_owned())));
    match draft.kind {
        Kind::Hostile => hostile(ui, session, draft),
        kind => draft.other.form(ui, session, kind, (&mut draft.initiator, &mut draft.target)),
    }
    ui.add_space(4.0);
    let act = draft.act(session);
    ui.horizontal(|ui| {
        let text = RichText::new("Let it happen").color(palette.on_accent);
        let button = egui::Button::new(text).fill(palette.accent_fill);
        let ready = ui.add_enabled(act.is_ok(), button);
        let ordered = ready.on_hover_text("It happens in the next turn, which is played at once").clicked();
        let ask = ui.add_enabled(act.is_ok(), egui::Button::new("What if?"));
        let hint =
            "Before anything happens: who would likely enter, over many histories. Nothing is ordered yet";
        let asked = ask.on_hover_text(hint).clicked();
        match act {
            Ok(act) if ordered => {
                out.push(SessionCommand::Order(act));
                draft.open = false;
            }
            Ok(act) if asked => {
                let what_if = Some((Turn(session.cursor().0 + 1), act));
                out.push(SessionCommand::Ask(Question::Ensemble { histories: WHAT_IF, what_if }));
            }
            Ok(_) => {}
            Err(missing) => _ = ui.label(faint(missing, palette)),
        }
    });
}

/// The fields of a hostile act.
fn hostile(ui: &mut Ui, session: &Session, draft: &mut Draft) {
    choose_state(ui, session, "Initiator", &mut draft.initiator);
    choose_state(ui, session, "Target", &mut draft.target);
    field(ui, "Level", |ui| {
        let combo = egui::ComboBox::from_id_salt("level").selected_text(draft.level.noun()).width(FIELD);
        let shown = combo.show_ui(ui, |ui| {
            for l in Level::ALL.into_iter().skip(1) {
                ui.selectable_value(&mut draft.level, l, l.noun());
            }
        });
        shown.response.on_hover_text("How grave it is, on the MID scale of hostility")
    });
    let forcible = draft.level >= Level::UseOfForce;
    field(ui, "Form", |ui| {
        let combo = egui::ComboBox::from_id_salt("form").selected_text(draft.form.noun()).width(FIELD);
        let choose = |ui: &mut Ui| {
            for f in Form::ALL {
                ui.selectable_value(&mut draft.form, f, f.noun());
            }
        };
        ui.add_enabled_ui(forcible, |ui| combo.show_ui(ui, choose).response).inner
    });
    let motives = [Motive::Territory, Motive::Policy, Motive::Regime].map(|m| (m, m.phrase()));
    choose(ui, "Motive", &mut draft.motive, &motives, "What it is for; told in the chronicle");
    let pretexts = [
        Pretext::SelfDefence,
        Pretext::Protection,
        Pretext::Invitation,
        Pretext::Retaliation,
        Pretext::Enforcement,
    ];
    let pretexts = pretexts.map(|p| (p, p.noun()));
    choose(
        ui,
        "Pretext",
        &mut draft.pretext,
        &pretexts,
        "What its author says that it is; told in the chronicle",
    );
    ui.add_space(2.0);
    ui.checkbox(&mut draft.contested, "Each side says that the other began").on_hover_text(
        "Observers then believe their friends, and clauses against unprovoked attack are read accordingly",
    );
    ui.checkbox(&mut draft.covert, "Its author hides").on_hover_text(
        "Nobody is openly at war over it, and help is owed only by those who trace it to its author",
    );
}

/// A field for one of several things.
pub(super) fn pick<T: Copy + PartialEq>(ui: &mut Ui, name: &str, value: &mut T, all: &[(T, String)]) {
    field(ui, name, |ui| {
        let chosen = all.iter().find(|(v, _)| v == value).map_or("choose…", |(_, text)| text.as_str());
        let combo = egui::ComboBox::from_id_salt(name).selected_text(chosen).width(FIELD).height(320.0);
        let shown = combo.show_ui(ui, |ui| {
            for (v, text) in all {
                ui.selectable_value(value, *v, text);
            }
        });
        shown.response
    });
}

pub(super) fn choose_state(ui: &mut Ui, session: &Session, name: &str, chosen: &mut Option<StateId>) {
    let scenario = session.scenario();
    let title = |s: StateId| short_name(&scenario.state(s).name);
    let mut ids: Vec<StateId> = scenario.state_ids().collect();
    ids.sort_by_key(|s| title(*s));
    field(ui, name, |ui| {
        let combo = egui::ComboBox::from_id_salt(name).selected_text(chosen.map_or("choose…", title));
        let shown = combo.width(FIELD).height(320.0).show_ui(ui, |ui| {
            for id in ids {
                ui.selectable_value(chosen, Some(id), title(id));
            }
        });
        shown.response
    });
}

/// A field behind its label, on one line.
fn field(ui: &mut Ui, name: &str, show: impl FnOnce(&mut Ui) -> egui::Response) {
    ui.horizontal(|ui| {
        let size = egui::Vec2::new(72.0, ui.spacing().interact_size.y);
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let label = ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_width(size.x);
            ui.label(name)
        });
        show(ui).labelled_by(label.inner.id);
    });
}

/// A field for something that may be left open.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut Option<T>,
    all: &[(T, &str)],
    hint: &str,
) {
    field(ui, name, |ui| {
        let chosen = all.iter().find(|(v, _)| Some(*v) == *value).map_or("not said", |(_, text)| text);
        let combo = egui::ComboBox::from_id_salt(name).selected_text(chosen).width(FIELD);
        let shown = combo.show_ui(ui, |ui| {
            ui.selectable_value(value, None, "not said");
            for (v, text) in all {
                ui.selectable_value(value, Some(*v), *text);
            }
        });
        shown.response.on_hover_text(hint)
    });
}
