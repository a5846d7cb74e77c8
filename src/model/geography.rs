//! Places and distances.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Latitude, -90 to 90, north positive.
    pub lat: f64,
    /// Longitude, -180 to 180, east positive.
    pub lon: f64,
}

/// The Earth's mean radius in kilometres.
const EARTH_KM: f64 = 6371.0;

/// Great-circle distance in kilometres, by the haversine formula.
pub fn great_circle_km(a: Position, b: Position) -> f64 {
    let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
    let cosines = a.lat.to_radians().cos() * b.lat.to_radians().cos();
    let h = half(a.lat, b.lat) + cosines * half(a.lon, b.lon);
    2.0 * EARTH_KM * h.min(1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moscow_to_pyongyang_is_about_6400_km() {
        let moscow = Position { lat: 55.76, lon: 37.62 };
        let pyongyang = Position { lat: 39.02, lon: 125.75 };
        let km = great_circle_km(moscow, pyongyang);
        assert!((6350.0..6500.0).contains(&km), "{km}");
    }
}
