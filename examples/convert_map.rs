//! Converts a world map from TopoJSON to the compact GeoJSON which the window draws.
//!
//! # Source and licence
//!
//! The input is `countries-110m.json` (or `countries-50m.json`, which works too) of the npm package `world-atlas`
//! 2.0.2 (ISC licence), which repackages Natural Earth 4.1.0 (public domain). To make the maps
//! again:
//!
//! ```text
//! npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//! cargo run --no-default-features --features convert-map --example convert_map -- \
//!     package/countries-110m.json > assets/map/world-110m.geojson
//! ```
//!
//! # Output
//!
//! A `FeatureCollection` in degrees with one feature a line, each a `MultiPolygon` with
//! counter-clockwise exteriors (RFC 7946), and these properties:
//!
//! * `id`: ISO 3166-1 alpha-3 code, `XKX` for Kosovo, or null for land assigned to no state and
//!   for overlays;
//! * `name`: a short English name;
//! * `disputed`: null, or a neutral note. Where it is not null the feature is to be hatched;
//! * `overlay`: true for an area drawn as hatching over the state (`shown_as`) it is part of here.
//!   Overlays come last, and their land is also in the state's own feature.
//!
//! # Steps
//!
//! 1. Decode the TopoJSON, join alpha-3 codes to its numeric ids, and leave out Antarctica.
//! 2. Leave out points which stand out from their border by less than rounding would move them.
//! 3. Cut the polygons which `world-atlas` stitched across the antimeridian at ±180°.
//! 4. Round to two decimals (three for a ring too small for that), drop points and rings which
//!    become nothing, and repair what rounding made cross itself. All rings are rounded before any
//!    are merged, so that neighbours keep one common border.
//! 5. Apply [`TRANSFERS`], merging each area into its state so that no border is left between.
//! 6. Check validity, and known places ([`PLACES`]) against the states they must lie in.
//!
//! # Borders
//!
//! Natural Earth draws who controls an area. Here borders follow resolutions of the United Nations
//! General Assembly where these speak to the matter: 68/262 (Crimea), 37/253 (Cyprus), ES-9/1
//! (Golan), 73/295 (Chagos), 49/18 (Mayotte), 34/37 (Western Sahara), 67/19 (Palestine) and 2065
//! (XX) (Falkland Islands/Malvinas). Other disputes are marked only. No judgement is implied.

