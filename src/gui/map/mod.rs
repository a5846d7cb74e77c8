//! The world map: Bevy draws the land, egui what is written over it.
//!
//! Data flow within one frame, all in `PostUpdate`: the egui pass moves [`MapView`] and
//! [`Selection`]; `follow_view` and `paint` carry them to the camera and the materials before Bevy
//! propagates and extracts them. Nothing is left over for a next frame, which in an application
//! that sleeps between events may be minutes away.

#![allow(
    clippy::disallowed_methods,
    reason = "a picture need not be the same on every machine to the last bit"
)]

mod camera;
mod geometry;
mod mesh;
pub mod overlay;
mod pick;
mod projection;
pub mod widget;

use bevy::asset::AssetEventSystems;
use bevy::camera::CameraUpdateSystems;
use bevy::prelude::*;
use bevy::sprite_render::AlphaMode2d;
use bevy_egui::{EguiPostUpdateSet, egui};

pub use camera::MapView;
pub use geometry::Atlas;

use self::camera::MapCamera;
use super::panels::{Fill, Selection, UiState};
use super::session::Session;
use super::theme::Palette;
use crate::model::{Response, Side, StateId};

/// Hairline borders need it.
pub const MSAA: Msaa = Msaa::Sample4;

/// A piece of the map whose colour follows the palette and the state of the world.
#[derive(Component, Clone, Copy)]
enum Paint {
    Ocean,
    Graticule,
    Border,
    Land(usize),
}

/// Adds the map to the app.
pub fn plugin(app: &mut App) {
    app.init_resource::<MapView>()
        .add_systems(Startup, open_camera)
        .add_systems(Update, draw_world.run_if(resource_changed::<Atlas>))
        .add_systems(
            PostUpdate,
            (camera::follow_view, paint)
                .after(EguiPostUpdateSet::EndPass)
                .before(CameraUpdateSystems)
                .before(TransformSystems::Propagate)
                .before(AssetEventSystems),
        );
}

fn open_camera(mut commands: Commands) {
    commands.spawn((Camera2d, MapCamera, MSAA));
}

/// Draws the land anew whenever a scenario brings another map.
fn draw_world(
    mut commands: Commands,
    drawn: Query<Entity, With<Paint>>,
    atlas: Res<Atlas>,
    session: Res<Session>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<ColorMaterial>>,
) {
    for piece in &drawn {
        commands.entity(piece).despawn();
    }
    let mut spawn = |paint: Paint, mesh: Mesh, depth: f32| {
        let material = ColorMaterial { alpha_mode: AlphaMode2d::Opaque, ..default() };
        commands.spawn((
            paint,
            Mesh2d(meshes.add(mesh)),
            MeshMaterial2d(materials.add(material)),
            Transform::from_xyz(0.0, 0.0, depth),
        ));
    };
    spawn(Paint::Ocean, mesh::globe(), 0.0);
    spawn(Paint::Graticule, mesh::graticule(30), 1.0);
    let land = || atlas.territories.iter().enumerate().filter(|(_, t)| !t.overlay);
    for (index, territory) in land() {
        spawn(Paint::Land(index), mesh::fill(&territory.shape), 2.0);
    }
    spawn(Paint::Border, mesh::borders(&atlas.borders(session.scenario())), 3.0);
}

/// Gives every piece its colour; only materials that change are sent to the GPU again.
#[expect(clippy::too_many_arguments, reason = "a system's parameters are its dependencies")]
fn paint(
    mut pieces: Query<(&Paint, &MeshMaterial2d<ColorMaterial>, &mut Visibility)>,
    atlas: Res<Atlas>,
    session: Res<Session>,
    state: Res<UiState>,
    selection: Res<Selection>,
    palette: Res<Palette>,
    mut clear: ResMut<ClearColor>,
    mut materials: ResMut<Assets<ColorMaterial>>,
) {
    let changed = atlas.is_changed()
        || session.is_changed()
        || state.is_changed()
        || selection.is_changed()
        || palette.is_changed();
    if !changed {
        return;
    }
    clear.0 = color(palette.backdrop);
    for (paint, handle, mut visibility) in &mut pieces {
        let of_this_world = matches!(paint, Paint::Land(_) | Paint::Border);
        let hidden = of_this_world && session.is_imagined();
        visibility.set_if_neq(if hidden { Visibility::Hidden } else { Visibility::Inherited });
        let wanted = color(match *paint {
            Paint::Ocean => palette.ocean,
            Paint::Graticule => palette.graticule,
            Paint::Border => palette.border,
            Paint::Land(index) => {
                let owner = atlas.state_at(session.scenario(), Some(index));
                let ground = owner.map_or(palette.bystander, |s| {
                    land_color(&session, s, state.fill, selection.state, &palette)
                });
                let hovered = owner.is_some() && owner == selection.hovered_state;
                if hovered { palette.lift(ground) } else { ground }
            }
        });
        // Through the guard's `Deref` a mere comparison does not count as a change.
        if let Some(mut material) = materials.get_mut(handle)
            && material.color != wanted
        {
            material.color = wanted;
        }
    }
}

/// The colour of a state's land.
pub fn land_color(
    session: &Session,
    state: StateId,
    fill: Fill,
    selected: Option<StateId>,
    palette: &Palette,
) -> egui::Color32 {
    let now = session.snapshot();
    match fill {
        Fill::Bloc => palette.bloc(session.bloc(state)),
        Fill::Stance => stance(session, state, palette),
        Fill::Capability => palette.ramp((now.states[state.index()].capability as f32).sqrt() / 0.5),
        Fill::Hostility => match selected {
            Some(s) if s != state => palette.ramp(now.attitudes.hostility(state, s) as f32),
            _ => palette.neutral,
        },
    }
}

/// Sides in the latest conflict that goes on: orange for the side that began, blue for the other; pale
/// for those who help without fighting.
fn stance(session: &Session, state: StateId, palette: &Palette) -> egui::Color32 {
    let hue = |side| palette.bloc(Some(if side == Side::Initiator { 1 } else { 0 }));
    let mut active: Vec<_> = session.snapshot().active().collect();
    active.reverse();
    if let Some(side) = active.iter().find_map(|c| c.side_of(state)) {
        return hue(side);
    }
    let helps = active.iter().find_map(|c| {
        let help = c.help.iter().find(|h| h.state == state && h.most >= Response::Aid);
        help.map(|h| h.side)
    });
    helps.map_or(palette.neutral, |side| palette.neutral.lerp_to_gamma(hue(side), 0.45))
}

fn color(color: egui::Color32) -> Color {
    Color::srgb_u8(color.r(), color.g(), color.b())
}
