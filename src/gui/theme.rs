//! Colours, type and spacing: an atlas on paper by day, the same atlas under a lamp by night.
//!
//! Bloc colours are from Okabe & Ito's set for all kinds of colour vision, mixed into the ground so
//! that a whole continent of them stays calm. Red means war, and nothing else is red.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::Resource;
use bevy_egui::egui::epaint::text::VariationCoords;
use bevy_egui::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, FontTweak, Margin, Stroke,
    TextStyle, Theme, Vec2, Visuals,
};

const SANS: &[u8] = include_bytes!("../../assets/fonts/SourceSans3VF-Upright.ttf");
const MONO: &[u8] = include_bytes!("../../assets/fonts/SourceCodeVF-Upright.ttf");

/// The colours of map and panels.
#[derive(Resource, Clone, PartialEq)]
pub struct Palette {
    /// Whether it is the dark palette.
    pub dark: bool,
    /// The ground of panels.
    pub panel: Color32,
    /// Fields, rails and everything let into the panel.
    pub inset: Color32,
    /// Lines between panels.
    pub line: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight.
    pub faint_ink: Color32,
    /// What is active or chosen.
    pub accent: Color32,
    /// Around the globe.
    pub backdrop: Color32,
    /// The sea.
    pub ocean: Color32,
    /// Meridians and parallels.
    pub graticule: Color32,
    /// Borders and coasts.
    pub border: Color32,
    /// Land of states in no bloc.
    pub neutral: Color32,
    /// The rim around names on the map.
    pub halo: Color32,
    /// Hatching of disputed areas.
    pub hatch: Color32,
    /// Treaty arcs.
    pub arc: Color32,
    /// War, and nothing else.
    pub war: Color32,
    /// Bars that speak against something.
    pub against: Color32,
    /// The ground of the one button that matters most.
    pub accent_fill: Color32,
    /// What is written on it.
    pub on_accent: Color32,
    /// Land that takes no part in the scenario.
    pub bystander: Color32,
}

impl Palette {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> Self {
        let hex = |rgb: u32| Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8);
        match theme {
            Theme::Light => Self {
                dark: false,
                panel: hex(0xFBFAF7),
                inset: hex(0xF0EEE8),
                line: hex(0xDDD9D0),
                ink: hex(0x22282E),
                faint_ink: hex(0x5D656C),
                accent: hex(0x0B5C8C),
                backdrop: hex(0xF4F2EC),
                ocean: hex(0xE3EAED),
                graticule: hex(0xD3DDE2),
                border: hex(0xFFFEFB),
                neutral: hex(0xC6C1B4),
                halo: hex(0xFBFAF7),
                hatch: hex(0x7D7F80),
                arc: hex(0x33434F),
                war: hex(0xC4122F),
                against: hex(0xB27A00),
                accent_fill: hex(0x0B5C8C),
                on_accent: hex(0xFFFFFF),
                bystander: hex(0xEFECE5),
            },
            Theme::Dark => Self {
                dark: true,
                panel: hex(0x171B20),
                inset: hex(0x20262D),
                line: hex(0x2E363F),
                ink: hex(0xE8E6E1),
                faint_ink: hex(0x9BA4AD),
                accent: hex(0x6DB9EA),
                backdrop: hex(0x12161A),
                ocean: hex(0x1A2128),
                graticule: hex(0x252E37),
                border: hex(0x141A1F),
                neutral: hex(0x4A535C),
                halo: hex(0x12161A),
                hatch: hex(0x8A929A),
                arc: hex(0xD8DEE3),
                war: hex(0xFF5A5F),
                against: hex(0xD9A441),
                accent_fill: hex(0x0B5C8C),
                on_accent: hex(0xFFFFFF),
                bystander: hex(0x242A31),
            },
        }
    }

    /// The colour of a bloc: blocs are numbered from the mightiest.
    pub fn bloc(&self, bloc: Option<usize>) -> Color32 {
        // Okabe and Ito's colours, without the vermilion, which is too near to the red of war.
        const HUES: [(u8, u8, u8); 6] = [
            (0x00, 0x72, 0xB2),
            (0xE6, 0x9F, 0x00),
            (0x00, 0x9E, 0x73),
            (0xCC, 0x79, 0xA7),
            (0x56, 0xB4, 0xE9),
            (0xF0, 0xE4, 0x42),
        ];
        let strength = if self.dark { 0.58 } else { 0.62 };
        match bloc.and_then(|b| HUES.get(b)) {
            Some(&(r, g, b)) => self.neutral.lerp_to_gamma(Color32::from_rgb(r, g, b), strength),
            None => self.neutral,
        }
    }

    /// One hue from faint to full, for quantities.
    pub fn ramp(&self, share: f32) -> Color32 {
        self.neutral.lerp_to_gamma(Color32::from_rgb(0x00, 0x72, 0xB2), share.clamp(0.0, 1.0))
    }

    /// A little closer to the light: hovered land.
    pub fn lift(&self, color: Color32) -> Color32 {
        color.lerp_to_gamma(Color32::WHITE, if self.dark { 0.15 } else { 0.3 })
    }
}

