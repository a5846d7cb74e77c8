//! The incident dialog: who does what to whom, in the next turn.

use bevy_egui::egui::{self, RichText, Ui};

use super::{Selection, UiState, faint, short_name};
use crate::gui::command::SessionCommand;
use crate::gui::session::Session;
use crate::gui::theme::Palette;
use crate::model::{Form, Level, StateId};
use crate::scenario::Incident;

/// An incident being prepared.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// Whether the dialog is open.
    pub open: bool,
    initiator: Option<StateId>,
    target: Option<StateId>,
    level: Level,
    form: Form,
    contested: bool,
    covert: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            open: false,
            initiator: None,
            target: None,
            level: Level::UseOfForce,
            form: Form::Invasion,
            contested: false,
            covert: false,
        }
    }
}

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
    egui::Window::new("Incident")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .default_pos([560.0, 90.0])
        .default_width(330.0)
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
    egui::Grid::new("incident").num_columns(2).spacing([12.0, 8.0]).show(ui, |ui| {
        choose_state(ui, session, "Initiator", &mut draft.initiator);
        choose_state(ui, session, "Target", &mut draft.target);
        let level = ui.label("Level");
        egui::ComboBox::from_id_salt("level")
            .selected_text(draft.level.noun())
            .width(190.0)
            .show_ui(ui, |ui| {
                for l in Level::ALL.into_iter().skip(1) {
                    ui.selectable_value(&mut draft.level, l, l.noun());
                }
            })
            .response
            .labelled_by(level.id)
            .on_hover_text("How grave it is, on the MID scale of hostility");
        ui.end_row();
        let form = ui.label("Form");
        ui.add_enabled_ui(draft.level >= Level::UseOfForce, |ui| {
            egui::ComboBox::from_id_salt("form")
                .selected_text(draft.form.noun())
                .width(190.0)
                .show_ui(ui, |ui| {
                    for f in Form::ALL {
                        ui.selectable_value(&mut draft.form, f, f.noun());
                    }
                })
                .response
                .labelled_by(form.id)
        });
        ui.end_row();
    });
    ui.checkbox(&mut draft.contested, "Each side says that the other began").on_hover_text(
        "Observers then believe their friends, and clauses against unprovoked attack are read accordingly",
    );
    ui.checkbox(&mut draft.covert, "Its author hides").on_hover_text(
        "Nobody is openly at war over it, and help is owed only by those who trace it to its author",
    );
    ui.add_space(6.0);
    let problem = problem(session, draft);
    ui.horizontal(|ui| {
        let text = RichText::new("Let it happen").color(palette.on_accent);
        let button = egui::Button::new(text).fill(palette.accent_fill);
        let ready = ui.add_enabled(problem.is_none(), button);
        if ready.on_hover_text("It happens in the next turn, which is played at once").clicked()
            && let (Some(initiator), Some(target)) = (draft.initiator, draft.target)
        {
            out.push(SessionCommand::Incident(Incident {
                initiator,
                target,
                level: draft.level,
                form: draft.form,
                place: target,
                contested: draft.contested,
                widens: false,
                separate: false,
                covert: draft.covert,
            }));
            draft.open = false;
        }
        if let Some(problem) = problem {
            ui.label(faint(problem, palette));
        }
    });
}

/// Why the incident cannot be ordered yet.
fn problem(session: &Session, draft: &Draft) -> Option<&'static str> {
    match (draft.initiator, draft.target) {
        _ if session.is_at_end() => Some("The scenario is over."),
        (None, _) => Some("Choose who does it."),
        (_, None) => Some("Choose against whom."),
        (a, b) if a == b => Some("Choose two different states."),
        _ => None,
    }
}

fn choose_state(ui: &mut Ui, session: &Session, name: &str, chosen: &mut Option<StateId>) {
    let scenario = session.scenario();
    let title = |s: StateId| short_name(&scenario.state(s).name);
    let label = ui.label(name);
    let mut ids: Vec<StateId> = scenario.state_ids().collect();
    ids.sort_by_key(|s| title(*s));
    egui::ComboBox::from_id_salt(name)
        .selected_text(chosen.map_or("choose…", title))
        .width(190.0)
        .height(320.0)
        .show_ui(ui, |ui| {
            for id in ids {
                ui.selectable_value(chosen, Some(id), title(id));
            }
        })
        .response
        .labelled_by(label.id);
    ui.end_row();
}
