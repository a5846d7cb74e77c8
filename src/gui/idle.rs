//! Sleep while nothing moves: no event, no frame, no work.

use std::time::Duration;

use bevy::prelude::*;
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{EguiInput, EguiInputSet, EguiPreUpdateSet, egui};

use super::session::Session;

/// A glance once a minute, for whatever slipped through.
const ASLEEP: Duration = Duration::from_secs(60);
/// While something moves by itself.
const FRAME: Duration = Duration::from_millis(33);

pub fn plugin(app: &mut App) {
    app.insert_resource(every(ASLEEP))
        .add_systems(
            PreUpdate,
            drop_old_news.after(EguiInputSet::WriteEguiEvents).before(EguiPreUpdateSet::BeginPass),
        )
        .add_systems(Last, pace);
}

fn every(wait: Duration) -> WinitSettings {
    // Low power: `reactive` would also wake for a mouse that moves over other windows.
    let mode = UpdateMode::reactive_low_power(wait);
    WinitSettings { focused_mode: mode, unfocused_mode: mode }
}

/// Egui repaints after every event, and bevy_egui 0.42 reports the modifier keys in every frame,
/// which together never end. Only a change of them is an event.
fn drop_old_news(mut inputs: Query<&mut EguiInput>, mut known: Local<Option<egui::Modifiers>>) {
    for mut input in &mut inputs {
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(now) => known.replace(*now) != Some(*now),
            _ => true,
        });
    }
}

/// Motion of our own is paced here, not by `request_repaint_after`: bevy_egui answers any scheduled
/// repaint at once, that is as fast as the screen allows.
fn pace(session: Res<Session>, mut settings: ResMut<WinitSettings>) {
    let wanted = every(if session.playing { FRAME } else { ASLEEP });
    // Winit takes a changed mode as a reason to draw, so it must not change without one.
    if settings.focused_mode != wanted.focused_mode {
        *settings = wanted;
    }
}
