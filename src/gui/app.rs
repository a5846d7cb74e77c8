//! The window's Bevy app: which plugins, which cameras, and one system that lays out a frame.

use bevy::camera::visibility::RenderLayers;
use bevy::camera::{CameraOutputMode, ClearColorConfig};
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::render_resource::BlendState;
use bevy::shader::Shader;
use bevy::window::{
    FileDragAndDrop, Monitor, PresentMode, PrimaryMonitor, WindowResizeConstraints, WindowResolution,
};
use bevy_egui::egui::{self, Frame, Key, Margin, Panel, Theme};
use bevy_egui::render::EGUI_SHADER_HANDLE;
use bevy_egui::{EguiContexts, EguiGlobalSettings, EguiPlugin, EguiPrimaryContextPass, PrimaryEguiContext};

use super::cascade::Playing;
use super::command::SessionCommand;
use super::inquiry::Inquiry;
use super::library::Unusable;
use super::map::{self, Atlas, MapView, overlay, widget};
use super::panels::{self, Drawer, Selection, UiState};
use super::session::Session;
use super::theme::{self, Palette};
use super::{Opened, Opening, capture, display, idle, library};
use crate::model::Turn;

/// Wishes of this frame, carried out after it.
#[derive(Resource, Default)]
struct Wishes(Vec<SessionCommand>);

/// Opens the window and stays until it is closed.
pub fn open(opening: &Opening) -> Opened {
    let library::Loaded { scenario, text, atlas } = match library::load(&opening.scenario) {
        Ok(loaded) => loaded,
        Err(Unusable::Missing(text)) => return Opened::NoScenario(text),
        Err(Unusable::Wrong(text)) => return Opened::BadScenario(text),
    };
    let seed = scenario.seed;
    let mut session = Session::new(scenario, seed);
    session.text = text;
    // The opening view shows a moment at which something is at stake.
    session.apply(SessionCommand::GoTo(Turn(1)));
    let mut app = match display::build(|| build(session, atlas)) {
        Ok(app) => app,
        Err(reason) => return Opened::NoWindow(reason),
    };
    if let Some(path) = &opening.capture {
        app.insert_resource(capture::Capture { path: path.clone(), after: 12 });
    }
    match app.run() {
        AppExit::Success => Opened::Closed(std::process::ExitCode::SUCCESS),
        AppExit::Error(code) => Opened::Closed(std::process::ExitCode::from(code.get())),
    }
}

fn build(session: Session, atlas: Atlas) -> App {
    let window = Window {
        title: "Casus Foederis".into(),
        name: Some("casus-foederis".into()),
        resolution: WindowResolution::new(1440, 900),
        resize_constraints: WindowResizeConstraints { min_width: 960.0, min_height: 600.0, ..default() },
        present_mode: PresentMode::AutoVsync,
        // Until its first picture is complete: see `idle`.
        visible: false,
        ..default()
    };
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin { primary_window: Some(window), ..default() })
            // Not a log for the user: what needs to be known is said in the window.
            .set(LogPlugin { filter: "error,wgpu_hal=off".into(), ..default() }),
    )
    .add_plugins((EguiPlugin::default(), idle::plugin, map::plugin, capture::plugin))
    .insert_resource(Palette::of(Theme::Light))
    .insert_resource(atlas)
    .insert_resource(session)
    .init_resource::<Wishes>()
    .init_resource::<Playing>()
    .init_resource::<Inquiry>()
    .init_resource::<UiState>()
    .init_resource::<Selection>()
    .add_systems(PreStartup, |mut settings: ResMut<EguiGlobalSettings>| {
        settings.auto_create_primary_context = false;
    })
    .add_systems(Startup, (open_egui, blend_correctly))
    .add_systems(PostStartup, |mut contexts: EguiContexts| -> Result {
        // Before the first pass: egui takes up new fonts only when a pass begins.
        theme::install(contexts.ctx_mut()?, Theme::Light);
        Ok(())
    })
    .add_systems(First, fit_to_monitor)
    .add_systems(Update, (take_dropped_files, take_answer, (advance, play).chain()))
    .add_systems(EguiPrimaryContextPass, (frame, carry_out).chain());
    app
}

