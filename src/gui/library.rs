//! Scenarios and their maps for the window.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use super::map::Atlas;
use crate::diagnostics;
use crate::scenario::{self, Scenario, embedded};

/// The scenario of this name or path with its map, or what is wrong with it as text.
pub fn load(name: &str) -> Result<(Arc<Scenario>, Atlas), String> {
    let folder = Path::new(name).parent().map(Path::to_path_buf).unwrap_or_default();
    let find = |asking: &str, base: &str| match embedded(base) {
        Some(e) => Ok((base.to_owned(), e.source.as_bytes().to_vec())),
        None => {
            let path = Path::new(asking).parent().unwrap_or(Path::new("")).join(base);
            let full = std::fs::canonicalize(&path).unwrap_or(path);
            Ok((full.display().to_string(), read(&full)?))
        }
    };
    let bytes = match embedded(name) {
        Some(e) => e.source.as_bytes().to_vec(),
        None => read(Path::new(name))?,
    };
    let (scenario, findings) = scenario::parse(name, &bytes, &find);
    let Some(scenario) = scenario else {
        return Err(diagnostics::to_text(&findings, &scenario::text_of(&bytes)));
    };
    let atlas = match &scenario.map {
        Some(map) => own_map(&folder.join(map))?,
        None => Atlas::embedded(),
    };
    Ok((Arc::new(scenario), atlas))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path);
    // Maps may be larger than scenarios; nothing that is read here is larger than this.
    let all = opened.and_then(|file| file.take(64 << 20).read_to_end(&mut bytes));
    all.map(|_| bytes).map_err(|error| format!("cannot open `{}`: {error}", path.display()))
}

/// A scenario's own map: GeoJSON whose features have a text `id` and `name`.
fn own_map(path: &Path) -> Result<Atlas, String> {
    let bytes = read(path)?;
    let problem = |why: String| format!("the map `{}` cannot be used: {why}", path.display());
    let text = String::from_utf8(bytes).map_err(|_| problem("it is not text".into()))?;
    let atlas = Atlas::from_geojson(&text).map_err(|error| problem(error.to_string()))?;
    if atlas.territories.is_empty() {
        return Err(problem("it has no polygons with an `id` and a `name`".into()));
    }
    Ok(atlas)
}

/// Writes a new file in the working folder and says so; one that exists is never overwritten.
pub fn save_new(stem: &str, text: &str) -> String {
    for n in 1..1000 {
        let name = if n == 1 { format!("{stem}.ron") } else { format!("{stem}-{n}.ron") };
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(mut file) => {
                return match file.write_all(text.as_bytes()) {
                    Ok(()) => format!("Saved as {name}."),
                    Err(error) => format!("Cannot write {name}: {error}."),
                };
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return format!("Cannot write {name} in this folder: {error}."),
        }
    }
    format!("There are a thousand files called {stem} here; remove some.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_may_bring_its_own_borders() {
        let folder = std::env::temp_dir().join(format!("casus-map-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let scenario = folder.join("own.ron");
        std::fs::write(
            &scenario,
            r#"(format: 1, extends: "three-leagues", title: "Own", map: "own.geojson")"#,
        )
        .unwrap();
        assert!(load(&scenario.display().to_string()).unwrap_err().contains("own.geojson"));
        let map = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"id": "ALD", "name": "Aldmark"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}}]}"#;
        std::fs::write(folder.join("own.geojson"), map).unwrap();
        let (_, atlas) = load(&scenario.display().to_string()).unwrap();
        assert_eq!(atlas.territories.len(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
