//! The instruments around the map. Each takes what it reads and what it may change, and no more, and asks
//! for the rest by commands, so that a test can host it in any `Ui`.

pub mod act;
pub mod drawer;
pub mod help;
pub mod incident;
pub mod inquiry;
pub mod inspector;
pub mod lists;
pub mod order;
pub mod timeline;
pub mod transport;

use bevy::prelude::Resource;
use bevy_egui::egui::{self, Color32, Response, RichText, Sense, Ui, Vec2};

use super::theme::{self, Palette};
use crate::model::{StateId, TreatyId};

/// What is selected, and what the pointer is on.
#[derive(Resource, Default, Clone, Copy, Debug, PartialEq)]
pub struct Selection {
    /// The selected state.
    pub state: Option<StateId>,
    /// The selected treaty.
    pub treaty: Option<TreatyId>,
    /// The polygon of the map under the pointer.
    pub hovered: Option<usize>,
    /// The state under the pointer.
    pub hovered_state: Option<StateId>,
}

impl Selection {
    /// Selects a state.
    pub fn select(&mut self, state: StateId) {
        (self.state, self.treaty) = (Some(state), None);
    }
}

/// What the colour of a state's land means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Its bloc.
    #[default]
    Bloc,
    /// Its side in conflicts.
    Stance,
    /// Its capability.
    Capability,
    /// Its hostility towards the selected state.
    Hostility,
}

impl Fill {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Bloc, Self::Stance, Self::Capability, Self::Hostility];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bloc => "Bloc",
            Self::Stance => "Side in conflicts",
            Self::Capability => "Capability",
            Self::Hostility => "Hostility to selected",
        }
    }
}

/// The lists on the left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// States.
    #[default]
    States,
    /// Treaties.
    Treaties,
    /// Conflicts.
    Conflicts,
}

/// The drawers below the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawer {
    /// What happened, turn by turn.
    #[default]
    Chronicle,
    /// How one thing led to another.
    Cascade,
    /// How the order of powers, its norms and what is sent in secret stand.
    Order,
    /// What many histories come to.
    Ensemble,
    /// What the scenario is about.
    Background,
}

/// What the window remembers between frames besides the session.
#[derive(Resource, Debug)]
pub struct UiState {
    /// What is searched for in the lists.
    pub filter: String,
    /// The open list.
    pub list: List,
    /// The open drawer.
    pub drawer: Drawer,
    /// The cascade that is shown: the how-manieth latest.
    pub cascade: usize,
    /// Whether the cascade also shows what was not owed.
    pub not_owed: bool,
    /// What colours mean.
    pub fill: Fill,
    /// Whether the legend of colours is open; until somebody says so, it is where there is room.
    pub colour_legend: Option<bool>,
    /// Whether the legend of lines is open.
    pub line_legend: Option<bool>,
    /// Turns per second while playing.
    pub speed: f32,
    /// The incident being prepared.
    pub incident: incident::Draft,
    /// The question being prepared.
    pub inquiry: inquiry::Draft,
    /// Whether the list of keys is open.
    pub help: bool,
}

impl Default for UiState {
    fn default() -> Self {
        Self {
            filter: String::new(),
            list: List::default(),
            drawer: Drawer::default(),
            cascade: 0,
            not_owed: false,
            fill: Fill::default(),
            colour_legend: None,
            line_legend: None,
            speed: 1.0,
            incident: incident::Draft::default(),
            inquiry: inquiry::Draft::default(),
            help: false,
        }
    }
}

/// A row of tabs: text with a line under the open one, like the thumb index of a book.
/// What belongs to the open one may follow in the same row.
fn tabs<T: PartialEq + Copy>(
    ui: &mut Ui,
    open: &mut T,
    names: &[(T, &str, &str)],
    palette: &Palette,
    beside: impl FnOnce(&mut Ui),
) {
    ui.horizontal(|ui| {
        let gap = ui.spacing().item_spacing.x;
        ui.spacing_mut().item_spacing.x = 16.0;
        for (value, name, hint) in names {
            let is_open = open == value;
            let text = RichText::new(*name).color(if is_open { palette.ink } else { palette.faint_ink });
            let text = if is_open { text.family(theme::strong()) } else { text };
            let tab = ui.add(egui::Button::new(text).frame(false));
            if is_open {
                let line = [tab.rect.left_bottom() + Vec2::Y * 3.0, tab.rect.right_bottom() + Vec2::Y * 3.0];
                ui.painter().line_segment(line, egui::Stroke::new(2.0, palette.accent));
            }
            if tab.on_hover_text(*hint).clicked() {
                *open = *value;
            }
        }
        ui.spacing_mut().item_spacing.x = gap;
        beside(ui);
    });
    ui.add_space(5.0);
}

/// A button that shows a sign and is known by a name.
pub fn named(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let response = ui.button(sign);
    let enabled = ui.is_enabled();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, enabled, name));
    response
}

/// A heading inside a panel.
fn section(ui: &mut Ui, text: &str, palette: &Palette) {
    ui.add_space(8.0);
    ui.label(RichText::new(text).family(theme::strong()).size(13.0).color(palette.faint_ink));
}

/// A horizontal bar from nothing to `share` of the width.
fn bar(ui: &mut Ui, width: f32, share: f32, color: Color32, palette: &Palette) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 8.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, palette.inset);
    let filled = rect.with_max_x(rect.min.x + rect.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(filled, 2.0, color);
    response
}

/// A text in faint ink.
fn faint(text: impl Into<String>, palette: &Palette) -> RichText {
    RichText::new(text).color(palette.faint_ink)
}

/// A name without its article, for lists and labels.
pub fn short_name(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}
