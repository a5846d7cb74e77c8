//! Great-circle arcs, whose stroke tells the obligation.

use bevy_egui::egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2};

use crate::gui::map::camera::MapView;
use crate::gui::map::projection::project;

/// Longitude and latitude in degrees.
pub type LonLat = (f64, f64);

#[derive(Clone, Copy, PartialEq)]
pub enum Line {
    Solid,
    Dashed,
    Dotted,
}

#[derive(Clone, Copy)]
pub struct ArcStyle {
    pub line: Line,
    pub color: Color32,
    pub width: f32,
    pub arrow: bool,
}

/// Draws the shortest way over the globe from one place to the other.
pub fn draw(painter: &Painter, view: &MapView, from: LonLat, to: LonLat, style: ArcStyle) {
    let pieces = split_at_antimeridian(&great_circle(from, to));
    for (i, piece) in pieces.iter().enumerate() {
        let path: Vec<Pos2> =
            piece.iter().map(|&(lon, lat)| project(lon, lat)).map(|(x, y)| view.to_screen(x, y)).collect();
        let is_last = i + 1 == pieces.len();
        draw_path(painter, &path, style, style.arrow && is_last);
    }
}

/// One stroke of a legend: the same pen, along any path.
pub fn draw_path(painter: &Painter, path: &[Pos2], style: ArcStyle, arrow: bool) {
    let stroke = Stroke::new(style.width, style.color);
    match style.line {
        Line::Solid => _ = painter.add(Shape::line(path.to_vec(), stroke)),
        Line::Dashed => _ = painter.add(Shape::dashed_line(path, stroke, 6.0, 4.0)),
        Line::Dotted => _ = painter.add(Shape::dotted_line(path, style.color, 4.5, style.width * 0.6)),
    }
    if let [.., before, tip] = path
        && arrow
    {
        painter.add(arrow_head(*before, *tip, 4.0 + 2.0 * style.width, style.color));
    }
}

fn arrow_head(before: Pos2, tip: Pos2, length: f32, color: Color32) -> Shape {
    let along = (tip - before).normalized() * length;
    let across = Vec2::new(-along.y, along.x) * 0.45;
    let base = tip - along;
    Shape::convex_polygon(vec![tip, base + across, base - across], color, Stroke::NONE)
}

/// Points along the great circle, about two degrees apart.
fn great_circle(from: LonLat, to: LonLat) -> Vec<LonLat> {
    let (a, b) = (on_sphere(from), on_sphere(to));
    let dot: f64 = (0..3).map(|i| a[i] * b[i]).sum();
    let angle = dot.clamp(-1.0, 1.0).acos();
    if angle < 1e-9 {
        return vec![from, to];
    }
    let steps = (angle.to_degrees() / 2.0).ceil().max(8.0) as u32;
    (0..=steps)
        .map(|step| {
            let t = f64::from(step) / f64::from(steps);
            let (p, q) = (((1.0 - t) * angle).sin() / angle.sin(), (t * angle).sin() / angle.sin());
            on_globe([0, 1, 2].map(|i| p * a[i] + q * b[i]))
        })
        .collect()
}

/// The map ends at the antimeridian: an arc across it leaves on one side and returns on the other.
fn split_at_antimeridian(path: &[LonLat]) -> Vec<Vec<LonLat>> {
    let mut pieces: Vec<Vec<LonLat>> = Vec::new();
    let mut piece: Vec<LonLat> = Vec::new();
    for &(lon, lat) in path {
        if let Some(&(before, lat_before)) = piece.last()
            && (lon - before).abs() > 180.0
        {
            let rim = 180_f64.copysign(before);
            let beyond = lon + 360_f64.copysign(before);
            let at = lat_before + (lat - lat_before) * (rim - before) / (beyond - before);
            piece.push((rim, at));
            pieces.push(std::mem::replace(&mut piece, vec![(-rim, at)]));
        }
        piece.push((lon, lat));
    }
    pieces.push(piece);
    pieces
}

fn on_sphere((lon, lat): LonLat) -> [f64; 3] {
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn on_globe([x, y, z]: [f64; 3]) -> LonLat {
    (y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn great_circle_ends_where_it_should_and_bends_polewards() {
        let path = great_circle((-77.0, 39.0), (2.0, 49.0));
        let (first, last) = (path[0], path[path.len() - 1]);
        assert!((first.0 + 77.0).abs() < 1e-9 && (last.1 - 49.0).abs() < 1e-9);
        assert!(path.iter().any(|p| p.1 > 49.5));
    }

    #[test]
    fn the_pacific_is_crossed_in_two_pieces() {
        let pieces = split_at_antimeridian(&great_circle((139.7, 35.7), (-122.4, 37.8)));
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].last().unwrap().0, 180.0);
        assert_eq!(pieces[1][0].0, -180.0);
        assert_eq!(pieces[0].last().unwrap().1, pieces[1][0].1);
    }
}
