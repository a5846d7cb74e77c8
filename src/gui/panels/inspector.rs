//! What is known about the selected state or treaty, and why it does what it does.

use bevy_egui::egui::{
    Align, Button, Color32, Frame, Label, Layout, Margin, Rect, Response, RichText, ScrollArea, Sense, Ui,
    UiBuilder, Vec2,
};

use super::{Selection, bar, faint, section, short_name};
use crate::chronicle::{Fact, FactKind, Prose, Trace, explain, percent};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::{CommitmentId, Obligation, Response as Choice, StateId, TreatyId, WarPowers};

/// Shows what is selected.
pub fn show(ui: &mut Ui, session: &Session, selection: &mut Selection, palette: &Palette) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match (selection.state, selection.treaty) {
        (Some(state), _) => state_card(ui, session, state, selection, palette),
        (None, Some(treaty)) => treaty_card(ui, session, treaty, selection, palette),
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
            let turns = if turns == 1 { "1 turn".to_owned() } else { format!("{turns} turns") };
            format!("legislature (even chance at {} support; {turns})", percent(threshold))
        }
        WarPowers::SelfDefence => "self-defence only".to_owned(),
    };
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
        entry(ui, name, &value, hint, palette);
    }
    let fear = now.fears.get(id.index()).copied().unwrap_or_default();
    if fear.abandonment > 0.0 || fear.entrapment > 0.0 {
        let value = format!("alone {:.2}, dragged in {:.2}", fear.abandonment, fear.entrapment);
        let hint =
            "Fear of being left alone in its own war, and of being dragged into that of a partner, 0 to 1";
        entry(ui, "Fears to be", &value, hint, palette);
    }
    if let Some(record) = now.environment.reputations.get(&id) {
        let value = format!("{:.1} kept, {:.1} broken", record.kept, record.broken);
        let hint =
            "What its conduct so far says of all its promises, in cases: partners and adversaries weigh it";
        entry(ui, "Its word", &value, hint, palette);
    }
    let stock = now.environment.supplies[id.index()].map(|s| s.stock);
    if let (Some(stock), Some(m)) = (stock, state.munitions) {
        let months = if m.consumption > 0.0 { stock / m.consumption } else { 0.0 };
        let value = format!("{stock:.0} ({months:.1} months of war)");
        entry(
            ui,
            "Munitions",
            &value,
            "Stock now; with less than a month's it fights with less strength",
            palette,
        );
    }
    commitments(ui, session, id, selection, palette);
}

/// The answer first, then the weighing, then the outline.
fn why(ui: &mut Ui, session: &Session, id: StateId, palette: &Palette) {
    section(ui, "Why?", palette);
    let account = explain(session.scenario(), session.chronicle(), id, session.cursor());
    ui.label(&account.answer);
    let prose = Prose::new(session.scenario(), session.chronicle());
    for act in session.own_acts(id).take(3) {
        let what =
            if session.opens_conflict(act) { "It began the conflict by its own act" } else { "Its own act" };
        let date = session.scenario().calendar.label(act.turn);
        ui.add_space(4.0);
        let text = RichText::new(format!("{what}, {date}: {}", prose.alone(act)));
        ui.add(Label::new(text.family(theme::strong())).wrap());
    }
    if let Some(fact) = session.decision(id)
        && let FactKind::Decided { choice, trace, .. } = &fact.kind
    {
        weighing(ui, session, fact, *choice, trace, palette);
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

fn weighing(ui: &mut Ui, session: &Session, fact: &Fact, choice: Choice, trace: &Trace, palette: &Palette) {
    let prose = Prose::new(session.scenario(), session.chronicle());
    ui.add_space(4.0);
    ui.label(RichText::new(prose.sentence(fact)).family(theme::strong()));
    if trace.options.is_empty() {
        return;
    }
    for option in &trace.options {
        let chosen = option.response == choice;
        let color = if chosen { palette.accent } else { palette.faint_ink };
        let hint = format!("utility {:+.2}", option.utility);
        let number = percent(option.probability);
        measure(ui, option.response.verb(), option.probability as f32, color, &number, chosen, palette)
            .on_hover_text(hint);
    }
    let draw = trace.draw.map_or(String::new(), |d| format!("The number drawn was {d:.3}."));
    ui.label(faint(draw, palette));
    let Some(war) = trace.options.iter().find(|o| o.response == Choice::Intervene) else { return };
    section(ui, "What spoke for and against fighting", palette);
    let mut terms = trace.terms(war);
    let greatest = terms.iter().map(|(_, u)| u.abs()).fold(1.0, f64::max);
    terms.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (term, utility) in terms {
        let color = if utility >= 0.0 { palette.accent } else { palette.against };
        let share = (utility.abs() / greatest) as f32;
        measure(ui, term.noun(), share, color, &format!("{utility:+.1}"), false, palette);
    }
}

/// A bar with its number, and what it measures. The columns have fixed widths, so that nothing that is
/// written in them widens the panel.
fn measure(
    ui: &mut Ui,
    name: &str,
    share: f32,
    color: Color32,
    number: &str,
    strong: bool,
    palette: &Palette,
) -> Response {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let (rect, _) = ui.allocate_exact_size(Vec2::new(64.0, 19.0), Sense::hover());
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(Vec2::new(0.0, 5.5))));
        bar(&mut inside, 64.0, share, color, palette);
        let text = RichText::new(number).size(13.0).color(palette.faint_ink);
        let size = Vec2::new(62.0, 19.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            ui.set_min_size(size);
            ui.label(text);
        });
        let text = RichText::new(name).size(13.5);
        ui.add(Label::new(if strong { text.family(theme::strong()) } else { text }).wrap());
    })
    .response
}

