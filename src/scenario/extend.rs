//! `extends`: a scenario told as the difference from another.

use super::file::ScenarioFile;
use super::read::{self, Read};
use crate::diagnostics::Diagnostics;

/// Finds the scenario that another extends: from the name of the asking one and the base as it is written
/// there to the base's own name and bytes; an error says why there is none.
pub type Library<'a> = dyn Fn(&str, &str) -> Result<(String, Vec<u8>), String> + 'a;

/// How many scenarios may stand one on another.
const MOST_LAYERS: usize = 16;

/// Reads a file and, if it extends another, lays it over that one. Where there is no base, the file's own
/// findings still come.
pub fn read_extended(
    name: &str,
    bytes: &[u8],
    library: &Library,
    out: &mut Diagnostics,
) -> Option<Read<ScenarioFile>> {
    read_layer(bytes, library, &mut vec![name.to_owned()], out)
}

fn read_layer(
    bytes: &[u8],
    library: &Library,
    above: &mut Vec<String>,
    out: &mut Diagnostics,
) -> Option<Read<ScenarioFile>> {
    let source = read::decode(bytes, out)?;
    let mut read = read::read::<ScenarioFile>(source, out);
    let Some(file) = read.file.take() else { return Some(read) };
    let Some(base_name) = file.extends.clone() else {
        read.file = Some(file);
        return Some(read);
    };
    let span = read.places.value("extends");
    let asking = above.last().cloned().unwrap_or_default();
    let (found, base_bytes) = match library(&asking, &base_name) {
        Ok(found) => found,
        Err(why) => {
            out.add_bad_base(span, &base_name, &why);
            return None;
        }
    };
    let circle = above.contains(&found);
    above.push(found);
    if circle {
        out.add_cycle(span, format!("scenarios extend each other in a circle: {}", above.join(" -> ")));
        return None;
    }
    if above.len() > MOST_LAYERS {
        out.add_bad_base(
            span,
            &base_name,
            &format!("more than {MOST_LAYERS} scenarios stand one on another"),
        );
        return None;
    }
    let mut base_out = Diagnostics::new(base_name.clone());
    let base = read_layer(&base_bytes, library, above, &mut base_out).and_then(|r| r.file);
    let Some(base) = base.filter(|_| !base_out.has_errors()) else {
        if let Some(circle) = base_out.items().iter().find(|d| d.code == "E108") {
            out.add_cycle(span, circle.message.clone());
            return None;
        }
        // Why, if it is that there is no such base; otherwise it can be looked at by itself.
        let why = base_out.items().iter().find(|d| ["E002", "E109"].contains(&d.code));
        let why =
            why.map_or("it has mistakes of its own; validate it first".to_owned(), |d| d.message.clone());
        out.add_bad_base(span, &base_name, &why);
        return None;
    };
    read.file = Some(lay_over(file, base, &read.places, out));
    Some(read)
}

/// What `top` gives is added to `base` or replaces it, entry by entry.
fn lay_over(
    top: ScenarioFile,
    mut base: ScenarioFile,
    places: &super::Places,
    out: &mut Diagnostics,
) -> ScenarioFile {
    for (i, path) in top.remove.iter().enumerate() {
        if !remove(&mut base, path) {
            let span = places.value(&format!("remove/{i}"));
            let known = paths(&base);
            out.add_unknown_reference(span, "entry", path, known.iter().map(String::as_str));
        }
    }
    base.relations.retain(|b| !top.relations.iter().any(|t| t.from == b.from && t.to == b.to));
    let list = |top: Vec<String>, base: Vec<String>| if top.is_empty() { base } else { top };
    let text = |top: String, base: String| if top.is_empty() { base } else { top };
    let mut merged = ScenarioFile {
        format: top.format,
        extends: None,
        remove: Vec::new(),
        title: top.title,
        summary: text(top.summary, base.summary),
        background: text(top.background, base.background),
        learning_goals: list(top.learning_goals, base.learning_goals),
        questions: list(top.questions, base.questions),
        limits: list(top.limits, base.limits),
        start: top.start.or(base.start),
        turn: top.turn.or(base.turn),
        turns: top.turns.or(base.turns),
        seed: top.seed.or(base.seed),
        map: top.map.or(base.map),
        view: top.view.or(base.view),
        sources: base.sources,
        rules: top.rules.over(base.rules),
        regions: base.regions,
        states: base.states,
        // First, so that findings about them point to where they are.
        relations: top.relations,
        treaties: base.treaties,
        pledges: base.pledges,
        conflicts: base.conflicts,
        transfers: base.transfers,
        norms: base.norms,
        multipolar_from: top.multipolar_from.or(base.multipolar_from),
        offers: top.offers || base.offers,
        injects: base.injects,
        expect: if top.expect.is_empty() { base.expect } else { top.expect },
    };
    merged.sources.extend(top.sources);
    merged.regions.extend(top.regions);
    merged.states.extend(top.states);
    merged.relations.extend(base.relations);
    merged.treaties.extend(top.treaties);
    merged.pledges.extend(top.pledges);
    merged.conflicts.extend(top.conflicts);
    merged.transfers.extend(top.transfers);
    merged.norms.extend(top.norms);
    merged.injects.extend(top.injects);
    merged
}

fn remove(base: &mut ScenarioFile, path: &str) -> bool {
    match path.split_once('/') {
        Some(("sources", id)) => base.sources.remove(id).is_some(),
        Some(("regions", id)) => base.regions.remove(id).is_some(),
        Some(("states", id)) => base.states.remove(id).is_some(),
        Some(("treaties", id)) => base.treaties.remove(id).is_some(),
        Some(("pledges", id)) => base.pledges.remove(id).is_some(),
        Some(("conflicts", id)) => base.conflicts.remove(id).is_some(),
        Some(("transfers", id)) => base.transfers.remove(id).is_some(),
        Some(("norms", id)) => base.norms.remove(id).is_some(),
        Some(("injects", id)) => base.injects.remove(id).is_some(),
        _ => false,
    }
}

/// The paths of all entries that can be removed.
fn paths(file: &ScenarioFile) -> Vec<String> {
    fn under<'a>(kind: &'a str, ids: impl Iterator<Item = &'a String>) -> Vec<String> {
        ids.map(|id| format!("{kind}/{id}")).collect()
    }
    [
        under("treaties", file.treaties.keys()),
        under("pledges", file.pledges.keys()),
        under("conflicts", file.conflicts.keys()),
        under("transfers", file.transfers.keys()),
        under("norms", file.norms.keys()),
        under("injects", file.injects.keys()),
        under("states", file.states.keys()),
        under("regions", file.regions.keys()),
        under("sources", file.sources.keys()),
    ]
    .concat()
}
