//! `casus list`.

use serde_json::json;

use super::Format;
use super::library::load;
use super::output::{Failure, colours, json_text, styled, wrapped};
use crate::scenario::{EMBEDDED, Embedded, PAIRS};

/// Names the embedded scenarios and says what they are about.
pub fn list(format: Format) -> Result<String, Failure> {
    let load_all =
        |list: &[Embedded]| list.iter().map(|e| load(e.name, format)).collect::<Result<Vec<_>, _>>();
    let (all, pairs) = (load_all(EMBEDDED)?, load_all(PAIRS)?);
    if format == Format::Json {
        let rows: Vec<_> = all
            .iter()
            .chain(&pairs)
            .map(|s| {
                json!({
                    "name": s.name, "title": s.title, "summary": s.summary,
                    "start": s.calendar.start, "turns": s.turns,
                    "states": s.states.len(), "treaties": s.treaties.len(),
                })
            })
            .collect();
        return Ok(json_text(&json!(rows)));
    }
    let mut text = String::new();
    for s in &all {
        let counts = format!("{} states, {} treaties, {} turns", s.states.len(), s.treaties.len(), s.turns);
        let name = styled(&format!("{:<16}", s.name), "1", colours());
        text += &format!("{name} {} ({counts})\n    {}\n", s.title, wrapped(&s.summary, 96, 4));
    }
    text += "\nPairs that differ in one mechanism each; compare NAME with NAME-without:\n";
    for s in pairs.iter().filter(|s| s.name != PAIRS[0].name && !s.name.ends_with("-without")) {
        let name = styled(&format!("{:<22}", s.name), "1", colours());
        text += &format!("{name} {}\n", wrapped(&s.summary, 74, 23));
    }
    Ok(text)
}
