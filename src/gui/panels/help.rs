//! The list of keys.

use bevy_egui::egui;

use super::{UiState, faint};
use crate::gui::theme::Palette;

const KEYS: &[(&str, &str)] = &[
    ("Space", "play or pause"),
    ("Right, Left", "one turn on, one turn back"),
    ("Home, End", "to the start, to the end"),
    ("I", "order an incident or another act"),
    ("Ctrl-Z, Ctrl-Y", "take an order back, bring it back"),
    ("Ctrl-S", "save your orders, for `casus run --orders`"),
    ("Wheel, + and -", "zoom the map"),
    ("Drag, W A S D", "move the map"),
    ("Double-click", "zoom to a state; on the sea: show the world"),
    ("F12", "save a picture of the window"),
    ("Esc", "close what is open"),
    ("?", "this list"),
];

/// Shows the list, if it is open.
pub fn show(ctx: &egui::Context, state: &mut UiState, palette: &Palette) {
    egui::Window::new("Keys").open(&mut state.help).collapsible(false).resizable(false).show(ctx, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing([18.0, 6.0]).show(ui, |ui| {
            for (key, meaning) in KEYS {
                ui.label(*key);
                ui.label(faint(*meaning, palette));
                ui.end_row();
            }
        });
    });
}