use geo::algorithm::bool_ops::{BooleanOps, unary_union};
use geo::algorithm::orient::{Direction, Orient};
use geo::{
    Area, Contains, Coord, LineString, MultiPolygon, Point, Polygon, Rect, SimplifyIdx, Validation, coord,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use topojson::{TopoJson, Topology, to_geojson};

/// Codes of the areas to which the source gives a name but no numeric id of their own.
const IDS_BY_NAME: &[(&str, &str)] = &[
    ("Kosovo", "XKX"),
    ("Indian Ocean Ter.", "CCK"), // Christmas Island is parted from it below.
];

/// States and territories whose status as a whole is disputed or undetermined.
const DISPUTED: &[(&str, &str)] = &[
    ("ESH", "non-self-governing territory, final status undetermined; shown without prejudice"),
    ("FLK", "sovereignty disputed; shown without prejudice"),
    ("PSE", "final status and borders not yet agreed; shown without prejudice"),
    ("SGS", "sovereignty disputed; shown without prejudice"),
    ("TWN", "status disputed; shown without prejudice"),
    ("XKX", "status disputed; shown without prejudice"),
    ("Siachen Glacier", "no boundary agreed; shown without prejudice"),
];

/// Which part of a source feature a [`Transfer`] concerns.
enum Part {
    Whole,
    /// The polygon which holds a place, given as longitude and latitude.
    At(f64, f64),
    /// Whatever lies within an outline.
    Within(&'static [(f64, f64)]),
}

/// An area which the source has in `from` (a code, or a source name if it has none), shown here as
/// part of `to`, and hatched if `note` says something.
struct Transfer {
    name: &'static str,
    from: &'static str,
    part: Part,
    to: &'static str,
    note: Option<&'static str>,
}

/// Only some of these areas exist at each scale; [`PLACES`] checks the ones which must.
const TRANSFERS: &[Transfer] = &[
    Transfer {
        name: "Crimea",
        from: "RUS",
        part: Part::At(34.10, 44.95),
        to: "UKR",
        note: Some("status disputed; shown as in UN General Assembly resolution 68/262"),
    },
    Transfer {
        name: "Northern Cyprus",
        from: "N. Cyprus",
        part: Part::Whole,
        to: "CYP",
        note: Some("status disputed; shown as in UN General Assembly resolution 37/253"),
    },
    Transfer {
        name: "Somaliland",
        from: "Somaliland",
        part: Part::Whole,
        to: "SOM",
        note: Some("status disputed; shown without prejudice"),
    },
    Transfer {
        name: "Golan",
        from: "ISR",
        // The source has no line here. This one follows the Jordan and the eastern shore of the
        // Sea of Galilee by hand, to within a few kilometres.
        part: Part::Within(&[
            (36.20, 32.70),
            (36.20, 33.60),
            (35.66, 33.60),
            (35.66, 33.20),
            (35.63, 33.02),
            (35.62, 32.90),
            (35.65, 32.86),
            (35.65, 32.70),
        ]),
        to: "SYR",
        note: Some("status disputed; shown as in UN General Assembly resolution ES-9/1"),
    },
    Transfer {
        name: "Western Sahara west of the berm",
        from: "MAR",
        // South of 27°40' N, where the source's own border of Western Sahara begins.
        part: Part::Within(&[(-18.0, 20.0), (-8.0, 20.0), (-8.0, 27.66), (-18.0, 27.66)]),
        to: "ESH",
        note: None, // The whole territory is marked in `DISPUTED`.
    },
    Transfer {
        name: "Chagos Archipelago",
        from: "IOT",
        part: Part::Whole,
        to: "MUS",
        note: Some("status disputed; shown as in UN General Assembly resolution 73/295"),
    },
    Transfer {
        name: "Mayotte",
        from: "FRA",
        part: Part::At(45.15, -12.80),
        to: "COM",
        note: Some("status disputed; shown as in UN General Assembly resolution 49/18"),
    },
    Transfer {
        name: "Southern Kuril Islands",
        from: "RUS",
        part: Part::Within(&[(145.2, 43.2), (149.1, 43.2), (149.1, 45.6), (145.2, 45.6)]),
        to: "RUS",
        note: Some("status disputed; shown without prejudice"),
    },
    Transfer { name: "Christmas Island", from: "CCK", part: Part::At(105.65, -10.49), to: "CXR", note: None },
];

/// Names which differ from the source's, either out of date or not to be had from [`LONG_WORDS`].
const NAMES: &[(&str, &str)] = &[
    ("ATF", "French Southern Territories"),
    ("BLM", "Saint Barthélemy"),
    ("CCK", "Cocos (Keeling) Islands"),
    ("COD", "DR Congo"),
    ("FLK", "Falkland Islands (Malvinas)"),
    ("FRO", "Faroe Islands"),
    ("MAF", "Saint Martin"),
    ("MKD", "North Macedonia"),
    ("SGS", "South Georgia and the South Sandwich Islands"),
    ("STP", "São Tomé and Príncipe"),
    ("SWZ", "Eswatini"),
    ("TUR", "Türkiye"),
    ("USA", "United States"),
];

/// What the abbreviations in the source's names stand for.
const LONG_WORDS: &[(&str, &str)] = &[
    ("Barb.", "Barbuda"),
    ("Eq.", "Equatorial"),
    ("Fr.", "French"),
    ("Gren.", "the Grenadines"),
    ("Herz.", "Herzegovina"),
    ("I.", "Island"),
    ("Is.", "Islands"),
    ("N.", "Northern"),
    ("Rep.", "Republic"),
    ("S.", "South"),
    ("St.", "Saint"),
    ("Vin.", "Vincent"),
    ("W.", "Western"),
];

/// Places (longitude, latitude) and the one state whose feature must hold them.
const PLACES: &[(&str, f64, f64, &str)] = &[
    ("Simferopol", 34.10, 44.95, "UKR"),
    ("Sevastopol", 33.65, 44.58, "UKR"),
    ("Perekop", 33.69, 46.16, "UKR"),
    ("Kyiv", 30.52, 50.45, "UKR"),
    ("Donetsk", 37.80, 48.00, "UKR"),
    ("Moscow", 37.62, 55.75, "RUS"),
    ("Krasnodar", 38.98, 45.04, "RUS"),
    ("Anadyr, east of 180°", -175.0, 66.8, "RUS"),
    ("Bilibino, west of 180°", 166.4, 68.0, "RUS"),
    ("Nicosia", 33.25, 35.05, "CYP"),
    ("Kyrenia", 33.30, 35.30, "CYP"),
    ("Hargeisa", 44.06, 9.56, "SOM"),
    ("Mogadishu", 45.20, 2.20, "SOM"),
    ("Quneitra", 35.78, 33.05, "SYR"),
    ("Haifa", 35.10, 32.75, "ISR"),
    ("Ramallah", 35.25, 31.95, "PSE"),
    ("Marrakesh", -8.00, 31.63, "MAR"),
    ("Dakhla's hinterland", -15.0, 23.5, "ESH"),
    ("Smara", -11.67, 26.74, "ESH"),
    ("Pristina", 21.16, 42.66, "XKX"),
    ("Taichung", 120.70, 24.15, "TWN"),
    ("Falkland Sound", -58.80, -51.80, "FLK"),
    ("Lesotho, an enclave", 28.20, -29.60, "LSO"),
];

/// How far, in degrees, rounding to two decimals can move a point. Leaving out points which are no
/// further than this from the line between those left is no worse.
const TOLERANCE: f64 = 0.007;

type Rings = Vec<Vec<[f64; 2]>>;

struct State {
    name: String,
    land: MultiPolygon,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("which map? give the path of countries-110m.json or countries-50m.json of world-atlas")?;
    let text = std::fs::read_to_string(&path).map_err(|e| format!("cannot read {path}: {e}"))?;
    let mut states = read_states(&text).map_err(|e| format!("{path}: {e}"))?;
    let overlays = transfer(&mut states);
    check(&states)?;
    write(&states, &overlays);
    Ok(())
}

/// Reads the states of a TopoJSON text, keyed by alpha-3 code or, where there is none, by name.
fn read_states(text: &str) -> Result<BTreeMap<String, State>, Box<dyn Error>> {
    let TopoJson::Topology(mut topology) = text.parse::<TopoJson>()? else {
        return Err("not a TopoJSON topology".into());
    };
    simplify_arcs(&mut topology);
    let collection = to_geojson(&topology, "countries")
        .map_err(|e| format!("cannot decode the object \"countries\": {e:?}"))?;
    let mut states: BTreeMap<String, State> = BTreeMap::new();
    for feature in &collection.features {
        let feature = serde_json::to_value(feature)?;
        let name = feature["properties"]["name"]
            .as_str()
            .ok_or_else(|| format!("a feature without a name: id {}", feature["id"]))?;
        let number = feature["id"].as_str();
        if number == Some("010") {
            eprintln!("left out: Antarctica");
            continue;
        }
        let joined = number.and_then(rust_iso3166::from_numeric_str);
        let named = IDS_BY_NAME.iter().find(|(n, _)| *n == name);
        let id = match (joined, named) {
            (Some(country), _) => country.alpha3,
            (None, named) => {
                let id = named.map_or(name, |(_, id)| id);
                eprintln!("no ISO code for \"{name}\" (numeric id {number:?}): kept as \"{id}\"");
                id
            }
        };

        let coordinates = feature["geometry"]["coordinates"].clone();
        let polygons: Vec<Rings> = match feature["geometry"]["type"].as_str() {
            Some("Polygon") => serde_json::from_value(coordinates).map(|rings| vec![rings]),
            Some("MultiPolygon") => serde_json::from_value(coordinates),
            other => return Err(format!("{name}: geometry of type {other:?}").into()),
        }
        .map_err(|e| format!("{name}: unreadable coordinates: {e}"))?;
        let mut land = Vec::new();
        for rings in &polygons {
            let parts = clean(rings).map_err(|e| format!("{name}: {e}"))?;
            if parts.is_empty() {
                eprintln!("{name}: dropped a polygon without area near {:?}", rings[0][0]);
            }
            land.extend(parts);
        }

        match states.get_mut(id) {
            // The source lists Ashmore and Cartier Islands under Australia's number.
            Some(state) => {
                eprintln!("\"{name}\" has the id of \"{}\": joined to it", state.name);
                state.land.0.extend(land);
            }
            None => {
                let (name, land) = (full_name(id, name), MultiPolygon(land));
                states.insert(id.to_owned(), State { name, land });
            }
        }
    }
    Ok(states)
}

/// Thins out the arcs, of which borders consist and which neighbours have in common, as far as
/// [`TOLERANCE`] allows. Short arcs stay, so that no small island or enclave is lost.
fn simplify_arcs(topology: &mut Topology) {
    let Some(transform) = &topology.transform else {
        return; // Only quantized arcs are written as differences.
    };
    for arc in &mut topology.arcs {
        let (mut x, mut y) = (0.0, 0.0);
        let sum = |step: &Vec<f64>| {
            (x, y) = (x + step[0], y + step[1]);
            coord! { x: x, y: y }
        };
        let steps: Vec<_> = arc.iter().map(sum).collect();
        let scale = |c: &Coord| coord! { x: c.x * transform.scale[0], y: c.y * transform.scale[1] };
        let line: LineString = steps.iter().map(scale).collect();
        let kept = line.simplify_idx(TOLERANCE);
        if kept.len() < 8 {
            continue;
        }
        let mut last = Coord::zero();
        let difference = |&i: &usize| {
            let step = steps[i] - last;
            last = steps[i];
            vec![step.x, step.y]
        };
        *arc = kept.iter().map(difference).collect();
    }
}

fn full_name(id: &str, name: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(i, _)| *i == id) {
        return (*name).to_owned();
    }
    let lengthen = |word| match LONG_WORDS.iter().find(|&&(short, _)| short == word) {
        Some(&(_, long)) => long,
        None => word,
    };
    name.split(' ').map(lengthen).collect::<Vec<_>>().join(" ")
}

/// Makes rings as the source has them into sound polygons between -180° and 180°.
fn clean(rings: &Rings) -> Result<Vec<Polygon>, String> {
    let mut rings = rings.iter().map(|ring| unwrap_longitudes(ring));
    let exterior = rings.next().ok_or("a polygon without rings")?;
    let (Some(first), Some(last)) = (exterior.0.first(), exterior.0.last()) else {
        return Err("an empty ring".to_owned());
    };
    if (first.x - last.x).abs() > 1.0 || (first.y - last.y).abs() > 1e-6 {
        return Err(format!("a ring from {first:?} to {last:?} is not closed"));
    }
    let Some(exterior) = round_ring(&exterior) else {
        return Ok(Vec::new());
    };
    let polygon = Polygon::new(exterior, rings.filter_map(|ring| round_ring(&ring)).collect());
    let crosses = polygon.exterior().coords().any(|c| c.x.abs() > 180.0);
    if !crosses {
        return Ok(sound(MultiPolygon(vec![polygon])).0);
    }
    if !polygon.interiors().is_empty() {
        return Err("a polygon with holes crosses the antimeridian".to_owned());
    }
    let mut parts = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let window = Rect::new((turn - 180.0, -90.0), (turn + 180.0, 90.0)).to_polygon();
        let part = polygon.intersection(&window);
        parts.extend(map_coords(&part, |x, y| (x - turn, y)));
    }
    Ok(sound(MultiPolygon(parts)).0)
}

