//! Changing one thing in a scenario by its path: `rules/obligation=2`, `treaties/nato/clauses/5/automaticity=Automatic`,
//! `treaties/nato=absent`.
//!
//! A change is made in the text of the scenario, and the text is read again: so it is checked as if an author had
//! written it, with the same findings.

use std::fmt;
use std::ops::Range;

use super::locate::Places;
use super::rules::Preset;
use crate::diagnostics::closest;

/// One thing that is to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Where: the fields and ids on the way there, parted by `/`; list elements are numbered from 0.
    pub path: String,
    /// What is to stand there, in RON; `absent` takes it away.
    pub value: String,
}

/// The value that takes an entry away.
const ABSENT: &str = "absent";

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.path, self.value)
    }
}

impl std::str::FromStr for Change {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, value) = text.split_once('=').unwrap_or((text, ""));
        let (path, value) = (path.trim().trim_matches('/'), value.trim());
        if path.is_empty() || value.is_empty() {
            return Err(format!(
                "`{text}` is no change; write it as path=value, for instance rules/obligation=2"
            ));
        }
        Ok(Self { path: path.to_owned(), value: value.to_owned() })
    }
}

impl Change {
    /// Another preset of the rules, with the overrides left out.
    pub fn preset(preset: Preset) -> Self {
        Self { path: "rules".into(), value: format!("(preset: {})", preset.name()) }
    }

    /// The text of a scenario with this change, or why there is nothing to change. With an entry that is taken away
    /// goes what would make no sense without it: an event that acts on it, an expectation of it.
    pub fn make(&self, text: &str) -> Result<String, String> {
        let mut text = self.make_alone(text)?;
        if self.value == ABSENT
            && let Some((kind, id)) = self.path.split_once('/')
        {
            while let Some(path) = mention(&text, kind, id) {
                // What goes with it takes along what names it in turn.
                text = Self { path, value: ABSENT.into() }.make(&text)?;
            }
        }
        Ok(text)
    }

    fn make_alone(&self, text: &str) -> Result<String, String> {
        let places = Places::of(text);
        let absent = self.value == ABSENT;
        if let Some(place) = places.get(&self.path).filter(|_| places.holds(&self.path)).cloned() {
            let hole = if absent { with_comma(text, place.key.start..place.value.end) } else { place.value };
            let value = if absent { "" } else { &self.value };
            return Ok(format!("{}{value}{}", &text[..hole.start], &text[hole.end..]));
        }
        let (parent, key) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let around = match parent {
            "" => Some(places.opening()..text.trim_end().len()),
            parent => places.holds(parent).then(|| places.value(parent)),
        };
        let closing = around.clone().map(|a| &text[a]).and_then(|value| value.chars().next_back());
        // What is left out because it is as usual can be given; what the parent does not know is found on reading.
        let entry = match closing {
            Some(')') if !absent => format!("{key}: {}", self.value),
            Some('}') if !absent => format!("{key:?}: {}", self.value),
            _ => return Err(self.names_nothing(&places)),
        };
        let end = around.map_or(0, |a| a.end) - 1;
        let before = text[..end].trim_end();
        let comma = if before.ends_with([',', '(', '{']) { "" } else { "," };
        Ok(format!("{before}{comma} {entry}{}", &text[end..]))
    }

    /// How far the path leads, and what there is from there on.
    fn names_nothing(&self, places: &Places) -> String {
        let mut known = String::new();
        for part in self.path.split('/') {
            let next = if known.is_empty() { part.to_owned() } else { format!("{known}/{part}") };
            if places.holds(&next) {
                known = next;
                continue;
            }
            let fields: Vec<&str> = places.fields(&known).collect();
            let within = if known.is_empty() { "the scenario".to_owned() } else { format!("`{known}`") };
            let help = match (closest(part, fields.iter().copied()), fields.len()) {
                (Some(meant), _) => format!("; did you mean `{meant}`?"),
                (None, 0) => String::new(),
                (None, 1..=12) => format!("; there is {}", fields.join(", ")),
                (None, n) => format!("; there are {n} others, from {} to {}", fields[0], fields[n - 1]),
            };
            return format!("`{}` names nothing: {within} has no `{part}`{help}", self.path);
        }
        format!("`{}` names nothing that can be changed", self.path)
    }
}

