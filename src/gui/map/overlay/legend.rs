//! What the colours and strokes mean, and which of them is shown.

use bevy_egui::egui::{self, Align, Align2, Color32, Layout, RichText, Sense, Vec2};

use super::arcs::{self, ArcStyle, Line};
use crate::gui::panels::{Fill, UiState};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};

/// On a map lower than this the legends are closed until somebody opens them.
const ROOM: f32 = 500.0;
/// Borders are today's; scenarios before this year say so.
const BORDERS_OF: i16 = 2010;

/// Shows what colours mean in the map's lower left corner, what strokes mean in its lower right one, and
/// returns the rectangles they cover.
pub fn show(
    ui: &egui::Ui,
    map: egui::Rect,
    session: &Session,
    state: &mut UiState,
    palette: &Palette,
) -> Vec<egui::Rect> {
    let roomy = map.height() >= ROOM && map.width() >= 520.0;
    let left = corner(ui, "legend", map.left_bottom() + Vec2::new(12.0, -12.0), Align2::LEFT_BOTTOM, |ui| {
        colours(ui, session, state, roomy, palette);
    });
    let at = map.right_bottom() + Vec2::new(-12.0, -12.0);
    let right = corner(ui, "strokes", at, Align2::RIGHT_BOTTOM, |ui| {
        lines(ui, session, state, roomy, palette);
    });
    vec![left, right]
}

/// The legend of colours, which chooses what they mean.
pub fn colours(ui: &mut egui::Ui, session: &Session, state: &mut UiState, roomy: bool, palette: &Palette) {
    let open = state.colour_legend.unwrap_or(roomy);
    ui.horizontal(|ui| {
        let fill = &mut state.fill;
        let chosen = egui::ComboBox::from_id_salt("fill").selected_text(fill.name()).width(138.0);
        let shown = chosen.show_ui(ui, |ui| {
            for option in Fill::ALL {
                ui.selectable_value(fill, option, option.name());
            }
        });
        shown.response.on_hover_text("What the colour of a state means");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            fold(ui, open, "the legend of colours", &mut state.colour_legend);
        });
    });
    if open {
        ui.add_space(3.0);
        keys(ui, session, state.fill, palette);
    }
}

/// The legend of lines.
pub fn lines(ui: &mut egui::Ui, session: &Session, state: &mut UiState, roomy: bool, palette: &Palette) {
    let open = state.line_legend.unwrap_or(roomy);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Lines").size(13.0).family(theme::strong()).color(palette.faint_ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            fold(ui, open, "the legend of lines", &mut state.line_legend);
        });
    });
    if !open {
        return;
    }
    strokes(ui, palette);
    if !session.is_imagined() {
        hatching(ui, palette);
        ui.add_space(3.0);
        notes(ui, session, palette);
    }
}

/// The button that opens and closes a legend.
fn fold(ui: &mut egui::Ui, open: bool, what: &str, state: &mut Option<bool>) {
    let (sign, name) = if open { ("⏷", format!("Hide {what}")) } else { ("⏶", format!("Show {what}")) };
    let button = ui.add(egui::Button::new(RichText::new(sign).weak()).frame(false));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
    if button.on_hover_text(&name).clicked() {
        *state = Some(!open);
    }
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
                let leader = session.leader(bloc).map_or("", |s| scenario.state(s).name.as_str());
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
        row(ui, "at war", |painter, rect| {
            let swatch = egui::Rect::from_center_size(rect.center(), Vec2::new(rect.width() - 1.5, 10.0));
            let stroke = egui::Stroke::new(1.5, palette.war);
            painter.rect(swatch, 2.0, palette.neutral, stroke, egui::StrokeKind::Middle);
        });
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
        // The faintest of them would be lost on the ground of the legend.
        let rim = egui::Stroke::new(0.75, color.lerp_to_gamma(Color32::from_gray(110), 0.45));
        painter.rect(swatch, 2.0, color, rim, egui::StrokeKind::Inside);
    });
}

fn row(ui: &mut egui::Ui, name: &str, paint: impl FnOnce(&egui::Painter, egui::Rect)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(24.0, 13.0), Sense::hover());
        paint(ui.painter(), rect);
        ui.label(RichText::new(name).size(12.0));
    });
}
