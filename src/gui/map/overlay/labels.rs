//! Names that do not collide.

use bevy_egui::egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Vec2};
use std::sync::Arc;

/// A name that wants a place on the map.
pub struct Label<'a> {
    pub text: &'a str,
    /// Where it would like to stand, best first.
    pub at: Vec<Pos2>,
    pub font: FontId,
}

/// Draws the labels that find room, the first come first served: give the most important first.
/// `taken` are places no label may cover.
pub fn draw(painter: &Painter, labels: &[Label], mut taken: Vec<Rect>, ink: Color32, halo: Color32) {
    for label in labels {
        let galley = painter.layout_no_wrap(label.text.to_owned(), label.font.clone(), Color32::PLACEHOLDER);
        let mut places = label.at.iter();
        let free = places.find_map(|at| free_place(*at, galley.size(), painter.clip_rect(), &taken));
        let Some(rect) = free else { continue };
        taken.push(rect.expand2(Vec2::new(3.0, 0.0)));
        draw_with_halo(painter, rect.min, &galley, ink, halo);
    }
}

/// Where a label of this size may stand near its point without leaving `bounds` or touching what is
/// `taken`: centred, else above, below or beside it.
fn free_place(at: Pos2, size: Vec2, bounds: Rect, taken: &[Rect]) -> Option<Rect> {
    let anchors = [
        (Align2::CENTER_CENTER, Vec2::ZERO),
        (Align2::CENTER_BOTTOM, Vec2::new(0.0, -4.0)),
        (Align2::CENTER_TOP, Vec2::new(0.0, 4.0)),
        (Align2::LEFT_CENTER, Vec2::new(6.0, 0.0)),
        (Align2::RIGHT_CENTER, Vec2::new(-6.0, 0.0)),
    ];
    anchors
        .into_iter()
        .map(|(anchor, offset)| anchor.anchor_size(at + offset, size))
        .find(|rect| bounds.contains_rect(*rect) && !taken.iter().any(|other| other.intersects(*rect)))
}

/// Text with a thin rim in the ground's colour, so that it reads over borders and arcs.
fn draw_with_halo(painter: &Painter, at: Pos2, galley: &Arc<Galley>, ink: Color32, halo: Color32) {
    for (x, y) in
        [(-1.0, -1.0), (0.0, -1.2), (1.0, -1.0), (-1.2, 0.0), (1.2, 0.0), (-1.0, 1.0), (0.0, 1.2), (1.0, 1.0)]
    {
        painter.galley_with_override_text_color(at + Vec2::new(x, y), galley.clone(), halo);
    }
    painter.galley_with_override_text_color(at, galley.clone(), ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Rect = Rect::from_min_max(Pos2::ZERO, Pos2::new(100.0, 100.0));

    #[test]
    fn steps_aside_then_gives_up() {
        let at = Pos2::new(50.0, 50.0);
        let size = Vec2::new(20.0, 10.0);
        let first = free_place(at, size, BOUNDS, &[]).unwrap();
        assert_eq!(first.center(), at);
        let second = free_place(at, size, BOUNDS, &[Rect::from_center_size(at, Vec2::splat(2.0))]).unwrap();
        assert!(second.max.y < at.y);
        assert_eq!(free_place(at, size, BOUNDS, &[BOUNDS]), None);
    }

    #[test]
    fn never_leaves_the_map() {
        assert_eq!(free_place(Pos2::new(-30.0, 50.0), Vec2::new(20.0, 10.0), BOUNDS, &[]), None);
    }
}
