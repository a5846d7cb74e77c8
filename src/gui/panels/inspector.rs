//! What is known about the selected state or treaty, and why it does what it does.

use bevy_egui::egui::{Align, Grid, Label, Layout, RichText, ScrollArea, Ui};

use super::{Selection, bar, faint, section, short_name};
use crate::chronicle::{Fact, FactKind, Prose, Trace, explain, percent};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::{CommitmentId, Obligation, Response, StateId, TreatyId, WarPowers};

/// Shows what is selected.
pub fn show(ui: &mut Ui, session: &Session, selection: &mut Selection, palette: &Palette) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match (selection.state, selection.treaty) {
        (Some(state), _) => state_card(ui, session, state, selection, palette),
        (None, Some(treaty)) => treaty_card(ui, session, treaty, palette),
        (None, None) => {
            ui.label(RichText::new("Nothing selected").heading());
            for hint in [
                "Click a state on the map to see what it has promised, and why it acts as it does.",
                "Press Right to play a turn, or Space to let time run.",
                "Press I to order an incident and watch who answers.",
            ] {
                ui.add_space(4.0);
                ui.label(faint(hint, palette));
            }
        }
    });
}

fn state_card(ui: &mut Ui, session: &Session, id: StateId, selection: &mut Selection, palette: &Palette) {
    let scenario = session.scenario();
    let state = scenario.state(id);
    let now = session.snapshot();
    ui.label(RichText::new(short_name(&state.name)).heading());
    let bloc = session.bloc(id).and_then(|b| session.leader(b));
    let bloc = bloc.map_or("in no bloc".to_owned(), |s| format!("bloc of {}", scenario.state(s).name));
    ui.label(faint(format!("{}  ·  {bloc}", state.id), palette));
    why(ui, session, id, palette);
    section(ui, "At a glance", palette);
    let view = now.states[id.index()];
    let powers = match state.war_powers {
        WarPowers::Executive => "the executive alone".to_owned(),
        WarPowers::Legislature { threshold, turns } => {
            format!("legislature (even chance at {} support; {turns} turns)", percent(threshold))
        }
        WarPowers::SelfDefence => "self-defence only".to_owned(),
    };
    Grid::new("facts").num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
        let rows = [
            (
                "Capability",
                format!("{:.2} % of the world's", 100.0 * view.capability),
                "Share of the world's military and economic capability",
            ),
            ("Capital", state.capital.clone(), "Where distances are measured from"),
            ("Democracy", format!("{:.2}", state.democracy), "0 (autocracy) to 1 (full democracy)"),
            (
                "Nuclear weapons",
                if state.nuclear { "yes" } else { "no" }.to_owned(),
                "Whether it has nuclear weapons",
            ),
            ("War weariness", format!("{:.2}", view.weariness), "0 (fresh) to 1 (exhausted)"),
            ("War powers", powers, state.war_powers_text.as_str()),
        ];
        for (name, value, hint) in rows {
            ui.label(faint(name, palette)).on_hover_text(hint);
            ui.add(Label::new(value).wrap());
            ui.end_row();
        }
    });
    commitments(ui, session, id, selection, palette);
}

/// The answer first, then the weighing, then the outline.
fn why(ui: &mut Ui, session: &Session, id: StateId, palette: &Palette) {
    section(ui, "Why?", palette);
    let account = explain(session.scenario(), session.chronicle(), id, session.cursor());
    ui.label(&account.answer);
    let decided = session.facts().iter().rev().find_map(|f| match &f.kind {
        FactKind::Decided { state, choice, trace, .. } if *state == id => Some((f, *choice, trace)),
        _ => None,
    });
    if let Some((fact, choice, trace)) = decided {
        weighing(ui, session, fact, choice, trace, palette);
    }
    if account.lines.is_empty() {
        return;
    }
    let open =
        bevy_egui::egui::CollapsingHeader::new("The whole account").id_salt("account").default_open(true);
    open.show(ui, |ui| {
        // With a single conflict its heading is the answer that stands above.
        let headings = account.lines.iter().filter(|l| l.depth == 0).count();
        for line in account.lines.iter().filter(|l| headings > 1 || l.depth > 0) {
            ui.horizontal_top(|ui| {
                ui.add_space(10.0 * line.depth.saturating_sub(1) as f32);
                let text = RichText::new(&line.text).size(13.0);
                let text = match line.depth {
                    0 | 1 if line.fact.is_none() => text.family(theme::strong()),
                    _ if line.text.starts_with("NOT MET") => text.color(palette.ink).family(theme::strong()),
                    3 => text.color(palette.faint_ink),
                    _ => text,
                };
                ui.add(Label::new(text).wrap());
            });
        }
    });
}

