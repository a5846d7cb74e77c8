//! The map as an egui widget. Because the pointer reaches it through egui's own hit test, panels,
//! menus and tooltips in front of it keep their clicks, and the keyboard focus works as elsewhere.

use bevy_egui::egui::{self, CursorIcon, Key, Sense, Vec2};

use super::camera::MapView;
use super::geometry::Atlas;
use super::overlay::place;
use super::projection::project;
use crate::gui::panels::Selection;
use crate::gui::session::Session;
use crate::model::{Position, StateId};

/// Lays out the map in what is left of `ui`; pans, zooms, hovers and picks.
pub fn show(
    ui: &mut egui::Ui,
    atlas: &Atlas,
    session: &Session,
    view: &mut MapView,
    selection: &mut Selection,
) -> egui::Response {
    let rect = ui.available_rect_before_wrap();
    view.lay_out(rect, ui.ctx().pixels_per_point(), session.scenario().view.map(part));
    let response = ui.allocate_rect(view.rect, Sense::click_and_drag());
    pan_and_zoom(ui, &response, view);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, "World map"));
    let pointer = response.hover_pos().filter(|_| !response.dragged());
    selection.hovered = pointer.and_then(|p| atlas.at(view.to_map(p)));
    selection.hovered_state = pointer
        .and_then(|p| disc_at(session, view, p))
        .or_else(|| atlas.state_at(session.scenario(), selection.hovered));
    if response.clicked()
        && let Some(state) = selection.hovered_state
    {
        selection.select(state);
    }
    if response.double_clicked() {
        match selection.hovered {
            Some(index) => view.show(atlas.territories[index].heartland),
            None => match session.scenario().view {
                Some(corners) => view.show(part(corners)),
                None => view.show_world(),
            },
        }
    }
    let cursor = match (response.dragged(), selection.hovered_state) {
        (true, _) => CursorIcon::Grabbing,
        (false, Some(_)) => CursorIcon::PointingHand,
        (false, None) => CursorIcon::Default,
    };
    response.on_hover_cursor(cursor)
}

/// The part of the map between two corners, in map units. Parallels are straight and meridians bend
/// inwards towards the poles: the box is as wide as the middle of the part, so that a part that reaches
/// towards the equator does not come out small.
fn part((low, high): (Position, Position)) -> geo::Rect {
    let widest = (low.lat + high.lat) / 2.0;
    let (west, _) = project(low.lon, widest);
    let (east, _) = project(high.lon, widest);
    let (_, south) = project(0.0, low.lat);
    let (_, north) = project(0.0, high.lat);
    geo::Rect::new((west, south), (east, north))
}

fn pan_and_zoom(ui: &egui::Ui, response: &egui::Response, view: &mut MapView) {
    if response.dragged() {
        view.pan(response.drag_delta());
    }
    if let Some(pointer) = response.hover_pos() {
        // Not the raw wheel: egui smooths it over a few frames, and repaints until it has settled.
        let (wheel, pinch) = ui.input(|i| (i.smooth_scroll_delta().y, i.zoom_delta()));
        let factor = (wheel / 320.0).exp() * pinch;
        if factor != 1.0 {
            view.zoom(factor, pointer);
        }
    }
    if !ui.ctx().text_edit_focused() {
        keyboard(ui, view);
    }
}

fn keyboard(ui: &egui::Ui, view: &mut MapView) {
    let pressed = |key| ui.input(|i| i.key_pressed(key));
    let middle = view.rect.center();
    if pressed(Key::Plus) || pressed(Key::Equals) {
        view.zoom(1.4, middle);
    }
    if pressed(Key::Minus) {
        view.zoom(1.0 / 1.4, middle);
    }
    for (key, way) in [(Key::W, Vec2::DOWN), (Key::S, Vec2::UP), (Key::A, Vec2::RIGHT), (Key::D, Vec2::LEFT)]
    {
        if pressed(key) {
            view.pan(way * 60.0);
        }
    }
}

/// The state without territory on the map whose disc lies under the pointer.
fn disc_at(session: &Session, view: &MapView, pointer: egui::Pos2) -> Option<StateId> {
    let scenario = session.scenario();
    scenario.state_ids().filter(|s| scenario.state(*s).territory.is_empty()).find(|s| {
        let at = place(view, scenario.state(*s).position);
        at.distance(pointer) <= super::overlay::disc_radius(session, *s)
    })
}