/// Undoes jumps from one edge of the map to the other, letting longitudes pass ±180°.
fn unwrap_longitudes(ring: &[[f64; 2]]) -> LineString {
    let mut last = ring.first().map_or(0.0, |p| p[0]);
    let unwrap = |&[x, y]: &[f64; 2]| {
        last = x - ((x - last) / 360.0).round() * 360.0;
        coord! { x: last, y: y }
    };
    ring.iter().map(unwrap).collect()
}

/// A ring rounded to two decimals, or to three if two would distort it, without repeated points;
/// nothing if it encloses nothing.
fn round_ring(ring: &LineString) -> Option<LineString> {
    let area = |ring: &LineString| Polygon::new(ring.clone(), Vec::new()).unsigned_area();
    let round_to = |unit: f64| {
        let mut points: Vec<_> = ring
            .coords()
            .map(|c| coord! { x: (c.x * unit).round() / unit, y: (c.y * unit).round() / unit })
            .collect();
        points.dedup();
        let mut ring = LineString::new(points);
        ring.close();
        ring
    };
    let (exact, coarse) = (area(ring), round_to(100.0));
    if exact < 1e-9 {
        return None;
    }
    let distorted = coarse.0.len() < 4 || (area(&coarse) / exact - 1.0).abs() > 0.2;
    let rounded = if distorted { round_to(1000.0) } else { coarse };
    (rounded.0.len() >= 4).then_some(rounded)
}

