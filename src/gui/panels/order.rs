//! How the order of powers stands: balance, tension, norms, fears, and what is sent in secret.

use bevy_egui::egui::{Color32, Label, RichText, Ui, Vec2};

use super::{Selection, bar, faint, section, short_name};
use crate::chronicle::{Prose, capitalized, join_words};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::{StateId, TransferId};
use crate::world::{Fear, TransferState};

/// How many states a list of fears names.
const MOST_FEARFUL: usize = 5;

/// How many grievances are listed.
const MOST_EXPECTED: usize = 6;

/// The narrowest column that can be read.
const LEAST_WIDTH: f32 = 300.0;

/// Shows all of it, in as many columns as there is room for.
pub fn show(ui: &mut Ui, session: &Session, selection: &mut Selection, palette: &Palette) {
    let columns = ((ui.available_width() / LEAST_WIDTH) as usize).clamp(1, 3);
    ui.columns(columns, |uis| {
        let last = columns - 1;
        balance(&mut uis[0], session, palette);
        regions(&mut uis[0], session, palette);
        deterrence(&mut uis[1.min(last)], session, selection, palette);
        norms(&mut uis[1.min(last)], session, palette);
        fears(&mut uis[1.min(last)], session, selection, palette);
        transfers(&mut uis[2.min(last)], session, palette);
    });
}

/// A number from 0 to 1 as a bar, and in figures.
fn gauge(ui: &mut Ui, value: f64, color: Color32, palette: &Palette) {
    ui.allocate_ui(Vec2::new(64.0, 16.0), |ui| bar(ui, 64.0, value as f32, color, palette));
    ui.label(RichText::new(format!("{value:.2}")).size(13.0).color(palette.faint_ink));
}

/// A name with its number.
fn share(ui: &mut Ui, name: &str, value: f64, hint: &str, color: Color32, palette: &Palette) {
    ui.horizontal(|ui| {
        gauge(ui, value, color, palette);
        ui.add(Label::new(RichText::new(name).size(13.5)).truncate()).on_hover_text(hint);
    });
}

fn balance(ui: &mut Ui, session: &Session, palette: &Palette) {
    section(ui, "Balance of power", palette);
    let metrics = &session.metrics()[session.cursor().0 as usize];
    let order = match session.scenario().multipolar_from {
        Some(needed) if metrics.multipolar => format!("multipolar: {needed:.1} poles or more"),
        Some(needed) => format!("not multipolar: that would take {needed:.1} poles"),
        None => "the scenario does not say what would make it multipolar".to_owned(),
    };
    ui.add(Label::new(format!("{:.2} effective poles; {order}.", metrics.poles)).wrap());
    let rows = [
        (
            "greatest bloc's share",
            metrics.greatest_bloc,
            "Share of the capability of all; states that allies tie together are a bloc",
        ),
        ("concentration", metrics.concentration, "0 if all are equal, 1 if one has everything"),
        ("polarization", metrics.polarization, "0 to 1 for two wholly hostile halves"),
        ("structural balance", metrics.balance, "Share of triads in which a friend's enemy is an enemy"),
    ];
    for (name, value, hint) in rows {
        share(ui, name, value, hint, palette.accent, palette);
    }
}

/// Who has a grievance against whom, and what it expects to meet: the likeliest attacks first.
fn deterrence(ui: &mut Ui, session: &Session, selection: &mut Selection, palette: &Palette) {
    let mut all: Vec<_> = session.outlook().iter().collect();
    all.sort_by(|a, b| b.forecast.chance_alone.total_cmp(&a.forecast.chance_alone));
    if all.is_empty() {
        return;
    }
    section(ui, "Expected defenders", palette);
    let name = |s: StateId| short_name(&session.scenario().state(s).name);
    for o in all.into_iter().take(MOST_EXPECTED) {
        let pair = format!("{} against {}", name(o.state), name(o.target));
        let link = ui.link(RichText::new(pair).size(13.5));
        let named = o.forecast.defenders.iter().take(3).map(|(s, p)| format!("{} {p:.2}", name(*s)));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = o.forecast.defenders.len().saturating_sub(3);
        let defenders = match (o.forecast.defenders.len(), more) {
            (0, _) => "nobody".to_owned(),
            (_, 0) => named,
            (_, more) => format!("{named} and {more} more"),
        };
        let percent = crate::chronicle::percent;
        let hint = format!(
            "It would win with a chance of {}, against the target alone {}. Where states act of their own accord, the chance of an attack in a year is {}; if nobody stood by the target, {}.",
            percent(o.forecast.victory),
            percent(o.forecast.victory_alone),
            percent(o.forecast.chance),
            percent(o.forecast.chance_alone)
        );
        ui.add(Label::new(faint(defenders, palette).size(13.0)).wrap()).on_hover_text(&hint);
        if link.on_hover_text(hint).clicked() {
            selection.select(o.state);
        }
    }
}

fn regions(ui: &mut Ui, session: &Session, palette: &Palette) {
    section(ui, "Tension by region", palette);
    let hint = "Hostility of the region's states towards all others, weighted by capability; stability is its complement";
    for (region, tension) in session.scenario().regions.iter().zip(session.regional_tension()) {
        share(ui, &region.name, *tension, hint, palette.against, palette);
    }
}

