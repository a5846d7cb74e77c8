//! `casus list`.

use serde_json::json;

use super::Format;
use super::library::load;
use super::output::{Failure, colours, json_text, styled, wrapped};
use crate::scenario::EMBEDDED;

/// Names the embedded scenarios and says what they are about.
pub fn list(format: Format) -> Result<String, Failure> {
    let all = EMBEDDED.iter().map(|e| load(e.name, format)).collect::<Result<Vec<_>, _>>()?;
    if format == Format::Json {
        let rows: Vec<_> = all
            .iter()
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
    Ok(text)
}