/// What makes no sense without an entry that is not there any more: the event, expectation or list element that names it.
fn mention(text: &str, kind: &str, id: &str) -> Option<String> {
    let places = Places::of(text);
    let (quoted, key) = (format!("{id:?}"), format!("/{id}"));
    let of_state = kind == "states";
    places.all().find_map(|(path, place)| {
        let parts: Vec<&str> = path.split('/').collect();
        let named = text[place.value.clone()] == quoted;
        match parts[..] {
            // What is said of each state, in a treaty that has several.
            ["treaties", _, .., field, _]
                if of_state && path.ends_with(&key) && !["clauses", "readings"].contains(&field) =>
            {
                Some(path.to_owned())
            }
            _ if !named => None,
            ["injects" | "expect", which, ..] => Some(format!("{}/{which}", parts[0])),
            ["transfers", which, "from" | "to"] => Some(format!("transfers/{which}")),
            ["norms", which, "on", _] if places.fields(&format!("norms/{which}/on")).count() == 1 => {
                Some(format!("norms/{which}"))
            }
            ["transfers", _, "under"] | ["norms", _, _, _] | ["treaties", _, "replaces", _] => {
                Some(path.to_owned())
            }
            ["treaties", _, "clauses", _, "trigger", "conflicts", _] => Some(path.to_owned()),
            ["states", state, "may_fight_if", ..] => Some(format!("states/{state}/may_fight_if")),
            _ if of_state => mention_of_state(&places, path, &parts),
            _ => None,
        }
    })
}

/// The same where it is a state that is named: its place in a list goes and, where a list without it would mean something
/// else or nothing, what the list belongs to.
fn mention_of_state(places: &Places, path: &str, parts: &[&str]) -> Option<String> {
    let list = path.rsplit_once('/').map_or("", |(list, _)| list);
    let left = places.fields(list).count().saturating_sub(1);
    let whole = |depth: usize| Some(parts[..depth].join("/"));
    match parts {
        ["states", _, "territory", ..] => None,
        ["pledges", _, "by" | "to"] | ["conflicts", _, "initiator" | "target" | "place"] => whole(2),
        ["treaties", _, "parties", _] if left < 2 => whole(2),
        ["relations", _, "from" | "to", _] | ["pledges", _, "against", _] if left == 0 => whole(2),
        ["treaties", treaty, "clauses", _, field, .., _] if left == 0 => match *field {
            "readings" => whole(6),
            _ if places.fields(&format!("treaties/{treaty}/clauses")).count() == 1 => whole(2),
            _ => whole(4),
        },
        ["relations" | "treaties" | "pledges" | "conflicts", _, .., _] => Some(path.to_owned()),
        _ => None,
    }
}

/// A field or entry with the comma after it.
fn with_comma(text: &str, hole: Range<usize>) -> Range<usize> {
    let rest = &text[hole.end..];
    let blank = rest.len() - rest.trim_start().len();
    let comma = rest.trim_start().starts_with(',');
    hole.start..hole.end + if comma { blank + 1 } else { 0 }
}