/// Repairs rings which cross or touch themselves, turns all the way RFC 7946 wants, and takes the
/// results of set operations, which are a little off, back to three decimals.
fn sound(mut land: MultiPolygon) -> MultiPolygon {
    for _ in 0..3 {
        land = MultiPolygon(map_coords(&land, |x, y| {
            ((x * 1000.0).round() / 1000.0, (y * 1000.0).round() / 1000.0)
        }));
        if land.is_valid() {
            break;
        }
        let repair = |p: &Polygon| {
            if p.is_valid() {
                return vec![p.clone()];
            }
            // Slivers which come of undoing a crossing are not land.
            let least = p.unsigned_area() / 1000.0;
            let parts = p.union(&MultiPolygon::new(Vec::new()));
            parts.into_iter().filter(|part| part.unsigned_area() > least).collect()
        };
        land = land.iter().flat_map(repair).collect();
    }
    land.orient(Direction::Default)
}

/// Maps every point, dropping points which then repeat the one before.
fn map_coords(land: &MultiPolygon, f: impl Fn(f64, f64) -> (f64, f64)) -> Vec<Polygon> {
    let map_ring = |ring: &LineString| {
        let mut points: Vec<_> = ring.coords().map(|c| f(c.x, c.y).into()).collect();
        points.dedup();
        LineString::new(points)
    };
    land.iter()
        .map(|p| Polygon::new(map_ring(p.exterior()), p.interiors().iter().map(map_ring).collect()))
        .filter(|p| p.exterior().0.len() >= 4)
        .collect()
}

