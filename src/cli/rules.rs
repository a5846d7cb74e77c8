//! `casus rules`.

use serde_json::json;

use super::Format;
use super::output::{colours, json_text, styled, wrapped};
use crate::scenario::{PARAMETERS, Parameter, Preset};

/// Every parameter of the rules: what it means, its unit, range, default and source, and which preset sets what.
pub fn rules(format: Format) -> String {
    let presets: Vec<_> = Preset::ALL.iter().map(|p| (p.name(), p.rules())).collect();
    let differing = |p: &Parameter| -> Vec<(&str, f64)> {
        let values = presets.iter().map(|(name, rules)| (*name, rules.value(p.name)));
        values.filter(|(_, value)| *value != p.default).collect()
    };
    if format == Format::Json {
        let rows = PARAMETERS.iter().map(|p| {
            let set: serde_json::Map<_, _> =
                differing(p).into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
            json!({
                "name": p.name, "meaning": p.meaning, "unit": p.unit, "default": p.default,
                "least": p.range.0, "greatest": p.range.1, "source": p.source, "presets": set,
            })
        });
        let modes: Vec<_> = presets
            .iter()
            .map(|(name, rules)| {
                json!({
                    "preset": name, "decision": rules.decision, "initiative": rules.initiative,
                    "both_sides": rules.both_sides,
                })
            })
            .collect();
        return json_text(&json!({ "parameters": rows.collect::<Vec<_>>(), "presets": modes }));
    }
    let mut text = "Parameters of the rules. A scenario sets them in `rules`, and --set rules/NAME=VALUE for one run.\n\n"
        .to_owned();
    for p in PARAMETERS {
        let name = styled(&format!("{:<22}", p.name), "1", colours());
        text += &format!("{name} {} ({} to {}), {}\n", p.default, p.range.0, p.range.1, p.unit);
        text += &format!("    {}\n    Source: {}.\n", wrapped(p.meaning, 96, 4), wrapped(p.source, 96, 4));
        let set = differing(p);
        if !set.is_empty() {
            let set: Vec<String> = set.iter().map(|(name, value)| format!("{name} {value}")).collect();
            text += &format!("    Presets that differ: {}.\n", set.join(", "));
        }
    }
    text += "\nHow each preset decides:\n";
    for (name, rules) in &presets {
        text += &format!(
            "  {name:<12} decision {:?}, initiative {:?}, bound to both sides: {}\n",
            rules.decision,
            rules.initiative,
            rules.both_sides.in_words()
        );
    }
    text
}
