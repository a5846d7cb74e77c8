//! The program as its users start it.

use std::process::{Command, Output};

fn casus(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casus"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("the program runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn list_names_every_embedded_scenario() {
    let output = casus(&["list"]);
    assert!(output.status.success());
    for e in casus::scenario::EMBEDDED {
        assert!(text(&output).contains(e.name));
    }
}

#[test]
fn run_prints_json_with_the_promised_keys() {
    let output = casus(&["run", "three-leagues", "--seed", "1", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for key in ["scenario", "seed", "replicate", "turns_played", "facts", "belligerents", "metrics", "digest"]
    {
        assert!(!value[key].is_null(), "{key}");
    }
    let defence = &value["reliability"]["Defense"];
    let number = |key: &str| defence[key].as_u64().unwrap_or_else(|| panic!("{key} in {defence}"));
    let ends = ["honoured", "partial", "reneged", "lapsed", "open"].map(number);
    assert!(number("due") > 0 && ends.iter().sum::<u64>() == number("due"));
    for key in ["id", "turn", "date", "phase", "kind", "actors", "text", "because"] {
        assert!(!value["facts"][0][key].is_null(), "{key}");
    }
    for key in ["state", "conflict", "side", "turn", "date", "fact"] {
        assert!(!value["belligerents"][0][key].is_null(), "{key}");
    }
}

#[test]
fn explain_names_article_conditions_options_and_verdict() {
    let output = casus(&["explain", "july-1914", "--state", "Germany", "--seed", "1"]);
    let told = text(&output);
    for part in ["Article 1", "Text:", "Met:", "Options:", "Drawn:", "Verdict:"] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

#[test]
fn exit_codes_tell_clean_from_findings_from_failure() {
    assert_eq!(casus(&["validate", "july-1914"]).status.code(), Some(0));
    let broken = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/diagnostics/unknown-references.ron");
    assert_eq!(casus(&["validate", broken]).status.code(), Some(1));
    let missing = casus(&["validate", "july-1941"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("did you mean `july-1914`?"));
}

#[test]
fn an_unknown_state_is_answered_with_a_suggestion() {
    let output = casus(&["explain", "july-1914", "--state", "Germny"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `Germany`?"));
}

#[test]
fn an_existing_output_is_not_overwritten() {
    let path = std::env::temp_dir().join(format!("casus-{}.txt", std::process::id()));
    std::fs::write(&path, "mine").expect("a file");
    let name = path.display().to_string();
    let output = casus(&["run", "three-leagues", "-o", &name]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), "mine");
    std::fs::remove_file(&path).expect("the file is removed");
}

#[test]
fn without_a_display_the_scenario_is_told_as_text() {
    let output = casus(&["open", "three-leagues"]);
    assert!(output.status.success());
    assert!(text(&output).contains("Corvane enters"), "{}", text(&output));
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim().lines().count(), 1);
}

#[test]
fn the_schema_describes_the_format() {
    let output = casus(&["schema"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(value["properties"]["treaties"].is_object());
}

#[test]
fn every_field_of_the_format_is_documented() {
    let schema = casus::scenario::json_schema();
    let page = include_str!("../../docs/scenario-format.md");
    let mut missing = Vec::new();
    let mut open = vec![&schema];
    while let Some(value) = open.pop() {
        if let Some(properties) = value.get("properties").and_then(|p| p.as_object()) {
            missing.extend(
                properties
                    .keys()
                    .filter(|k| !page.contains(&format!("`{k}`")) && !page.contains(&format!("{k}:"))),
            );
        }
        match value {
            serde_json::Value::Object(map) => open.extend(map.values()),
            serde_json::Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    missing.retain(|k| k.chars().next().is_some_and(char::is_lowercase));
    assert!(missing.is_empty(), "not in docs/scenario-format.md: {missing:?}");
}

#[test]
fn calibrate_says_what_is_missing_and_where_it_comes_from() {
    let output = casus(&["calibrate", "no-such-folder"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    for part in ["joiners.csv", "correlatesofwar.org", "docs/calibration.md"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}
