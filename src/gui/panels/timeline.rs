//! Time: what is at war as a line, events as pins, a scrubber over both.

use bevy_egui::egui::{self, Align2, FontId, Pos2, Sense, Shape, Stroke, Ui, Vec2};

use crate::chronicle::FactKind;
use crate::gui::command::SessionCommand;
use crate::gui::session::Session;
use crate::gui::theme::Palette;
use crate::model::{Role, Turn};

/// Shows the timeline; a click goes to a turn.
pub fn show(ui: &mut Ui, session: &Session, palette: &Palette, out: &mut Vec<SessionCommand>) {
    let size = Vec2::new(ui.available_width(), 66.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let cursor = session.cursor().0;
    response.widget_info(|| egui::WidgetInfo::slider(true, f64::from(cursor), "Turn"));
    let last = session.last_turn().0.max(1);
    let plot = rect.with_min_x(rect.min.x + 44.0).with_max_x(rect.max.x - 10.0).with_max_y(rect.max.y - 17.0);
    let x = |turn: u32| egui::remap(turn as f32, 0.0..=last as f32, plot.x_range());
    if let Some(pointer) = response.interact_pointer_pos() {
        let turn = egui::remap_clamp(pointer.x, plot.x_range(), 0.0..=last as f32).round() as u32;
        if turn != cursor {
            out.push(SessionCommand::GoTo(Turn(turn)));
        }
    }
    dates(ui, session, plot, last, &x, palette);
    let played = session.metrics();
    let top = ceiling(played.iter().map(|m| m.capability_at_war).fold(0.0, f64::max));
    let y = |share: f32| egui::remap(share, 0.0..=top, plot.max.y..=plot.min.y + 13.0);
    scale(ui, plot, top, &y, palette);
    let line: Vec<Pos2> =
        played.iter().map(|m| Pos2::new(x(m.turn.0), y(m.capability_at_war as f32))).collect();
    let painter = ui.painter();
    let (past, later) = line.split_at((cursor as usize + 1).min(line.len()));
    painter.add(Shape::line(past.to_vec(), Stroke::new(2.0, palette.accent)));
    if let Some(joint) = past.last() {
        let rest: Vec<Pos2> = std::iter::once(*joint).chain(later.iter().copied()).collect();
        painter.extend(Shape::dashed_line(&rest, Stroke::new(1.5, palette.faint_ink), 4.0, 4.0));
    }
    for (turn, color) in pins(session, palette) {
        painter.circle(Pos2::new(x(turn), plot.max.y), 4.0, color, Stroke::new(1.5, palette.panel));
    }
    painter.vline(x(cursor), plot.y_range(), Stroke::new(1.5, palette.ink));
    painter.circle_filled(Pos2::new(x(cursor), plot.min.y + 5.0), 5.0, palette.ink);
    let share = played.get(cursor as usize).map_or(0.0, |m| m.capability_at_war);
    let near_end = cursor * 4 > last * 3;
    let (anchor, offset) = if near_end { (Align2::RIGHT_TOP, -9.0) } else { (Align2::LEFT_TOP, 9.0) };
    painter.text(
        Pos2::new(x(cursor) + offset, plot.min.y - 3.0),
        anchor,
        format!("{:.1} % of capability at war", share.abs() * 100.0),
        FontId::proportional(12.5),
        palette.ink,
    );
    response.on_hover_text("The share of capability that is at war. Click to go to a turn.");
}

/// The round share up to which the scale reaches.
pub fn ceiling(highest: f64) -> f32 {
    [0.1, 0.2, 0.4, 0.6, 0.8].into_iter().find(|top| highest <= f64::from(*top)).unwrap_or(1.0)
}

/// Nothing, half and all of the scale as lines with their shares.
fn scale(ui: &Ui, plot: egui::Rect, top: f32, y: &dyn Fn(f32) -> f32, palette: &Palette) {
    for share in [0.0, top / 2.0, top] {
        ui.painter().hline(plot.x_range(), y(share), Stroke::new(1.0, palette.inset));
        let text = format!("{:.0} %", share * 100.0);
        let at = Pos2::new(plot.min.x - 6.0, y(share));
        ui.painter().text(at, Align2::RIGHT_CENTER, text, FontId::proportional(11.5), palette.faint_ink);
    }
}

fn dates(ui: &Ui, session: &Session, plot: egui::Rect, last: u32, x: &dyn Fn(u32) -> f32, palette: &Palette) {
    let step = last.div_ceil(6).max(1);
    for turn in (0..=last).step_by(step as usize) {
        ui.painter().vline(x(turn), plot.y_range(), Stroke::new(1.0, palette.line));
        let anchor = match turn {
            0 => Align2::LEFT_TOP,
            t if t == last => Align2::RIGHT_TOP,
            _ => Align2::CENTER_TOP,
        };
        let date = session.scenario().calendar.label(Turn(turn));
        let at = Pos2::new(x(turn), plot.max.y + 4.0);
        ui.painter().text(at, anchor, date, FontId::proportional(12.0), palette.faint_ink);
    }
}

/// Turns in which something began: red for entries into war, else for scripted events and orders.
fn pins(session: &Session, palette: &Palette) -> Vec<(u32, egui::Color32)> {
    let mut pins = std::collections::BTreeMap::new();
    for fact in session.chronicle().facts().iter().filter(|f| f.turn > Turn(0)) {
        match fact.kind {
            FactKind::Entered { role: Role::Joiner | Role::Attacked | Role::Originator, .. } => {
                pins.insert(fact.turn.0, palette.war);
            }
            FactKind::Injected { .. } | FactKind::Ordered { .. } | FactKind::EnteredIntoForce { .. } => {
                pins.entry(fact.turn.0).or_insert(palette.accent);
            }
            _ => {}
        }
    }
    pins.into_iter().collect()
}
