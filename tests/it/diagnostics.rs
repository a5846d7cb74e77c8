//! Mistakes in files: every fixture's findings are as recorded.

use std::fs;
use std::path::Path;

use casus::diagnostics::to_text;
use casus::scenario;

use crate::support::library;

#[test]
fn every_fixture_is_rendered_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diagnostics");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "ron"))
        .collect();
    files.sort();
    assert!(files.len() >= 8);
    for path in files {
        let name = path.file_name().and_then(|n| n.to_str()).expect("a name");
        let bytes = fs::read(&path).expect("a fixture");
        let (_, findings) = scenario::parse(name, &bytes, &library);
        assert!(!findings.is_empty(), "{name} has no mistakes");
        insta::assert_snapshot!(
            format!("findings-{name}"),
            to_text(&findings, &String::from_utf8_lossy(&bytes))
        );
    }
}

#[test]
fn binary_and_huge_files_get_one_plain_finding() {
    for bytes in [vec![0xff, 0xfe, 0, 1, 2], vec![b'('; 9 << 20]] {
        let (scenario, findings) = scenario::parse("x", &bytes, &library);
        assert!(scenario.is_none());
        assert_eq!(findings.items().len(), 1);
    }
}

#[test]
fn deeply_nested_text_is_refused() {
    let text = format!("(format: 1, title: {}", "(".repeat(100_000));
    let (scenario, findings) = scenario::parse("x", text.as_bytes(), &library);
    assert!(scenario.is_none() && findings.has_errors());
}

#[test]
fn editors_get_lines_and_columns() {
    let text = "(\n    format: 1,\n    title: \"x\",\n    statez: {},\n)";
    let (_, findings) = scenario::parse("x.ron", text.as_bytes(), &library);
    let json = casus::diagnostics::to_json(&findings, text);
    let all = json.as_array().expect("a list");
    let unknown = all.iter().find(|d| d["code"] == "E004").expect("an unknown field");
    assert_eq!((&unknown["line"], &unknown["column"]), (&4.into(), &5.into()));
    assert_eq!(unknown["help"], "did you mean `states`?");
    assert!(all.iter().any(|d| d["message"] == "the field `turns` is missing"));
}
