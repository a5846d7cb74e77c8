//! From tables to cases: what the simulation would weigh for a state, a side and a moment.
//!
//! The codes of the tables are read on the scales of scenario files. Each such reading is a judgement and stands here
//! as a constant with its reason; `docs/calibration.md` lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{CommitmentRow, Joiner, Tables, WaveRow};
use crate::model::{Automaticity, Obligation, Performance, Side};
use crate::rules::deliberation::{Promise, Situation, Weight, prospects};
use crate::scenario::Rules;

/// How a rivalry reads as hostility: scenarios give sworn rivals 0.75 to 0.9.
const RIVAL: f64 = 0.8;
/// How the use of force in the last five years reads as hostility.
const FOUGHT: f64 = 0.6;
/// How an alliance that promises help reads as affinity: scenarios give allies 0.5 to 0.85.
const ALLY: f64 = 0.6;
/// How a promise to consult reads as affinity.
const ENTENTE: f64 = 0.4;
/// How an ally in common reads as affinity.
const COMMON_ALLY: f64 = 0.3;
/// How binding a promise of neutrality or non-aggression is taken to be: the middle of what scenarios have.
const RESTRAINT: f64 = 0.8;
/// Democracy where it is not known: about the mean of all cases.
const DEMOCRACY: f64 = 0.3;
/// ATOP's code for a treaty that is secret in whole; the others are secret in part, or not at all.
const WHOLLY_SECRET: u8 = 2;
/// Contiguity codes that count as a common border: by land, or over up to 24 miles of water, as scenarios count the
/// Channel.
const NEAR: std::ops::RangeInclusive<u8> = 1..=3;

/// Nuclear powers by COW code, with the year of the first test, or from which they are thought to have had weapons.
const NUCLEAR: [(u32, u32); 8] =
    [(2, 1945), (365, 1949), (200, 1952), (220, 1960), (710, 1964), (666, 1967), (750, 1998), (770, 1998)];

/// When a state is taken to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// After every entry into the war, whether to enter before the next: as the simulation tests obligations again.
    EveryEntry,
    /// Once, on the first day, for the whole war: what could be foreseen then.
    FirstDay,
}

/// Whether a pledge reaches the war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its text covers the case.
    Clear,
    /// It has conditions that the data cannot settle, or is owed to one who came in later.
    Unclear,
}

/// A pledge to fight that may be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pledged {
    /// Whether it reaches the war.
    pub reach: Reach,
    /// More than two parties.
    pub many: bool,
    /// Known to the public.
    pub public: bool,
}

/// What a case is evidence of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Whether a state joined.
    Joining,
    /// Whether a defence pact was honoured whose case was met.
    Pact,
}

/// How binding pledges are read to be, relative to a clear one between two parties before 1945.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strengths {
    /// If it is unclear whether they reach the war.
    pub unclear: f64,
    /// If they have more than two parties.
    pub many: f64,
    /// Since 1945.
    pub since_1945: f64,
}

/// A state, a side and a moment.
#[derive(Clone, Debug)]
pub struct Case {
    /// The war.
    pub war: u32,
    /// The entry after which it decides.
    pub wave: u32,
    /// The state, by COW code.
    pub state: u32,
    /// The side that it might join.
    pub side: Side,
    /// Whether it did.
    pub joined: bool,
    /// What the case is evidence of.
    pub evidence: Evidence,
    /// Whether the war began in 1945 or later.
    pub since_1945: bool,
    /// The pledges to this side that may be due.
    pub pledges: Vec<Pledged>,
    /// Everything else.
    pub rest: Situation,
}

impl Case {
    /// How binding a pledge is read to be.
    fn strength(&self, pledge: Pledged, s: Strengths) -> f64 {
        let unclear = if pledge.reach == Reach::Unclear { s.unclear } else { 1.0 };
        let many = if pledge.many { s.many } else { 1.0 };
        let era = if self.since_1945 { s.since_1945 } else { 1.0 };
        unclear * many * era
    }

