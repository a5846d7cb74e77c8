//! From a GeoJSON file to territories in map units.

use std::collections::BTreeMap;

use bevy::prelude::Resource;
use geo::{Area, BoundingRect, Coord, Densify, Euclidean, InteriorPoint, LineString, LinesIter, MapCoords};
use geo::{MultiPolygon, Point, Polygon, Rect};
use geojson::{FeatureCollection, GeometryValue};

use super::projection::{project, unproject};
use crate::model::StateId;
use crate::scenario::{Scenario, State};

/// Edges longer than this many degrees are split, since a straight edge in longitude and latitude
/// (the 49th parallel, the antimeridian) is a curve on the map.
const LONGEST_EDGE: f64 = 2.0;

/// The land of one state, or an area over which there is a dispute.
#[derive(Debug)]
pub struct Territory {
    /// ISO 3166-1 alpha-3 code; none for land assigned to no state and for overlays.
    pub id: Option<String>,
    /// A short English name.
    pub name: String,
    /// What is disputed, in neutral words.
    pub disputed: Option<String>,
    /// Whether it only hatches land that is part of another territory here.
    pub overlay: bool,
    /// In map units.
    pub shape: MultiPolygon,
    /// Its coasts and borders, without what runs along the rim of the map.
    pub borders: Vec<Border>,
    /// Around all of it.
    pub bounds: Rect,
    /// Around the largest part only: what to show of a state whose islands are an ocean away.
    pub heartland: Rect,
    /// A point well inside the largest part: where the label goes.
    pub anchor: Point,
    /// The area of the largest part.
    pub area: f64,
}

/// A stretch of coast, or of the border with one neighbour.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// The territory beyond it, if it is land of this map.
    pub beyond: Option<usize>,
    /// In map units.
    pub path: Vec<Coord>,
}

/// All territories of the map, in the file's order.
#[derive(Resource, Debug)]
pub struct Atlas {
    /// The territories.
    pub territories: Vec<Territory>,
}

impl Atlas {
    /// The map that is part of the program.
    pub fn embedded() -> Self {
        const GEOJSON: &str = include_str!("../../../assets/map/world-110m.geojson");
        // A test reads it; without a map the window still shows discs and panels.
        Self::from_geojson(GEOJSON).unwrap_or(Self { territories: Vec::new() })
    }

    /// A map from GeoJSON text.
    pub fn from_geojson(text: &str) -> Result<Self, geojson::Error> {
        let features: FeatureCollection = text.parse()?;
        let mut territories: Vec<Territory> = features.features.iter().filter_map(territory).collect();
        trace_borders(&mut territories);
        Ok(Self { territories })
    }

    /// The territories that show a state of a scenario.
    pub fn of_state<'a>(&'a self, state: &'a State) -> impl Iterator<Item = &'a Territory> {
        self.territories
            .iter()
            .filter(|t| !t.overlay && t.id.as_ref().is_some_and(|id| state.territory.contains(id)))
    }

    /// The outline of a state: coasts and borders of its territories, but not what lies between two of them,
    /// since today's borders are not always those of a scenario.
    pub fn outline<'a>(&'a self, state: &'a State) -> impl Iterator<Item = &'a Border> {
        let own = |i: usize| self.territories[i].id.as_ref().is_some_and(|id| state.territory.contains(id));
        let borders = self.of_state(state).flat_map(|t| &t.borders);
        borders.filter(move |border| !border.beyond.is_some_and(own))
    }

    /// All coasts and borders but those within a state, each once.
    pub fn borders(&self, scenario: &Scenario) -> Vec<&Border> {
        let owners: Vec<Option<StateId>> =
            (0..self.territories.len()).map(|i| self.state_at(scenario, Some(i))).collect();
        let land = self.territories.iter().enumerate().filter(|(_, t)| !t.overlay);
        land.flat_map(|(i, t)| t.borders.iter().map(move |border| (i, border)))
            .filter(|(i, border)| match border.beyond {
                None => true,
                Some(beyond) => *i < beyond && (owners[*i].is_none() || owners[*i] != owners[beyond]),
            })
            .map(|(_, border)| border)
            .collect()
    }

