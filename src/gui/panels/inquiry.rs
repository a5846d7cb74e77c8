//! Questions that take many histories: how likely, what differs, what would it take.

use bevy_egui::egui::{self, RichText, ScrollArea, Ui, Vec2};

use super::{UiState, bar, faint, short_name};
use crate::chronicle::capitalized;
use crate::ensemble::statistics::Share;
use crate::ensemble::{Compared, EntryChance, FORMS, Findings, Summary};
use crate::gui::command::SessionCommand;
use crate::gui::inquiry::{Answer, Inquiry, Question};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::scenario::Act;

/// Which question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// How likely is each outcome?
    #[default]
    Ensemble,
    /// What differs, if something is otherwise?
    Compare,
    /// What would it take to make an outcome likely?
    Search,
}

/// A question being put together.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which.
    pub kind: Kind,
    /// How many histories.
    pub histories: u32,
    /// The change to compare with.
    pub change: String,
    /// The outcome to look for.
    pub goal: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self { kind: Kind::default(), histories: 500, change: String::new(), goal: String::new() }
    }
}

/// How wide the questions are.
const ASKING: f32 = 300.0;

/// Shows the question on the left and the answer on the right.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    inquiry: &Inquiry,
    state: &mut UiState,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui(Vec2::new(ASKING, ui.available_height()), |ui| {
            // So that a question with more fields does not push the map up.
            ScrollArea::vertical().id_salt("question").auto_shrink(false).show(ui, |ui| {
                ui.set_width(ASKING);
                ui.vertical(|ui| asking(ui, inquiry, &mut state.inquiry, palette, out));
            });
        });
        ui.separator();
        ScrollArea::vertical().id_salt("answer").auto_shrink(false).show(ui, |ui| {
            ui.vertical(|ui| answer(ui, session, inquiry, palette));
        });
    });
}

fn asking(
    ui: &mut Ui,
    inquiry: &Inquiry,
    draft: &mut Draft,
    palette: &Palette,
    out: &mut Vec<SessionCommand>,
) {
    ui.horizontal(|ui| {
        for (kind, name, hint) in [
            (Kind::Ensemble, "How likely?", "Play many histories and count who enters, with intervals"),
            (Kind::Compare, "What differs?", "Change one thing and play both on the same chance"),
            (
                Kind::Search,
                "What would it take?",
                "Look for the smallest change that makes an outcome likely",
            ),
        ] {
            ui.selectable_value(&mut draft.kind, kind, name).on_hover_text(hint);
        }
    });
    ui.add_space(4.0);
    let question = match draft.kind {
        Kind::Ensemble => Some(Question::Ensemble { histories: draft.histories, what_if: None }),
        Kind::Compare => {
            field(
                ui,
                "Change",
                "rules/obligation=2",
                &mut draft.change,
                palette,
                "A path in the scenario and a value: treaties/nato/clauses/5/automaticity=Automatic, states/RUS/capability=0.1, treaties/nato=absent",
            );
            let change = draft.change.trim().to_owned();
            (!change.is_empty()).then_some(Question::Compare { histories: draft.histories, change })
        }
        Kind::Search => {
            field(ui, "Outcome", "USA stays out", &mut draft.goal, palette, FORMS);
            let goal = draft.goal.trim().to_owned();
            (!goal.is_empty()).then_some(Question::Search { histories: draft.histories, goal })
        }
    };
    ui.horizontal(|ui| {
        let label = ui.label("Histories");
        let number = egui::DragValue::new(&mut draft.histories).range(50..=100_000).speed(10.0);
        ui.add(number).labelled_by(label.id).on_hover_text("More histories, narrower intervals");
    });
    ui.add_space(4.0);
    match inquiry.progress() {
        Some((done, of)) => {
            let share = if of > 0 { done as f32 / of as f32 } else { 0.0 };
            let text = format!("{done} of {of}");
            ui.add(egui::ProgressBar::new(share).text(text).desired_width(ASKING - 8.0));
            if ui.button("Cancel").on_hover_text("Give the question up (Esc)").clicked() {
                out.push(SessionCommand::CancelInquiry);
            }
        }
        None => {
            let ask = ui.add_enabled(question.is_some(), egui::Button::new("Ask"));
            if ask.on_hover_text("Play, while you look at something else").clicked()
                && let Some(question) = question
            {
                out.push(SessionCommand::Ask(question));
            }
        }
    }
    ui.add_space(4.0);
    ui.add(
        egui::Label::new(
            faint("What your orders have changed is part of it, but not of a search.", palette).small(),
        )
        .wrap(),
    );
}

fn field(ui: &mut Ui, name: &str, example: &str, text: &mut String, palette: &Palette, hint: &str) {
    ui.horizontal(|ui| {
        let label = ui.label(name);
        let edit = egui::TextEdit::singleline(text).hint_text(faint(example, palette)).desired_width(220.0);
        ui.add(edit).labelled_by(label.id).on_hover_text(hint);
    });
}

fn answer(ui: &mut Ui, session: &Session, inquiry: &Inquiry, palette: &Palette) {
    match &inquiry.answer {
        None if inquiry.progress().is_some() => _ = ui.label(faint("Playing…", palette)),
        None => {
            _ = ui
                .label(faint("One history shows what can happen; many show how likely it is. Ask.", palette));
        }
        Some(Answer::None(why)) => _ = ui.label(why),
        Some(Answer::Ensemble(summary, act)) => ensemble(ui, session, summary, act.as_ref(), palette),
        Some(Answer::Compare { differences, parted, change }) => {
            compare(ui, differences, *parted, change, palette);
        }
        Some(Answer::Search(findings, goal)) => search(ui, findings, goal, palette),
    }
}

