//! `casus fatc`.

use std::path::Path;

use serde_json::json;

use super::output::{Failure, colours, json_text, styled, wrapped};
use super::{FatcArgs, Format, library};
use crate::fatc::{self, CaseFile, SectionFile};

/// Runs the adjudication test cases, or prints them as a book.
pub fn fatc(args: &FatcArgs, format: Format) -> Result<String, Failure> {
    let sections = match &args.file {
        Some(path) => vec![from_file(path)?],
        None => fatc::sections().map_err(Failure::CouldNotRun)?,
    };
    if args.book {
        return Ok(fatc::book(&sections));
    }
    let chosen = choose(&sections, args.which.as_deref())?;
    let results: Vec<(&str, &CaseFile, Vec<String>)> =
        chosen.into_iter().map(|(number, case)| (number, case, fatc::run(number, case))).collect();
    let failed = results.iter().filter(|(.., wrong)| !wrong.is_empty()).count();
    let text = match format {
        Format::Json => {
            let rows = results.iter().map(|(number, case, wrong)| {
                json!({"case": number, "title": case.title, "real": case.real, "passed": wrong.is_empty(), "failures": wrong})
            });
            json_text(&json!({"cases": rows.collect::<Vec<_>>(), "failed": failed}))
        }
        Format::Text => text(&sections, &results, args.which.is_some(), failed),
    };
    if failed > 0 { Err(Failure::Findings(text)) } else { Ok(text) }
}

fn from_file(path: &Path) -> Result<SectionFile, Failure> {
    let shown = path.display();
    let bytes =
        library::read(path).map_err(|e| Failure::CouldNotRun(format!("cannot open `{shown}`: {e}")))?;
    let text = String::from_utf8_lossy(&bytes);
    fatc::read(&shown.to_string(), &text).map_err(|why| {
        Failure::CouldNotRun(format!(
            "`{shown}` is not a file of cases: {why}; see tests/fatc for how one looks"
        ))
    })
}

/// The cases that were asked for, by section or number; all if nothing was.
fn choose<'s>(
    sections: &'s [SectionFile],
    which: Option<&str>,
) -> Result<Vec<(&'s str, &'s CaseFile)>, Failure> {
    let all = sections.iter().flat_map(|s| s.cases.iter().map(move |(n, c)| (s.section, n.as_str(), c)));
    let section = which.and_then(|w| w.parse::<u32>().ok());
    let wanted = |s: u32, n: &str| which.is_none_or(|w| n == w || section == Some(s));
    let chosen: Vec<_> = all.filter(|(s, n, _)| wanted(*s, n)).map(|(_, n, c)| (n, c)).collect();
    if chosen.is_empty() {
        let last = sections.last().map_or(0, |s| s.section);
        let which = which.unwrap_or_default();
        return Err(Failure::CouldNotRun(format!(
            "there is no section or case `{which}`: sections run from 1 to {last}, cases are numbered like 1.01"
        )));
    }
    Ok(chosen)
}

fn text(
    sections: &[SectionFile],
    results: &[(&str, &CaseFile, Vec<String>)],
    told: bool,
    failed: usize,
) -> String {
    let mut out = String::new();
    let mut heading = None;
    for (number, case, wrong) in results {
        let section = sections.iter().find(|s| s.cases.contains_key(*number));
        if section.map(|s| s.section) != heading {
            heading = section.map(|s| s.section);
            let title = section.map_or(String::new(), |s| format!("{}. {}", s.section, s.title));
            out += &format!("{}\n", styled(&title, "1", colours()));
        }
        let (word, style) = if wrong.is_empty() { ("ok    ", "32") } else { ("FAILED", "31") };
        out += &format!("{number} {} {}\n", styled(word, style, colours()), wrapped(&case.title, 86, 12));
        for failure in wrong {
            out += &format!("            {}\n", wrapped(failure, 96, 14));
        }
        if told && results.len() == 1 {
            out += &format!("            {}\n", wrapped(&case.reasoning, 96, 12));
        }
    }
    let n = results.len();
    out + &match failed {
        0 if n == 1 => "the case comes out as it must, told in four ways\n".to_owned(),
        0 => format!("{n} cases, each told in four ways: all come out as they must\n"),
        f => format!("{f} of {n} cases do not come out as they must\n"),
    }
}
