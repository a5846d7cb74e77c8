//! Below the timeline: the chronicle, the cascade, the background.

use bevy_egui::egui::{self, RichText, ScrollArea, Sense, Ui};

use super::{Drawer, Selection, UiState, faint, tabs};
use crate::chronicle::{Fact, FactKind, Prose, belongs_in_telling, tree};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::{StateId, Turn};

/// Shows the open drawer.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    selection: &mut Selection,
    palette: &Palette,
) {
    let names = [
        (Drawer::Chronicle, "Chronicle", "What has happened, the latest turn first"),
        (Drawer::Cascade, "Cascade", "How one act led to the next"),
        (Drawer::Background, "Background", "What the scenario is about, and what it leaves out"),
    ];
    if let Some(message) = &session.message {
        let text = RichText::new(message);
        // Findings are drawn with a fixed pitch.
        ui.label(if message.lines().count() > 1 { text.monospace() } else { text.color(palette.accent) });
    }
    tabs(ui, &mut state.drawer, &names, palette);
    ScrollArea::vertical().id_salt(state.drawer as u8).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        match state.drawer {
            Drawer::Chronicle => chronicle(ui, session, selection, palette),
            Drawer::Cascade => cascade(ui, session, state, selection, palette),
            Drawer::Background => background(ui, session, palette),
        }
    });
}

fn chronicle(ui: &mut Ui, session: &Session, selection: &mut Selection, palette: &Palette) {
    let prose = Prose::new(session.scenario(), session.chronicle());
    let told: Vec<&Fact> = session.facts().iter().filter(|f| belongs_in_telling(f)).collect();
    let mut turns: Vec<Turn> = told.iter().map(|f| f.turn).collect();
    turns.dedup();
    if turns.is_empty() {
        ui.label(faint("Nothing has happened yet. Press Right to play a turn.", palette));
    }
    for turn in turns.into_iter().rev() {
        let date = session.scenario().calendar.label(turn);
        let head = if turn == Turn(0) { "Before the first turn".to_owned() } else { date };
        ui.label(RichText::new(head).family(theme::strong()).color(palette.faint_ink));
        let of_turn: Vec<&Fact> = told.iter().copied().filter(|f| f.turn == turn).collect();
        for sentence in prose.tell(&of_turn) {
            let fact = session.chronicle().fact(sentence.facts[0]);
            line(ui, fact, 0, &sentence.text, session, selection, palette);
        }
        ui.add_space(4.0);
    }
}

fn cascade(
    ui: &mut Ui,
    session: &Session,
    state: &mut UiState,
    selection: &mut Selection,
    palette: &Palette,
) {
    let prose = Prose::new(session.scenario(), session.chronicle());
    let roots = session.roots();
    if roots.is_empty() {
        ui.label(faint("No act of aggression yet. Order one with Incident…", palette));
        return;
    }
    state.cascade = state.cascade.min(roots.len() - 1);
    let title = |i: usize| {
        let fact = session.chronicle().fact(roots[i]);
        let date = session.scenario().calendar.label(fact.turn);
        format!("{date}: {}", prose.sentence(fact))
    };
    egui::ComboBox::from_id_salt("cascade")
        .selected_text(title(state.cascade))
        .width(560.0)
        .show_ui(ui, |ui| {
            for i in 0..roots.len() {
                ui.selectable_value(&mut state.cascade, i, title(i));
            }
        })
        .response
        .on_hover_text("Which act's consequences are shown");
    ui.checkbox(&mut state.not_owed, "Also what was not owed")
        .on_hover_text("Commitments that were tested and did not cover the case, with the reason");
    ui.add_space(2.0);
    for (depth, id) in tree(session.chronicle(), roots[state.cascade]) {
        let fact = session.chronicle().fact(id);
        if id.index() < session.facts().len() && is_link(fact, state.not_owed) {
            line(ui, fact, depth, &prose.sentence(fact), session, selection, palette);
        }
    }
}

