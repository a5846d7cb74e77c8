//! The bar on top: which scenario, when, and how time runs.

use bevy_egui::egui::{self, Align, Layout, RichText, Slider, Theme, Ui, Vec2};

use super::{UiState, faint, named};
use crate::gui::command::SessionCommand;
use crate::gui::library;
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::Turn;

/// Shows the bar.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) {
    ui.horizontal_centered(|ui| {
        ui.label(RichText::new("Casus Foederis").family(theme::strong()).size(19.0));
        ui.add_space(4.0);
        scenarios(ui, session, out);
        when(ui, session, palette);
        controls(ui, session, out);
        ui.add_space(8.0);
        ui.spacing_mut().slider_width = 64.0;
        let hint = "How many turns pass in a second while playing";
        let speed = Slider::new(&mut state.speed, 0.25..=4.0).logarithmic(true).show_value(false);
        let slider = ui.add(speed).on_hover_text(hint);
        let text = faint(format!("{:.1} turns/s", state.speed), palette);
        // As wide at any speed, and on the same line as everything else.
        let size = Vec2::new(70.0, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(size.x);
            let label = ui.label(text).on_hover_text(hint);
            slider.labelled_by(label.id);
        });
        let mut seed = session.seed();
        let field = egui::DragValue::new(&mut seed).prefix("seed ").speed(0.05);
        let hint = "The seed of all chance: another seed, another history of the same world. Drag or type.";
        if ui.add(field).on_hover_text(hint).changed() {
            out.push(SessionCommand::Seed(seed));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (icon, name, other) = match palette.dark {
                true => ("☀", "Light theme", Theme::Light),
                false => ("🌙", "Dark theme", Theme::Dark),
            };
            if named(ui, icon, name).on_hover_text(name).clicked() {
                ui.ctx().set_theme(other);
            }
            if named(ui, "?", "Keys").on_hover_text("The list of keys (?)").clicked() {
                state.help = !state.help;
            }
            let text = RichText::new("Incident…").color(palette.on_accent);
            let button = egui::Button::new(text).fill(palette.accent_fill);
            let hint = "Order a hostile act for the next turn and see who answers, or a signal, an act on a treaty, supply, a vote or a ceasefire (I)";
            if ui.add_enabled(!session.is_at_end(), button).on_hover_text(hint).clicked() {
                state.incident.open = !state.incident.open;
            }
            let (orders, undone) = session.undoable();
            if undone > 0
                && named(ui, "Redo", "Redo").on_hover_text("Bring the order back (Ctrl-Y)").clicked()
            {
                out.push(SessionCommand::Redo);
            }
            if orders > 0
                && named(ui, "Undo", "Undo").on_hover_text("Take the last order back (Ctrl-Z)").clicked()
            {
                out.push(SessionCommand::Undo);
            }
        });
    });
}

/// The date, in as much room as the widest date needs: the buttons beside it stay under the pointer.
fn when(ui: &mut Ui, session: &Session, palette: &Palette) {
    let narrow = ui.ctx().viewport_rect().width() < 1360.0;
    let (now, last) = (session.cursor().0, session.last_turn().0);
    let date = session.scenario().calendar.label(session.cursor());
    let place = if narrow { format!("{now}/{last}") } else { format!("turn {now} of {last}") };
    let size = Vec2::new(if narrow { 178.0 } else { 232.0 }, ui.available_height());
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(size.x);
        let label = egui::Label::new(faint(format!("{date}  ·  {place}"), palette)).truncate();
        ui.add(label).on_hover_text(format!("Turn {now} of {last}"));
    });
}

fn scenarios(ui: &mut Ui, session: &Session, out: &mut Vec<SessionCommand>) {
    egui::ComboBox::from_id_salt("scenario")
        .selected_text(&session.scenario().title)
        .width(170.0)
        .show_ui(ui, |ui| {
            for (name, title) in library::titles() {
                let open = session.scenario().name == *name;
                let label = ui.selectable_label(open, title);
                if label.on_hover_text(format!("casus open {name}")).clicked() && !open {
                    out.push(SessionCommand::Open((*name).to_owned()));
                }
            }
            ui.label(faint_small("or drop a .ron file on the window"));
        })
        .response
        .on_hover_text("Open another scenario");
}

fn faint_small(text: &str) -> RichText {
    RichText::new(text).small().weak()
}

fn controls(ui: &mut Ui, session: &Session, out: &mut Vec<SessionCommand>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let (start, end) = (session.cursor() == Turn(0), session.is_at_end());
    let mut button = |enabled: bool, sign: &str, name: &str, hint: &str, wish: SessionCommand| {
        let shown = ui.add_enabled_ui(enabled, |ui| named(ui, sign, name)).inner;
        if shown.on_hover_text(hint).clicked() {
            out.push(wish);
        }
    };
    button(
        true,
        "⟲",
        "Restart",
        "Begin again without your orders (they can be brought back)",
        SessionCommand::Restart,
    );
    button(!start, "⏮", "To the start", "To the start (Home)", SessionCommand::GoTo(Turn(0)));
    button(!start, "⏴", "Back", "One turn back (Left)", SessionCommand::Back);
    match session.playing {
        true => button(true, "⏸ Pause", "Pause", "Pause (Space)", SessionCommand::TogglePlay),
        false => {
            button(!end, "▶ Play", "Play", "Let turns follow each other (Space)", SessionCommand::TogglePlay)
        }
    }
    button(!end, "⏵", "Step", "One turn on (Right)", SessionCommand::Step);
    button(!end, "⏭", "To the end", "To the last turn (End)", SessionCommand::GoTo(Turn(u32::MAX)));
}
