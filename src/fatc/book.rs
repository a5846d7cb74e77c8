//! The suite as a book of cases.

use super::case::{CaseFile, Expected, SectionFile};
use crate::chronicle::join_words;
use crate::model::{Decision, Response, Strength, Verdict, WarPowers};
use crate::scenario::file::TreatyFile;

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
    let given = given(case);
    if !given.is_empty() {
        out += &format!("**Given.** {}.\n\n", given.join("; "));
    }
    let wars = case.conflicts.values().map(|c| {
        let side = |first: &String, others: &[String]| {
            let all: Vec<String> = std::iter::once(first).chain(others).map(|id| name(id, case)).collect();
            join_words(&all)
        };
        let (began, attacked) = (side(&c.initiator, &c.with_initiator), side(&c.target, &c.with_target));
        format!("{} is under way, begun by {began} against {attacked}.", capital(&c.name))
    });
    let wars: Vec<String> = wars.collect();
    let events = case.injects.values().map(|i| {
        let assumed = if i.hypothetical { "Hypothetical: " } else { "" };
        format!("{assumed}{}", i.text)
    });
    let events: Vec<String> = events.collect();
    let story = [wars, events].concat();
    if !story.is_empty() {
        out += &format!("**What happens.** {}\n\n", story.join(" "));
    }
    out += "**What must come of it.**\n\n";
    for expected in case.expect.iter().filter(|e| !matches!(e, Expected::Says(..) | Expected::SaysNot(..))) {
        out += &format!("- {}\n", sentence(expected, case));
    }
    out += &format!("\n**Why.** {}\n", case.reasoning);
    if !case.sources.is_empty() {
        out += &format!("\n*Sources:* {}\n", case.sources.join("; "));
    }
    out
}

/// What a case sets that is not in its treaties: rules and war powers.
fn given(case: &CaseFile) -> Vec<String> {
    let mut given = Vec::new();
    if let Some(preset) = case.rules.preset {
        given.push(format!("the rules are those of `{}`", preset.name()));
    }
    if let Some(decision) = case.rules.decision {
        given.push(match decision {
            Decision::Automatic => "what is owed is done".into(),
            Decision::Fixed(p) => format!("what is owed is done with probability {p}"),
            Decision::Utility => "states weigh what they do".into(),
        });
    }
    if let Some(rule) = case.rules.both_sides {
        given.push(rule.in_words().to_owned());
    }
    for (parameter, value) in case.rules.given() {
        given.push(format!("the parameter `{}` is {value}", parameter.name));
    }
    for relation in &case.relations {
        let who = |ids: &[String]| join_words(&ids.iter().map(|id| name(id, case)).collect::<Vec<_>>());
        for (what, value) in [("affinity", relation.affinity), ("hostility", relation.hostility)] {
            if let Some(value) = value {
                given.push(format!("{what} of {} to {} is {value}", who(&relation.from), who(&relation.to)));
            }
        }
    }
    for (id, state) in &case.states {
        let who = name(id, case);
        match state.war_powers {
            WarPowers::Executive => {}
            WarPowers::Legislature { turns: 0, .. } => {
                given.push(format!("in {who} a legislature must consent to war, at once"));
            }
            WarPowers::Legislature { turns, .. } => {
                given.push(format!(
                    "in {who} a legislature must consent to war, and votes after {turns} turns"
                ));
            }
            WarPowers::SelfDefence => {
                let unless = state
                    .may_fight_if
                    .as_ref()
                    .map_or(String::new(), |c| format!(", or in this case: {}", c.name));
                given.push(format!("{who} may fight only if it is itself attacked{unless}"));
            }
        }
        if let Some(intelligence) = state.intelligence {
            given.push(format!("the intelligence of {who} is {intelligence}"));
        }
    }
    given
}

