//! Scenarios and their maps for the window.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::map::Atlas;
use crate::diagnostics;
use crate::scenario::{self, EMBEDDED, Embedded, PAIRS, Scenario, embedded};

/// Why a scenario cannot be shown, in words.
#[derive(Debug)]
pub enum Unusable {
    /// It cannot be found or read.
    Missing(String),
    /// It is not in order.
    Wrong(String),
}

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (Self::Missing(text) | Self::Wrong(text)) = self;
        f.write_str(text)
    }
}

/// The embedded scenarios: their names and titles.
pub fn titles() -> &'static [(&'static str, String)] {
    static TITLES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
        // Of each only the title: neither its text nor a map is made for it. Those it extends are embedded too.
        let base = |_: &str, name: &str| {
            let found = embedded(name).map(|e| (name.to_owned(), e.source.into()));
            found.ok_or_else(String::new)
        };
        let title = |e: &Embedded| {
            let file = scenario::parse_file(e.name, e.source.as_bytes(), &base).0;
            (e.name, file.map_or(e.name.to_owned(), |f| f.title))
        };
        // Of the pairs, the ground on which they stand is nothing to play.
        EMBEDDED.iter().chain(&PAIRS[1..]).map(title).collect()
    });
    &TITLES
}

/// A scenario as it is opened.
#[derive(Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Its whole text, with what it extends.
    pub text: Arc<str>,
    /// Its map.
    pub atlas: Atlas,
}

/// The scenario of this name or path with its map.
pub fn load(name: &str) -> Result<Loaded, Unusable> {
    let folder = Path::new(name).parent().map(Path::to_path_buf).unwrap_or_default();
    let find = |asking: &str, base: &str| match embedded(base) {
        Some(e) => Ok((base.to_owned(), e.source.as_bytes().to_vec())),
        None => {
            let path = Path::new(asking).parent().unwrap_or(Path::new("")).join(base);
            let full = std::fs::canonicalize(&path).unwrap_or(path);
            let bytes = read(&full).map_err(|error| cannot_read(&full, &error))?;
            Ok((full.display().to_string(), bytes))
        }
    };
    let bytes = match embedded(name) {
        Some(e) => e.source.as_bytes().to_vec(),
        None => read(Path::new(name)).map_err(|e| Unusable::Missing(scenario::cannot_open(name, &e)))?,
    };
    let (read, findings) = scenario::parse_with_text(name, &bytes, &find);
    let Some((scenario, text)) = read else {
        return Err(Unusable::Wrong(diagnostics::to_text(&findings, &scenario::text_of(&bytes))));
    };
    let atlas = match &scenario.map {
        Some(map) => own_map(&folder.join(map)).map_err(Unusable::Wrong)?,
        None => Atlas::embedded(),
    };
    Ok(Loaded { scenario: Arc::new(scenario), text: text.into(), atlas })
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // Maps may be larger than scenarios; nothing that is read here is larger than this.
    std::fs::File::open(path)?.take(64 << 20).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn cannot_read(path: &Path, error: &std::io::Error) -> String {
    format!("cannot open `{}`: {error}", path.display())
}

/// A scenario's own map: GeoJSON whose features have a text `id` and `name`.
fn own_map(path: &Path) -> Result<Atlas, String> {
    let bytes = read(path).map_err(|error| cannot_read(path, &error))?;
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
    fn a_mistyped_name_is_answered_with_the_nearest_one() {
        let Err(Unusable::Missing(text)) = load("july-1941") else { panic!("it is missing") };
        assert!(text.contains("did you mean `july-1914`?"), "{text}");
    }

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
        assert!(load(&scenario.display().to_string()).unwrap_err().to_string().contains("own.geojson"));
        let map = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"id": "ALD", "name": "Aldmark"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}}]}"#;
        std::fs::write(folder.join("own.geojson"), map).unwrap();
        let atlas = load(&scenario.display().to_string()).unwrap().atlas;
        assert_eq!(atlas.territories.len(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