    /// What the simulation would weigh.
    pub fn situation(&self, s: Strengths) -> Situation {
        // Nothing is known of how far the text leaves room or was invoked: a plain duty to fight that is called upon.
        let promise = Promise {
            obligation: Obligation::Defense,
            automaticity: Automaticity::Deliberate,
            constitutional: false,
            performance: Performance::Force,
        };
        let weigh = |p: &Pledged| Weight { strength: self.strength(*p, s), depth: 0.0, invoked: true };
        let public = self.pledges.iter().filter(|p| p.public).map(|p| self.strength(*p, s));
        Situation {
            duties: self.pledges.iter().map(|p| (promise, weigh(p))).collect(),
            public: public.fold(0.0, f64::max),
            ..self.rest.clone()
        }
    }
}

/// The cases of some tables.
#[derive(Clone, Debug)]
pub struct Cases {
    /// One for each side, in the order of the tables.
    pub cases: Vec<Case>,
    /// Rows that were left out because they say too little.
    pub left_out: usize,
}

/// Defence pacts whose case was met, as experts judged it from text and events: one case each, honoured or not.
///
/// The codes of the tables settle for few pacts whether their case was met; these do for many more. Who was bound is not
/// said, so that each stands in the mean situation of the states that were clearly bound in `joining`.
pub fn pacts(tables: &Tables, joining: &[Case]) -> Vec<Case> {
    let bound = joining.iter().filter(|c| c.pledges.iter().any(|p| p.reach == Reach::Clear));
    let bound: Vec<&Situation> = bound.map(|c| &c.rest).collect();
    if bound.is_empty() {
        return Vec::new();
    }
    let mean = |of: fn(&Situation) -> f64| bound.iter().map(|s| of(s)).sum::<f64>() / bound.len() as f64;
    let rest = Situation {
        democracy: mean(|s| s.democracy),
        affinity: ALLY,
        hostility: mean(|s| s.hostility),
        friend: mean(|s| s.friend),
        near: mean(|s| f64::from(u8::from(s.near))) >= 0.5,
        capability: mean(|s| s.capability),
        distance_km: mean(|s| s.distance_km),
        prospects: mean(|s| s.prospects),
        wars: mean(|s| s.wars),
        opposed: mean(|s| s.opposed),
        ..Situation::default()
    };
    let met = tables.honour.iter().filter(|h| h.defense == Some(1.0) && h.relevant == Some(1.0));
    met.filter_map(|h| {
        let many = h.multilateral == Some(1.0);
        Some(Case {
            war: h.cowwarid.unwrap_or(0.0) as u32,
            wave: 0,
            state: 0,
            side: Side::Target,
            joined: h.honoured? == 1.0,
            evidence: Evidence::Pact,
            since_1945: !h.period.starts_with("18"),
            pledges: vec![Pledged { reach: Reach::Clear, many, public: true }],
            rest: rest.clone(),
        })
    })
    .collect()
}

/// One side of a row, by the same names for either.
#[derive(Clone, Copy)]
struct Half {
    side: Side,
    pledged: (u8, u8),
    defends_newest: bool,
    bound: bool,
    consults: bool,
    border: bool,
    rival: bool,
    fought: bool,
    common_ally: bool,
    strength: f64,
}

fn half(row: &WaveRow, state: &Joiner, side: Side) -> Half {
    let yes = |x: Option<u8>| x.is_some_and(|x| x != 0);
    let near = |x: Option<u8>| x.is_some_and(|x| NEAR.contains(&x));
    let some = |x: Option<f64>| x.is_some_and(|x| x > 0.0);
    match side {
        Side::Target => Half {
            side,
            pledged: (row.defense_t, row.offense_t),
            defends_newest: row.defense_t_new > 0,
            bound: row.neutral_t + row.nonagg_t > 0,
            consults: row.consul_t > 0,
            border: row.land_contig_t > 0 || near(state.contig_target),
            rival: row.rival_in_t > 0 || yes(state.rivalry_target),
            fought: yes(state.mid_use_of_force_5y_target),
            common_ally: some(state.shared_mil_allies_target),
            strength: row.cinc_t.unwrap_or(0.0),
        },
        Side::Initiator => Half {
            side,
            pledged: (row.defense_i, row.offense_i),
            defends_newest: row.defense_i_new > 0,
            bound: row.neutral_i + row.nonagg_i > 0,
            consults: row.consul_i > 0,
            border: row.land_contig_i > 0 || near(state.contig_initiator),
            rival: row.rival_in_i > 0 || yes(state.rivalry_initiator),
            fought: yes(state.mid_use_of_force_5y_initiator),
            common_ally: some(state.shared_mil_allies_initiator),
            strength: row.cinc_i.unwrap_or(0.0),
        },
    }
}

