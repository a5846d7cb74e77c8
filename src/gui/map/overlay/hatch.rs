//! Hatching: the fill that says a territory is disputed without taking a colour from anybody.

use bevy_egui::egui::Pos2;

/// Parallel strokes at 45° inside the rings (holes by the even-odd rule). `origin` is a point that
/// moves along with the map, so that the strokes do not swim when it is dragged.
pub fn hatch(rings: &[Vec<Pos2>], spacing: f32, origin: Pos2) -> Vec<[Pos2; 2]> {
    // In coordinates turned by 45°, u = x + y names a stroke and v = x - y a place along it.
    let turned: Vec<Vec<(f32, f32)>> =
        rings.iter().map(|ring| ring.iter().map(|p| (p.x + p.y, p.x - p.y)).collect()).collect();
    let us = turned.iter().flatten().map(|(u, _)| *u);
    let (low, high) = (us.clone().fold(f32::MAX, f32::min), us.fold(f32::MIN, f32::max));
    let phase = (origin.x + origin.y - low).rem_euclid(spacing);
    let strokes = ((high - low - phase) / spacing).max(0.0) as usize;
    (0..=strokes)
        .map(|i| low + phase + i as f32 * spacing)
        .flat_map(|u| {
            crossings(&turned, u)
                .chunks_exact(2)
                .map(|pair| [untwist(u, pair[0]), untwist(u, pair[1])])
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Where a stroke enters and leaves the rings, in order.
fn crossings(rings: &[Vec<(f32, f32)>], u: f32) -> Vec<f32> {
    let mut found: Vec<f32> = rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|((a, _), (b, _))| (*a <= u) != (*b <= u))
        .map(|((ua, va), (ub, vb))| va + (u - ua) / (ub - ua) * (vb - va))
        .collect();
    found.sort_by(f32::total_cmp);
    found
}

fn untwist(u: f32, v: f32) -> Pos2 {
    Pos2::new((u + v) / 2.0, (u - v) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_inside_and_out_of_the_hole() {
        let square = |low: f32, high: f32| {
            vec![Pos2::new(low, low), Pos2::new(high, low), Pos2::new(high, high), Pos2::new(low, high)]
        };
        let strokes = hatch(&[square(0.0, 100.0), square(40.0, 60.0)], 7.0, Pos2::ZERO);
        assert!(strokes.len() > 20);
        for [a, b] in strokes {
            let middle = a + (b - a) / 2.0;
            assert!((-0.01..=100.01).contains(&middle.x) && (-0.01..=100.01).contains(&middle.y));
            let in_hole = (40.1..59.9).contains(&middle.x) && (40.1..59.9).contains(&middle.y);
            assert!(!in_hole, "{middle:?}");
        }
    }
}