/// A name and a value, which may take more than one line.
fn entry(ui: &mut Ui, name: &str, value: &str, hint: &str, palette: &Palette) {
    ui.horizontal_top(|ui| {
        let size = Vec2::new(116.0, 18.0);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_size(size);
            ui.label(faint(name, palette)).on_hover_text(hint);
        });
        ui.add(Label::new(value).wrap());
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
            if now.standing[c.index()] {
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
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let short = &scenario.treaty(treaty).short;
                let link = ui.link(RichText::new(short).size(13.0));
                if link.on_hover_text("Show the treaty").clicked() {
                    *selection = Selection { treaty: Some(treaty), state: None, ..*selection };
                }
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    ui.add(Label::new(format!("{whom}: {}", obligation.noun())).truncate());
                });
            });
        }
    }
}

fn treaty_card(ui: &mut Ui, session: &Session, id: TreatyId, selection: &mut Selection, palette: &Palette) {
    let scenario = session.scenario();
    let treaty = scenario.treaty(id);
    let now = session.snapshot();
    let prose = Prose::new(scenario, session.chronicle());
    ui.add(Label::new(RichText::new(&treaty.name).heading()).wrap());
    ui.horizontal_wrapped(|ui| {
        let in_force = now.in_force[id.index()];
        let (standing, color) =
            if in_force { ("in force", palette.accent) } else { ("not in force", palette.faint_ink) };
        ui.label(RichText::new(standing).family(theme::strong()).color(color));
        let concluded = !treaty.draft || now.environment.concluded.contains(&id);
        let when = match (treaty.signed, concluded) {
            (_, false) => "a draft".to_owned(),
            (day, true) if treaty.draft => format!("drafted {}", day.in_words()),
            (day, true) => format!("signed {}", day.in_words()),
        };
        ui.label(faint(format!("·  {when}"), palette));
    });
    let terms = prose.treaty_terms(treaty);
    if !terms.is_empty() {
        section(ui, "Terms", palette);
    }
    for term in terms {
        bullet(ui, &capitalized(&term), palette.ink, palette);
    }
    section(ui, "Parties", palette);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 3.0);
        for state in &treaty.parties {
            let name = short_name(&scenario.state(*state).name);
            let bound = !now.unbound.contains(&(id, *state));
            let text = if bound { name.to_owned() } else { format!("{name} (not bound)") };
            let text = RichText::new(text).size(13.0);
            let text = if bound { text.color(palette.ink) } else { text.color(palette.faint_ink).italics() };
            let hint = if bound { "Show the state" } else { "A party that the treaty does not bind now" };
            if ui.add(Button::new(text).small()).on_hover_text(hint).clicked() {
                selection.select(*state);
            }
        }
    });
    for clause in treaty.clauses.iter().map(|c| scenario.clause(*c)) {
        let secret = if clause.secret && !treaty.secret { " (secret)" } else { "" };
        ui.add_space(12.0);
        let title = format!("{}: {}{secret}", article(&clause.article), clause.obligation.noun());
        ui.add(Label::new(RichText::new(title).family(theme::strong()).size(15.0)).wrap());
        ui.add_space(1.0);
        quotation(ui, &clause.text, palette);
        for term in prose.clause_terms(clause) {
            bullet(ui, &capitalized(&term), palette.ink, palette);
        }
        let readings = prose.clause_readings(scenario, clause);
        if !readings.is_empty() {
            ui.add_space(2.0);
            let text = RichText::new("It can be read in more than one way").size(13.0);
            ui.label(text.family(theme::strong()).color(palette.faint_ink));
        }
        for reading in readings {
            bullet(ui, &capitalized(&reading), palette.faint_ink, palette);
        }
    }
    if !treaty.sources.is_empty() {
        section(ui, "Sources", palette);
        for key in &treaty.sources {
            if let Some(source) = scenario.sources.iter().find(|s| s.key == *key) {
                ui.add(Label::new(faint(&source.title, palette).size(13.0)).wrap());
            }
        }
    }
}

/// What to call an article: some treaties have none and are named by their subject.
fn article(name: &str) -> String {
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("Article {name}"),
        false => capitalized(&name.replace('-', " ")),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A line of a list, hanging behind its mark.
fn bullet(ui: &mut Ui, text: &str, ink: Color32, palette: &Palette) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(faint("–", palette).size(13.5));
        ui.add(Label::new(RichText::new(text).size(13.5).color(ink)).wrap());
    });
}

/// The words of a treaty, with a rule beside them.
fn quotation(ui: &mut Ui, text: &str, palette: &Palette) {
    let frame = Frame::new().inner_margin(Margin { left: 10, right: 0, top: 1, bottom: 2 });
    let shown = frame.show(ui, |ui| ui.add(Label::new(text).wrap()));
    let rect = shown.response.rect;
    let rule = Rect::from_min_size(rect.min, Vec2::new(2.5, rect.height()));
    ui.painter().rect_filled(rule, 1.0, palette.accent.gamma_multiply(0.6));
}
