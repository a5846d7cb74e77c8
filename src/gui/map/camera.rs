//! What part of the map is in view: one value, [`MapView`], from which both the Bevy camera and
//! every overlay drawn by egui take their transform, so that they agree to the pixel.

use bevy::camera::{ScalingMode, Viewport};
use bevy::prelude::*;
use bevy_egui::egui;
use geo::Point;

/// Marks the camera that draws the map below the panels.
#[derive(Component)]
pub struct MapCamera;

/// The visible part of the map.
#[derive(Resource, Clone, Copy, PartialEq)]
pub struct MapView {
    /// The map's rectangle among the panels in egui points, on whole pixels.
    pub rect: egui::Rect,
    /// Physical pixels per egui point.
    pub pixels_per_point: f32,
    /// What is in the middle, in map units.
    pub center: Vec2,
    /// Egui points per map unit.
    pub scale: f32,
}

impl Default for MapView {
    fn default() -> Self {
        Self { rect: egui::Rect::ZERO, pixels_per_point: 1.0, center: Vec2::ZERO, scale: 0.0 }
    }
}

impl MapView {
    const CLOSEST: f32 = 12.0;

    /// Map units to the screen.
    pub fn to_screen(&self, x: f64, y: f64) -> egui::Pos2 {
        let offset = (Vec2::new(x as f32, y as f32) - self.center) * self.scale;
        self.rect.center() + egui::vec2(offset.x, -offset.y)
    }

    /// The screen to map units.
    pub fn to_map(&self, position: egui::Pos2) -> Point {
        let offset = (position - self.rect.center()) / self.scale;
        Point::new(f64::from(self.center.x + offset.x), f64::from(self.center.y - offset.y))
    }

    /// Follows the layout: the panels may have been dragged, the window resized or rescaled. `opening` is
    /// the part of the map to show first.
    pub fn lay_out(&mut self, rect: egui::Rect, pixels_per_point: f32, opening: Option<geo::Rect>) {
        let resized = self.rect.width() / rect.width();
        self.rect = snap(rect, pixels_per_point);
        self.pixels_per_point = pixels_per_point;
        if self.scale == 0.0 {
            match opening {
                Some(part) => self.show(part),
                None => self.show_world(),
            }
        } else if resized.is_finite() && resized > 0.0 {
            self.scale = (self.scale / resized).max(self.widest());
            self.keep_in_sight();
        }
    }

    /// Shows the whole globe.
    pub fn show_world(&mut self) {
        (self.center, self.scale) = (Vec2::ZERO, self.widest());
    }

    /// Moves and zooms so that this part of the map fills the view.
    pub fn show(&mut self, part: geo::Rect) {
        let center = part.center();
        self.center = Vec2::new(center.x as f32, center.y as f32);
        let fit = (self.rect.width() / part.width() as f32).min(self.rect.height() / part.height() as f32);
        self.scale = (0.97 * fit).clamp(self.widest(), Self::CLOSEST);
        self.keep_in_sight();
    }

    /// Moves the map by so many points.
    pub fn pan(&mut self, by: egui::Vec2) {
        self.center += Vec2::new(-by.x, by.y) / self.scale;
        self.keep_in_sight();
    }

    /// Zooms by a factor, leaving what is under the pointer where it is.
    pub fn zoom(&mut self, factor: f32, around: egui::Pos2) {
        let before = self.to_map(around);
        self.scale = (self.scale * factor).clamp(self.widest(), Self::CLOSEST);
        let after = self.to_map(around);
        self.center += Vec2::new((before.x() - after.x()) as f32, (before.y() - after.y()) as f32);
        self.keep_in_sight();
    }

    /// The scale at which the whole globe just fits.
    fn widest(&self) -> f32 {
        (self.rect.width() / 5500.0).min(self.rect.height() / 2700.0).max(1e-3)
    }

    fn keep_in_sight(&mut self) {
        let globe = Vec2::new(2707.0, 1318.0);
        let visible = Vec2::new(self.rect.width(), self.rect.height()) / (2.0 * self.scale);
        // Part of the view may lie beyond the rim, so that what is near the rim can be brought towards the
        // middle, except when the whole globe is in sight anyway.
        let reach = (globe - visible * Vec2::new(0.5, 0.78)).max(Vec2::ZERO);
        self.center = self.center.clamp(-reach, reach);
    }
}

/// A viewport has whole pixels; a rectangle that has them too makes camera and overlay agree.
fn snap(rect: egui::Rect, pixels_per_point: f32) -> egui::Rect {
    let snap = |p: egui::Pos2| (p.to_vec2() * pixels_per_point).round() / pixels_per_point;
    egui::Rect::from_min_max(snap(rect.min).to_pos2(), snap(rect.max).to_pos2())
}

/// Makes the camera show exactly what [`MapView`] says.
pub fn follow_view(
    view: Res<MapView>,
    window: Single<&Window>,
    camera: Single<(&mut Camera, &mut Transform, &mut Projection), With<MapCamera>>,
) {
    let (mut camera, mut transform, mut projection) = camera.into_inner();
    let pixels =
        |v: egui::Vec2| (Vec2::new(v.x, v.y) * view.pixels_per_point).round().max(Vec2::ZERO).as_uvec2();
    let position = pixels(view.rect.min.to_vec2());
    // For a frame after the window shrinks the layout is older than the window, and a viewport that
    // reaches outside its target is a validation error.
    let size = pixels(view.rect.size()).min(window.physical_size().saturating_sub(position));
    camera.is_active = size.min_element() > 0 && view.scale > 0.0;
    if !camera.is_active {
        return;
    }
    camera.viewport = Some(Viewport { physical_position: position, physical_size: size, ..default() });
    transform.translation = view.center.extend(0.0);
    let Projection::Orthographic(orthographic) = &mut *projection else {
        return;
    };
    let extent = size.as_vec2() / (view.pixels_per_point * view.scale);
    orthographic.scaling_mode = ScalingMode::Fixed { width: extent.x, height: extent.y };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> MapView {
        let mut view = MapView::default();
        view.lay_out(egui::Rect::from_min_max(egui::pos2(240.3, 52.0), egui::pos2(1120.0, 640.4)), 1.5, None);
        view
    }

    #[test]
    fn to_map_undoes_to_screen() {
        let mut view = view();
        view.zoom(3.0, egui::pos2(400.0, 300.0));
        let point = view.to_map(view.to_screen(123.0, -45.0));
        assert!((point.x() - 123.0).abs() < 1e-2 && (point.y() + 45.0).abs() < 1e-2);
    }

    #[test]
    fn zoom_keeps_what_is_under_the_pointer() {
        let mut view = view();
        let pointer = egui::pos2(700.0, 200.0);
        let before = view.to_map(pointer);
        view.zoom(4.0, pointer);
        let after = view.to_map(pointer);
        assert!((before.x() - after.x()).abs() < 1e-2 && (before.y() - after.y()).abs() < 1e-2);
    }

    #[test]
    fn the_rectangle_is_on_whole_pixels() {
        let pixels = view().rect.min.to_vec2() * 1.5;
        assert_eq!(pixels, pixels.round());
    }
}
