//! The suite as a book of cases.

use super::case::{CaseFile, Expected, SectionFile};
use crate::model::{Response, Verdict};
use crate::scenario::file::{ClauseFile, TreatyFile};

/// The book, in Markdown.
pub fn book(sections: &[SectionFile]) -> String {
    let count: usize = sections.iter().map(|s| s.cases.len()).sum();
    let real = sections.iter().flat_map(|s| s.cases.values()).filter(|c| c.real).count();
    let mut out = format!(
        "# FATC: the foederis adjudication test cases\n\n\
         {count} cases of what treaties oblige states to do, each with the article in question, what happens, what must \
         come of it and why; {real} of them are drawn from real disputes. They are data (`tests/fatc/`), so that other \
         programs can run them too. `casus fatc` runs them all, `casus fatc 3` a section, `casus fatc 3.02` a case.\n\n\
         Unless a case says otherwise it is read by the text alone: what is owed is done, and nobody does more. \
         Every case is played four times: as written, with its entries in reverse order, and twice with its states and \
         treaties renamed. Nothing may change.\n\n\
         This page is made by `casus fatc --book`.\n\n"
    );
    for section in sections {
        out += &format!("- [{}. {}](#{})\n", section.section, section.title, anchor(section));
    }
    for section in sections {
        out += &format!("\n## {}. {}\n\n{}\n", section.section, section.title, section.about);
        for (number, case) in &section.cases {
            out += &of_case(number, case);
        }
    }
    out
}

