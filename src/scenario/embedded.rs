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

/// The embedded scenario of this name.
pub fn embedded(name: &str) -> Option<&'static Embedded> {
    EMBEDDED.iter().find(|e| e.name == name)
}

/// Why no scenario could be opened by this name or path, and what to try: one sentence for every face of
/// the program.
pub fn cannot_open(name: &str, error: &std::io::Error) -> String {
    // A path is not mistaken for a name.
    let known = diagnostics::closest(name, EMBEDDED.iter().map(|e| e.name));
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
