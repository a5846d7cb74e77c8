//! The scenarios that are part of the program, so that it works from any folder.

use crate::diagnostics;

/// A scenario that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Embedded {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its RON text.
    pub source: &'static str,
}

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(Embedded { name: $name, source: include_str!(concat!("../../scenarios/", $name, ".ron")) }),*]
    };
}

/// All embedded scenarios; the first is the one the program opens with.
pub const EMBEDDED: &[Embedded] = embed![
    "new-axis-2024",
    "ussr-dprk-1961",
    "july-1914",
    "poland-1939",
    "korea-1950",
    "suez-1956",
    "kuwait-1990",
    "taiwan-strait",
    "baltic-article-5",
    "three-leagues",
];

/// Pairs of embedded scenarios that differ in one thing each, so that what one mechanism does can be told from all else:
/// each, and the same `-without`. The first is the ground on which they all stand.
pub const PAIRS: &[Embedded] = embed![
    "pairs/grey-sea",
    "pairs/partnership",
    "pairs/partnership-without",
    "pairs/automaticity",
    "pairs/automaticity-without",
    "pairs/signals",
    "pairs/signals-without",
    "pairs/covert-supply",
    "pairs/covert-supply-without",
    "pairs/war-support",
    "pairs/war-support-without",
    "pairs/sanctions",
    "pairs/sanctions-without",
    "pairs/arms-race",
    "pairs/arms-race-without",
    "pairs/multipolar",
    "pairs/multipolar-without",
    "pairs/constitution",
    "pairs/constitution-without",
    "pairs/deterrence",
    "pairs/deterrence-without",
    "pairs/munitions",
    "pairs/munitions-without",
    "pairs/abandonment",
    "pairs/abandonment-without",
];

/// The embedded scenario of this name.
pub fn embedded(name: &str) -> Option<&'static Embedded> {
    EMBEDDED.iter().chain(PAIRS).find(|e| e.name == name)
}

/// Why no scenario could be opened by this name or path, and what to try: one sentence for every face of
/// the program.
pub fn cannot_open(name: &str, error: &std::io::Error) -> String {
    // A path is not mistaken for a name.
    let known = diagnostics::closest(name, EMBEDDED.iter().chain(PAIRS).map(|e| e.name));
    let hint = match known {
        Some(known) => format!("did you mean `{known}`?"),
        None => "`casus list` names the embedded scenarios".to_owned(),
    };
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file and no embedded scenario of this name".to_owned()
        }
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    format!("cannot open `{name}`: {why}; {hint}")
}
