//! The lists on the left: states, treaties, conflicts.

use bevy_egui::egui::{self, Color32, Response, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::{List, Selection, UiState, faint, short_name, tabs};
use crate::chronicle::Prose;
use crate::gui::session::Session;
use crate::gui::theme::Palette;
use crate::model::Side;

/// Shows the open list.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    selection: &mut Selection,
    palette: &Palette,
) {
    let names = [
        (List::States, "States", "All states, the mightiest first"),
        (List::Treaties, "Treaties", "All treaties, those in force first"),
        (List::Conflicts, "Conflicts", "Conflicts so far, the latest first"),
    ];
    tabs(ui, &mut state.list, &names, palette, |_| {});
    let search = TextEdit::singleline(&mut state.filter)
        .hint_text("Search…")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(6, 4));
    ui.add(search).on_hover_text("Show only what holds this text");
    ui.add_space(2.0);
    let needle = state.filter.to_lowercase();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        match state.list {
            List::States => states(ui, session, &needle, selection, palette),
            List::Treaties => treaties(ui, session, &needle, selection, palette),
            List::Conflicts => conflicts(ui, session, &needle, palette),
        }
    });
}

fn states(ui: &mut Ui, session: &Session, needle: &str, selection: &mut Selection, palette: &Palette) {
    let scenario = session.scenario();
    let now = session.snapshot();
    let mut ids: Vec<_> = scenario.state_ids().collect();
    ids.sort_by(|a, b| now.states[b.index()].capability.total_cmp(&now.states[a.index()].capability));
    for id in ids {
        let state = scenario.state(id);
        let found = state.name.to_lowercase().contains(needle) || state.id.to_lowercase().contains(needle);
        if !found {
            continue;
        }
        let view = now.states[id.index()];
        let mark = if view.wars > 0 { palette.war } else { palette.bloc(session.bloc(id)) };
        let share = format!("{:.1} %", 100.0 * view.capability);
        let response = row(ui, short_name(&state.name), &share, mark, selection.state == Some(id), palette);
        let war = if view.wars > 0 { "; at war" } else { "" };
        let hint = format!("{}: {share} of the world's capability{war}", short_name(&state.name));
        if response.on_hover_text(hint).clicked() {
            selection.select(id);
        }
    }
}

fn treaties(ui: &mut Ui, session: &Session, needle: &str, selection: &mut Selection, palette: &Palette) {
    let scenario = session.scenario();
    let in_force = &session.snapshot().in_force;
    let mut ids: Vec<_> = scenario.treaty_ids().collect();
    ids.sort_by_key(|id| !in_force[id.index()]);
    for id in ids {
        let treaty = scenario.treaty(id);
        if !treaty.name.to_lowercase().contains(needle) && !treaty.short.to_lowercase().contains(needle) {
            continue;
        }
        let now = in_force[id.index()];
        let mark = if now { palette.accent } else { palette.neutral };
        let year = treaty.signed.year().to_string();
        let response = row(ui, &treaty.short, &year, mark, selection.treaty == Some(id), palette);
        let standing = if now { "in force" } else { "not in force" };
        if response.on_hover_text(format!("{} ({standing})", treaty.name)).clicked() {
            *selection = Selection { treaty: Some(id), state: None, ..*selection };
        }
    }
}

fn conflicts(ui: &mut Ui, session: &Session, needle: &str, palette: &Palette) {
    let prose = Prose::new(session.scenario(), session.chronicle());
    let all = &session.snapshot().conflicts;
    if all.is_empty() {
        ui.add_space(6.0);
        ui.label(faint("There is no conflict yet. Order an incident to begin one.", palette));
    }
    for view in all.iter().rev() {
        let course = &view.course;
        let name = prose.conflict(view.id);
        if !name.to_lowercase().contains(needle) {
            continue;
        }
        ui.add_space(6.0);
        let color = if course.is_active() { palette.war } else { palette.faint_ink };
        let mut chars = name.chars();
        let title: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
        ui.colored_label(color, title);
        for side in [Side::Initiator, Side::Target] {
            let names: Vec<String> =
                course.on(side).map(|s| short_name(&session.scenario().state(s).name).to_owned()).collect();
            if !names.is_empty() {
                ui.label(names.join(", "));
            }
            if side == Side::Initiator && !names.is_empty() {
                ui.label(faint("against", palette));
            }
        }
        let since = session.scenario().calendar.label(course.began);
        ui.label(faint(
            match course.ended {
                None if course.began.0 == 0 => "under way from the start".to_owned(),
                None => format!("since {since}"),
                Some((turn, _)) => format!("ended {}", session.scenario().calendar.label(turn)),
            },
            palette,
        ));
    }
}

fn row(ui: &mut Ui, name: &str, right: &str, mark: Color32, selected: bool, palette: &Palette) -> Response {
    let size = Vec2::new(ui.available_width(), 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::SelectableLabel, true, selected, name));
    let fill = match (selected, response.hovered()) {
        (true, _) => ui.visuals().selection.bg_fill,
        (false, true) => palette.inset,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, 4.0, fill);
    // Painted rather than laid out as labels: for a screen reader the row is one thing with one name.
    let inside = rect.shrink2(Vec2::new(6.0, 0.0));
    let dot = egui::Rect::from_min_size(inside.left_center() - Vec2::new(0.0, 5.0), Vec2::splat(10.0));
    ui.painter().rect_filled(dot, 2.0, mark);
    let font = egui::TextStyle::Body.resolve(ui.style());
    let value = ui.painter().layout_no_wrap(right.to_owned(), font.clone(), palette.faint_ink);
    let room = inside.width() - value.size().x - 26.0;
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, palette.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let title = ui.painter().layout_job(job);
    let middle = |height: f32| inside.center().y - height / 2.0;
    let right_edge = egui::pos2(inside.right() - value.size().x, middle(value.size().y));
    let left_edge = egui::pos2(inside.left() + 18.0, middle(title.size().y));
    ui.painter().galley(right_edge, value, palette.faint_ink);
    ui.painter().galley(left_edge, title, palette.ink);
    response
}
