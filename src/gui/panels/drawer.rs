//! Below the timeline: the chronicle, the cascade, the background.

use bevy_egui::egui::{self, RichText, ScrollArea, Sense, Ui};

use super::{Drawer, Selection, UiState, faint, tabs};
use crate::chronicle::{Fact, FactId, FactKind, Prose, Told, belongs_in_telling};
use crate::gui::cascade::{self, Playing};
use crate::gui::command::SessionCommand;
use crate::gui::inquiry::Inquiry;
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::Turn;

/// Shows the open drawer.
#[expect(clippy::too_many_arguments, reason = "each drawer reads other things")]
pub fn show(
    ui: &mut Ui,
    session: &Session,
    chain: &Playing,
    inquiry: &Inquiry,
    state: &mut UiState,
    selection: &mut Selection,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) {
    let names = [
        (Drawer::Chronicle, "Chronicle", "What has happened, the latest turn first"),
        (Drawer::Cascade, "Cascade", "How one act led to the next"),
        (Drawer::Order, "Order", "The balance of power, tension, norms, fears, and what is sent in secret"),
        (
            Drawer::Ensemble,
            "Ensemble",
            "How likely things are, what differs, what it would take: over many histories",
        ),
        (Drawer::Background, "Background", "What the scenario is about, and what it leaves out"),
    ];
    if let Some(message) = &session.message {
        let text = RichText::new(message);
        // Findings are drawn with a fixed pitch.
        ui.label(if message.lines().count() > 1 { text.monospace() } else { text.color(palette.accent) });
    }
    let roots = session.roots();
    state.cascade = state.cascade.min(roots.len().saturating_sub(1));
    let mut drawer = state.drawer;
    tabs(ui, &mut drawer, &names, palette, |ui| {
        if state.drawer == Drawer::Cascade && !roots.is_empty() {
            cascade_choices(ui, session, chain, state, &roots, out);
        }
    });
    state.drawer = drawer;
    if state.drawer == Drawer::Ensemble {
        super::inquiry::show(ui, session, inquiry, state, palette, out);
        return;
    }
    ScrollArea::vertical().id_salt(state.drawer as u8).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        match state.drawer {
            Drawer::Chronicle => chronicle(ui, session, chain, selection, palette),
            Drawer::Cascade => cascade(ui, session, chain, state, selection, palette),
            Drawer::Order => super::order::show(ui, session, selection, palette),
            Drawer::Background => background(ui, session, palette),
            // It has two columns that scroll by themselves.
            Drawer::Ensemble => {}
        }
    });
}

fn chronicle(ui: &mut Ui, session: &Session, chain: &Playing, selection: &mut Selection, palette: &Palette) {
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
            line(ui, &sentence, 0, session, chain, selection, palette);
        }
        ui.add_space(4.0);
    }
}

/// Which act's consequences are shown, and how: beside the tabs, so that the lines below have the room.
fn cascade_choices(
    ui: &mut Ui,
    session: &Session,
    chain: &Playing,
    state: &mut UiState,
    roots: &[FactId],
    out: &mut Vec<SessionCommand>,
) {
    let prose = Prose::new(session.scenario(), session.chronicle());
    let title = |i: usize| {
        let fact = session.chronicle().fact(roots[i]);
        let date = session.scenario().calendar.label(fact.turn);
        format!("{date}: {}", prose.alone(fact))
    };
    ui.add_space(24.0);
    let combo = egui::ComboBox::from_id_salt("cascade").selected_text(title(state.cascade)).width(420.0);
    combo
        .truncate()
        .show_ui(ui, |ui| {
            for i in 0..roots.len() {
                ui.selectable_value(&mut state.cascade, i, title(i));
            }
        })
        .response
        .on_hover_text("Which act's consequences are shown");
    if chain.is_running() {
        if ui.button("Skip").on_hover_text("Show the whole chain at once (Esc)").clicked() {
            out.push(SessionCommand::SkipChain);
        }
    } else if ui.button("Play the chain").on_hover_text("Show it link by link, also on the map").clicked() {
        out.push(SessionCommand::PlayChain(roots[state.cascade]));
    }
    ui.checkbox(&mut state.not_owed, "Also what was not owed")
        .on_hover_text("Commitments that were tested and did not cover the case, with the reason");
}

fn cascade(
    ui: &mut Ui,
    session: &Session,
    chain: &Playing,
    state: &UiState,
    selection: &mut Selection,
    palette: &Palette,
) {
    let roots = session.roots();
    let Some(root) = roots.get(state.cascade) else {
        ui.label(faint("No act of aggression yet. Order one with Incident…", palette));
        return;
    };
    for row in session.outline(*root, state.not_owed) {
        line(ui, &row.told, row.depth, session, chain, selection, palette);
    }
}

/// What one or more facts tell; a click selects the state that they are about.
fn line(
    ui: &mut Ui,
    told: &Told,
    depth: usize,
    session: &Session,
    chain: &Playing,
    selection: &mut Selection,
    palette: &Palette,
) {
    let first = told.facts[0];
    let fact = session.chronicle().fact(first);
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
    let quiet = matches!(&fact.kind, FactKind::Tested { owed: false, .. } | FactKind::Judged { .. })
        || cascade::stands_aside(fact);
    // What has not lit up yet keeps its place, so that nothing jumps.
    let (color, ink) = match chain.shows(first) {
        false => (palette.line, palette.line),
        true if quiet => (color, palette.faint_ink),
        true => (color, palette.ink),
    };
    let ground = ui.painter().add(egui::Shape::Noop);
    let row = ui.horizontal_top(|ui| {
        ui.add_space(18.0 * depth as f32);
        ui.add_sized([14.0, 18.0], egui::Label::new(RichText::new(mark).color(color)).selectable(false));
        let text = RichText::new(&told.text).color(ink);
        let label = ui.add(egui::Label::new(text).wrap().sense(Sense::click()).selectable(false));
        if let Some(state) = session.subject(fact) {
            let hint = format!("Select {}", session.scenario().state(state).name);
            if label.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(hint).clicked() {
                selection.select(state);
            }
        }
    });
    if chain.is_current(first) {
        let rect = row.response.rect.expand2(egui::Vec2::new(0.0, 1.0)).with_max_x(ui.max_rect().right());
        ui.painter().set(ground, egui::Shape::rect_filled(rect, 3.0, ui.visuals().selection.bg_fill));
        row.response.scroll_to_me(None);
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