fn anchor(section: &SectionFile) -> String {
    let title = format!("{}. {}", section.section, section.title).to_lowercase();
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn of_case(number: &str, case: &CaseFile) -> String {
    let mut out = format!("\n### {number} {}\n\n", case.title);
    for treaty in case.treaties.values() {
        out += &of_treaty(treaty, case);
    }
    for pledge in case.pledges.values() {
        out += &format!("> *Outside any treaty.* {}\n\n", pledge.text);
    }
    let wars: Vec<String> = case.conflicts.values().map(|c| format!("{} is under way.", c.name)).collect();
    let events: Vec<String> = case.injects.values().map(|i| i.text.clone()).collect();
    let story = [wars, events].concat();
    if !story.is_empty() {
        out += &format!("**What happens.** {}\n\n", story.join(" "));
    }
    out += "**What must come of it.**\n\n";
    for expected in case.expect.iter().filter(|e| !matches!(e, Expected::Says(..))) {
        out += &format!("- {}\n", sentence(expected, case));
    }
    out += &format!("\n**Why.** {}\n", case.reasoning);
    if !case.sources.is_empty() {
        out += &format!("\n*Sources:* {}\n", case.sources.join("; "));
    }
    out
}

fn of_treaty(treaty: &TreatyFile, case: &CaseFile) -> String {
    let mut out = String::new();
    let parties: Vec<String> = treaty.parties.iter().map(|id| name(id, case)).collect();
    let secret = if treaty.secret { ", secret" } else { "" };
    out += &format!("> *{}* ({}{secret}).", treaty.name, parties.join(", "));
    for (article, ClauseFile { text, .. }) in &treaty.clauses {
        let article = if article.starts_with(|c: char| c.is_ascii_digit()) {
            format!("Article {article}")
        } else {
            article.replace('-', " ")
        };
        out += &format!(" {article}: {text}");
    }
    out + "\n\n"
}

fn name(id: &str, case: &CaseFile) -> String {
    case.states.get(id).and_then(|s| s.name.clone()).unwrap_or_else(|| id.to_owned())
}

/// What must come of a case, in a sentence.
fn sentence(expected: &Expected, case: &CaseFile) -> String {
    let n = |id: &str| capital(&name(id, case));
    let m = |id: &str| name(id, case);
    let treaty = |id: &str| case.treaties.get(id).map_or_else(|| id.to_owned(), |t| t.name.clone());
    let under = |u: &Option<String>| match u {
        None => String::new(),
        Some(u) => match u.split_once('/') {
            Some((t, article)) => format!(" under article {article} of the {}", treaty(t)),
            None => format!(" under the {}", treaty(u)),
        },
    };
    let names = |list: &[String]| list.iter().map(|id| m(id)).collect::<Vec<_>>().join(", ");
    match expected {
        Expected::Owed { by, to, under: u, turn } => {
            let when = turn.map_or(String::new(), |t| format!(", in turn {t}"));
            format!("What {} promised is owed to {}{}{when}.", m(by), m(to), under(u))
        }
        Expected::NotOwed { by, to, under: u, because } => {
            let why: Vec<&str> = because.iter().map(|c| c.wanting()).collect();
            format!("What {} promised is not owed to {}{}: {}.", m(by), m(to), under(u), why.join("; "))
        }
        Expected::NotTested { by, to } => {
            format!("No question arises of what {} promised to {}.", m(by), m(to))
        }
        Expected::Sides { initiator, target } => {
            format!("{} fight against {}, and nobody else.", capital(&names(initiator)), names(target))
        }
        Expected::Enters { state, side, turn } => {
            let side = match side {
                crate::model::Side::Initiator => "on the side of the state that used force first",
                crate::model::Side::Target => "on the side of the state that was attacked",
            };
            format!("{} enters {side} in turn {turn}.", n(state))
        }
        Expected::StaysOut(state) => format!("{} does not fight.", n(state)),
        Expected::Does(state, Response::Abstain) => format!("{} stands aside.", n(state)),
        Expected::Does(state, response) => {
            format!("The most that {} does is to {}.", m(state), response.verb())
        }
        Expected::Judged(state, verdict) => {
            let judged = match verdict {
                Verdict::Compliant => "has done what it owed",
                Verdict::BeyondObligation => "has done more than it owed",
                Verdict::Breach => "has fallen short of what it owed",
                Verdict::NotTriggered => "owed nothing and broke no promise",
            };
            format!("{} {judged}.", n(state))
        }
        Expected::NotJudged(state) => format!("The conduct of {} is not in question.", m(state)),
        Expected::Breaks { by, to } => format!("{} breaks its promise to {}.", n(by), m(to)),
        Expected::BreaksNothing(state) => format!("{} breaks no promise.", n(state)),
        Expected::Invoked { treaty: t, by, by_obligor, after_performance } => {
            let after = if *after_performance { ", after it has already acted" } else { "" };
            match by_obligor {
                true => format!("{} declares that the {} applies{after}.", n(by), treaty(t)),
                false => format!("{} invokes the {}.", n(by), treaty(t)),
            }
        }
        Expected::ReadOtherwise { observer, by, to, owed } => {
            let owes = if *owed { "owes" } else { "does not owe" };
            format!("{} holds otherwise: that {} {owes} {} help.", n(observer), m(by), m(to))
        }
        Expected::Fulfilled { by, to, how } => {
            format!("What {} owed to {} is {}.", m(by), m(to), how.noun())
        }
        Expected::Lapses { by, to } => format!("What {} owed to {} lapses.", m(by), m(to)),
        Expected::BoundToBoth { state, side } => match side {
            Some(_) => format!("{} is bound to both sides, and the rule tells which comes first.", n(state)),
            None => format!("{} is bound to both sides, and does not fight.", n(state)),
        },
        Expected::Domestic { state, result, crosses } => {
            let result = match result {
                crate::model::Domestic::Approved => "consents",
                crate::model::Domestic::Permitted => "permits it, for the case holds that the law names",
                crate::model::Domestic::Refused => "refuses",
                crate::model::Domestic::Barred => "forbids it",
            };
            let crosses = if *crosses { ", and so is in conflict with the treaty" } else { "" };
            format!("The constitutional process of {} {result}{crosses}.", m(state))
        }
        Expected::InForce(t, turn) => format!("The {} is in force in turn {turn}.", treaty(t)),
        Expected::NotInForce(t, turn) => format!("The {} is not in force in turn {turn}.", treaty(t)),
        Expected::Blames(observer, blamed) => format!("{} holds that {} began.", n(observer), m(blamed)),
        Expected::Leaves(state, turn) => format!("{} leaves the war in turn {turn}.", n(state)),
        Expected::Peace => "In the end there is peace.".into(),
        Expected::Never(kind) => format!("Nowhere is there a fact of the kind `{kind}`."),
        Expected::Says(_, text) => text.clone(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
