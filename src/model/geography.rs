//! Places and distances.

use geo::{Distance, Haversine, Point};
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

/// Great-circle distance in kilometres on a sphere of the Earth's mean radius.
pub fn great_circle_km(a: Position, b: Position) -> f64 {
    Haversine.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat)) / 1000.0
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