/// One fact; a click selects the state that it is about.
fn line(
    ui: &mut Ui,
    fact: &Fact,
    depth: usize,
    text: &str,
    session: &Session,
    selection: &mut Selection,
    palette: &Palette,
) {
    let (mark, color) = match &fact.kind {
        FactKind::Entered { .. } | FactKind::ConflictBegan { .. } => ("⚔", palette.war),
        FactKind::Tested { owed: true, .. } | FactKind::PledgeTested { owed: true, .. } => {
            ("§", palette.accent)
        }
        FactKind::Tested { .. } | FactKind::PledgeTested { .. } => ("§", palette.faint_ink),
        FactKind::Judged { .. } | FactKind::Fulfilled { .. } => ("=", palette.faint_ink),
        FactKind::Invoked { .. } => ("§", palette.ink),
        _ => ("·", palette.ink),
    };
    ui.horizontal_top(|ui| {
        ui.add_space(18.0 * depth as f32);
        ui.add_sized([14.0, 18.0], egui::Label::new(RichText::new(mark).color(color)).selectable(false));
        let quiet = matches!(&fact.kind, FactKind::Tested { owed: false, .. } | FactKind::Judged { .. });
        let ink = if quiet { palette.faint_ink } else { palette.ink };
        let text = RichText::new(text).color(ink);
        let label = ui.add(egui::Label::new(text).wrap().sense(Sense::click()).selectable(false));
        if let Some(state) = subject(session, fact) {
            let hint = format!("Select {}", session.scenario().state(state).name);
            if label.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(hint).clicked() {
                selection.select(state);
            }
        }
    });
}

/// The state that a fact is mainly about.
fn subject(session: &Session, fact: &Fact) -> Option<StateId> {
    match &fact.kind {
        FactKind::Entered { state, .. }
        | FactKind::Decided { state, .. }
        | FactKind::Performed { state, .. }
        | FactKind::DomesticProcess { state, .. }
        | FactKind::ConsentSought { state, .. }
        | FactKind::Consulting { state, .. }
        | FactKind::Reviewed { state, .. }
        | FactKind::Withdrew { state, .. }
        | FactKind::Judged { state, .. } => Some(*state),
        FactKind::Invoked { by, .. } | FactKind::Waived { by, .. } => Some(*by),
        FactKind::Attributed { observer, .. }
        | FactKind::Traced { observer, .. }
        | FactKind::ReadOtherwise { observer, .. } => Some(*observer),
        FactKind::Incident { incident, .. } => Some(incident.initiator),
        FactKind::Tested { commitment, .. }
        | FactKind::PromiseBroken { commitment, .. }
        | FactKind::Fulfilled { commitment, .. } => Some(session.scenario().commitment(*commitment).obligor),
        _ => None,
    }
}

/// Whether a fact is a link of a cascade.
fn is_link(fact: &Fact, not_owed: bool) -> bool {
    match fact.kind {
        FactKind::Tested { owed, .. } | FactKind::PledgeTested { owed, .. } => owed || not_owed,
        FactKind::Fought { .. }
        | FactKind::Judged { .. }
        | FactKind::Fulfilled { .. }
        | FactKind::ReadOtherwise { .. }
        | FactKind::ConflictEnded { .. } => false,
        FactKind::Attributed { .. } => false,
        _ => true,
    }
}

fn background(ui: &mut Ui, session: &Session, palette: &Palette) {
    let scenario = session.scenario();
    ui.set_max_width(820.0);
    ui.label(RichText::new(&scenario.title).family(theme::strong()).size(17.0));
    ui.label(&scenario.summary);
    for paragraph in scenario.background.split("\n\n") {
        ui.add_space(6.0);
        ui.label(paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let lists = [
        ("What to learn", &scenario.learning_goals),
        ("Questions", &scenario.questions),
        ("What the model leaves out", &scenario.limits),
    ];
    for (title, list) in lists {
        if list.is_empty() {
            continue;
        }
        super::section(ui, title, palette);
        for item in list {
            ui.label(format!("•  {item}"));
        }
    }
    if !scenario.sources.is_empty() {
        super::section(ui, "Sources", palette);
        for source in &scenario.sources {
            ui.label(faint(format!("{} (confidence: {:?})", source.title, source.confidence), palette));
        }
    }
    ui.add_space(8.0);
    ui.label(faint(
        "This illustrates what treaties and stated rules imply. It does not predict, and takes no side.",
        palette,
    ));
}