fn of_treaty(treaty: &TreatyFile, case: &CaseFile) -> String {
    let parties: Vec<String> = treaty.parties.iter().map(|id| name(id, case)).collect();
    let secret = if treaty.secret { ", secret" } else { "" };
    let mut out = format!("> *{}* ({}; signed {}{secret}).", treaty.name, parties.join(", "), treaty.signed);
    for (article, clause) in &treaty.clauses {
        out += &format!(" {}: {}", article_of(article), clause.text);
        let mut notes = Vec::new();
        if clause.secret {
            notes.push("secret".to_owned());
        }
        match clause.strength {
            Strength::Exact(x) if x < 1.0 => notes.push(format!("read at strength {x}")),
            Strength::Between(low, _, high) => notes.push(format!("read at strength {low} to {high}")),
            Strength::Exact(_) => {}
        }
        if !notes.is_empty() {
            out += &format!(" ({})", notes.join(", "));
        }
        for reading in clause.readings.values() {
            out += &format!(" Read by some so: {}", reading.text);
        }
    }
    out + "\n\n"
}

/// "Article 4", "The clause on neutrality".
fn article_of(article: &str) -> String {
    match article.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("Article {article}"),
        false => format!("The clause on {}", article.replace('-', " ")),
    }
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
            Some((t, article)) => {
                let article = article_of(article);
                let article =
                    article.strip_prefix("The ").map_or(article.clone(), |rest| format!("the {rest}"));
                format!(" under {article} of the {}", treaty(t))
            }
            None => format!(" under the {}", treaty(u)),
        },
    };
    let names = |list: &[String]| {
        let names: Vec<String> = list.iter().map(|id| m(id)).collect();
        join_words(&names)
    };
    let lapses = |id: &str| case.expect.iter().any(|e| matches!(e, Expected::Lapses { by, .. } if by == id));
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
            format!("On one side: {}. On the other: {}. Nobody else fights.", names(initiator), names(target))
        }
        Expected::Enters { state, side, turn } => {
            let side = match side {
                crate::model::Side::Initiator => "on the side of the state that used force first",
                crate::model::Side::Target => "on the side of the state that was attacked",
            };
            format!("In turn {turn} {} enters {side}.", m(state))
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
                Verdict::NotTriggered if lapses(state) => "owes nothing any more and broke no promise",
                Verdict::NotTriggered => "owed nothing and broke no promise",
            };
            format!("{} {judged}.", n(state))
        }
        Expected::NotJudged(state) => format!("The conduct of {} is not in question.", m(state)),
        Expected::Breaks { by, to, under: u } => {
            format!("{} breaks its promise to {}{}.", n(by), m(to), under(u))
        }
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
            format!("{} holds otherwise: that {} {owes} {} what it promised.", n(observer), m(by), m(to))
        }
        Expected::Fulfilled { by, to, under: u, how } => {
            format!("What {} owed to {}{} is {}.", m(by), m(to), under(u), how.noun())
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
                crate::model::Domestic::Renewed => "consents again",
                crate::model::Domestic::Withdrawn => "takes back its consent",
            };
            let crosses = if *crosses { ", and so is in conflict with the treaty" } else { "" };
            format!("The constitutional process of {} {result}{crosses}.", m(state))
        }
        Expected::InForce(t, turn) => format!("The {} is in force in turn {turn}.", treaty(t)),
        Expected::NotInForce(t, turn) => format!("The {} is not in force in turn {turn}.", treaty(t)),
        Expected::Blames(observer, blamed) => format!("{} holds that {} began.", n(observer), m(blamed)),
        Expected::Leaves(state, turn) => format!("{} leaves the war in turn {turn}.", n(state)),
        Expected::Peace => "In the end there is peace.".into(),
        Expected::FightsOn(state) => format!("{} still fights at the end.", n(state)),
        Expected::Never(kind) => match kind.as_str() {
            "ConflictEnded" => "The war does not end.".into(),
            "BoundToBoth" => "Nobody is bound to both sides.".into(),
            "Judged" => "Nobody's conduct is in question.".into(),
            "CasusFoederis" => "Nothing falls due.".into(),
            "Invoked" => "Nobody invokes a treaty.".into(),
            "Withdrew" => "Nobody leaves the war.".into(),
            "Reviewed" => "Nobody has a reason to think again.".into(),
            "PromiseBroken" => "No promise not to fight is broken.".into(),
            "ReadOtherwise" => "All read the case alike.".into(),
            "Decided" => "Nobody has anything to decide.".into(),
            "DomesticProcess" => "No constitutional process comes to an end.".into(),
            kind => format!("The chronicle holds no fact of the kind `{kind}`."),
        },
        Expected::Says(_, text) | Expected::SaysNot(_, text) => text.clone(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
