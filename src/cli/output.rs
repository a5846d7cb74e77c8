//! What a command hands back: text to print, or a failure that says what, where and what to do.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Findings were printed: exit code 1.
    Findings(String),
    /// It could not run: exit code 2.
    CouldNotRun(String),
    /// It could not run for all that was asked: what there is to print, and why not: exit code 2.
    Partly(String, String),
}

/// Prints a command's result and turns it into an exit code.
pub fn exit(result: Result<String, Failure>) -> ExitCode {
    match result {
        Ok(text) => print(&text, ExitCode::SUCCESS),
        Err(Failure::Findings(text)) => print(&text, ExitCode::from(1)),
        Err(Failure::CouldNotRun(message)) => complain(&message),
        Err(Failure::Partly(text, message)) => {
            print(&text, ExitCode::SUCCESS);
            complain(&message)
        }
    }
}

/// Says on standard error what could not be done; where nobody can read it, nothing is lost.
fn complain(message: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "casus: {message}");
    ExitCode::from(2)
}

/// Prints to standard output; a reader that has had enough (`| head`) is no failure.
fn print(text: &str, code: ExitCode) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("cannot write the output: {error}"))
        }
        _ => code,
    }
}

/// A JSON value as text that ends in a newline.
pub fn json_text(value: &serde_json::Value) -> String {
    // Values made here have text keys only, which is all that could fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Whether to use colours: on a terminal, unless NO_COLOR says no.
pub fn colours() -> bool {
    use std::io::IsTerminal;
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Text in an ANSI style ("1" bold, "31" red), if colours are used.
pub fn styled(text: &str, style: &str, colours: bool) -> String {
    if colours { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Text broken into lines of at most `width`, each indented by `indent` after the first.
pub fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().map_or(0, |l| l.chars().count());
        let room = width.saturating_sub(if lines.len() > 1 { indent } else { 0 });
        if last > 0 && last + 1 + word.chars().count() > room {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// Writes to a file that must not exist yet: nothing a user made is lost.
pub fn write_new(path: &Path, text: &str) -> Result<String, Failure> {
    let name = path.display();
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    let written = opened.and_then(|mut file| {
        // What could not be written whole is not left behind.
        file.write_all(text.as_bytes()).inspect_err(|_| _ = std::fs::remove_file(path))
    });
    written.map(|()| format!("written to {name}\n")).map_err(|error| {
        Failure::CouldNotRun(match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("`{name}` exists already; name another file, or remove it first")
            }
            std::io::ErrorKind::StorageFull => {
                format!("cannot write `{name}`: the disk is full; free some space, or name a file elsewhere")
            }
            _ => format!("cannot write `{name}`: {error}"),
        })
    })
}