    /// The state of a scenario that a territory shows.
    pub fn state_at(&self, scenario: &Scenario, territory: Option<usize>) -> Option<StateId> {
        let id = self.territories.get(territory?)?.id.as_ref()?;
        scenario.state_ids().find(|s| scenario.state(*s).territory.contains(id))
    }
}

fn territory(feature: &geojson::Feature) -> Option<Territory> {
    let text = |key| Some(feature.property(key)?.as_str()?.to_owned());
    let lon_lat = match &feature.geometry.as_ref()?.value {
        GeometryValue::Polygon { coordinates } => MultiPolygon(vec![polygon(coordinates)]),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().map(|rings| polygon(rings)).collect()
        }
        _ => return None,
    };
    let shape = Euclidean.densify(&lon_lat, LONGEST_EDGE).map_coords(|Coord { x, y }| project(x, y).into());
    let largest = shape.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    Some(Territory {
        id: text("id"),
        name: text("name")?,
        disputed: text("disputed"),
        overlay: feature.property("overlay").is_some_and(|value| value == true),
        bounds: shape.bounding_rect()?,
        heartland: largest.bounding_rect()?,
        anchor: largest.interior_point()?,
        area: largest.unsigned_area(),
        shape,
        borders: Vec::new(),
    })
}

/// An edge between two corners, whichever way it is walked. The map's file shares corners between
/// neighbours; rounding forgives what arithmetic does to the last digits.
fn edge(from: Coord, to: Coord) -> [(i64, i64); 2] {
    let key = |c: Coord| ((c.x * 100.0).round() as i64, (c.y * 100.0).round() as i64);
    let (a, b) = (key(from), key(to));
    [a.min(b), a.max(b)]
}

/// Parts the rings of all territories by what lies beyond them.
fn trace_borders(territories: &mut [Territory]) {
    let mut owners: BTreeMap<[(i64, i64); 2], Vec<usize>> = BTreeMap::new();
    for (i, territory) in territories.iter().enumerate().filter(|(_, t)| !t.overlay) {
        for line in territory.shape.lines_iter() {
            owners.entry(edge(line.start, line.end)).or_default().push(i);
        }
    }
    for (i, territory) in territories.iter_mut().enumerate() {
        let mut borders: Vec<Border> = Vec::new();
        for ring in territory.shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
            let mut joined = false;
            for line in ring.lines() {
                if on_rim(line.start) && on_rim(line.end) {
                    joined = false;
                    continue;
                }
                let sharing = owners.get(&edge(line.start, line.end));
                let beyond = sharing.and_then(|all| all.iter().copied().find(|other| *other != i));
                match borders.last_mut() {
                    Some(last) if joined && last.beyond == beyond => last.path.push(line.end),
                    _ => borders.push(Border { beyond, path: vec![line.start, line.end] }),
                }
                joined = true;
            }
        }
        territory.borders = borders;
    }
}

/// The antimeridian and the pole, where polygons are cut but no border runs.
fn on_rim(point: Coord) -> bool {
    unproject(point.x * (1.0 - 1e-9), point.y).is_none_or(|(lon, lat)| lon.abs() > 179.99 || lat < -89.9)
}

fn polygon(rings: &[Vec<geojson::Position>]) -> Polygon {
    let mut rings =
        rings.iter().map(|ring| ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect::<LineString>());
    let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(exterior, rings.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_know_each_other_and_islands_have_none() {
        let atlas = Atlas::embedded();
        let find = |id: &str| atlas.territories.iter().position(|t| t.id.as_deref() == Some(id)).unwrap();
        let borders = |id: &str| &atlas.territories[find(id)].borders;
        for (a, b) in [("DEU", "FRA"), ("UKR", "RUS"), ("USA", "CAN"), ("POL", "LTU")] {
            assert!(borders(a).iter().any(|border| border.beyond == Some(find(b))), "{a} and {b}");
        }
        assert!(borders("ISL").iter().all(|border| border.beyond.is_none()));
    }
}
