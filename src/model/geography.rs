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

/// A place as a point on the unit sphere, between which distances are quickly reckoned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place([f64; 3]);

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        let (lat, lon) = (position.lat.to_radians(), position.lon.to_radians());
        Self([libm::cos(lat) * libm::cos(lon), libm::cos(lat) * libm::sin(lon), libm::sin(lat)])
    }
}

impl Place {
    /// Great-circle distance in kilometres, from the chord between the two.
    pub fn distance_km(self, other: Self) -> f64 {
        let square: f64 = self.0.iter().zip(other.0).map(|(a, b)| (a - b) * (a - b)).sum();
        2.0 * EARTH_KM * libm::asin((square.sqrt() / 2.0).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moscow_to_pyongyang_is_about_6400_km() {
        let moscow = Position { lat: 55.76, lon: 37.62 };
        let pyongyang = Position { lat: 39.02, lon: 125.75 };
        let km = Place::from(moscow).distance_km(pyongyang.into());
        assert!((6350.0..6500.0).contains(&km), "{km}");
    }
}
