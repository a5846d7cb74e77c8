//! Every parameter of the rules: what it means, its unit, range, default and source.
//!
//! A preset is a named set of the same parameters; a scenario picks one and overrides what it likes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Decision, Initiative};

/// A named set of parameters to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Preset {
    /// The text alone: what is owed is done, and nobody does more.
    Strict,
    /// States weigh what they owe against interest, power and risk, with weights fitted to history where it tells (the
    /// default).
    Historical,
    /// Alliances deter because they are kept: word, audience and depth weigh more, and few wait for others.
    Deterrence,
    /// Alliances are steps to war: hostility and company weigh more, and reluctance less.
    StepsToWar,
    /// Every obligation is met with the same chance, as in the plainest models of chain-ganging.
    ChainGang,
    /// `Historical` with few draws and strong causes, so that a class can follow every step.
    Classroom,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 6] = [
        Self::Strict,
        Self::Historical,
        Self::Deterrence,
        Self::StepsToWar,
        Self::ChainGang,
        Self::Classroom,
    ];

    /// Its name in scenario files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Historical => "Historical",
            Self::Deterrence => "Deterrence",
            Self::StepsToWar => "StepsToWar",
            Self::ChainGang => "ChainGang",
            Self::Classroom => "Classroom",
        }
    }

    /// The preset's parameters.
    pub fn rules(self) -> Rules {
        let historical = Rules::default();
        match self {
            Self::Historical => historical,
            // Whoever is owed help asks for it, and nothing is left to chance.
            Self::Strict => {
                Rules { decision: Decision::Automatic, request: 1.0, declaration: 0.0, ..historical }
            }
            // Leeds 2003; Johnson and Leeds 2011.
            Self::Deterrence => Rules {
                obligation: 4.8,
                audience: 2.0,
                depth: 0.4,
                buck_passing: 0.3,
                request: 1.0,
                ..historical
            },
            // Vasquez 1993; Senese and Vasquez 2008.
            Self::StepsToWar => {
                Rules { hostility: 4.7, company: 2.0, reluctance: 2.9, stake_hostility: 0.6, ..historical }
            }
            // Christensen and Snyder 1990, at its plainest.
            Self::ChainGang => Rules { decision: Decision::Fixed(0.15), request: 1.0, ..historical },
            Self::Classroom => Rules { rationality: 4.0, request: 1.0, ..historical },
        }
    }
}

/// What a state does that owes help to one side and is bound to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum BothSides {
    /// The treaty that was signed first prevails.
    EarlierTreaty,
    /// The commitment that is read as stronger prevails.
    StrongerTreaty,
    /// The side that was attacked prevails.
    VictimFirst,
    /// The state helps neither.
    StayOut,
    /// No rule: the state weighs both by its interests.
    Weigh,
}

impl BothSides {
    /// The rule in words ("the earlier treaty prevails").
    pub fn in_words(self) -> &'static str {
        match self {
            Self::EarlierTreaty => "the earlier treaty prevails",
            Self::StrongerTreaty => "the stronger commitment prevails",
            Self::VictimFirst => "the side that was attacked comes first",
            Self::StayOut => "a state bound to both sides stays out",
            Self::Weigh => "a state bound to both sides weighs its interests",
        }
    }
}

/// One numeric parameter, for tables and checks.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in scenario files.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its default.
    pub default: f64,
    /// The least and the greatest value allowed.
    pub range: (f64, f64),
    /// Where the default comes from.
    pub source: &'static str,
}

