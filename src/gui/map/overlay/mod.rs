//! What egui draws over the map: everything with a stroke of constant width, and all text.

mod arcs;
pub mod caption;
mod hatch;
mod labels;
pub mod legend;

use std::collections::BTreeMap;

use geo::{Area, BooleanOps, InteriorPoint};

use bevy_egui::egui::{Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use self::arcs::{ArcStyle, Line};
use self::labels::Label;
use super::camera::MapView;
use super::geometry::{Atlas, Territory};
use super::projection::project;
use crate::chronicle::{FactId, FactKind};
use crate::gui::cascade::Playing;
use crate::gui::panels::{Fill, Selection, short_name};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::model::{Obligation, Position, Role, Side, StateId, TreatyId};
use crate::scenario::State;

/// A treaty with more parties than this is shown by the colour of its bloc; its arcs would hide the map.
const MOST_PARTIES: usize = 6;

/// Draws from the ground up: hatching, outlines, arcs, capitals, names. `covered` are places in front of
/// the map, such as the legend, that names must not run under.
#[expect(clippy::too_many_arguments, reason = "the map shows something of everything")]
pub fn draw(
    painter: &Painter,
    view: &MapView,
    atlas: &Atlas,
    session: &Session,
    chain: &Playing,
    selection: &Selection,
    palette: &Palette,
    mut covered: Vec<Rect>,
) {
    // An imagined world has no use for the disputes of this one.
    let disputed = |t: &&Territory| t.disputed.is_some() && in_view(view, t) && !session.is_imagined();
    for territory in atlas.territories.iter().filter(disputed) {
        hatch_over(painter, view, territory, palette.hatch);
    }
    let scenario = session.scenario();
    for id in scenario.state_ids().filter(|s| is_seen_at_war(session, chain, *s)) {
        outline_state(painter, view, atlas, session, id, Stroke::new(1.4, palette.war));
    }
    for (id, width) in [(selection.hovered_state, 1.2), (selection.state, 2.0)] {
        if let Some(id) = id {
            outline_state(painter, view, atlas, session, id, Stroke::new(width, palette.ink));
        }
    }
    draw_treaties(painter, view, session, selection, palette);
    draw_owed(painter, view, session, chain, palette);
    draw_wars(painter, view, session, chain, palette);
    if let Some((_, link)) = chain.current() {
        mark_actors(painter, view, session, &link.facts, palette);
    }
    for id in scenario.state_ids() {
        let state = scenario.state(id);
        let at = place(view, state.position);
        if state.territory.is_empty() {
            let ground = super::land_color(session, id, Fill::Bloc, None, palette);
            let war = is_seen_at_war(session, chain, id);
            let rim = if war { palette.war } else { palette.ink };
            let width = if selection.state == Some(id) || war { 2.5 } else { 1.0 };
            painter.circle(at, disc_radius(session, id), ground, Stroke::new(width, rim));
        } else {
            painter.circle(at, 2.2, palette.ink, Stroke::new(1.0, palette.halo));
            covered.push(Rect::from_center_size(at, Vec2::splat(5.0)));
        }
    }
    draw_names(painter, view, atlas, session, selection, palette, covered);
}

/// What the pointer is told about the place that it is on.
pub fn hover_text(atlas: &Atlas, session: &Session, selection: &Selection) -> Option<String> {
    let territory = selection.hovered.filter(|_| !session.is_imagined()).map(|i| &atlas.territories[i]);
    let state = selection.hovered_state.map(|s| session.scenario().state(s));
    let name = state.map(|s| short_name(&s.name).to_owned()).or(territory.map(|t| t.name.clone()))?;
    let mut text = match (state, territory) {
        (Some(s), Some(t)) if s.territory.len() > 1 => format!("{name} (today: {})", t.name),
        (None, _) => format!("{name}: takes no part in this scenario"),
        _ => name,
    };
    let disputed = territory.and_then(|t| t.disputed.as_ref());
    if let Some(note) = disputed {
        text += &format!("\n{note}");
    }
    Some(text)
}

/// The radius of the disc of a state without territory on the map, by its capability.
pub fn disc_radius(session: &Session, state: StateId) -> f32 {
    8.0 + 28.0 * (session.snapshot().states[state.index()].capability as f32).sqrt()
}

/// A place on the screen.
pub fn place(view: &MapView, position: Position) -> Pos2 {
    let (x, y) = project(position.lon, position.lat);
    view.to_screen(x, y)
}

fn draw_names(
    painter: &Painter,
    view: &MapView,
    atlas: &Atlas,
    session: &Session,
    selection: &Selection,
    palette: &Palette,
    covered: Vec<Rect>,
) {
    let scenario = session.scenario();
    let now = session.snapshot();
    let mut ids: Vec<StateId> = scenario.state_ids().collect();
    // Those that matter now first: the selected one, belligerents, then by capability.
    let weight = |s: &StateId| {
        let here = f64::from(u8::from(selection.state == Some(*s))) * 4.0;
        let fights = if now.states[s.index()].wars > 0 { 2.0 } else { 0.0 };
        here + fights + now.states[s.index()].capability
    };
    ids.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let named = ids.iter().map(|id| {
        let state = scenario.state(*id);
        let at = match state.territory.is_empty() {
            true => vec![place(view, state.position) + Vec2::new(0.0, disc_radius(session, *id) + 9.0)],
            false => name_places(view, atlas, state),
        };
        let size = 11.5 + 6.0 * (now.states[id.index()].capability as f32).sqrt();
        Label { text: short_name(&state.name), at, font: FontId::new(size, theme::strong()) }
    });
    let bystanders = atlas.territories.iter().enumerate().filter(|(i, t)| {
        let room = t.bounds.width() as f32 * view.scale > 46.0;
        room && !t.overlay && atlas.state_at(scenario, Some(*i)).is_none()
    });
    let bystanders = bystanders.map(|(_, t)| Label {
        text: &t.name,
        at: vec![view.to_screen(t.anchor.x(), t.anchor.y())],
        font: FontId::proportional(11.0),
    });
    let labels: Vec<Label> =
        if session.is_imagined() { named.collect() } else { named.chain(bystanders).collect() };
    labels::draw(painter, &labels, covered, palette.ink, palette.halo);
}

/// Where a state's name may stand: inside its largest part or, if that is out of sight, inside what is to be
/// seen of it; else at its capital.
fn name_places(view: &MapView, atlas: &Atlas, state: &State) -> Vec<Pos2> {
    let sight = view.rect.shrink2(Vec2::new(48.0, 14.0));
    let mut places = Vec::new();
    if let Some(t) = atlas.of_state(state).max_by(|a, b| a.area.total_cmp(&b.area)) {
        let anchor = view.to_screen(t.anchor.x(), t.anchor.y());
        if sight.contains(anchor) {
            return vec![anchor];
        }
    }
    let corners = [sight.left_bottom(), sight.right_top()].map(|p| view.to_map(p));
    let sight = geo::Rect::new(corners[0], corners[1]).to_polygon();
    let seen = atlas.of_state(state).filter(|t| in_view(view, t)).map(|t| t.shape.intersection(&sight));
    let largest = seen.flatten().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    if let Some(point) = largest.and_then(|polygon| polygon.interior_point()) {
        places.push(view.to_screen(point.x(), point.y()));
    }
    places.push(place(view, state.position));
    places
}

/// One arc for each pair of states, for the gravest obligation between them.
fn draw_treaties(
    painter: &Painter,
    view: &MapView,
    session: &Session,
    selection: &Selection,
    palette: &Palette,
) {
    let scenario = session.scenario();
    let shown = |treaty: TreatyId, a: StateId, b: StateId| {
        let parties = scenario.treaty(treaty).parties.len();
        let chosen = selection.state.is_some_and(|s| s == a || s == b) || selection.treaty == Some(treaty);
        parties <= MOST_PARTIES || chosen
    };
    // Pair -> obligation, whether owed both ways, whether it belongs to what is selected.
    let mut arcs: BTreeMap<(StateId, StateId), (Obligation, bool, bool)> = BTreeMap::new();
    for c in scenario.commitment_ids() {
        let commitment = scenario.commitment(c);
        let clause = scenario.clause_of(c);
        let (a, b) = (commitment.obligor, commitment.beneficiary);
        // What is secret shows once it is revealed, or where it is looked at.
        let open = !clause.secret || session.snapshot().public[clause.treaty.index()];
        let stands = session.snapshot().standing[c.index()];
        if !stands || !shown(clause.treaty, a, b) || !(open || selection.treaty == Some(clause.treaty)) {
            continue;
        }
        let mutual = clause.commitments.iter().any(|d| {
            let d = scenario.commitment(*d);
            (d.obligor, d.beneficiary) == (b, a)
        });
        let key = if mutual { (a.min(b), a.max(b)) } else { (a, b) };
        let chosen = selection.treaty == Some(clause.treaty);
        let known = arcs.entry(key).or_insert((clause.obligation, mutual, chosen));
        if rank(clause.obligation) < rank(known.0) {
            *known = (clause.obligation, mutual, known.2);
        }
        known.2 |= chosen;
    }
    for ((a, b), (obligation, mutual, chosen)) in arcs {
        let nothing = selection.state.is_none() && selection.treaty.is_none();
        let focus = nothing || chosen || selection.state.is_some_and(|s| s == a || s == b);
        let strength = match (focus, nothing) {
            (true, false) => 1.0,
            (true, true) => 0.62,
            (false, _) => 0.25,
        };
        let color = palette.ocean.lerp_to_gamma(palette.arc, strength);
        let line = match obligation {
            Obligation::Defense | Obligation::Offense => Line::Solid,
            Obligation::NonAggression | Obligation::Neutrality => Line::Dashed,
            Obligation::Consultation | Obligation::Aid => Line::Dotted,
        };
        let style = ArcStyle { line, color, width: 1.4, arrow: !mutual && line == Line::Solid };
        arc(painter, view, session, a, b, style);
    }
}

/// The gravest obligation first.
fn rank(obligation: Obligation) -> u8 {
    match obligation {
        Obligation::Defense => 0,
        Obligation::Offense => 1,
        Obligation::Aid => 2,
        Obligation::NonAggression => 3,
        Obligation::Neutrality => 4,
        Obligation::Consultation => 5,
    }
}

/// Whether a state is at war, as far as the chain has been shown.
fn is_seen_at_war(session: &Session, chain: &Playing, state: StateId) -> bool {
    let mut active = session.snapshot().active().flat_map(|c| &c.belligerents);
    active.any(|b| b.state == state && chain.shows(b.fact))
}

/// Rings around those whom the link that has just lit up is about.
fn mark_actors(painter: &Painter, view: &MapView, session: &Session, facts: &[FactId], palette: &Palette) {
    for fact in facts.iter().map(|id| session.chronicle().fact(*id)) {
        let Some(state) = session.subject(fact) else { continue };
        let color = if matches!(fact.kind, FactKind::Entered { .. } | FactKind::Incident { .. }) {
            palette.war
        } else {
            palette.accent
        };
        let state = session.scenario().state(state);
        let at = place(view, state.position);
        painter.circle_stroke(at, 9.0, Stroke::new(5.0, palette.halo.gamma_multiply(0.85)));
        painter.circle_stroke(at, 9.0, Stroke::new(2.4, color));
    }
}

/// What the turn's attacks have made due: the links of the chain.
fn draw_owed(painter: &Painter, view: &MapView, session: &Session, chain: &Playing, palette: &Palette) {
    let style = ArcStyle { line: Line::Solid, color: palette.accent, width: 2.4, arrow: true };
    let earlier = chain.facts().filter(|f| session.chronicle().fact(*f).turn != session.cursor());
    let earlier = earlier.map(|f| session.chronicle().fact(f));
    for fact in earlier.chain(session.facts_of_turn()).filter(|f| chain.shows(f.id)) {
        let width = if chain.is_current(fact.id) { 4.0 } else { style.width };
        let style = ArcStyle { width, ..style };
        if let FactKind::Tested { commitment, owed: true, .. } = fact.kind {
            let commitment = session.scenario().commitment(commitment);
            if session.scenario().clause(commitment.clause).obligation != Obligation::Consultation {
                arc(painter, view, session, commitment.obligor, commitment.beneficiary, style);
            }
        }
    }
}

/// Each belligerent against the one that it chose to fight; one that was attacked, from its attacker.
fn draw_wars(painter: &Painter, view: &MapView, session: &Session, chain: &Playing, palette: &Palette) {
    for conflict in session.snapshot().active() {
        for b in conflict.belligerents.iter().filter(|b| chain.shows(b.fact)) {
            let opponent = session.opponent(conflict, b);
            let (from, to) = match b.role {
                Role::Attacked => (opponent, b.state),
                // Between the two originators one arrow is enough.
                Role::Originator if b.side == Side::Target => continue,
                Role::Originator => (b.state, conflict.target),
                Role::Joiner => (b.state, opponent),
            };
            let width = match b.role {
                _ if chain.is_current(b.fact) => 4.0,
                Role::Originator => 3.0,
                _ => 1.8,
            };
            let style = ArcStyle { line: Line::Solid, color: palette.war, width, arrow: true };
            arc(painter, view, session, from, to, style);
        }
    }
}

fn arc(painter: &Painter, view: &MapView, session: &Session, from: StateId, to: StateId, style: ArcStyle) {
    let place = |s: StateId| {
        let p = session.scenario().state(s).position;
        (p.lon, p.lat)
    };
    arcs::draw(painter, view, place(from), place(to), style);
}

fn outline_state(
    painter: &Painter,
    view: &MapView,
    atlas: &Atlas,
    session: &Session,
    id: StateId,
    stroke: Stroke,
) {
    for border in atlas.outline(session.scenario().state(id)) {
        let path = border.path.iter().map(|c| view.to_screen(c.x, c.y)).collect();
        painter.add(Shape::line(path, stroke));
    }
}

fn hatch_over(painter: &Painter, view: &MapView, territory: &Territory, color: Color32) {
    for rings in screen_polygons(view, territory) {
        for stroke in hatch::hatch(&rings, 7.0, view.to_screen(0.0, 0.0)) {
            painter.line_segment(stroke, Stroke::new(1.0, color));
        }
    }
}

/// Each polygon as its rings in screen coordinates, the closing point left out.
fn screen_polygons(view: &MapView, territory: &Territory) -> impl Iterator<Item = Vec<Vec<Pos2>>> {
    territory.shape.iter().map(|polygon| {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| ring.coords().skip(1).map(|c| view.to_screen(c.x, c.y)).collect())
            .collect()
    })
}

fn in_view(view: &MapView, territory: &Territory) -> bool {
    let (low, high) = (territory.bounds.min(), territory.bounds.max());
    Rect::from_two_pos(view.to_screen(low.x, low.y), view.to_screen(high.x, high.y)).intersects(view.rect)
}
