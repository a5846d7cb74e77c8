//! The link that has just lit up, in words, with the clause that carried it.

use bevy_egui::egui::{self, Align, Align2, Label, Layout, RichText};

use crate::chronicle::{FactKind, Prose};
use crate::gui::cascade::{Playing, carrier};
use crate::gui::command::SessionCommand;
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};

/// The longest sentence and the longest quotation, in characters.
const SENTENCE: usize = 190;
const QUOTATION: usize = 170;

/// Shows it on the map's lower edge, between the legends, while a chain plays, and returns the
/// rectangle that it covers.
pub fn show(
    ui: &egui::Ui,
    map: egui::Rect,
    legends: &[egui::Rect],
    session: &Session,
    chain: &Playing,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) -> Option<egui::Rect> {
    let (n, link) = chain.current()?;
    let prose = Prose::new(session.scenario(), session.chronicle());
    let fact = session.chronicle().fact(link.facts[0]);
    let carrier = carrier(session.chronicle(), fact.id);
    let left = legends.first().map_or(map.left(), |r| r.right()) + 12.0;
    let right = legends.get(1).map_or(map.right(), |r| r.left()) - 12.0;
    let width = (right - left).clamp(260.0, 620.0);
    let area = egui::Area::new("caption".into())
        .fixed_pos(egui::pos2((left + right) / 2.0, map.bottom() - 12.0))
        .pivot(Align2::CENTER_BOTTOM)
        .order(egui::Order::Middle);
    let shown = area.fade_in(false).show(ui.ctx(), |ui| {
        let frame = egui::Frame::popup(ui.style()).shadow(egui::Shadow::NONE).inner_margin(10);
        frame.stroke(egui::Stroke::new(1.0, palette.accent)).show(ui, |ui| {
            ui.set_width(width - 22.0);
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.horizontal(|ui| {
                let place = format!("Link {} of {}", n + 1, chain.len());
                ui.label(RichText::new(place).size(12.5).color(palette.faint_ink));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let skip = ui.button(RichText::new("Skip").size(12.5));
                    if skip.on_hover_text("Show the whole chain at once (Esc)").clicked() {
                        out.push(SessionCommand::SkipChain);
                    }
                });
            });
            ui.add(Label::new(RichText::new(shortened(&link.text, SENTENCE)).family(theme::strong())).wrap());
            if let Some(commitment) = carrier {
                let clause = session.scenario().clause_of(commitment);
                let text = format!("“{}”", shortened(&clause.text, QUOTATION));
                // A link that is the clause itself has named it.
                let tested = matches!(fact.kind, FactKind::Tested { .. });
                let text = if tested { text } else { format!("{}: {text}", prose.clause(commitment)) };
                ui.add(Label::new(RichText::new(text).size(13.0).color(palette.faint_ink)).wrap());
            }
        });
    });
    Some(shown.response.rect)
}

fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => {
            let end = text[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &text[..end])
        }
    }
}
