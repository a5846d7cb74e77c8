//! Territories, borders, graticule and globe as Bevy meshes in map units.

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, Mesh, PrimitiveTopology};
use earcut::Earcut;
use geo::{Coord, CoordsIter, MultiPolygon, Polygon};

use super::geometry::Border;
use super::projection::project;

/// The filled shape, triangulated.
pub fn fill(shape: &MultiPolygon) -> Mesh {
    let (mut positions, mut indices) = (Vec::new(), Vec::new());
    let (mut earcut, mut triangles) = (Earcut::new(), Vec::<u32>::new());
    for polygon in shape {
        let first = positions.len() as u32;
        let (points, holes) = flatten(polygon);
        earcut.earcut_slice(&points, &holes, &mut triangles);
        positions.extend(points.iter().map(|[x, y]| [*x as f32, *y as f32, 0.0]));
        indices.extend(triangles.iter().map(|index| first + index));
    }
    mesh(PrimitiveTopology::TriangleList, positions).with_inserted_indices(Indices::U32(indices))
}

/// Borders and coasts as one list of hairlines: always one pixel wide at any zoom, in a single draw call.
pub fn borders(borders: &[&Border]) -> Mesh {
    let pairs = borders.iter().flat_map(|border| border.path.windows(2)).flatten();
    mesh(PrimitiveTopology::LineList, pairs.copied().map(vertex).collect())
}

/// Meridians and parallels every `step` degrees.
pub fn graticule(step: u32) -> Mesh {
    let meridians = (-180..=180)
        .step_by(step as usize)
        .map(|lon| (-90..=90).step_by(2).map(|lat| (lon, lat)).collect::<Vec<_>>());
    let parallels = (-90 + step as i32..90)
        .step_by(step as usize)
        .map(|lat| (-180..=180).step_by(4).map(|lon| (lon, lat)).collect::<Vec<_>>());
    let positions = meridians
        .chain(parallels)
        .flat_map(|path| {
            path.windows(2).flat_map(|pair| [on_map(pair[0]), on_map(pair[1])]).collect::<Vec<_>>()
        })
        .collect();
    mesh(PrimitiveTopology::LineList, positions)
}

/// The whole globe's outline, filled: the ocean.
pub fn globe() -> Mesh {
    let east = (-90..=90).map(|lat| (180, lat));
    let west = (-90..=90).rev().map(|lat| (-180, lat));
    let rim: Vec<[f32; 3]> = east.chain(west).map(on_map).collect();
    // Convex, so a fan around its first corner covers it.
    let fan = (1..rim.len() as u32 - 1).flat_map(|i| [0, i, i + 1]).collect();
    mesh(PrimitiveTopology::TriangleList, rim).with_inserted_indices(Indices::U32(fan))
}

fn mesh(topology: PrimitiveTopology, positions: Vec<[f32; 3]>) -> Mesh {
    // Nothing on the CPU reads these meshes again: picking works on the polygons.
    Mesh::new(topology, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
}

/// A polygon's corners without the repeated closing ones, and where each hole starts.
fn flatten(polygon: &Polygon) -> (Vec<[f64; 2]>, Vec<u32>) {
    let (mut points, mut holes) = (Vec::with_capacity(polygon.coords_count()), Vec::new());
    let open = |ring: &geo::LineString| ring.0[..ring.0.len().saturating_sub(1)].to_vec();
    points.extend(open(polygon.exterior()).iter().map(|c| [c.x, c.y]));
    for hole in polygon.interiors() {
        holes.push(points.len() as u32);
        points.extend(open(hole).iter().map(|c| [c.x, c.y]));
    }
    (points, holes)
}

fn vertex(point: Coord) -> [f32; 3] {
    [point.x as f32, point.y as f32, 0.0]
}

fn on_map((lon, lat): (i32, i32)) -> [f32; 3] {
    let (x, y) = project(f64::from(lon), f64::from(lat));
    [x as f32, y as f32, 0.0]
}
