//! The layers that ARCHITECTURE.md describes, and the fence around determinism.

use std::fs;
use std::path::{Path, PathBuf};

/// Which modules each module may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("diagnostics", &[]),
    ("scenario", &["model", "diagnostics"]),
    ("dice", &["model"]),
    ("chronicle", &["model", "scenario"]),
    ("world", &["model", "scenario", "chronicle", "dice"]),
    ("rules", &["model", "scenario", "chronicle", "dice", "world"]),
    ("calibration", &["model", "scenario", "rules"]),
    ("engine", &["model", "scenario", "chronicle", "dice", "world", "rules"]),
    ("analysis", &["model", "scenario", "chronicle", "engine"]),
    ("fatc", &["model", "scenario", "chronicle", "engine", "analysis"]),
    ("table", &["model"]),
    ("ensemble", &["model", "diagnostics", "scenario", "chronicle", "world", "engine", "table"]),
    ("sweep", &["model", "diagnostics", "scenario", "engine", "ensemble", "table"]),
    (
        "cli",
        &[
            "model",
            "diagnostics",
            "scenario",
            "chronicle",
            "engine",
            "analysis",
            "fatc",
            "calibration",
            "ensemble",
            "sweep",
            "table",
        ],
    ),
    ("gui", &["model", "diagnostics", "scenario", "chronicle", "engine", "analysis", "world", "ensemble"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push((path.clone(), fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    files.sort();
    files
}

fn module(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("in src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The text without its tests.
fn program(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn modules_use_only_the_floors_below() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == own) else { continue };
        for part in program(&text).split("crate::").skip(1) {
            let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let known = MAY_USE.iter().any(|(name, _)| *name == used);
            if known && used != own && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_read_the_world_and_never_change_it() {
    for (path, text) in sources().iter().filter(|(path, _)| module(path) == "rules") {
        for forbidden in ["Query<", "Res<", "ResMut<", "Commands", "&mut Capability", "Desk", "world::spawn"]
        {
            assert!(!program(text).contains(forbidden), "{} has {forbidden}", path.display());
        }
    }
}

#[test]
fn files_are_opened_only_by_the_faces_of_the_program() {
    for (path, text) in sources() {
        let face = ["cli", "gui", "main", "table"].contains(&module(&path).as_str());
        assert!(face || !program(&text).contains("std::fs"), "{}", path.display());
    }
}

#[test]
fn the_engine_and_the_rules_know_no_particular_state() {
    for (path, text) in sources() {
        if ["engine", "rules", "world", "analysis"].contains(&module(&path).as_str()) {
            for code in ["\"RUS\"", "\"USA\"", "\"PRK\"", "\"DEU\"", "new-axis"] {
                assert!(!program(&text).contains(code), "{} names {code}", path.display());
            }
        }
    }
}

#[test]
fn the_simulation_has_no_clock_and_no_unordered_maps() {
    for (path, text) in sources() {
        if !["cli", "gui", "main"].contains(&module(&path).as_str()) {
            for forbidden in ["HashMap", "HashSet", "SystemTime", "Instant::now"] {
                assert!(!program(&text).contains(forbidden), "{} has {forbidden}", path.display());
            }
        }
    }
}

#[test]
fn the_code_map_names_every_module() {
    let page = include_str!("../../ARCHITECTURE.md");
    for (name, _) in MAY_USE {
        assert!(page.contains(&format!("`{name}")), "ARCHITECTURE.md does not name {name}");
    }
}
