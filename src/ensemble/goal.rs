//! An outcome to look for: said in a few words, true or not of one history.

use super::history::History;
use crate::model::{StateId, Verdict};
use crate::scenario::Scenario;

/// An outcome of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A state enters a war after the start.
    Enters(StateId),
    /// It does not.
    StaysOut(StateId),
    /// A state is judged in breach of what it owed.
    Breaches(StateId),
    /// It is not.
    KeepsItsWord(StateId),
    /// No war has more belligerents.
    AtMostBelligerents(u32),
    /// Some war has as many belligerents.
    AtLeastBelligerents(u32),
    /// No more states join a war.
    AtMostJoiners(u32),
    /// As many states join a war.
    AtLeastJoiners(u32),
}

/// What can be asked for, for those who asked for something else.
pub const FORMS: &str = "say for instance \"GBR stays out\", \"GBR enters\", \"GBR breaches\", \"GBR keeps its word\", \
     \"at most 4 belligerents\", \"at least 6 belligerents\", \"at most 2 joiners\" or \"at least 3 joiners\"";

impl Goal {
    /// Reads an outcome. States go by id or name.
    ///
    /// # Errors
    /// Where the words say nothing that is known, name no state of the scenario, or ask whether a state enters that is at war
    /// from the start; the text says what can be asked.
    pub fn parse(words: &str, scenario: &Scenario) -> Result<Self, String> {
        let all: Vec<&str> = words.split_whitespace().collect();
        if let ["at", bound, number, what] = all[..] {
            let unknown = || format!("`{words}` is no outcome that is known; {FORMS}");
            let number: u32 = number.parse().map_err(|_| unknown())?;
            return match (bound, what.trim_end_matches('s')) {
                ("most", "belligerent") => Ok(Self::AtMostBelligerents(number)),
                ("least", "belligerent") => Ok(Self::AtLeastBelligerents(number)),
                ("most", "joiner") => Ok(Self::AtMostJoiners(number)),
                ("least", "joiner") => Ok(Self::AtLeastJoiners(number)),
                _ => Err(unknown()),
            };
        }
        type Form = fn(StateId) -> Goal;
        let forms: [(&str, Form); 5] = [
            (" stays out", Self::StaysOut),
            (" enters", Self::Enters),
            (" fights", Self::Enters),
            (" breaches", Self::Breaches),
            (" keeps its word", Self::KeepsItsWord),
        ];
        let words = all.join(" ");
        let found = forms.iter().find_map(|(end, form)| Some((words.strip_suffix(end)?, form)));
        let (name, form) = found.ok_or_else(|| format!("`{words}` is no outcome that is known; {FORMS}"))?;
        let named = |s: &crate::scenario::State| {
            s.id.eq_ignore_ascii_case(name)
                || s.name.eq_ignore_ascii_case(name)
                || s.name.strip_prefix("the ").is_some_and(|rest| rest.eq_ignore_ascii_case(name))
        };
        let state = scenario.state_ids().find(|id| named(scenario.state(*id))).ok_or_else(|| {
            let known = scenario.states.iter().map(|s| s.id.as_str());
            let help = crate::diagnostics::closest(name, known.clone()).map_or_else(
                || known.collect::<Vec<_>>().join(", "),
                |meant| format!("did you mean `{meant}`?"),
            );
            format!("there is no state `{name}` in this scenario; {help}")
        })?;
        let goal = form(state);
        let at_war = scenario.conflicts.iter().any(|c| c.belligerents.iter().any(|(s, _)| *s == state));
        if at_war && matches!(goal, Self::Enters(_) | Self::StaysOut(_)) {
            return Err(format!(
                "{} is at war from the start, so it neither enters nor stays out; ask what it does of others, or of its word",
                scenario.state(state).name
            ));
        }
        Ok(goal)
    }

    /// Whether a history comes to this.
    pub fn holds(self, history: &History) -> bool {
        let enters = |state| history.entered.get(&state).is_some_and(|(turn, _)| turn.0 > 0);
        let breaches = |state| history.verdicts.get(&state) == Some(&Verdict::Breach);
        match self {
            Self::Enters(state) => enters(state),
            Self::StaysOut(state) => !enters(state),
            Self::Breaches(state) => breaches(state),
            Self::KeepsItsWord(state) => !breaches(state),
            Self::AtMostBelligerents(n) => history.largest() <= n,
            Self::AtLeastBelligerents(n) => history.largest() >= n,
            Self::AtMostJoiners(n) => history.joiners() <= n,
            Self::AtLeastJoiners(n) => history.joiners() >= n,
        }
    }

    /// The state that it is about.
    pub fn state(self) -> Option<StateId> {
        match self {
            Self::Enters(s) | Self::StaysOut(s) | Self::Breaches(s) | Self::KeepsItsWord(s) => Some(s),
            _ => None,
        }
    }
}