fn weighing(ui: &mut Ui, session: &Session, fact: &Fact, choice: Response, trace: &Trace, palette: &Palette) {
    let prose = Prose::new(session.scenario(), session.chronicle());
    ui.add_space(4.0);
    ui.label(RichText::new(prose.sentence(fact)).family(theme::strong()));
    if trace.options.is_empty() {
        return;
    }
    Grid::new("options").num_columns(3).spacing([10.0, 3.0]).show(ui, |ui| {
        for option in &trace.options {
            let chosen = option.response == choice;
            let text = RichText::new(option.response.verb());
            ui.label(if chosen { text.family(theme::strong()) } else { text });
            let color = if chosen { palette.accent } else { palette.faint_ink };
            bar(ui, 96.0, option.probability as f32, color, palette)
                .on_hover_text(format!("utility {:+.2}", option.utility));
            ui.label(percent(option.probability));
            ui.end_row();
        }
    });
    let draw = trace.draw.map_or(String::new(), |d| format!("The number drawn was {d:.3}."));
    ui.label(faint(draw, palette));
    let Some(war) = trace.options.iter().find(|o| o.response == Response::Intervene) else { return };
    section(ui, "What spoke for and against fighting", palette);
    let greatest = war.terms.iter().map(|(_, u)| u.abs()).fold(1.0, f64::max);
    let mut terms = war.terms.clone();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1));
    Grid::new("terms").num_columns(3).spacing([8.0, 3.0]).show(ui, |ui| {
        for (term, utility) in terms {
            ui.label(RichText::new(term.noun()).size(13.0));
            let color = if utility >= 0.0 { palette.accent } else { palette.against };
            bar(ui, 70.0, (utility.abs() / greatest) as f32, color, palette);
            ui.label(RichText::new(format!("{utility:+.1}")).size(13.0));
            ui.end_row();
        }
    });
}

fn commitments(ui: &mut Ui, session: &Session, id: StateId, selection: &mut Selection, palette: &Palette) {
    let scenario = session.scenario();
    let now = session.snapshot();
    let lists: [(&str, Vec<CommitmentId>); 2] = [
        ("Owes", scenario.commitment_ids().filter(|c| scenario.commitment(*c).obligor == id).collect()),
        (
            "Is owed",
            scenario.commitment_ids().filter(|c| scenario.commitment(*c).beneficiary == id).collect(),
        ),
    ];
    for (title, list) in lists {
        // One line for each treaty and kind of obligation, with how many states it concerns.
        let mut groups: std::collections::BTreeMap<(TreatyId, Obligation), Vec<StateId>> = Default::default();
        for c in list {
            let clause = scenario.clause_of(c);
            if now.in_force[clause.treaty.index()] {
                let commitment = scenario.commitment(c);
                let other = if title == "Owes" { commitment.beneficiary } else { commitment.obligor };
                let others = groups.entry((clause.treaty, clause.obligation)).or_default();
                if !others.contains(&other) {
                    others.push(other);
                }
            }
        }
        if groups.is_empty() {
            continue;
        }
        section(ui, title, palette);
        for ((treaty, obligation), others) in groups {
            let whom = match others.as_slice() {
                [one] => short_name(&scenario.state(*one).name).to_owned(),
                many => format!("{} states", many.len()),
            };
            ui.horizontal(|ui| {
                let text = format!("{whom}: {}", obligation.noun());
                ui.label(text);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let short = &scenario.treaty(treaty).short;
                    let link = ui.link(RichText::new(short).size(13.0));
                    if link.on_hover_text("Show the treaty").clicked() {
                        *selection = Selection { treaty: Some(treaty), state: None, ..*selection };
                    }
                });
            });
        }
    }
}

fn treaty_card(ui: &mut Ui, session: &Session, id: TreatyId, palette: &Palette) {
    let scenario = session.scenario();
    let treaty = scenario.treaty(id);
    ui.label(RichText::new(&treaty.name).heading());
    let now = session.snapshot();
    let prose = Prose::new(scenario, session.chronicle());
    let standing = if now.in_force[id.index()] { "in force" } else { "not in force" };
    ui.label(faint(format!("signed {}, {standing}", treaty.signed.in_words()), palette));
    for term in prose.treaty_terms(treaty) {
        ui.label(faint(term, palette));
    }
    section(ui, "Parties", palette);
    let names: Vec<String> = treaty
        .parties
        .iter()
        .map(|s| {
            let name = short_name(&scenario.state(*s).name);
            match now.unbound.contains(&(id, *s)) {
                true => format!("{name} (not bound)"),
                false => name.to_owned(),
            }
        })
        .collect();
    ui.label(names.join(", "));
    for clause in treaty.clauses.iter().map(|c| scenario.clause(*c)) {
        let secret = if clause.secret && !treaty.secret { " (secret)" } else { "" };
        let title = format!("Article {}: {}{secret}", clause.article, clause.obligation.noun());
        section(ui, &title, palette);
        ui.label(&clause.text);
        ui.label(faint(prose.clause_terms(clause).join("; "), palette));
        for reading in prose.clause_readings(scenario, clause) {
            ui.label(faint(format!("Reading: {reading}"), palette));
        }
    }
    if !treaty.sources.is_empty() {
        section(ui, "Sources", palette);
        for key in &treaty.sources {
            if let Some(source) = scenario.sources.iter().find(|s| s.key == *key) {
                ui.label(faint(&source.title, palette));
            }
        }
    }
}
