//! Which territory lies under a point.

use geo::{Contains, Intersects, Point};

use super::geometry::Atlas;

impl Atlas {
    /// The territory that contains this point, in map units. The boxes are compared first, which
    /// leaves two or three polygons to test: a few microseconds, cheap enough for every mouse move.
    pub fn at(&self, point: Point) -> Option<usize> {
        self.territories.iter().position(|territory| {
            !territory.overlay && territory.bounds.intersects(&point) && territory.shape.contains(&point)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::map::projection::project;

    #[test]
    fn capitals_are_in_their_states() {
        let atlas = Atlas::embedded();
        for (id, lon, lat) in [
            ("DEU", 13.4, 52.5),
            ("RUS", 37.6, 55.8),
            ("CHN", 116.4, 39.9),
            ("ZAF", 25.0, -29.0),
            // General Assembly resolution 68/262.
            ("UKR", 34.1, 44.95),
        ] {
            let found = atlas.at(project(lon, lat).into()).and_then(|i| atlas.territories[i].id.as_deref());
            assert_eq!(found, Some(id));
        }
        assert_eq!(atlas.at(project(-30.0, 30.0).into()), None, "the Atlantic belongs to nobody");
    }
}
