//! The panels, through the names that a screen reader gives them.

use std::sync::Arc;

use casus::chronicle::FactKind;
use casus::gui::cascade::{self, Playing};
use casus::gui::map::overlay::legend;
use casus::gui::panels::{self, Drawer, Selection, UiState};
use casus::gui::{Inquiry, Palette, Session, SessionCommand, install_theme};
use casus::model::Turn;
use casus::scenario::{self, Act, Incident};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use bevy_egui::egui::{Theme, Ui};

/// What a panel works on.
struct Stage {
    session: Session,
    chain: Playing,
    inquiry: Inquiry,
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
    Stage {
        session,
        chain: Playing::default(),
        inquiry: Inquiry::default(),
        state: UiState::default(),
        selection: Selection::default(),
        out: Vec::new(),
    }
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
fn the_order_drawer_shows_norms_fears_and_what_is_sent_in_secret() {
    let mut s = stage("new-axis-2024", 12);
    s.state.drawer = Drawer::Order;
    let harness = harness(s, |ui, s| {
        panels::order::show(ui, &s.session, &mut s.selection, &palette());
    });
    let sections = ["Balance of power", "Tension by region", "Expected defenders", "Norms", "What is sent"];
    for label in sections {
        assert!(harness.query_by_label(label).is_some(), "{label}");
    }
    assert!(harness.query_by_label("Missiles from Russia to North Korea").is_some());
    assert!(harness.query_all_by_label_contains("published; denied by").next().is_some());
    assert!(harness.query_by_label_contains("not multipolar").is_some());
    assert!(harness.query_by_label("North Korea against South Korea").is_some());
    assert!(harness.query_all_by_label_contains("United States 0.").next().is_some());
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
    let [SessionCommand::Order(Act::Incident(incident))] = harness.state().out.as_slice() else {
        panic!("{:?}", harness.state().out);
    };
    let scenario = harness.state().session.scenario();
    assert_eq!(scenario.state(incident.initiator).id, "ALD");
    assert_eq!(scenario.state(incident.target).id, "EST");
}

#[test]
fn acts_of_other_kinds_are_ordered_through_the_same_dialog() {
    let mut s = stage("three-leagues", 1);
    s.selection.state = s.session.scenario().state_id("ALD");
    let mut harness = harness(s, |ui, s| {
        let selection = s.selection;
        panels::incident::form(ui, &s.session, &mut s.state.incident, &selection, &palette(), &mut s.out);
    });
    harness.get_by_value("hostile act").click();
    harness.run();
    harness.get_by_label("act on a treaty").click();
    harness.run();
    assert!(harness.query_by_label("Choose a treaty.").is_some());
    harness.get_by_value("choose…").click();
    harness.run();
    harness.get_by_label("Iron League").click();
    harness.run();
    harness.get_by_value("ratifies it").click();
    harness.run();
    harness.get_by_label("denounces it").click();
    harness.run();
    harness.get_by_label("Let it happen").click();
    harness.run();
    let s = harness.state_mut();
    let [SessionCommand::Order(order)] = s.out.as_slice() else { panic!("{:?}", s.out) };
    assert!(matches!(order, Act::Denunciation(..)), "{order:?}");
    s.session.apply(SessionCommand::Order(order.clone()));
    let told = |kind: &FactKind| matches!(kind, FactKind::Denounced { .. } | FactKind::NoticeGiven { .. });
    assert!(s.session.chronicle().facts().iter().any(|f| told(&f.kind)));
}

#[test]
fn the_chronicle_tells_what_happened_and_selects_whom_it_is_about() {
    let mut harness = drawer(stage("three-leagues", 4));
    harness.get_by_label_contains("Corvane enters the conflict").click();
    harness.run();
    let scenario = harness.state().session.scenario();
    assert_eq!(harness.state().selection.state, scenario.state_id("COR"));
}

#[test]
fn the_cascade_leads_from_the_landing_to_the_entry() {
    let mut harness = drawer(stage("three-leagues", 4));
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

#[test]
fn a_legend_can_be_closed_and_opened_again() {
    let mut harness = harness(stage("three-leagues", 1), |ui, s| {
        legend::lines(ui, &s.session, &mut s.state, true, &palette());
    });
    assert!(harness.query_by_label("one-sided guarantee").is_some());
    harness.get_by_label("Hide the legend of lines").click();
    harness.run();
    assert!(harness.query_by_label("one-sided guarantee").is_none());
    harness.get_by_label("Show the legend of lines").click();
    harness.run();
    assert!(harness.query_by_label("one-sided guarantee").is_some());
}

#[test]
fn a_low_map_keeps_its_legend_closed_until_somebody_opens_it() {
    let mut harness = harness(stage("new-axis-2024", 1), |ui, s| {
        legend::colours(ui, &s.session, &mut s.state, false, &palette());
    });
    assert!(harness.query_by_label("in no bloc").is_none());
    harness.get_by_label("Show the legend of colours").click();
    harness.run();
    assert!(harness.query_by_label("in no bloc").is_some());
    assert!(harness.query_by_label("bloc of the United States").is_some());
    assert!(harness.query_by_label("at war").is_some());
}

/// A turn in which a chain begins: the landing in Three Leagues.
fn turn_with_a_chain() -> Stage {
    (1..=12)
        .map(|turn| stage("three-leagues", turn))
        .find(|s| s.session.chain().len() > 2)
        .expect("a turn with a chain")
}

#[test]
fn a_chain_lists_causes_before_effects_and_names_the_clause_that_carried_them() {
    let s = turn_with_a_chain();
    let chronicle = s.session.chronicle();
    let chain = s.session.chain();
    let firsts: Vec<_> = chain.iter().map(|told| told.facts[0]).collect();
    assert!(firsts.is_sorted(), "in the order in which it happened");
    let owed = chain.iter().find(|told| told.text.starts_with("Casus foederis")).expect("something owed");
    assert!(cascade::carrier(chronicle, owed.facts[0]).is_some());
    assert_eq!(cascade::carrier(chronicle, firsts[0]), None, "the first act is carried by no clause");
}

#[test]
fn in_the_end_a_chain_has_lit_up_as_a_whole() {
    let s = turn_with_a_chain();
    let chain = s.session.chain();
    let last = chain[chain.len() - 1].facts[0];
    let mut playing = Playing::new(chain, f32::INFINITY);
    assert!(playing.is_running() && !playing.shows(last));
    for _ in 0..1000 {
        playing.advance(0.033);
    }
    assert!(!playing.is_running() && playing.shows(last));
}

#[test]
fn a_chain_can_be_played_again_and_skipped() {
    let mut s = turn_with_a_chain();
    s.state.drawer = Drawer::Cascade;
    let root = s.session.roots()[0];
    let mut harness = drawer(s);
    harness.get_by_label("Play the chain").click();
    harness.run();
    assert_eq!(harness.state().out, [SessionCommand::PlayChain(root)]);
    let links = harness.state().session.chain_from(root);
    harness.state_mut().chain = Playing::new(links, f32::INFINITY);
    harness.run();
    harness.get_by_label("Skip").click();
    harness.run();
    assert_eq!(harness.state().out.last(), Some(&SessionCommand::SkipChain));
}

#[test]
fn the_cascade_tells_what_many_owe_alike_in_one_row() {
    let mut s = stage("new-axis-2024", 1);
    let id = |code| s.session.scenario().state_id(code).expect("a state");
    let (initiator, target) = (id("RUS"), id("EST"));
    s.session.apply(SessionCommand::Order(Act::Incident(Incident::invasion(initiator, target))));
    let root = s.session.roots()[0];
    let rows = s.session.outline(root, false);
    let article =
        |row: &&cascade::Row| row.told.text.contains("Article 5 of the North Atlantic Treaty is owed");
    let owed: Vec<_> = rows.iter().filter(article).collect();
    assert_eq!(owed.len(), 1);
    assert!(owed[0].told.facts.len() > 5);
}

#[test]
fn an_attacker_is_told_that_it_was_its_own_act() {
    let mut s = stage("three-leagues", 4);
    let act = s.session.facts().iter().find_map(|f| match f.kind {
        FactKind::Incident { incident, .. } => Some(incident.initiator),
        _ => None,
    });
    s.selection.state = act;
    let harness = harness(s, |ui, s| {
        panels::inspector::show(ui, &s.session, &mut s.selection, &palette());
    });
    assert!(harness.query_by_label_contains("by its own act").is_some());
}

#[test]
fn why_shows_the_first_decision_for_the_greatest_choice() {
    for turn in [4, 8, 12] {
        let s = stage("three-leagues", turn);
        for state in s.session.scenario().state_ids() {
            let Some(shown) = s.session.decision(state) else { continue };
            let FactKind::Decided { choice, conflict, .. } = shown.kind else { panic!("a decision") };
            for fact in s.session.facts() {
                if let FactKind::Decided { state: of, conflict: c, choice: other, .. } = fact.kind
                    && (of, c) == (state, conflict)
                {
                    assert!(other < choice || other == choice && shown.id <= fact.id);
                }
            }
        }
    }
}

#[test]
fn scenarios_are_listed_by_their_titles() {
    let mut harness = harness(stage("three-leagues", 1), |ui, s| {
        panels::transport::show(ui, &s.session, &mut s.state, &palette(), &mut s.out);
    });
    let title = harness.state().session.scenario().title.clone();
    harness.get_by_value(&title).click();
    harness.run();
    harness.get_by_label("July 1914").click();
    harness.run();
    assert_eq!(harness.state().out, [SessionCommand::Open("july-1914".into())]);
}

#[test]
fn the_buttons_of_the_transport_stay_where_they_are_whatever_the_date() {
    let at = |turn| {
        let harness = harness(stage("july-1914", turn), |ui, s| {
            panels::transport::show(ui, &s.session, &mut s.state, &palette(), &mut s.out);
        });
        harness.get_by_label("Step").rect().left()
    };
    assert_eq!(at(1), at(14));
}

/// A stage on which the ensemble drawer is open.
fn asking(name: &str) -> Stage {
    let mut s = stage(name, 1);
    let source = scenario::embedded(name).expect("an embedded scenario").source;
    s.session.text = source.into();
    s.state.drawer = Drawer::Ensemble;
    s
}

fn drawer(stage: Stage) -> Harness<'static, Stage> {
    harness(stage, |ui, s| {
        panels::drawer::show(
            ui,
            &s.session,
            &s.chain,
            &s.inquiry,
            &mut s.state,
            &mut s.selection,
            &palette(),
            &mut s.out,
        );
    })
}

/// Asks what the panel asked for, and waits for the answer.
fn answered(harness: &mut Harness<'static, Stage>) {
    let stage = harness.state_mut();
    let Some(SessionCommand::Ask(question)) = stage.out.pop() else { panic!("{:?}", stage.out) };
    stage.inquiry.ask(&stage.session, question);
    while !stage.inquiry.is_ready() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    stage.inquiry.take();
    harness.run();
}

#[test]
fn many_histories_tell_who_enters_how_often() {
    let mut s = asking("three-leagues");
    s.state.inquiry.histories = 60;
    let mut harness = drawer(s);
    harness.get_by_label("Ask").click();
    harness.run();
    answered(&mut harness);
    assert!(harness.query_by_label_contains("Who enters a war, in 60 histories").is_some());
    assert!(harness.query_by_label("Corvane").is_some());
    assert!(harness.query_all_by_label_contains("with the side").count() > 1);
}

#[test]
fn a_change_is_compared_and_a_mistake_in_it_explained() {
    let mut s = asking("three-leagues");
    s.state.inquiry.kind = panels::inquiry::Kind::Compare;
    s.state.inquiry.histories = 60;
    s.state.inquiry.change = "rules/reluctance=0".into();
    let mut harness = drawer(s);
    harness.get_by_label("Ask").click();
    harness.run();
    answered(&mut harness);
    assert!(harness.query_by_label_contains("histories part").is_some());
    harness.state_mut().state.inquiry.change = "rules/reluctanse=0".into();
    harness.get_by_label("Ask").click();
    harness.run();
    answered(&mut harness);
    assert!(harness.query_by_label_contains("reluctanse").is_some());
}

#[test]
fn a_question_can_be_given_up() {
    let mut s = asking("three-leagues");
    let question = casus::gui::inquiry::Question::Ensemble { histories: 100_000, what_if: None };
    s.inquiry.ask(&s.session, question);
    let mut harness = drawer(s);
    harness.get_by_label("Cancel").click();
    harness.run();
    assert_eq!(harness.state().out, [SessionCommand::CancelInquiry]);
    harness.state_mut().inquiry.cancel();
    harness.run();
    assert!(harness.query_by_label("Ask").is_some());
}

#[test]
fn before_an_incident_happens_one_can_ask_what_it_would_bring() {
    let mut s = stage("three-leagues", 1);
    s.selection.state = s.session.scenario().state_id("ALD");
    let mut harness = harness(s, |ui, s| {
        panels::incident::form(ui, &s.session, &mut s.state.incident, &s.selection, &palette(), &mut s.out);
    });
    harness.get_by_label("Target").click();
    harness.run();
    harness.get_by_label("Estwold").click();
    harness.run();
    harness.get_by_label("What if?").click();
    harness.run();
    let asked = &harness.state().out;
    assert!(matches!(
        asked[..],
        [SessionCommand::Ask(casus::gui::inquiry::Question::Ensemble { what_if: Some(_), .. })]
    ));
}
