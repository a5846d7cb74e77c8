//! Sleep while nothing moves: no event, no frame, no work.
//!
//! A frame is not complete when its systems have run: shaders load and pipelines compile on other threads,
//! and what a frame changes may reach the screen with the next. So a change is followed by a few more
//! frames, and sleep comes only when no pipeline is waited for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bevy::asset::AssetEventSystems;
use bevy::prelude::*;
use bevy::render::render_resource::PipelineCache;
use bevy::render::{Render, RenderApp, RenderSystems};
use bevy::window::{RequestRedraw, WindowResized};
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{EguiInput, EguiInputSet, EguiPostUpdateSet, EguiPreUpdateSet, egui};

use super::cascade::Playing;
use super::inquiry::Inquiry;
use super::map::Atlas;
use super::panels::Selection;
use super::session::Session;
use super::theme::Palette;

/// A glance once a minute, for whatever slipped through.
const ASLEEP: Duration = Duration::from_secs(60);
/// While something moves by itself.
const FRAME: Duration = Duration::from_millis(33);

/// While an answer is being worked out and a bar grows.
const ASKING: Duration = Duration::from_millis(100);

/// Frames after the last change.
const SETTLING: u32 = 5;
/// Frames at the start: until the window has its size, its fonts and its meshes.
const STARTING: u32 = 20;
/// Frames that are drawn before the window shows itself.
const UNSEEN: u32 = 8;
/// The longest that the window stays hidden.
const VEILED: Duration = Duration::from_secs(3);
/// A driver that does not get its pipelines ready in so many frames never will.
const PATIENCE: u32 = 3000;

/// How many frames are still to be drawn before sleep.
#[derive(Resource)]
struct Unsettled {
    frames: u32,
    patience: u32,
}

/// Whether the renderer waits for pipelines; shared with its own world and thread.
#[derive(Resource, Clone, Default)]
struct Waiting(Arc<AtomicBool>);

pub fn plugin(app: &mut App) {
    let waiting = Waiting::default();
    if let Some(renderer) = app.get_sub_app_mut(RenderApp) {
        renderer
            .insert_resource(waiting.clone())
            .add_systems(Render, tell_of_pipelines.in_set(RenderSystems::Cleanup));
    }
    app.insert_resource(every(ASLEEP))
        .insert_resource(waiting)
        .insert_resource(Unsettled { frames: STARTING, patience: PATIENCE })
        // Otherwise a glyph that is new reaches the GPU a frame after the text that needs it.
        .configure_sets(PostUpdate, EguiPostUpdateSet::PostProcessOutput.before(AssetEventSystems))
        .add_systems(
            PreUpdate,
            drop_old_news.after(EguiInputSet::WriteEguiEvents).before(EguiPreUpdateSet::BeginPass),
        )
        .add_systems(Last, (settle, unveil, pace));
}

fn tell_of_pipelines(cache: Res<PipelineCache>, waiting: Res<Waiting>) {
    waiting.0.store(cache.waiting_pipelines().next().is_some(), Ordering::Relaxed);
}

/// Keeps frames coming until what is on the screen is what was meant.
#[expect(clippy::too_many_arguments, reason = "a system's parameters are its dependencies")]
fn settle(
    session: Res<Session>,
    atlas: Res<Atlas>,
    palette: Res<Palette>,
    selection: Res<Selection>,
    chain: Res<Playing>,
    inquiry: Res<Inquiry>,
    waiting: Res<Waiting>,
    mut resized: MessageReader<WindowResized>,
    mut unsettled: ResMut<Unsettled>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let changed = session.is_changed()
        || atlas.is_changed()
        || palette.is_changed()
        || selection.is_changed()
        || chain.is_changed()
        || inquiry.is_changed()
        || resized.read().count() > 0;
    if changed {
        unsettled.frames = unsettled.frames.max(SETTLING);
    }
    if waiting.0.load(Ordering::Relaxed) && unsettled.patience > 0 {
        unsettled.frames = unsettled.frames.max(SETTLING);
        unsettled.patience -= 1;
    }
    if unsettled.frames > 0 {
        unsettled.frames -= 1;
        redraw.write(RequestRedraw);
    }
}

/// The window shows itself when its first picture is complete: until pipelines are ready the map is black.
/// Some systems draw next to nothing in a window that is hidden, so it does not wait long.
fn unveil(
    time: Res<Time<Real>>,
    waiting: Res<Waiting>,
    mut window: Single<&mut Window>,
    mut frames: Local<u32>,
) {
    if window.visible {
        return;
    }
    *frames += 1;
    let ready = *frames >= UNSEEN && !waiting.0.load(Ordering::Relaxed);
    if ready || time.elapsed() > VEILED {
        window.visible = true;
    }
}

fn every(wait: Duration) -> WinitSettings {
    // Low power: `reactive` would also wake for a mouse that moves over other windows.
    let mode = UpdateMode::reactive_low_power(wait);
    WinitSettings { focused_mode: mode, unfocused_mode: mode }
}

/// Egui repaints after every event, and bevy_egui 0.42 reports the modifier keys in every frame,
/// which together never end. Only a change of them is an event.
fn drop_old_news(
    mut inputs: Query<&mut EguiInput>,
    mut known: Local<Option<egui::Modifiers>>,
    mut unsettled: ResMut<Unsettled>,
) {
    for mut input in &mut inputs {
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(now) => known.replace(*now) != Some(*now),
            _ => true,
        });
        if !input.events.is_empty() {
            unsettled.frames = unsettled.frames.max(SETTLING);
        }
    }
}

/// Motion of our own is paced here, not by `request_repaint_after`: bevy_egui answers any scheduled
/// repaint at once, that is as fast as the screen allows.
fn pace(
    session: Res<Session>,
    chain: Res<Playing>,
    inquiry: Res<Inquiry>,
    mut settings: ResMut<WinitSettings>,
) {
    let moves = session.playing || chain.is_running();
    let wanted = every(match inquiry.progress() {
        _ if moves => FRAME,
        Some(_) => ASKING,
        None => ASLEEP,
    });
    // Winit takes a changed mode as a reason to draw, so it must not change without one.
    if settings.focused_mode != wanted.focused_mode {
        *settings = wanted;
    }
}
