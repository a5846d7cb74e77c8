//! What the colours and strokes mean, and which of them is shown.

use bevy_egui::egui::{self, Align2, Color32, RichText, Sense, Vec2};

use super::arcs::{self, ArcStyle, Line};
use crate::gui::panels::{Fill, short_name};
use crate::gui::session::Session;
use crate::gui::theme::Palette;

/// On a map lower than this the legend keeps its heading only.
const ROOM: f32 = 400.0;
/// Borders are today's; scenarios before this year say so.
const BORDERS_OF: i16 = 2010;

/// Shows what colours mean in the map's lower left corner, what strokes mean in its lower right one, and
/// returns the rectangles they cover.
pub fn show(
    ui: &egui::Ui,
    map: egui::Rect,
    session: &Session,
    fill: &mut Fill,
    palette: &Palette,
) -> Vec<egui::Rect> {
    let left = corner(ui, "legend", map.left_bottom() + Vec2::new(12.0, -12.0), Align2::LEFT_BOTTOM, |ui| {
        let chosen = egui::ComboBox::from_id_salt("fill").selected_text(fill.name()).width(168.0);
        let shown = chosen.show_ui(ui, |ui| {
            for option in Fill::ALL {
                ui.selectable_value(fill, option, option.name());
            }
        });
        shown.response.on_hover_text("What the colour of a state means");
        if map.height() >= ROOM {
            ui.add_space(3.0);
            keys(ui, session, *fill, palette);
        }
    });
    if map.height() < ROOM || map.width() < 2.5 * left.width() {
        return vec![left];
    }
    let at = map.right_bottom() + Vec2::new(-12.0, -12.0);
    let right = corner(ui, "strokes", at, Align2::RIGHT_BOTTOM, |ui| {
        strokes(ui, palette);
        if !session.is_imagined() {
            hatching(ui, palette);
            ui.add_space(3.0);
            notes(ui, session, palette);
        }
    });
    vec![left, right]
}

fn corner(
    ui: &egui::Ui,
    id: &str,
    at: egui::Pos2,
    pivot: Align2,
    content: impl FnOnce(&mut egui::Ui),
) -> egui::Rect {
    let area = egui::Area::new(egui::Id::new(id)).fixed_pos(at).pivot(pivot).order(egui::Order::Middle);
    let shown = area.fade_in(false).show(ui.ctx(), |ui| {
        let frame = egui::Frame::popup(ui.style()).shadow(egui::Shadow::NONE).inner_margin(8);
        frame.show(ui, |ui| {
            ui.set_width(168.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            content(ui);
        });
    });
    shown.response.rect
}

fn keys(ui: &mut egui::Ui, session: &Session, fill: Fill, palette: &Palette) {
    let scenario = session.scenario();
    match fill {
        Fill::Bloc => {
            for bloc in 0..session.n_blocs().min(6) {
                let leader = session.leader(bloc).map_or("", |s| short_name(&scenario.state(s).name));
                swatch(ui, palette.bloc(Some(bloc)), &format!("bloc of {leader}"));
            }
            swatch(ui, palette.neutral, "in no bloc");
        }
        Fill::Stance => {
            swatch(ui, palette.bloc(Some(1)), "side that used force first");
            swatch(ui, palette.bloc(Some(0)), "side that it was used on");
            swatch(ui, palette.neutral, "neither (pale: helps only)");
        }
        Fill::Capability => {
            for (share, name) in
                [(0.1, "under 1 % of the world's"), (0.4, "about 4 %"), (0.9, "20 % and more")]
            {
                swatch(ui, palette.ramp(share), name);
            }
        }
        Fill::Hostility => {
            for (share, name) in [(0.0, "none (or nobody selected)"), (0.5, "one half"), (1.0, "full")] {
                swatch(ui, palette.ramp(share), name);
            }
        }
    }
    if !session.is_imagined() {
        swatch(ui, palette.bystander, "not in the scenario");
    }
}

fn strokes(ui: &mut egui::Ui, palette: &Palette) {
    let pen = |line, color, width, arrow| ArcStyle { line, color, width, arrow };
    for (style, name) in [
        (pen(Line::Solid, palette.arc, 1.6, false), "defence"),
        (pen(Line::Solid, palette.arc, 1.6, true), "one-sided guarantee"),
        (pen(Line::Dashed, palette.arc, 1.4, false), "non-aggression, neutrality"),
        (pen(Line::Dotted, palette.arc, 1.4, false), "consultation, aid"),
        (pen(Line::Solid, palette.accent, 2.6, true), "owed this turn"),
        (pen(Line::Solid, palette.war, 2.6, true), "war"),
    ] {
        row(ui, name, |painter, rect| {
            let path = [rect.left_center(), rect.center(), rect.right_center()];
            arcs::draw_path(painter, &path, style, style.arrow);
        });
    }
}

fn hatching(ui: &mut egui::Ui, palette: &Palette) {
    row(ui, "disputed", |painter, rect| {
        for i in 0..5 {
            let x = rect.min.x + 5.0 * i as f32;
            let line = [egui::pos2(x, rect.max.y - 1.0), egui::pos2(x + 7.0, rect.min.y + 1.0)];
            painter.line_segment(line, egui::Stroke::new(1.0, palette.hatch));
        }
    });
}

fn notes(ui: &mut egui::Ui, session: &Session, palette: &Palette) {
    let mut text =
        "The map takes no position on disputed borders; it follows resolutions of the UN General Assembly."
            .to_owned();
    let scenario = session.scenario();
    if scenario.calendar.start.year() < BORDERS_OF && scenario.map.is_none() {
        text += " Borders are today's.";
    }
    ui.label(RichText::new(text).size(10.5).color(palette.faint_ink));
}

fn swatch(ui: &mut egui::Ui, color: Color32, name: &str) {
    row(ui, name, |painter, rect| {
        let swatch = egui::Rect::from_center_size(rect.center(), Vec2::new(rect.width(), 11.0));
        painter.rect_filled(swatch, 2.0, color);
    });
}

fn row(ui: &mut egui::Ui, name: &str, paint: impl FnOnce(&egui::Painter, egui::Rect)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(24.0, 13.0), Sense::hover());
        paint(ui.painter(), rect);
        ui.label(RichText::new(name).size(12.0));
    });
}