impl Half {
    fn affinity(self) -> f64 {
        let ally = self.pledged.0 + self.pledged.1 > 0;
        let value = |holds, value| if holds { value } else { 0.0 };
        value(ally, ALLY).max(value(self.consults, ENTENTE)).max(value(self.common_ally, COMMON_ALLY))
    }

    fn hostility(self) -> f64 {
        match (self.rival, self.fought) {
            (true, _) => RIVAL,
            (false, true) => FOUGHT,
            (false, false) => 0.0,
        }
    }
}

/// An entry into a war.
#[derive(Clone, Copy)]
struct Entry {
    state: u32,
    side: Side,
    /// One of the two between which it began.
    first: bool,
    /// Not by its own choice.
    attacked: bool,
    days: f64,
}

/// A war as it stood when a row was taken.
struct Moment<'e> {
    /// Those who were in it.
    inside: Vec<&'e Entry>,
    /// Those with whose entry the row was taken.
    newest: Vec<&'e Entry>,
}

impl<'e> Moment<'e> {
    fn new(entries: &'e [Entry], row: &WaveRow) -> Self {
        // On the first day only the two that began are in, whoever else came in on the same day.
        let inside = entries.iter().filter(|e| e.first || (row.wave > 0 && e.days <= row.days)).collect();
        let newest = entries.iter().filter(|e| match row.wave {
            0 => e.first && e.side == Side::Initiator,
            _ => !e.first && e.days == row.days,
        });
        Self { inside, newest: newest.collect() }
    }

    fn fights(&self, state: u32, side: Side) -> bool {
        self.inside.iter().any(|e| e.state == state && e.side == side)
    }

    /// Whether an entry was an attack on all who fight on a side.
    fn attack_on(&self, side: Side) -> bool {
        self.newest.iter().any(|e| e.side != side && !e.attacked)
    }

    /// Whether somebody came in on a side because it was attacked.
    fn attacked_into(&self, side: Side) -> bool {
        self.newest.iter().any(|e| e.side == side && e.attacked)
    }
}

fn side_of(letter: &str) -> Option<Side> {
    match letter {
        "T" => Some(Side::Target),
        "I" => Some(Side::Initiator),
        _ => None,
    }
}

/// The cases of some tables, for states that decide on these occasions.
///
/// A state that was itself attacked did not choose: its last row is left out. So are those that began together with the
/// initiator.
pub fn cases(tables: &Tables, occasion: Occasion) -> Cases {
    let mut entries: BTreeMap<u32, Vec<Entry>> = BTreeMap::new();
    for p in tables.participants.iter().filter(|p| p.role != "side_switch") {
        if let Some(side) = side_of(&p.side) {
            entries.entry(p.warnum).or_default().push(Entry {
                state: p.ccode,
                side,
                first: p.role.starts_with("primary"),
                attacked: p.role == "joiner_attacked",
                days: p.days_to_join.unwrap_or(0.0),
            });
        }
    }
    let mut pledges: BTreeMap<(u32, u32), Vec<&CommitmentRow>> = BTreeMap::new();
    for row in &tables.commitments {
        pledges.entry((row.warnum, row.ally)).or_default().push(row);
    }
    let mut last: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for row in &tables.waves {
        let wave = last.entry((row.warnum, row.ccode)).or_default();
        *wave = row.wave.max(*wave);
    }
    let mut out = Cases { cases: Vec::new(), left_out: 0 };
    for row in &tables.waves {
        let key = (row.warnum, row.ccode);
        let (Some(state), Some(war)) = (tables.joiners.get(&key), tables.wars.get(&row.warnum)) else {
            out.left_out += 1;
            continue;
        };
        let at_last = match occasion {
            Occasion::EveryEntry => last.get(&key) == Some(&row.wave),
            Occasion::FirstDay if row.wave > 0 => continue,
            Occasion::FirstDay => true,
        };
        let attacked = at_last && row.join_role == "joiner_attacked";
        // Who attacks on the same day as the initiator does not answer an attack: it makes one. For the first day such
        // states stay in, as in the fits of others.
        let planned = occasion == Occasion::EveryEntry
            && row.joins_side == "I"
            && ["simultaneous", "co_initiator"].contains(&row.join_role.as_str());
        if attacked || planned || state.in_system_at_start == 0 {
            out.left_out += 1;
            continue;
        }
        let entered = entries.get(&row.warnum).map_or(&[][..], Vec::as_slice);
        let moment = Moment::new(entered, row);
        let own = pledges.get(&key).map_or(&[][..], Vec::as_slice);
        let year = war.year();
        for side in [Side::Target, Side::Initiator] {
            let (ours, theirs) = (half(row, state, side), half(row, state, side.opposite()));
            let due = due(ours, own, &moment);
            let company = company(row, side, own, &tables.commitments, &moment);
            out.cases.push(Case {
                war: row.warnum,
                wave: row.wave,
                state: row.ccode,
                side,
                evidence: Evidence::Joining,
                joined: at_last && side_of(&row.joins_side) == Some(side),
                since_1945: year >= 1945,
                rest: rest(row, state, ours, theirs, year, &moment, company.filter(|_| !due.is_empty())),
                pledges: due,
            });
        }
    }
    out
}