macro_rules! parameters {
    ($($name:ident: $default:literal in $low:literal .. $high:literal, $unit:literal, $source:literal, $meaning:literal;)*) => {
        /// The rules of a scenario: a preset with the scenario's overrides.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct Rules {
            /// How states decide.
            pub decision: Decision,
            /// Whether states use force of their own accord.
            pub initiative: Initiative,
            /// What a state does that is bound to both sides.
            pub both_sides: BothSides,
            $(#[doc = $meaning] pub $name: f64,)*
        }

        impl Rules {
            /// A parameter by its name; not a number if there is none of this name.
            pub fn value(&self, name: &str) -> f64 {
                match name {
                    $(stringify!($name) => self.$name,)*
                    _ => f64::NAN,
                }
            }
        }

        impl Default for Rules {
            fn default() -> Self {
                Self {
                    decision: Decision::Utility,
                    initiative: Initiative::Off,
                    both_sides: BothSides::VictimFirst,
                    $($name: $default,)*
                }
            }
        }

        /// The `rules` of a scenario file: a preset and overrides, one by one.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct RulesFile {
            /// The named set of parameters to start from; `Historical` unless given.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub preset: Option<Preset>,
            /// How states decide: `Automatic`, `Fixed(p)` or `Utility`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub decision: Option<Decision>,
            /// Whether states use force of their own accord: `Off` or `Random(p)`, with the chance per turn.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub initiative: Option<Initiative>,
            /// What a state does that owes help to one side and is bound to the other.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub both_sides: Option<BothSides>,
            $(#[doc = $meaning] #[serde(skip_serializing_if = "Option::is_none")] pub $name: Option<f64>,)*
        }

        impl RulesFile {
            /// The parameters that result.
            pub fn resolve(&self) -> Rules {
                let base = self.preset.unwrap_or(Preset::Historical).rules();
                Rules {
                    decision: self.decision.unwrap_or(base.decision),
                    initiative: self.initiative.unwrap_or(base.initiative),
                    both_sides: self.both_sides.unwrap_or(base.both_sides),
                    $($name: self.$name.unwrap_or(base.$name),)*
                }
            }

            /// The numeric overrides that are given, with their parameters.
            pub fn given(&self) -> impl Iterator<Item = (&'static Parameter, f64)> {
                let values = [$(self.$name),*];
                PARAMETERS.iter().zip(values).filter_map(|(p, value)| Some((p, value?)))
            }

            /// These rules with those of `base` where nothing is given here.
            pub fn over(self, base: Self) -> Self {
                Self {
                    preset: self.preset.or(base.preset),
                    decision: self.decision.or(base.decision),
                    initiative: self.initiative.or(base.initiative),
                    both_sides: self.both_sides.or(base.both_sides),
                    $($name: self.$name.or(base.$name),)*
                }
            }
        }

        /// Every numeric parameter.
        pub const PARAMETERS: &[Parameter] = &[
            $(Parameter {
                name: stringify!($name), meaning: $meaning, unit: $unit, default: $default,
                range: ($low, $high), source: $source,
            },)*
        ];
    };
}