/// The paths of all plain numbers of a scenario's text, with their values, in the order of the paths.
pub fn numbers(text: &str) -> Vec<(String, f64)> {
    let places = Places::of(text);
    let number = |(path, place): (&str, &super::Place)| {
        let value: f64 = text[place.value.clone()].parse().ok()?;
        Some((path.to_owned(), value))
    };
    places.all().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        r#"(rules: (audience: 0.5), treaties: {"t": (clauses: {"5": (strength: Exact(1.0))}), "u": ()})"#;

    fn made(change: &str) -> Result<String, String> {
        change.parse::<Change>().and_then(|c| c.make(TEXT))
    }

    #[test]
    fn what_is_there_is_replaced_and_what_is_left_out_is_given() {
        assert!(made("rules/audience=2").unwrap().contains("(audience: 2)"));
        assert!(
            made("treaties/t/clauses/5/strength=Between(0.1,0.2,0.3)")
                .unwrap()
                .contains("Between(0.1,0.2,0.3)")
        );
        assert!(made("treaties/t/clauses/5/strength/0=0.5").unwrap().contains("Exact(0.5)"));
        assert!(made("rules/obligation=1").unwrap().contains("(audience: 0.5, obligation: 1)"));
        assert!(made("turns=3").unwrap().ends_with("\"u\": ()}, turns: 3)"));
        assert!(made("treaties/u/secret=true").unwrap().contains("\"u\": ( secret: true)"));
    }

    #[test]
    fn an_entry_can_be_taken_away() {
        let without = made("treaties/t=absent").unwrap();
        assert!(!without.contains("\"t\"") && without.contains("\"u\""), "{without}");
        Places::of(&without);
    }

    #[test]
    fn what_named_an_entry_that_is_taken_away_goes_with_it() {
        let text = r#"(treaties: {"t": (), "u": ()}, transfers: {"x": (from: "A", under: "t")},
            injects: {"i": (act: EndTransfer("x")), "j": (condition: Happened("i"))})"#;
        let without = |path: &str| path.parse::<Change>().and_then(|c| c.make(text)).unwrap();
        let no_treaty = without("treaties/t=absent");
        assert!(!no_treaty.contains("under") && no_treaty.contains("\"x\""), "{no_treaty}");
        let no_transfer = without("transfers/x=absent");
        assert!(!no_transfer.contains("\"i\"") && !no_transfer.contains("\"j\""), "{no_transfer}");
    }

    #[test]
    fn a_state_that_is_taken_away_is_named_nowhere() {
        let text = r#"(states: {"A": (), "B": (), "C": (territory: ["A"])}, relations: [
            (from: ["A"], to: ["B"], hostility: 0.5), (from: ["B"], to: ["A", "C"], affinity: 0.5)], treaties: {
            "pair": (parties: ["A", "B"]), "three": (parties: ["A", "B", "C"], joined: {"A": "1990-01-01"}, clauses: {
            "1": (trigger: (against: ["A"])), "2": (trigger: (against: ["A", "C"]))})},
            pledges: {"p": (by: "A", to: "B"), "q": (by: "B", to: "C", against: ["A"])},
            conflicts: {"w": (initiator: "B", target: "C", with_target: ["A"])},
            injects: {"i": (act: EntryIntoForce("pair"))})"#;
        let without = "states/A=absent".parse::<Change>().and_then(|c| c.make(text)).unwrap();
        let squeezed = without.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            squeezed,
            r#"(states: { "B": (), "C": (territory: ["A"])}, relations: [ (from: ["B"], to: [ "C"], affinity: 0.5)], treaties: { "three": (parties: [ "B", "C"], joined: {}, clauses: { "2": (trigger: (against: [ "C"]))})}, pledges: { }, conflicts: {"w": (initiator: "B", target: "C", with_target: [])}, injects: {})"#
        );
    }

    #[test]
    fn a_path_that_names_nothing_says_how_far_it_leads() {
        let error = made("treaties/v/clauses/5/strength=1").unwrap_err();
        assert!(error.contains("`treaties` has no `v`"), "{error}");
        assert!(made("treaties/v=absent").unwrap_err().contains("names nothing"));
        assert!(made("nonsense").unwrap_err().contains("path=value"));
    }

    #[test]
    fn numbers_are_found_with_their_paths() {
        let found = numbers(TEXT);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], ("treaties/t/clauses/5/strength/0".to_owned(), 1.0));
    }
}
