//! The Equal Earth projection (Šavrič, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949).
//!
//! Equal-area, so that a state's weight on the map is its area and nothing else; with curved
//! meridians and straight parallels, so that it still looks like the world people remember.

use std::f64::consts::PI;

/// Map units per Earth radius. Only keeps numbers in a range where `f32` has precision to spare.
pub const RADIUS: f64 = 1000.0;

const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
/// √3 / 2: the parametric latitude's factor.
const M: f64 = 0.866_025_403_784_438_6;

/// Longitude and latitude in degrees to map units, y towards the north.
pub fn project(lon: f64, lat: f64) -> (f64, f64) {
    let theta = (M * lat.to_radians().sin()).asin();
    let x = lon.to_radians() * theta.cos() / (M * slope(theta));
    (RADIUS * x, RADIUS * height(theta))
}

/// Map units to longitude and latitude in degrees; `None` outside the globe's outline.
pub fn unproject(x: f64, y: f64) -> Option<(f64, f64)> {
    let target = y / RADIUS;
    // Newton's method: `height` is monotonic with slope near 1, so a handful of steps is exact.
    let theta = (0..12).fold(target, |theta, _| theta - (height(theta) - target) / slope(theta));
    let sin_lat = theta.sin() / M;
    let lon = x / RADIUS * M * slope(theta) / theta.cos();
    (sin_lat.abs() <= 1.0 && lon.abs() <= PI).then(|| (lon.to_degrees(), sin_lat.asin().to_degrees()))
}

fn height(theta: f64) -> f64 {
    let t2 = theta * theta;
    theta * (A[0] + A[1] * t2 + t2.powi(3) * (A[2] + A[3] * t2))
}

/// The derivative of [`height`], which the formula for x shares.
fn slope(theta: f64) -> f64 {
    let t2 = theta * theta;
    A[0] + 3.0 * A[1] * t2 + t2.powi(3) * (7.0 * A[2] + 9.0 * A[3] * t2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points() {
        assert_eq!(project(0.0, 0.0), (0.0, 0.0));
        // Reference values of d3.geoEqualEarthRaw.
        let (x, y) = project(180.0, 0.0);
        assert!((x - 2706.63).abs() < 0.01 && y == 0.0, "{x} {y}");
        let (_, y) = project(0.0, 90.0);
        assert!((y - 1317.36).abs() < 0.01, "{y}");
    }

    #[test]
    fn inverse_is_inverse() {
        for lon in (-180..=180).step_by(15) {
            for lat in (-85..=85).step_by(5) {
                let (x, y) = project(f64::from(lon), f64::from(lat));
                // A hair inside the outline: the rim itself may fall on either side of the test.
                let (lon2, lat2) = unproject(x * (1.0 - 1e-12), y).unwrap();
                assert!((lon2 - f64::from(lon)).abs() < 1e-6 && (lat2 - f64::from(lat)).abs() < 1e-6);
            }
        }
        assert_eq!(unproject(2700.0, 1300.0), None);
    }
}
