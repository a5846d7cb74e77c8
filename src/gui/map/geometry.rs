//! From a GeoJSON file to territories in map units.

use bevy::prelude::Resource;
use geo::{Area, BoundingRect, Coord, Densify, Euclidean, InteriorPoint, LineString, MapCoords};
use geo::{MultiPolygon, Point, Polygon, Rect};
use geojson::{FeatureCollection, GeometryValue};

use super::projection::project;
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
    /// Around all of it.
    pub bounds: Rect,
    /// Around the largest part only: what to show of a state whose islands are an ocean away.
    pub heartland: Rect,
    /// A point well inside the largest part: where the label goes.
    pub anchor: Point,
    /// The area of the largest part.
    pub area: f64,
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
        let territories = features.features.iter().filter_map(territory).collect();
        Ok(Self { territories })
    }

    /// The territories that show a state of a scenario.
    pub fn of_state<'a>(&'a self, state: &'a State) -> impl Iterator<Item = &'a Territory> {
        self.territories
            .iter()
            .filter(|t| !t.overlay && t.id.as_ref().is_some_and(|id| state.territory.contains(id)))
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
    })
}

fn polygon(rings: &[Vec<geojson::Position>]) -> Polygon {
    let mut rings =
        rings.iter().map(|ring| ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect::<LineString>());
    let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(exterior, rings.collect())
}