/// The family of the semibold cut: egui has no weight of its own.
pub fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// Gives both themes their type, spacing and colours, and chooses one of them.
pub fn install(ctx: &egui::Context, theme: Theme) {
    ctx.set_theme(theme);
    ctx.set_fonts(fonts());
    for theme in [Theme::Light, Theme::Dark] {
        let style = style(&Palette::of(theme), theme);
        ctx.set_style_of(theme, style);
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let weight = |data: &'static [u8], weight: f32| {
        let coords = VariationCoords::new([(b"wght", weight)]);
        Arc::new(FontData::from_static(data).tweak(FontTweak { coords, ..Default::default() }))
    };
    fonts.font_data.insert("sans".into(), weight(SANS, 400.0));
    fonts.font_data.insert("sans-strong".into(), weight(SANS, 600.0));
    fonts.font_data.insert("mono".into(), weight(MONO, 400.0));
    // Egui's own fonts stay behind ours, for the symbols that ours lack.
    let fallbacks = fonts.families[&FontFamily::Proportional].clone();
    let with_fallbacks = |first: &str| std::iter::once(first.to_owned()).chain(fallbacks.clone()).collect();
    fonts.families = BTreeMap::from([
        (FontFamily::Proportional, with_fallbacks("sans")),
        (strong(), with_fallbacks("sans-strong")),
        (FontFamily::Monospace, with_fallbacks("mono")),
    ]);
    fonts
}

fn style(palette: &Palette, theme: Theme) -> egui::Style {
    let mut style = egui::Style { visuals: visuals(palette, theme), ..Default::default() };
    style.text_styles = BTreeMap::from([
        (TextStyle::Small, FontId::proportional(12.5)),
        (TextStyle::Body, FontId::proportional(14.5)),
        (TextStyle::Button, FontId::proportional(14.5)),
        (TextStyle::Heading, FontId::new(19.0, strong())),
        (TextStyle::Monospace, FontId::monospace(13.0)),
    ]);
    style.spacing.item_spacing = Vec2::new(8.0, 5.0);
    style.spacing.button_padding = Vec2::new(8.0, 3.0);
    style.spacing.interact_size = Vec2::new(28.0, 22.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    // A fade is a translucent gradient, which bevy_egui's linear blending turns grey.
    style.spacing.scroll.fade.strength = 0.0;
    // Every animation of egui's keeps the application awake; what remains must earn it.
    style.animation_time = 0.08;
    style
}

fn visuals(palette: &Palette, theme: Theme) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.panel;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.extreme_bg_color = palette.inset;
    visuals.faint_bg_color = palette.inset;
    visuals.hyperlink_color = palette.accent;
    visuals.weak_text_color = Some(palette.faint_ink);
    visuals.selection.bg_fill =
        palette.panel.lerp_to_gamma(palette.accent, if palette.dark { 0.35 } else { 0.18 });
    visuals.selection.stroke = Stroke::new(1.0, palette.ink);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_corner_radius = CornerRadius::same(6);
    // A blinking cursor asks for a repaint every half second, and bevy_egui 0.42 answers any
    // scheduled repaint at once and for ever.
    visuals.text_cursor.blink = false;
    let widgets = &mut visuals.widgets;
    for (widget, fill, line) in [
        (&mut widgets.noninteractive, palette.panel, palette.line),
        (&mut widgets.inactive, palette.inset, palette.line),
        (&mut widgets.hovered, palette.line, palette.faint_ink),
        (&mut widgets.active, palette.line, palette.accent),
        (&mut widgets.open, palette.inset, palette.faint_ink),
    ] {
        (widget.bg_fill, widget.weak_bg_fill) = (fill, fill);
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, palette.ink);
        widget.corner_radius = CornerRadius::same(4);
        widget.expansion = 0.0;
    }
    visuals
}