/// Carries out [`TRANSFERS`], and gives back what is to be hatched.
fn transfer(states: &mut BTreeMap<String, State>) -> Vec<(&'static Transfer, MultiPolygon)> {
    let mut overlays = Vec::new();
    for transfer in TRANSFERS {
        let Transfer { name, from, part, to, note } = transfer;
        let Some(state) = states.get_mut(*from) else {
            eprintln!("{name}: not on this map");
            continue;
        };
        let land = std::mem::replace(&mut state.land, MultiPolygon(Vec::new()));
        let (area, rest) = match part {
            Part::Whole => (land, MultiPolygon(Vec::new())),
            Part::At(lon, lat) => {
                let place = Point::new(*lon, *lat);
                let (area, rest) = land.0.into_iter().partition(|p| p.contains(&place));
                (MultiPolygon(area), MultiPolygon(rest))
            }
            Part::Within(outline) => {
                // Touch only the polygons concerned, so that all others stay exactly as they are.
                let outline = Polygon::new(outline.to_vec().into(), Vec::new());
                let (mut area, mut rest) = (Vec::new(), Vec::new());
                for polygon in land {
                    let inside = polygon.intersection(&outline);
                    if inside.0.is_empty() {
                        rest.push(polygon);
                    } else {
                        area.extend(inside);
                        rest.extend(polygon.difference(&outline));
                    }
                }
                (sound(MultiPolygon(area)), sound(MultiPolygon(rest)))
            }
        };
        if area.0.is_empty() {
            eprintln!("{name}: not on this map");
            state.land = rest;
            continue;
        }
        if rest.0.is_empty() {
            states.remove(*from);
        } else {
            state.land = rest;
        }
        let target = states
            .entry((*to).to_owned())
            .or_insert_with(|| State { name: (*name).to_owned(), land: MultiPolygon(Vec::new()) });
        // Merge with the polygons which share points with the area; keep the others untouched.
        let shares = |p: &Polygon| {
            let of_area = |c| area.iter().any(|a| a.exterior().0.contains(c));
            p.exterior().coords().any(of_area)
        };
        let (near, far): (Vec<_>, Vec<_>) = target.land.0.drain(..).partition(shares);
        let merged = sound(unary_union(near.iter().chain(&area)));
        eprintln!("{name}: {from} to {to}, {} + {} polygons", near.len(), area.0.len());
        target.land = far.into_iter().chain(merged).collect();
        if note.is_some() {
            overlays.push((transfer, area));
        }
    }
    overlays
}