/// The pledges to a side that this moment may have made due.
///
/// As in the simulation, a pledge falls due with an attack, and is decided on then; the next attack raises it again. An
/// entry is an attack on all who fight on the other side; one who comes in because it was attacked was a victim itself.
fn due(half: Half, own: &[&CommitmentRow], moment: &Moment) -> Vec<Pledged> {
    let role = if half.side == Side::Target { "target" } else { "initiator" };
    let to_first = own.iter().filter(|c| c.principal_role == role);
    if !moment.attack_on(half.side) {
        let new = moment.attacked_into(half.side) && half.defends_newest;
        return if new {
            vec![Pledged { reach: Reach::Unclear, many: false, public: true }]
        } else {
            Vec::new()
        };
    }
    let mut due = Vec::new();
    let (mut defends, mut attacks) = (false, false);
    for c in to_first {
        let mut add = |reach: Option<Reach>| {
            let pledge =
                |reach| Pledged { reach, many: c.bilateral == 0, public: c.secrecy != Some(WHOLLY_SECRET) };
            due.extend(reach.map(pledge));
        };
        if c.defense > 0 {
            defends = true;
            add(match c.def_reaches_war.as_str() {
                "yes" => Some(Reach::Clear),
                // A league's text mostly covers an attack by a member; the codes cannot say whether this one does.
                "conditional_unclear" | "adversary_is_co-member" => Some(Reach::Unclear),
                // One who began may be owed help once others have turned on it, if the text does not rule that out.
                "no_principal_is_initiator" => {
                    (c.def_cond_nonprovocation.unwrap_or(0.0) == 0.0).then_some(Reach::Unclear)
                }
                _ => None,
            });
        }
        if c.offense > 0 {
            attacks = true;
            add(match c.off_reaches_war.as_str() {
                "yes" => Some(Reach::Clear),
                "conditional_unclear" => Some(Reach::Unclear),
                _ => None,
            });
        }
    }
    // What is pledged, but not to the first of the side, is pledged to one who came in later. Its parties are not known.
    let later = (half.pledged.0 > 0 && !defends) || (half.pledged.1 > 0 && !attacks);
    let came_later = moment.inside.iter().filter(|e| e.side == half.side).count() > 1;
    if later && came_later {
        due.push(Pledged { reach: Reach::Unclear, many: false, public: true });
    }
    due
}

/// Share of the other parties to the same pledges that already fight on this side.
fn company(
    row: &WaveRow,
    side: Side,
    own: &[&CommitmentRow],
    all: &[CommitmentRow],
    moment: &Moment,
) -> Option<f64> {
    let role = if side == Side::Target { "target" } else { "initiator" };
    let pacts: BTreeSet<u32> = own
        .iter()
        .filter(|c| c.principal_role == role && c.defense + c.offense > 0)
        .map(|c| c.atopid)
        .collect();
    let others: BTreeSet<u32> = all
        .iter()
        .filter(|c| c.warnum == row.warnum && c.principal_role == role && pacts.contains(&c.atopid))
        .filter(|c| c.ally != row.ccode && !moment.fights(c.ally, side.opposite()))
        .map(|c| c.ally)
        .collect();
    let fighting = others.iter().filter(|s| moment.fights(**s, side)).count();
    (!others.is_empty()).then(|| fighting as f64 / others.len() as f64)
}