parameters! {
    rationality: 1.25 in 0.0..20.0, "1/utility", "quantal response: McKelvey and Palfrey 1995; near 1, which fixes the scale of the other weights",
        "How sharply the best response is preferred; 0 is a blind choice.";
    obligation: 3.8 in 0.0..20.0, "utility", "fitted: 62 wars 1823-2003, standard error 0.6 (docs/calibration.md)",
        "Weight of a defence or offence commitment read as fully binding.";
    aid_factor: 0.6 in 0.0..2.0, "factor", "set by hand",
        "Weight of an aid commitment relative to defence.";
    consultation_factor: 0.35 in 0.0..2.0, "factor", "set by hand",
        "Weight of a consultation commitment relative to defence.";
    prompt_factor: 1.1 in 0.0..2.0, "factor", "set by hand",
        "Factor on a commitment that is owed without delay.";
    constitutional_factor: 0.9 in 0.0..2.0, "factor", "set by hand",
        "Factor on a commitment that is subject to constitutional processes.";
    depth: 0.2 in 0.0..2.0, "factor", "sign: Leeds and Anac 2005 find no gain from institutions, Morrow 1994 expects one; set by hand and small",
        "What the closest ties beyond the text (common plans, command, bases, aid) add to a commitment's weight.";
    uninvoked_factor: 0.85 in 0.0..1.0, "factor", "set by hand",
        "Factor on a commitment that nobody has invoked.";
    discretion_share: 0.8 in 0.05..1.0, "share", "set by hand",
        "Share of a full response that discharges a clause which leaves the means to the obligor.";
    pledge: 3.8 in 0.0..20.0, "utility", "as a treaty commitment, which is fitted",
        "Weight of a pledge outside any treaty, at strength 1.";
    audience: 1.0 in 0.0..10.0, "utility", "sign: Fearon 1994; size set by hand, the fit cannot tell (docs/calibration.md)",
        "What reneging on a public commitment costs at home in a full democracy.";
    affinity: 4.0 in 0.0..10.0, "utility", "fitted: 62 wars 1823-2003, standard error 0.7 (docs/calibration.md); sign: Huth 1998",
        "Weight of affinity to the side that is helped, at affinity 1.";
    hostility: 2.7 in 0.0..10.0, "utility", "fitted: 62 wars 1823-2003, standard error 0.5 (docs/calibration.md); sign: Huth 1998",
        "Weight of hostility towards the other side, at hostility 1.";
    other_side: 0.7 in 0.0..10.0, "utility", "fitted: 0.0 with standard error 0.7, 62 wars 1823-2003 (docs/calibration.md); one error above, to keep the sign of Altfeld and Bueno de Mesquita 1979",
        "Loss of acting against a state to which affinity is 1.";
    contiguity: 0.4 in 0.0..10.0, "utility", "fitted: 62 wars 1823-2003, standard error 0.4 (docs/calibration.md); sign: Siverson and Starr 1991",
        "Gain of acting where one has a common border with an adversary, the victim, or the place of the fighting.";
    power: 0.4 in 0.0..10.0, "utility", "fitted: 0.0 with standard error 0.4, 62 wars 1823-2003 (docs/calibration.md); one error above, to keep the sign of Altfeld and Bueno de Mesquita 1979",
        "Readiness to act of a state with the capability of a major power.";
    prospects: 2.6 in 0.0..20.0, "utility", "fitted: 62 wars 1823-2003, standard error 1.2 (docs/calibration.md); sign: Altfeld and Bueno de Mesquita 1979",
        "Weight of the change in the chance of victory that joining brings.";
    company: 1.0 in 0.0..10.0, "utility", "chain-ganging: Christensen and Snyder 1990; size set by hand, the fit cannot tell (docs/calibration.md)",
        "Gain when all able parties to the same commitment are already in.";
    buck_passing: 0.7 in 0.0..10.0, "utility", "buck-passing: Christensen and Snyder 1990; size set by hand, the fit cannot tell (0.1 with standard error 1.2)",
        "Loss when all able parties to the same commitment are still out.";
    reluctance: 3.6 in 0.0..20.0, "utility", "fitted: 62 wars 1823-2003, standard error 0.5 (docs/calibration.md)",
        "What going to war costs anyone, before all else.";
    distance: 0.1 in 0.0..5.0, "utility per 1,000 km", "fitted: 62 wars 1823-2003, standard error 0.06 (docs/calibration.md); sign: Boulding 1962",
        "Cost of distance between the state and the fighting, for a state without reach.";
    major_capability: 0.05 in 0.001..1.0, "share of world capability", "about the least of the COW major powers since 1945",
        "Capability at which a state has the reach of a major power.";
    overstretch: 0.4 in 0.0..10.0, "utility per war", "fitted: 0.0 with standard error 0.4, 62 wars 1823-2003 (docs/calibration.md); one error above, to keep the sign that theory gives it",
        "Cost of each war in which the state is already fighting.";
    weariness: 3.0 in 0.0..10.0, "utility", "set by hand",
        "Cost of full war weariness.";
    nuclear: 3.0 in 0.0..20.0, "utility", "set by hand: fitted 1.2 with standard error 0.8, but from wars without a nuclear power against another (docs/calibration.md)",
        "Cost of fighting a state with nuclear weapons.";
    nuclear_cover: 0.5 in 0.0..1.0, "factor", "set by hand",
        "What is left of that cost for a state that has such weapons or is defended by one that has.";
    opposed_obligation: 0.8 in 0.0..20.0, "utility", "fitted: 0.1 with standard error 0.8, 62 wars 1823-2003 (docs/calibration.md); one error above, to keep the sign that theory gives it",
        "Cost of breaking a promise of neutrality or non-aggression to the other side.";
    aggression: 0.7 in 0.0..20.0, "utility", "fitted: 62 wars 1823-2003, standard error 0.3 (docs/calibration.md)",
        "Cost of joining the side that used force first.";
    stake_affinity: 0.6 in 0.0..1.0, "affinity", "set by hand",
        "Affinity to a belligerent from which a state without commitments deliberates.";
    stake_hostility: 0.7 in 0.0..1.0, "hostility", "set by hand",
        "Hostility to a belligerent from which a state without commitments deliberates.";
    automatic: 1.0 in 0.0..1.0, "probability", "1, so that a text that leaves no choice leaves none",
        "Chance that a clause which says that help is automatic leaves no choice; else it is weighed like any other.";
    ambiguity: 1.0 in 0.0..1.0, "share", "1, so that a text is as ambiguous as the scenario says",
        "How far a text that can be read in several ways is: at 0 all read its plain words, at the middle of its strength.";
    constitutions: 1.0 in 0.0..1.0, "probability", "1, so that constitutions are kept to",
        "Chance that a law on going to war is kept to in a conflict; 0 leaves all to the executive.";
    treaty_change: 1.0 in 0.0..1.0, "probability", "1, so that treaties live as the scenario says",
        "Chance that a treaty can come into force, change its parties or end in the course of a run; 0 keeps all as they are at the start.";
    performance_support: 0.12 in 0.0..1.0, "share", "set by hand",
        "Share of a full response that words of support are worth.";
    performance_consult: 0.15 in 0.0..1.0, "share", "set by hand",
        "Share of a full response that consultation is worth.";
    performance_sanction: 0.3 in 0.0..1.0, "share", "set by hand",
        "Share of a full response that sanctions are worth.";
    performance_aid: 0.5 in 0.0..1.0, "share", "set by hand",
        "Share of a full response that aid is worth.";
    performance_deploy: 0.6 in 0.0..1.0, "share", "set by hand",
        "Share of a full response that a deployment is worth.";
    exposure_support: 0.02 in 0.0..1.0, "share", "set by hand",
        "Share of the costs of war that words of support expose a state to.";
    exposure_consult: 0.03 in 0.0..1.0, "share", "set by hand",
        "Share of the costs of war that consultation exposes a state to.";
    exposure_sanction: 0.12 in 0.0..1.0, "share", "set by hand",
        "Share of the costs of war that sanctions expose a state to.";
    exposure_aid: 0.28 in 0.0..1.0, "share", "set by hand",
        "Share of the costs of war that aid exposes a state to.";
    exposure_deploy: 0.45 in 0.0..1.0, "share", "set by hand",
        "Share of the costs of war that a deployment exposes a state to.";
    trace_base: 0.1 in 0.0..1.0, "probability per turn", "set by hand",
        "Chance that a state without intelligence traces a covert act to its author.";
    trace_intelligence: 0.6 in 0.0..1.0, "probability per turn", "set by hand",
        "What full intelligence adds to that chance.";
    trace_turns: 3.0 in 0.0..1000.0, "turns", "set by hand",
        "How long a covert act can still be traced, and answered.";
    attribution: 8.0 in 0.0..20.0, "1/affinity", "set by hand",
        "How strongly an observer believes its friends where it is disputed who began.";
    request: 0.8 in 0.0..1.0, "probability per turn", "set by hand",
        "Chance that a state that is attacked calls on the partners that, as it reads the treaty, owe it help.";
    declaration: 0.1 in 0.0..1.0, "probability per turn", "set by hand",
        "Chance that a state which helps a partner unasked declares that its treaty applies.";
    support_base: 0.1 in 0.0..1.0, "share of the public", "set by hand",
        "Popular support for any war of others.";
    support_affinity: 0.35 in 0.0..1.0, "share of the public", "set by hand",
        "Popular support gained by full affinity to the side that is helped.";
    support_hostility: 0.25 in 0.0..1.0, "share of the public", "set by hand",
        "Popular support gained by full hostility to the other side.";
    support_commitment: 0.3 in 0.0..1.0, "share of the public", "set by hand",
        "Popular support gained by a fully binding commitment.";
    support_weariness: 0.5 in 0.0..1.0, "share of the public", "set by hand",
        "Popular support lost to full war weariness.";
    consent_slope: 10.0 in 0.0..50.0, "1/share", "set by hand",
        "How sharply a legislature's consent turns on popular support.";
    compliance: 0.3 in 0.0..1.0, "share", "set by hand; sign: Reiter and Stam 2002 on what democratic publics hold back",
        "How far the legislature of a state without any democracy consents to whatever its government asks.";
    consent_lasts: 1.0 in 0.0..100.0, "years", "set by hand; sign: Mueller 1973 on support that falls with losses; 0 is for good",
        "For how long a legislature's consent to a war of others lasts before it is asked again.";
    reach_relief: 0.7 in 0.0..1.0, "share", "set by hand",
        "Share of the cost of distance that a state with the reach of a major power is spared.";
    weariness_strength: 0.5 in 0.0..1.0, "share", "set by hand",
        "Share of its strength that full war weariness costs a state.";
    projection_decay: 0.12 in 0.0..2.0, "per 1,000 km", "loss of strength: Boulding 1962; size set by hand",
        "Share of strength lost over distance by a state without reach.";
    aid_strength: 0.05 in 0.0..1.0, "share", "set by hand",
        "Share of a helper's projected capability that its aid adds to the side it helps.";
    attrition: 0.08 in 0.0..1.0, "share per year", "set by hand",
        "Capability lost in a year of war between equals.";
    attrition_by_strength: 1.0 in 0.0..1.0, "share", "Lanchester's ratio of strengths at 1, the same loss for all at 0; set by hand",
        "How far losses follow the ratio of strengths rather than falling alike on both sides.";
    weariness_growth: 0.15 in 0.0..5.0, "per year", "set by hand",
        "War weariness gained in a year of war between equals.";
    weariness_recovery: 0.3 in 0.0..5.0, "per year", "set by hand",
        "War weariness lost in a year of peace.";
    clash_subsides: 0.7 in 0.0..1.0, "probability per turn", "order of magnitude: 2,198 of 2,436 disputes drew in nobody else (MID 5.0, Palmer et al. 2022)",
        "Chance that a clash between two states, which nobody else joins, dies down.";
    clash_intensity: 0.2 in 0.0..1.0, "share", "set by hand",
        "Losses in a clash relative to those in a war.";
    termination_base: 0.15 in 0.0..5.0, "hazard per year", "order of magnitude: median length of inter-state wars since 1823 (Sarkees and Wayman 2010)",
        "Hazard that a war between fresh equals ends.";
    termination_ratio: 0.1 in 0.0..5.0, "hazard per year", "sign: Bennett and Stam 1996; size set by hand",
        "Hazard that is added for each doubling of one side's strength over the other's.";
    termination_weariness: 0.5 in 0.0..10.0, "hazard per year", "set by hand",
        "Hazard that full war weariness adds.";
    termination_length: 0.01 in 0.0..5.0, "hazard per year and year", "set by hand and small; Bennett and Stam 1996 find little dependence on length once other causes are told",
        "Hazard that is added for each year that a war has lasted.";
    war_turns: 0.0 in 0.0..100000.0, "turns", "0, so that wars end by their course; CG-1 has 3",
        "If above 0, how long every armed conflict lasts: it ends when so many turns have been fought, and not before.";
    wars_at_once: 1000.0 in 1.0..1000.0, "wars", "no limit unless given; CG-1 has 1",
        "In how many wars a state fights at most at the same time; who fights in as many joins no other.";
    victory_ratio: 3.0 in 1.0..20.0, "ratio of strengths", "set by hand",
        "Strength over the other side's from which an ending is a victory rather than a settlement.";
    readiness_floor: 0.3 in 0.0..1.0, "share", "set by hand",
        "Share of its strength that is left to a state whose munitions have run out; 1 makes munitions count for nothing.";
    munitions_stores: 24.0 in 1.0..1000.0, "months of war", "set by hand",
        "Stock beyond which a state makes no more munitions, in months of its own use in war.";
    transfers: 1.0 in 0.0..1.0, "share", "1, so that a transfer is what the scenario says",
        "Share of every transfer, and of every helper's munitions, that is really sent; 0 cuts all supply.";
    aid_munitions: 0.25 in 0.0..1.0, "share of production", "set by hand",
        "Share of what it makes that a state which sends aid, and whose munitions are followed, gives away.";
    generosity: 0.0 in 0.0..20.0, "hazard per year", "0, so that nobody sends anything unasked",
        "Hazard that a state begins to send what it could to one that fights, at full affinity.";
    evidence_rate: 0.6 in 0.0..1.0, "probability per turn", "set by hand",
        "Chance that a covert transfer leaves evidence which a state with full intelligence finds; 0 hides it for good.";
    evidence_prior: 0.05 in 0.001..0.999, "probability", "set by hand",
        "What an observer believes of a covert transfer before it has any evidence.";
    evidence_ratio: 3.0 in 1.0..100.0, "likelihood ratio", "set by hand",
        "How much likelier a piece of evidence is if the transfer takes place than if it does not.";
    denial_ratio: 1.5 in 1.0..100.0, "likelihood ratio", "set by hand",
        "How far a denial lowers the odds for one that has no evidence; the more it has, the less.";
    exposure: 0.9 in 0.5..1.0, "probability", "set by hand",
        "Belief from which a covert transfer is exposed to an observer.";
    publication: 0.4 in 0.0..1.0, "probability per turn", "set by hand",
        "Chance that an observer which is fully hostile to either party publishes what has been exposed to it.";
    publication_weight: 3.0 in 0.0..100.0, "pieces of evidence", "set by hand",
        "What a publication is worth to one that trusts its author fully.";
    acknowledgement: 0.05 in 0.0..1.0, "probability per turn", "set by hand; about half a year passed from the reports to the acknowledgement of 2025",
        "Chance that a party admits a published transfer once the treaty is in force under which it can call it lawful.";
    norms: 1.0 in 0.0..1.0, "share", "1, so that norms are as strong as the scenario says",
        "Share of their strength with which norms act on states; at 0 nobody heeds them, and no breach is named.";
    norm_erosion: 0.08 in 0.0..1.0, "share per breach", "set by hand",
        "Share of its strength that a norm loses by a breach that goes unpunished.";
    norm_recovery: 0.05 in 0.0..1.0, "share per year", "set by hand",
        "Share of the way back to its first strength that a norm recovers in a year.";
    bloc_resolution: 0.5 in 0.0..10.0, "factor", "below one, so that large alliances which share a leader count as one bloc (Reichardt and Bornholdt 2006); set by hand",
        "How finely alliances are told apart as blocs: more blocs the higher it is.";
    vote_slope: 6.0 in 0.0..50.0, "1/attitude", "set by hand",
        "How sharply votes on a state turn on hostility and affinity to it.";
    vote_against: 0.3 in -1.0..1.0, "attitude", "set by hand",
        "Affinity over hostility at which a vote against measures on a state is an even chance.";
    vote_for: 0.5 in -1.0..2.0, "attitude", "set by hand",
        "Hostility over affinity, with the strength of the norm, at which who does not vote against them is as likely to vote for them.";
    veto_affinity: 0.5 in 0.0..1.0, "affinity", "set by hand",
        "Affinity to a state from which a veto is used for it.";
    sanction_bite: 0.3 in 0.0..1.0, "share", "set by hand",
        "Share of its production and of its arms trade that a state loses to sanctions which are fully enforced; 0 makes sanctions words.";
    unmonitored: 0.5 in 0.0..1.0, "share", "set by hand",
        "Share of their effect that sanctions keep when nobody watches over them: the rest leaks.";
    stigma: 0.1 in 0.0..1.0, "hostility", "set by hand",
        "Hostility that the first use of force earns from a state without affinity, where a norm against it is at full strength; friends do not turn on it.";
    vote_cost: 0.02 in 0.0..1.0, "hostility", "set by hand",
        "Hostility that a vote for a condemned state earns from its victim, and one against it from that state.";
    recognition_factor: 2.0 in 0.0..10.0, "factor", "set by hand",
        "How many times as much the recognition of another's claims earns: affinity from it, and hostility from the third.";
    honour_prior: 0.75 in 0.0..1.0, "probability", "Leeds, Long and Mitchell 2000: 74.5 % of alliances were honoured in wars 1816-1944",
        "What is believed of a promise that binds fully, before anything is known of the one who gave it.";
    automatic_belief: 1.15 in 1.0..2.0, "factor", "set by hand",
        "Factor on what is believed of an automatic promise.";
    ambiguity_doubt: 0.5 in 0.0..1.0, "share", "set by hand",
        "Share of the room between the least and the greatest reading of a text by which it is doubted; 0 makes ambiguity cost nothing.";
    belief_weight: 6.0 in 0.1..1000.0, "cases", "set by hand",
        "How many cases the first belief in a promise is worth.";
    belief_learning: 1.0 in 0.0..10.0, "cases", "reputation: Crescenzi, Kathman, Kleinberg and Wood 2012; size set by hand",
        "What a promise kept or broken teaches about the next one; 0 keeps beliefs as they are.";
    own_experience: 1.0 in 0.0..10.0, "cases", "experience of one's own counts beside what all know: Crescenzi 2007; size set by hand",
        "What the state to which a promise was kept or broken learns from it beyond what all learn.";
    reputation_spill: 0.3 in 0.0..1.0, "share", "set by hand",
        "Share of this that carries over to the other promises of the same state.";
    signal_weight: 1.0 in 0.0..10.0, "factor", "1; 0 makes signals mere words",
        "Factor on all that signals do to beliefs and to hostility.";
    ceremony_cost: 0.3 in 0.0..10.0, "cases", "set by hand",
        "What a ceremony adds to the belief in its sender: the less a signal costs, the less it says (Fearon 1997).";
    display_cost: 0.8 in 0.0..10.0, "cases", "set by hand",
        "What a display of hardware adds to it.";
    exercise_cost: 1.0 in 0.0..10.0, "cases", "set by hand",
        "What a joint exercise adds to it.";
    statement_cost: 0.15 in 0.0..10.0, "cases", "set by hand",
        "What a statement of support adds to it.";
    clarification_weight: 2.0 in 0.0..10.0, "cases", "set by hand",
        "What a clarification adds to it, or takes from it.";
    ceremony_provocation: 0.01 in 0.0..1.0, "hostility", "set by hand",
        "Hostility that a ceremony earns from adversaries; none at which hardware is conspicuously absent.";
    display_provocation: 0.05 in 0.0..1.0, "hostility", "set by hand",
        "Hostility that a display of hardware earns from adversaries.";
    exercise_provocation: 0.04 in 0.0..1.0, "hostility", "set by hand",
        "Hostility that a joint exercise earns from adversaries.";
    statement_provocation: 0.01 in 0.0..1.0, "hostility", "set by hand",
        "Hostility that a statement of support earns from those against whom it is made.";
    deterrence: 1.0 in 0.0..1.0, "share", "1, so that an aggressor reckons with all that it believes",
        "Share of the defenders it expects with which a would-be aggressor reckons; at 0 no promise of others deters.";
    grievance: 0.7 in 0.0..1.0, "hostility", "set by hand",
        "Hostility from which a state under calculated initiative weighs an attack.";
    initiative_rate: 0.1 in 0.0..10.0, "hazard per year", "set by hand; 0 is no initiative",
        "Hazard of an attack by a state that expects all to gain.";
    initiative_stakes: 8.0 in 0.0..50.0, "utility", "set by hand",
        "What a victory is worth to a state that is fully hostile.";
    initiative_cost: 8.0 in 0.0..50.0, "utility", "set by hand",
        "What a defeat costs.";
    initiative_caution: 3.0 in 0.0..50.0, "utility", "set by hand",
        "What attacking costs anyone, before all else.";
    norm_caution: 0.5 in 0.0..1.0, "share", "set by hand",
        "Share of that caution which is owed to a norm against the first use of force at full strength, where there is one.";
    initiative_nuclear: 5.0 in 0.0..50.0, "utility", "set by hand",
        "What an attack costs if a state with nuclear weapons is certain to defend the target, or is the target.";
    initiative_commitment: 2.0 in 0.0..50.0, "utility", "set by hand",
        "What it costs to attack a state that one has promised not to fight.";
    coercion: 0.0 in 0.0..1.0, "probability", "0, so that nobody threatens unasked; sign: Snyder 1965 on the paradox of stability",
        "Chance that a state which is deterred from an attack makes a show of force instead.";
    reassurance: 0.0 in 0.0..20.0, "hazard per year", "0, so that nobody signals unasked; sign: Fearon 1997",
        "Hazard that a state exercises with a partner under threat that it has promised to defend, where its word is wholly doubted.";
    war_hostility: 0.0 in 0.0..1.0, "hostility per year", "0, so that attitudes are what the scenario says; rivalry: Diehl and Goertz 2000",
        "Hostility that a year of war adds between those who fight each other, and in part towards those who help the other side.";
    hostility_decay: 0.0 in 0.0..1.0, "share per year", "0, so that attitudes are what the scenario says",
        "Share of the way back to its first value that hostility falls in a year of peace between two states.";
    arms_race: 0.0 in 0.0..1.0, "share per year", "0, so that capabilities change by war alone; Richardson 1960",
        "Growth of the capability of a state that faces a fully hostile rival as strong as itself, less what weariness takes.";
    rivalry: 1.0 in 0.0..1.0, "share", "1, so that hostility and armaments move as the parameters of each say",
        "Share of all that rivalries move: hostility in war and in peace, and armaments; at 0 both stay as they are.";
    arms_limit: 1.5 in 1.0..10.0, "ratio", "set by hand",
        "How far an arms race raises a capability over its first value at most.";
    realignment: 0.0 in 0.0..10.0, "hazard per year", "0, so that drafts stay drafts; sign: Walt 1987",
        "Hazard that states which share a full threat and fear no entanglement conclude a treaty of which there is a draft.";
    entrapment_fear: 0.5 in 0.0..1.0, "share", "sign: Snyder 1984; size set by hand",
        "Share of that hazard that is left where a party is sure to be dragged into the war of another.";
    ratification_rate: 0.5 in 0.0..1.0, "probability per turn", "set by hand",
        "Chance that a party ratifies a treaty that it has concluded in the course of the run.";
    abandonment_exit: 0.0 in 0.0..1.0, "probability", "0, so that nobody leaves unasked; Snyder 1984",
        "Chance that a state denounces the treaty under which it was left without any help.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_in_its_range() {
        for p in PARAMETERS {
            assert!(p.range.0 <= p.default && p.default <= p.range.1, "{}", p.name);
        }
    }

    #[test]
    fn an_override_beats_its_preset() {
        let file = RulesFile { preset: Some(Preset::Strict), audience: Some(0.25), ..RulesFile::default() };
        let rules = file.resolve();
        assert_eq!(rules.decision, Decision::Automatic);
        assert_eq!(rules.audience, 0.25);
    }
}