fn norms(ui: &mut Ui, session: &Session, palette: &Palette) {
    let scenario = session.scenario();
    section(ui, "Norms", palette);
    if scenario.norms.is_empty() {
        ui.label(faint("The scenario follows none.", palette));
    }
    let prose = Prose::new(scenario, session.chronicle());
    for ((norm, now), id) in scenario.norms.iter().zip(&session.snapshot().environment.norms).zip(0..) {
        let name = capitalized(&prose.norm(crate::model::NormId(id)));
        ui.add(Label::new(RichText::new(name).family(theme::strong()).size(13.5)).wrap());
        let first = format!("strength; {:.2} at the start", norm.strength);
        share(ui, &first, now.strength, "0 (dead letter) to 1 (kept by all)", palette.accent, palette);
        let watched = match (&norm.monitor, now.monitored) {
            (Some(_), true) => "A body watches over it.",
            (Some(_), false) => "The body that watched over it is no more.",
            (None, _) => "Nobody watches over it.",
        };
        let under: Vec<String> = now.sanctioned.iter().map(|s| scenario.state(*s).name.clone()).collect();
        let under = match under.is_empty() {
            true => "Nobody is under its measures.".to_owned(),
            false => format!("Under its measures: {}.", join_words(&under)),
        };
        ui.add(Label::new(faint(format!("{watched} {under}"), palette).size(13.0)).wrap());
    }
}

fn fears(ui: &mut Ui, session: &Session, selection: &mut Selection, palette: &Palette) {
    let all = &session.snapshot().fears;
    type List = (&'static str, &'static str, fn(&Fear) -> f64);
    let lists: [List; 2] = [
        (
            "Who fears most to be left alone",
            "How far it is threatened, times the chance that nobody is believed to stand by it",
            |f| f.abandonment,
        ),
        (
            "Who fears most to be dragged in",
            "How near a partner is to war, times how firmly it is bound, times how little it has against the adversary itself",
            |f| f.entrapment,
        ),
    ];
    for (title, hint, of) in lists {
        let mut most: Vec<(StateId, f64)> = session
            .scenario()
            .state_ids()
            .zip(all)
            .map(|(s, f)| (s, of(f)))
            .filter(|(_, f)| *f > 0.005)
            .collect();
        most.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        if most.is_empty() {
            continue;
        }
        section(ui, title, palette);
        for (state, fear) in most.into_iter().take(MOST_FEARFUL) {
            ui.horizontal(|ui| {
                gauge(ui, fear, palette.against, palette);
                let name = short_name(&session.scenario().state(state).name);
                if ui.link(RichText::new(name).size(13.5)).on_hover_text(hint).clicked() {
                    selection.select(state);
                }
            });
        }
    }
}

/// How a covert transfer stands with those who look for it.
fn standing(session: &Session, now: &TransferState) -> String {
    let scenario = session.scenario();
    let names = |states: &[StateId]| {
        let names: Vec<String> = states.iter().map(|s| scenario.state(*s).name.clone()).collect();
        join_words(&names)
    };
    let mut parts = Vec::new();
    if now.published.is_some() {
        parts.push("published".to_owned());
    } else {
        parts.push(match now.exposed.len() {
            0 => "hidden".to_owned(),
            n => format!("exposed to {n} of {} observers", now.odds.len().saturating_sub(2)),
        });
    }
    if !now.denied.is_empty() {
        parts.push(format!("denied by {}", names(&now.denied)));
    }
    if !now.acknowledged.is_empty() {
        parts.push(format!("admitted by {}", names(&now.acknowledged)));
    }
    parts.join("; ")
}

fn transfers(ui: &mut Ui, session: &Session, palette: &Palette) {
    let scenario = session.scenario();
    section(ui, "What is sent", palette);
    let prose = Prose::new(scenario, session.chronicle());
    let all = scenario.transfers.iter().zip(&session.snapshot().environment.transfers).zip(0..);
    let running: Vec<_> = all.filter(|((_, now), _)| now.running.is_some()).collect();
    if running.is_empty() {
        ui.label(faint("Nothing, as far as the scenario follows it.", palette));
    }
    for ((transfer, now), id) in running {
        let what = prose.transfer(TransferId(id));
        let what = capitalized(what.strip_prefix("the transfer of ").unwrap_or(&what));
        let title = ui.add(Label::new(RichText::new(what).family(theme::strong()).size(13.5)).wrap());
        title.on_hover_text(&transfer.text);
        if !transfer.covert {
            ui.label(faint("in the open", palette).size(13.0));
            continue;
        }
        let line = ui.add(Label::new(faint(standing(session, now), palette).size(13.0)).wrap());
        line.on_hover_ui(|ui| {
            ui.label("What observers believe of it, 0 to 1:");
            for (observer, belief) in believers(session, [transfer.from, transfer.to], now) {
                ui.label(faint(format!("{}  {belief:.2}", scenario.state(observer).name), palette));
            }
        });
    }
}

/// What observers believe of a transfer, the surest first.
fn believers(session: &Session, parties: [StateId; 2], now: &TransferState) -> Vec<(StateId, f64)> {
    let others = session.scenario().state_ids().filter(|s| !parties.contains(s));
    let mut all: Vec<(StateId, f64)> = others.map(|s| (s, now.belief(s))).collect();
    all.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    all.truncate(12);
    all
}