/// All that is weighed beside pledges.
fn rest(
    row: &WaveRow,
    state: &Joiner,
    ours: Half,
    theirs: Half,
    year: u32,
    moment: &Moment,
    company: Option<f64>,
) -> Situation {
    let rules = Rules::default();
    let has_weapons = |state: u32| NUCLEAR.iter().any(|(s, since)| *s == state && *since <= year);
    let capability = row.cinc.unwrap_or(0.0);
    let near = ours.border || theirs.border;
    // Where the fighting is, is not known: the nearer of the two capitals stands for it.
    let distance_km =
        state.capdist_target_km.into_iter().chain(state.capdist_initiator_km).reduce(f64::min).unwrap_or(0.0);
    let reach = (capability / rules.major_capability).min(1.0);
    let lost = if near { 0.0 } else { rules.projection_decay * distance_km / 1000.0 * (1.0 - reach) };
    Situation {
        democracy: row.v2x_polyarchy.unwrap_or(DEMOCRACY),
        affinity: ours.affinity(),
        hostility: theirs.hostility(),
        friend: theirs.affinity(),
        near,
        capability,
        distance_km,
        prospects: prospects(capability * libm::exp(-lost), ours.strength, theirs.strength),
        company,
        wars: f64::from(state.at_war_elsewhere.unwrap_or(0)),
        nuclear: moment.inside.iter().any(|e| e.side == theirs.side && has_weapons(e.state)),
        covered: has_weapons(row.ccode),
        opposed: if theirs.bound { RESTRAINT } else { 0.0 },
        began: ours.side == Side::Initiator,
        ..Situation::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A war of 1 against 2 which 3 joins on 2's side; 4 stays out, 5 is attacked. 3 and 4 are bound to 2, 4 to 1.
    fn tables() -> Tables {
        let waves = "warnum,wave,days,ccode,defense_T,offense_T,neutral_T,nonagg_T,consul_T,defense_T_new,\
            land_contig_T,rival_in_T,cinc_T,defense_I,offense_I,neutral_I,nonagg_I,consul_I,defense_I_new,\
            land_contig_I,rival_in_I,cinc_I,cinc,v2x_polyarchy,joins_side,join_role
            9,0,0,3,1,0,0,0,0,1,0,0,0.01,0,0,0,0,0,0,0,1,0.02,0.1,0.5,T,joiner
            9,0,0,4,1,0,0,0,0,1,0,0,0.01,1,0,0,1,0,1,1,0,0.02,0.01,,N,none
            9,0,0,5,0,0,0,0,0,0,0,0,0.01,0,0,0,0,0,0,0,0,0.02,0.01,0.5,T,joiner_attacked
            9,1,30,4,1,0,0,0,0,0,0,0,0.11,1,0,0,1,0,0,1,0,0.02,0.01,,N,none
            9,1,30,5,0,0,0,0,0,0,0,0,0.11,0,0,0,0,0,0,0,0,0.02,0.01,0.5,T,joiner_attacked\n";
        let joiner = "warnum,ccode,shared_mil_allies_target,shared_mil_allies_initiator,contig_target,\
            contig_initiator,capdist_target_km,capdist_initiator_km,rivalry_target,rivalry_initiator,\
            mid_use_of_force_5y_target,mid_use_of_force_5y_initiator,at_war_elsewhere,in_system_at_start
            9,3,0,0,0,5,3000,2000,0,1,0,1,0,1\n9,4,0,2,0,1,500,,0,0,0,0,1,1\n9,5,0,0,0,0,900,800,0,0,0,0,0,1\n";
        let commitments = "warnum,principal_role,ally,atopid,bilateral,secrecy,defense,offense,\
            def_cond_nonprovocation,def_reaches_war,off_reaches_war
            9,target,3,70,0,0,1,0,0,yes,\n9,target,4,70,0,0,1,0,0,conditional_unclear,
            9,initiator,4,71,1,2,1,0,0,no_principal_is_initiator,\n";
        let participants = "warnum,ccode,side,role,days_to_join
            9,1,I,primary_initiator,0\n9,2,T,primary_target,0\n9,3,T,joiner,30\n9,5,T,joiner_attacked,60\n";
        let text = |name: &str| match name {
            "wars.csv" => "warnum,start,initiator,target\n9,1955-05-01,1,2\n",
            "participants.csv" => participants,
            "commitments.csv" => commitments,
            "joiners.csv" => joiner,
            "cascade_waves.csv" => waves,
            _ => {
                "cowwarid,multilateral,period,defense,relevant,honoured\n9,1,1945-2003,1,1,0\n9,0,1945-2003,1,0,\n"
            }
        };
        Tables::read(|name| Ok(text(name).to_owned())).expect("whole tables")
    }

    fn case(cases: &[Case], wave: u32, state: u32, side: Side) -> &Case {
        let found = cases.iter().find(|c| (c.wave, c.state, c.side) == (wave, state, side));
        found.expect("a case")
    }

    #[test]
    fn a_pledge_falls_due_with_the_attack_that_raises_it() {
        let cases = cases(&tables(), Occasion::EveryEntry).cases;
        let due = |wave, state, side| {
            let pledges = &case(&cases, wave, state, side).pledges;
            pledges.iter().map(|p| (p.reach, p.many, p.public)).collect::<Vec<_>>()
        };
        assert_eq!(due(0, 3, Side::Target), [(Reach::Clear, true, true)]);
        assert_eq!(due(0, 4, Side::Target), [(Reach::Unclear, true, true)]);
        // One who began is owed nothing until somebody turns on it, and then the victim is not attacked anew.
        assert_eq!(due(0, 4, Side::Initiator), []);
        assert_eq!(due(1, 4, Side::Initiator), [(Reach::Unclear, false, false)]);
        assert_eq!(due(1, 4, Side::Target), []);
    }

    #[test]
    fn a_situation_is_what_the_tables_say_on_the_scales_of_scenarios() {
        let cases = cases(&tables(), Occasion::EveryEntry).cases;
        let s = Strengths { unclear: 0.5, many: 0.8, since_1945: 0.5 };
        let three = case(&cases, 0, 3, Side::Target).situation(s);
        assert_eq!((three.affinity, three.hostility, three.friend), (ALLY, RIVAL, 0.0));
        assert!((three.public - 0.4).abs() < 1e-12 && three.duties.len() == 1 && !three.began);
        assert_eq!((three.near, three.distance_km, three.company), (false, 2000.0, Some(0.0)));
        let four = case(&cases, 0, 4, Side::Target).situation(s);
        assert_eq!((four.opposed, four.friend, four.wars, four.democracy), (RESTRAINT, ALLY, 1.0, DEMOCRACY));
        assert!(four.near && (four.public - 0.2).abs() < 1e-12);
        assert!(case(&cases, 1, 4, Side::Initiator).situation(s).began);
    }

    #[test]
    fn who_joined_is_told_by_its_last_row_and_who_was_attacked_did_not_choose() {
        let every = cases(&tables(), Occasion::EveryEntry);
        let joined: Vec<(u32, u32, Side)> =
            every.cases.iter().filter(|c| c.joined).map(|c| (c.wave, c.state, c.side)).collect();
        assert_eq!(joined, [(0, 3, Side::Target)]);
        assert!(every.cases.iter().any(|c| c.state == 5 && c.wave == 0));
        assert!(every.cases.iter().all(|c| c.state != 5 || c.wave == 0));
        let first = cases(&tables(), Occasion::FirstDay);
        assert!(first.cases.iter().all(|c| c.wave == 0 && c.state != 5));
        assert_eq!((every.left_out, first.left_out), (1, 1));
    }

    #[test]
    fn a_pact_whose_case_was_met_is_a_case_of_its_own() {
        let tables = tables();
        let pacts = pacts(&tables, &cases(&tables, Occasion::EveryEntry).cases);
        assert_eq!(pacts.len(), 1);
        let pact = &pacts[0];
        assert_eq!((pact.war, pact.joined, pact.since_1945, pact.pledges[0].many), (9, false, true, true));
        // The only state that was clearly bound is the one that it resembles.
        assert_eq!((pact.rest.hostility, pact.rest.distance_km, pact.rest.affinity), (RIVAL, 2000.0, ALLY));
    }
}