/// Egui hands over premultiplied colours, which its Bevy shader turns into linear light as if they were
/// not: every soft light edge would come out dark. The one line that does so is changed here.
fn blend_correctly(mut shaders: ResMut<Assets<Shader>>) {
    const LINE: &str = "linear_from_gamma_rgb(color_gamma.rgb), color_gamma.a";
    const RIGHT: &str = "linear_from_gamma_rgb(min(color_gamma.rgb / max(color_gamma.a, 0.0001), \
        vec3<f32>(1.0))) * color_gamma.a, color_gamma.a";
    let Some(shader) = shaders.get(&EGUI_SHADER_HANDLE) else { return };
    let source = shader.source.as_str().replace(LINE, RIGHT);
    let path = shader.path.clone();
    let changed = Shader::from_wgsl(source, path);
    // A handle with a fixed id is always valid; without the change the window is merely less handsome.
    let _ = shaders.insert(EGUI_SHADER_HANDLE.id(), changed);
}

/// Egui draws through a camera of its own over the whole window, after the map's.
fn open_egui(mut commands: Commands) {
    commands.spawn((
        PrimaryEguiContext,
        Camera2d,
        RenderLayers::none(),
        // Cameras that share a target share its depth texture, and so its sample count.
        map::MSAA,
        Camera {
            order: 1,
            output_mode: CameraOutputMode::Write {
                blend_state: Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                clear_color: ClearColorConfig::None,
            },
            clear_color: ClearColorConfig::Custom(Color::NONE),
            ..default()
        },
    ));
}

#[expect(clippy::too_many_arguments, reason = "a system's parameters are its dependencies")]
fn frame(
    mut contexts: EguiContexts,
    mut commands: Commands,
    session: Res<Session>,
    atlas: Res<Atlas>,
    chain: Res<Playing>,
    inquiry: Res<Inquiry>,
    mut palette: ResMut<Palette>,
    mut state: ResMut<UiState>,
    mut view: ResMut<MapView>,
    mut selection: ResMut<Selection>,
    mut wishes: ResMut<Wishes>,
) -> Result {
    let ctx = contexts.ctx_mut()?.clone();
    palette.set_if_neq(Palette::of(ctx.theme()));
    let palette = palette.clone();
    let out = &mut wishes.0;
    shortcuts(&ctx, &mut state, &chain, &inquiry, out);
    if ctx.input(|i| i.key_pressed(Key::F12)) {
        capture::take(&mut commands, "casus-foederis.png".into());
    }
    let mut chosen = *selection;
    let mut root = egui::Ui::new(
        ctx.clone(),
        "window".into(),
        egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(ctx.viewport_rect()),
    );
    let card = |x, y| Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(x, y));
    Panel::top("transport").exact_size(48.0).frame(card(14, 0)).show(&mut root, |ui| {
        panels::transport::show(ui, &session, &mut state, &palette, out);
    });
    // A low window gives the map its share first.
    // A name for each, since a panel keeps the size it had first.
    let low = ctx.viewport_rect().height() < 800.0;
    Panel::bottom(if low { "low timeline" } else { "timeline" })
        .default_size(if low { 226.0 } else { 290.0 })
        .size_range(120.0..=460.0)
        .resizable(true)
        .frame(card(12, 8))
        .show(&mut root, |ui| {
            panels::timeline::show(ui, &session, &palette, out);
            panels::drawer::show(ui, &session, &chain, &inquiry, &mut state, &mut chosen, &palette, out);
        });
    Panel::left("lists")
        .default_size(250.0)
        .size_range(180.0..=380.0)
        .resizable(true)
        .frame(card(12, 8))
        .show(&mut root, |ui| {
            panels::lists::show(ui, &session, &mut state, &mut chosen, &palette);
        });
    Panel::right("inspector")
        .default_size(340.0)
        .size_range(260.0..=560.0)
        .resizable(true)
        .frame(card(14, 10))
        .show(&mut root, |ui| {
            panels::inspector::show(ui, &session, &mut chosen, &palette);
        });
    egui::CentralPanel::no_frame().show(&mut root, |ui| {
        let response = widget::show(ui, &atlas, &session, &mut view, &mut chosen);
        let painter = ui.painter_at(view.rect);
        let legend = overlay::legend::show(ui, view.rect, &session, &mut state, &palette);
        let caption = overlay::caption::show(ui, view.rect, &legend, &session, &chain, &palette, out);
        let covered = legend.iter().chain(&caption).map(|rect| rect.expand(4.0)).collect();
        overlay::draw(&painter, &view, &atlas, &session, &chain, &chosen, &palette, covered);
        if let Some(text) = overlay::hover_text(&atlas, &session, &chosen) {
            response.on_hover_text_at_pointer(text);
        }
    });
    panels::incident::show(&ctx, &session, &mut state, &chosen, &palette, out);
    panels::help::show(&ctx, &mut state, &palette);
    selection.set_if_neq(chosen);
    Ok(())
}

