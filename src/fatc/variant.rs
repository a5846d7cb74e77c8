//! The same case told otherwise: entries in another order, ids renamed. Nothing may change.

use std::collections::BTreeMap;

use crate::model::Theatre;
use crate::scenario::file::ScenarioFile;

/// A way of telling a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// As it is written.
    AsWritten,
    /// Lists in reverse order: parties, obligors, relations.
    Shuffled,
    /// Ids renamed so that their order is reversed.
    Reversed,
    /// Ids renamed so that their order is mixed, and lists in reverse order.
    Mixed,
}

impl Variant {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::AsWritten, Self::Shuffled, Self::Reversed, Self::Mixed];

    /// What it is called in reports of failures.
    pub fn noun(self) -> &'static str {
        match self {
            Self::AsWritten => "as written",
            Self::Shuffled => "with entries in reverse order",
            Self::Reversed => "with ids renamed in reverse order",
            Self::Mixed => "with ids renamed in mixed order and entries in reverse order",
        }
    }

    /// The file told so, and what each id has become.
    pub fn tell(self, file: &ScenarioFile) -> (ScenarioFile, BTreeMap<String, String>) {
        let mut file = file.clone();
        if matches!(self, Self::Shuffled | Self::Mixed) {
            shuffle(&mut file);
        }
        let names = match self {
            Self::AsWritten | Self::Shuffled => BTreeMap::new(),
            Self::Reversed => new_names(&file, |i, n| n - 1 - i),
            // Every other one first: neither the order of before nor its reverse.
            Self::Mixed => new_names(&file, |i, n| if i % 2 == 0 { i / 2 } else { n.div_ceil(2) + i / 2 }),
        };
        (rename(&file, &names), names)
    }
}

fn shuffle(file: &mut ScenarioFile) {
    file.relations.reverse();
    for relation in &mut file.relations {
        relation.from.reverse();
        relation.to.reverse();
    }
    for treaty in file.treaties.values_mut() {
        treaty.parties.reverse();
        treaty.open_to.reverse();
        treaty.replaces.reverse();
        treaty.known_to.reverse();
        for clause in treaty.clauses.values_mut() {
            clause.obligors.reverse();
            clause.beneficiaries.reverse();
            clause.trigger.against.reverse();
            clause.trigger.forms.reverse();
            clause.trigger.once_fighting.reverse();
            clause.trigger.conflicts.reverse();
            if let Theatre::Within { regions, states } = &mut clause.trigger.theatre {
                regions.reverse();
                states.reverse();
            }
        }
    }
    for conflict in file.conflicts.values_mut() {
        conflict.with_initiator.reverse();
        conflict.with_target.reverse();
        conflict.helping_initiator.reverse();
        conflict.helping_target.reverse();
    }
}

/// New ids for states and treaties; `place` gives the i-th of n its new place.
fn new_names(file: &ScenarioFile, place: impl Fn(usize, usize) -> usize) -> BTreeMap<String, String> {
    let renamed = |ids: Vec<&String>, kind: &str| -> Vec<(String, String)> {
        let n = ids.len();
        let new = ids.into_iter().enumerate();
        new.map(|(i, id)| (id.clone(), format!("{kind}-{:03}", place(i, n)))).collect()
    };
    let mut names = renamed(file.states.keys().collect(), "state");
    names.extend(renamed(file.treaties.keys().collect(), "treaty"));
    names.extend(renamed(file.regions.keys().collect(), "region"));
    names.extend(renamed(file.conflicts.keys().collect(), "conflict"));
    // Articles are told apart by their treaty.
    for (treaty, t) in &file.treaties {
        let articles = renamed(t.clauses.keys().collect(), "article");
        names.extend(articles.into_iter().map(|(old, new)| (format!("{treaty}/{old}"), new)));
    }
    names.into_iter().collect()
}

/// The file with every text that is just an id replaced.
fn rename(file: &ScenarioFile, names: &BTreeMap<String, String>) -> ScenarioFile {
    if names.is_empty() {
        return file.clone();
    }
    // Names stay, though one may look like an id.
    let mut file = file.clone();
    for state in file.states.values_mut() {
        state.name = format!(" {}", state.name);
    }
    for (treaty, t) in &mut file.treaties {
        let clauses = std::mem::take(&mut t.clauses);
        let new = |old: &String| names.get(&format!("{treaty}/{old}")).unwrap_or(old).clone();
        t.clauses = clauses.into_iter().map(|(old, clause)| (new(&old), clause)).collect();
    }
    let mut text = crate::scenario::write(&file);
    for (old, new) in names.iter().filter(|(old, _)| !old.contains('/')) {
        text = text.replace(&format!("\"{old}\""), &format!("\"{new}\""));
    }
    let none = |_: &str, _: &str| Err("a case stands alone".to_owned());
    let (read, _) = crate::scenario::parse_file("case", text.as_bytes(), &none);
    // What was written by the program is read again by it; were it not, the empty file would fail every case.
    let mut read = read.unwrap_or_default();
    for state in read.states.values_mut() {
        state.name = state.name.trim_start().to_owned();
    }
    read
}