fn strong(ui: &mut Ui, text: impl Into<String>) {
    ui.label(RichText::new(text).family(theme::strong()));
}

fn ensemble(ui: &mut Ui, session: &Session, summary: &Summary, act: Option<&Act>, palette: &Palette) {
    let prose = crate::chronicle::Prose::new(session.scenario(), session.chronicle());
    let what = act.map_or(String::new(), |act| format!("; {}", prose.act(act)));
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            strong(ui, format!("Who enters a war, in {} histories{what}", summary.replicates));
            entrants(ui, summary, palette);
        });
        ui.add_space(28.0);
        ui.vertical(|ui| {
            strong(ui, "States in the largest war");
            egui::Grid::new("sizes").num_columns(3).spacing([12.0, 3.0]).show(ui, |ui| {
                for one in &summary.largest {
                    ui.label(one.value.to_string());
                    bar(ui, 110.0, one.share.estimate as f32, palette.war, palette);
                    ui.label(share(&one.share));
                    ui.end_row();
                }
            });
            ui.label(faint("In brackets the 95 % interval (Wilson)", palette).small());
        });
    });
}

/// Those who enter in any history, the likeliest first.
fn entrants(ui: &mut Ui, summary: &Summary, palette: &Palette) {
    let open: Vec<&EntryChance> =
        summary.entries.iter().filter(|e| !e.from_start && e.share.count > 0).collect();
    if open.is_empty() {
        ui.label("Nobody does who does not fight from the start.");
    }
    egui::Grid::new("chances").num_columns(4).spacing([12.0, 3.0]).show(ui, |ui| {
        for e in open {
            ui.label(capitalized(short_name(&e.name)));
            let with_initiator = e.side == "Initiator";
            let color = if with_initiator { palette.faint_ink } else { palette.accent };
            let text = format!("{}: {}", e.name, share(&e.share));
            bar(ui, 150.0, e.share.estimate as f32, color, palette).on_hover_text(text);
            ui.label(share(&e.share));
            let side = e.with_whom();
            let when = e
                .turns
                .map_or(String::new(), |t| format!(", turn {}, mostly {} to {}", t.median, t.p05, t.p95));
            ui.label(faint(format!("{side}{when}"), palette));
            ui.end_row();
        }
    });
}

/// "28.2 % (26.9 to 29.6)".
fn share(share: &Share) -> String {
    let percent = |x: f64| format!("{:.1}", x * 100.0);
    format!("{} % ({} to {})", percent(share.estimate), percent(share.low), percent(share.high))
}

fn compare(ui: &mut Ui, all: &[Compared], parted: (u64, u64), change: &str, palette: &Palette) {
    strong(ui, format!("With {change}: {} of {} histories part", parted.0, parted.1));
    let clear: Vec<&Compared> = all.iter().filter(|c| c.is_clear()).collect();
    if clear.is_empty() {
        ui.label(format!("None of {} comparisons shows a difference.", all.len()));
        return;
    }
    egui::Grid::new("differences").num_columns(4).spacing([16.0, 3.0]).striped(true).show(ui, |ui| {
        for head in ["", "as it is", "changed", "difference (95 % interval)"] {
            ui.label(faint(head, palette));
        }
        ui.end_row();
        for c in &clear {
            let d = &c.difference;
            let (scale, digits, unit) = if c.is_share { (100.0, 1, " %") } else { (1.0, 3, "") };
            ui.label(capitalized(&c.title));
            for x in [d.first, d.second] {
                ui.label(format!("{:.digits$}{unit}", x * scale));
            }
            let text = format!(
                "{:+.digits$} ({:+.digits$} to {:+.digits$})",
                d.difference * scale,
                d.low * scale,
                d.high * scale
            );
            ui.label(text);
            ui.end_row();
        }
    });
    let note = format!(
        "{} others show no difference. Shares are of histories, the rest are means over them.",
        all.len() - clear.len()
    );
    ui.label(faint(note, palette).small());
}

fn search(ui: &mut Ui, findings: &Findings, goal: &str, palette: &Palette) {
    strong(ui, format!("{goal}: {} as it is", share(&findings.before)));
    let reaching = findings.found.iter().filter(|f| f.reaches).count();
    ui.label(match reaching {
        0 => {
            format!("None of {} single changes makes it 90 % likely. The best of each kind:", findings.tried)
        }
        n => {
            format!("{} single changes were tried; {n} of the best make it 90 % likely (●):", findings.tried)
        }
    });
    let mut kind = None;
    egui::Grid::new("found").num_columns(3).spacing([16.0, 3.0]).show(ui, |ui| {
        for f in &findings.found {
            if kind.replace(f.candidate.kind) != Some(f.candidate.kind) {
                ui.label(faint(f.candidate.kind.in_words(), palette));
                ui.end_row();
            }
            let now = f.candidate.number.map_or(String::new(), |(now, _)| format!(" (now {now})"));
            ui.label(format!("{} {}{now}", if f.reaches { "●" } else { "○" }, f.candidate.change));
            let with = Share::new(f.both.both + f.both.only_second, findings.before.of);
            ui.label(share(&with));
            ui.label(faint(format!("size {:.2}", f.size), palette));
            ui.end_row();
        }
    });
}