/// Wishes are carried out once the frame is laid out; what changed shows in the next.
#[expect(clippy::too_many_arguments, reason = "a system's parameters are its dependencies")]
fn carry_out(
    time: Res<Time<Real>>,
    mut wishes: ResMut<Wishes>,
    mut session: ResMut<Session>,
    mut state: ResMut<UiState>,
    mut chain: ResMut<Playing>,
    mut inquiry: ResMut<Inquiry>,
    mut last_step: Local<f64>,
    mut selection: ResMut<Selection>,
    mut view: ResMut<MapView>,
    mut atlas: ResMut<Atlas>,
    mut contexts: EguiContexts,
) -> Result {
    if wishes.0.is_empty() {
        return Ok(());
    }
    for wish in wishes.0.drain(..) {
        match wish {
            SessionCommand::Open(name) => match library::load(&name) {
                Ok(loaded) => {
                    *atlas = loaded.atlas;
                    let seed = loaded.scenario.seed;
                    *session = Session::new(loaded.scenario, seed);
                    session.text = loaded.text;
                    *inquiry = Inquiry::default();
                    session.apply(SessionCommand::GoTo(Turn(1)));
                    *selection = Selection::default();
                    *view = MapView::default();
                }
                // The last good scenario stays in place.
                Err(why) => session.message = Some(why.to_string()),
            },
            SessionCommand::SaveOrders => {
                let stem = format!("{}-orders", session.scenario().name.replace(['/', '\\', '.'], "-"));
                session.message = Some(library::save_new(&stem, &session.orders_text()));
            }
            SessionCommand::PlayChain(root) => {
                *chain = Playing::new(session.chain_from(root), f32::INFINITY);
            }
            SessionCommand::SkipChain => *chain = Playing::default(),
            SessionCommand::Ask(question) => {
                inquiry.ask(&session, question);
                state.drawer = Drawer::Ensemble;
            }
            SessionCommand::CancelInquiry => inquiry.cancel(),
            wish => {
                let onwards =
                    matches!(wish, SessionCommand::Step | SessionCommand::Order(_) | SessionCommand::Redo);
                let ordered = matches!(wish, SessionCommand::Order(_));
                let before = session.cursor();
                session.apply(wish);
                *chain = Playing::default();
                if onwards && session.cursor() != before {
                    let since = time.elapsed_secs_f64() - *last_step;
                    *last_step = time.elapsed_secs_f64();
                    let room = room(session.playing.then_some(state.speed), since);
                    *chain = Playing::new(session.chain(), room);
                }
                if ordered && session.message.is_none() {
                    (state.drawer, state.cascade) = (Drawer::Cascade, 0);
                }
            }
        }
    }
    contexts.ctx_mut()?.request_repaint();
    Ok(())
}

