//! The panels, through the names that a screen reader gives them.

use std::sync::Arc;

use casus::gui::panels::{self, Selection, UiState};
use casus::gui::{Palette, Session, SessionCommand, install_theme};
use casus::model::Turn;
use casus::scenario;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use bevy_egui::egui::{Theme, Ui};

/// What a panel works on.
struct Stage {
    session: Session,
    state: UiState,
    selection: Selection,
    out: Vec<SessionCommand>,
}

fn stage(name: &str, turn: u32) -> Stage {
    let source = scenario::embedded(name).expect("an embedded scenario").source;
    let library = |_: &str, base: &str| {
        let found = scenario::embedded(base).map(|e| (base.to_owned(), e.source.into()));
        found.ok_or_else(String::new)
    };
    let (scenario, _) = scenario::parse(name, source.as_bytes(), &library);
    let mut session = Session::new(Arc::new(scenario.expect("a scenario")), 1);
    session.apply(SessionCommand::GoTo(Turn(turn)));
    Stage { session, state: UiState::default(), selection: Selection::default(), out: Vec::new() }
}

fn harness(stage: Stage, show: impl FnMut(&mut Ui, &mut Stage) + 'static) -> Harness<'static, Stage> {
    let mut show = show;
    let mut themed = false;
    let mut harness = Harness::builder().with_size([1100.0, 700.0]).build_ui_state(
        move |ui, stage: &mut Stage| {
            if themed {
                show(ui, stage);
            } else {
                // Fonts are taken up when the next pass begins.
                install_theme(ui.ctx(), Theme::Light);
                themed = true;
            }
        },
        stage,
    );
    harness.run();
    harness
}

fn palette() -> Palette {
    Palette::of(Theme::Light)
}

#[test]
fn step_asks_for_a_turn() {
    let mut harness = harness(stage("three-leagues", 1), |ui, s| {
        panels::transport::show(ui, &s.session, &mut s.state, &palette(), &mut s.out);
    });
    harness.get_by_label("Step").click();
    harness.run();
    assert_eq!(harness.state().out, [SessionCommand::Step]);
}

#[test]
fn at_the_end_there_is_no_further_step() {
    let mut harness = harness(stage("three-leagues", 12), |ui, s| {
        panels::transport::show(ui, &s.session, &mut s.state, &palette(), &mut s.out);
    });
    harness.get_by_label("Step").click();
    harness.get_by_label("Back").click();
    harness.run();
    assert_eq!(harness.state().out, [SessionCommand::Back]);
}

#[test]
fn a_state_is_selected_from_the_list() {
    let mut harness = harness(stage("three-leagues", 1), |ui, s| {
        panels::lists::show(ui, &s.session, &mut s.state, &mut s.selection, &palette());
    });
    harness.get_by_label("Corvane").click();
    harness.run();
    let selected = harness.state().selection.state.expect("a selection");
    assert_eq!(harness.state().session.scenario().state(selected).name, "Corvane");
}

#[test]
fn the_search_narrows_the_list() {
    let mut s = stage("new-axis-2024", 1);
    s.state.filter = "korea".into();
    let harness = harness(s, |ui, s| {
        panels::lists::show(ui, &s.session, &mut s.state, &mut s.selection, &palette());
    });
    assert!(harness.query_by_label("North Korea").is_some());
    assert!(harness.query_by_label("China").is_none());
}

#[test]
fn why_tells_the_decision_its_options_and_the_number_drawn() {
    let mut s = stage("three-leagues", 4);
    s.selection.state = s.session.scenario().state_id("COR");
    let harness = harness(s, |ui, s| {
        panels::inspector::show(ui, &s.session, &mut s.selection, &palette());
    });
    assert!(harness.query_by_label_contains("Corvane joined the conflict").is_some());
    assert!(harness.query_by_label("go to war").is_some());
    assert!(harness.query_by_label_contains("The number drawn was").is_some());
    assert!(harness.query_by_label("Why?").is_some());
}

#[test]
fn an_incident_cannot_be_ordered_before_both_states_are_chosen() {
    let mut s = stage("three-leagues", 1);
    s.selection.state = s.session.scenario().state_id("ALD");
    let mut harness = harness(s, |ui, s| {
        let selection = s.selection;
        panels::incident::form(ui, &s.session, &mut s.state.incident, &selection, &palette(), &mut s.out);
    });
    harness.get_by_label("Let it happen").click();
    harness.run();
    assert!(harness.state().out.is_empty());
    assert!(harness.query_by_label("Choose against whom.").is_some());
}

#[test]
fn an_incident_is_ordered_through_the_dialog() {
    let mut s = stage("three-leagues", 1);
    s.selection.state = s.session.scenario().state_id("ALD");
    let mut harness = harness(s, |ui, s| {
        let selection = s.selection;
        panels::incident::form(ui, &s.session, &mut s.state.incident, &selection, &palette(), &mut s.out);
    });
    harness.get_by_value("choose…").click();
    harness.run();
    harness.get_by_label("Estwold").click();
    harness.run();
    harness.get_by_label("Let it happen").click();
    harness.run();
    let [SessionCommand::Incident(incident)] = harness.state().out.as_slice() else {
        panic!("{:?}", harness.state().out);
    };
    let scenario = harness.state().session.scenario();
    assert_eq!(scenario.state(incident.initiator).id, "ALD");
    assert_eq!(scenario.state(incident.target).id, "EST");
}

#[test]
fn the_chronicle_tells_what_happened_and_selects_whom_it_is_about() {
    let mut harness = harness(stage("three-leagues", 4), |ui, s| {
        panels::drawer::show(ui, &s.session, &mut s.state, &mut s.selection, &palette());
    });
    harness.get_by_label_contains("Corvane enters the conflict").click();
    harness.run();
    let scenario = harness.state().session.scenario();
    assert_eq!(harness.state().selection.state, scenario.state_id("COR"));
}

#[test]
fn the_cascade_leads_from_the_landing_to_the_entry() {
    let mut harness = harness(stage("three-leagues", 4), |ui, s| {
        panels::drawer::show(ui, &s.session, &mut s.state, &mut s.selection, &palette());
    });
    harness.get_by_label("Cascade").click();
    harness.run();
    let top = harness.get_by_label_contains("Casus foederis: Corvane").rect().top();
    let entry = harness.get_by_label_contains("Corvane enters the conflict").rect().top();
    assert!(top < entry);
}

#[test]
fn every_treaty_is_shown_with_the_text_of_its_articles() {
    let mut s = stage("new-axis-2024", 1);
    s.selection.treaty = s.session.scenario().treaty_id("rus-prk-2024");
    let harness = harness(s, |ui, s| {
        panels::inspector::show(ui, &s.session, &mut s.selection, &palette());
    });
    assert!(harness.query_by_label_contains("Article 4: defence").is_some());
}