/// Fails if a geometry is unsound, or a place lies in another state than it must.
fn check(states: &BTreeMap<String, State>) -> Result<(), String> {
    for (id, state) in states {
        for polygon in &state.land {
            polygon.check_validation().map_err(|e| format!("{id}: not valid: {e}"))?;
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            for line in rings.flat_map(LineString::lines) {
                if line.dx().abs() > 90.0 {
                    return Err(format!("{id}: {line:?} spans the map"));
                }
            }
        }
    }
    for (place, lon, lat, wanted) in PLACES {
        let point = Point::new(*lon, *lat);
        let holds = |(_, state): &(_, &State)| state.land.contains(&point);
        let found: Vec<_> = states.iter().filter(holds).map(|(id, _)| id).collect();
        if found != [wanted] {
            return Err(format!("{place} is in {found:?}, and should be in {wanted} only"));
        }
    }
    let polygons: usize = states.values().map(|s| s.land.0.len()).sum();
    eprintln!("{} states and territories, {polygons} polygons, checked", states.len());
    Ok(())
}

/// Writes the map to the standard output.
fn write(states: &BTreeMap<String, State>, overlays: &[(&Transfer, MultiPolygon)]) {
    let mut lines = Vec::new();
    for (id, State { name, land }) in states {
        let note = DISPUTED.iter().find(|(i, _)| i == id).map(|(_, note)| note);
        let id = (id.len() == 3).then_some(id);
        let properties = json!({ "id": id, "name": name, "disputed": note });
        lines.push(feature(&properties, land));
    }
    for (Transfer { name, to, note, .. }, land) in overlays {
        let properties = json!({
            "id": null, "name": name, "disputed": note, "overlay": true, "shown_as": to,
        });
        lines.push(feature(&properties, land));
    }
    println!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", lines.join(",\n"));
}

fn feature(properties: &Value, land: &MultiPolygon) -> String {
    let ring = |ring: &LineString| ring.coords().map(|c| [c.x, c.y]).collect::<Vec<_>>();
    let polygon =
        |p: &Polygon| -> Rings { std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect() };
    let coordinates: Vec<Rings> = land.iter().map(polygon).collect();
    let geometry = json!({ "type": "MultiPolygon", "coordinates": coordinates });
    json!({ "type": "Feature", "properties": properties, "geometry": geometry }).to_string()
}