/// The window opens no larger than the screen that it is on; later its size is the user's affair.
fn fit_to_monitor(
    mut window: Single<&mut Window>,
    monitors: Query<(&Monitor, Has<PrimaryMonitor>)>,
    mut view: ResMut<MapView>,
    mut done: Local<bool>,
) {
    let primary = monitors.iter().find(|(_, primary)| *primary);
    let Some((monitor, _)) = primary.or(monitors.iter().next()).filter(|_| !*done) else { return };
    *done = true;
    let size = window.physical_size();
    let fitting = size.min(UVec2::new(monitor.physical_width, monitor.physical_height));
    if fitting != size && fitting.min_element() > 0 {
        window.resolution.set_physical_resolution(fitting.x, fitting.y);
        // Laid out anew for the size that it has in the end.
        *view = MapView::default();
    }
}

/// How many seconds a chain may take: as long as it needs after a single step, little where turns follow
/// each other by themselves, nothing where somebody steps fast.
fn room(speed: Option<f32>, since_last_step: f64) -> f32 {
    match speed {
        Some(turns_per_second) => 2.5 / turns_per_second,
        None if since_last_step < 0.6 => 0.0,
        None => f32::INFINITY,
    }
}

/// Lets the chain play on.
fn advance(time: Res<Time>, mut chain: ResMut<Playing>) {
    // Without the test every frame would count as a change, and the window would never sleep.
    if chain.is_running() {
        chain.advance(time.delta_secs());
    }
}

/// What a thread has found out shows in the next frame.
fn take_answer(mut inquiry: ResMut<Inquiry>) {
    if inquiry.is_ready() {
        inquiry.take();
    }
}

fn take_dropped_files(mut dropped: MessageReader<FileDragAndDrop>, mut wishes: ResMut<Wishes>) {
    for event in dropped.read() {
        if let FileDragAndDrop::DroppedFile { path_buf, .. } = event {
            wishes.0.push(SessionCommand::Open(path_buf.display().to_string()));
        }
    }
}

/// While playing, turns follow each other at the speed that was chosen.
fn play(
    time: Res<Time>,
    state: Res<UiState>,
    session: Res<Session>,
    chain: Res<Playing>,
    mut wishes: ResMut<Wishes>,
    mut due: Local<f32>,
) {
    if chain.is_running() {
        return;
    }
    if !session.playing {
        *due = 0.0;
        return;
    }
    *due += time.delta_secs() * state.speed;
    if *due >= 1.0 {
        *due = 0.0;
        wishes.0.push(SessionCommand::Step);
    }
}

fn shortcuts(
    ctx: &egui::Context,
    state: &mut UiState,
    chain: &Playing,
    inquiry: &Inquiry,
    out: &mut Vec<SessionCommand>,
) {
    // Text fields need these keys themselves.
    if ctx.text_edit_focused() {
        return;
    }
    let pressed = |modifiers, key| ctx.input_mut(|i| i.consume_key(modifiers, key));
    let none = egui::Modifiers::NONE;
    let control = egui::Modifiers::COMMAND;
    for (modifiers, key, wish) in [
        (none, Key::Space, SessionCommand::TogglePlay),
        (none, Key::ArrowRight, SessionCommand::Step),
        (none, Key::ArrowLeft, SessionCommand::Back),
        (none, Key::End, SessionCommand::GoTo(Turn(u32::MAX))),
        (none, Key::Home, SessionCommand::GoTo(Turn(0))),
        (control, Key::Z, SessionCommand::Undo),
        (control, Key::Y, SessionCommand::Redo),
        (control, Key::S, SessionCommand::SaveOrders),
    ] {
        if pressed(modifiers, key) {
            out.push(wish);
        }
    }
    if pressed(none, Key::I) {
        state.incident.open = !state.incident.open;
    }
    if pressed(none, Key::Questionmark) || pressed(egui::Modifiers::SHIFT, Key::Questionmark) {
        state.help = !state.help;
    }
    if pressed(none, Key::Escape) {
        if chain.is_running() {
            out.push(SessionCommand::SkipChain);
        }
        if inquiry.progress().is_some() {
            out.push(SessionCommand::CancelInquiry);
        }
        state.help = false;
        state.incident.open = false;
    }
}
