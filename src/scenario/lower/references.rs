//! What every part of a file is checked with: references to ids, ranges of numbers, dates, sources.

use super::*;

impl Lowering<'_> {
    /// Whether an id, or all ids of its kind, were left out because they could not be read.
    pub(super) fn is_dropped(&self, kind: &str, id: &str) -> bool {
        let damaged = |key: &str| !key.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c));
        // An entry whose own id could not be made out may have been this one.
        let lost = self.dropped.iter().filter_map(|path| path.strip_prefix(kind)?.strip_prefix('/'));
        let mut lost = lost.filter(|rest| !rest.contains('/'));
        self.dropped.contains(kind)
            || self.dropped.contains(&format!("{kind}/{id}"))
            || lost.any(|key| damaged(key) || key.chars().all(|c| c.is_ascii_digit()))
    }

    /// Whether a value, or something in it, could not be read and was reported.
    pub(super) fn is_lost(&self, path: &str) -> bool {
        self.dropped
            .iter()
            .any(|d| d == path || d.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Checks that a number lies in its range; NaN lies in none.
    pub(super) fn number(&mut self, value: f64, range: (f64, f64), what: &str, path: &str) -> bool {
        let fine = (range.0..=range.1).contains(&value);
        if !fine {
            let span = self.value(path);
            self.out.add_out_of_range(span, &format!("`{what}`"), value, range);
        }
        fine
    }

    /// Checks that a delay is one that a scenario can last.
    pub(super) fn turns_ahead(&mut self, turns: u32, what: &str, path: &str) {
        self.number(f64::from(turns), (0.0, f64::from(MOST_TURNS)), what, path);
    }

    pub(super) fn share(&mut self, value: f64, what: &str, path: &str) -> bool {
        self.number(value, (0.0, 1.0), what, path)
    }

    pub(super) fn date(&mut self, text: &str, path: &str) -> Option<Date> {
        text.parse().map_err(|why: String| self.out.add_bad_date(self.places.value(path), text, &why)).ok()
    }

    pub(super) fn state(&mut self, id: &str, path: &str) -> Option<StateId> {
        let found = self.states.get(id).copied();
        if found.is_none() && !self.dropped.contains(path) && !self.is_dropped("states", id) {
            let span = self.places.value(path);
            self.out.add_unknown_reference(span, "state", id, self.states.keys().map(String::as_str));
        }
        found
    }

    /// A state that is named as the key of a map.
    pub(super) fn state_key(&mut self, id: &str, path: &str) -> Option<StateId> {
        let found = self.states.get(id).copied();
        if found.is_none() && !self.is_dropped("states", id) {
            let span = self.places.key(path);
            self.out.add_unknown_reference(span, "state", id, self.states.keys().map(String::as_str));
        }
        found
    }

    /// A state's text id.
    pub(super) fn id_of(&self, state: StateId) -> &str {
        self.states.keys().nth(state.index()).map_or("", String::as_str)
    }

    /// Conflicts under way, by id.
    pub(super) fn conflict_ids(&mut self, ids: &[String], path: &str) -> Vec<ConflictId> {
        let mut found = Vec::new();
        for (i, id) in ids.iter().enumerate() {
            match self.conflicts.get(id) {
                Some(conflict) => found.push(*conflict),
                None if self.is_dropped("conflicts", id) => {}
                None => {
                    let span = self.places.value(&format!("{path}/{i}"));
                    let known = self.conflicts.keys().map(String::as_str);
                    self.out.add_unknown_reference(span, "conflict", id, known);
                }
            }
        }
        found
    }

    pub(super) fn states(&mut self, ids: &[String], path: &str) -> Vec<StateId> {
        let mut found = Vec::with_capacity(ids.len());
        for (i, id) in ids.iter().enumerate() {
            let at = format!("{path}/{i}");
            if let Some(state) = self.state(id, &at) {
                if found.contains(&state) {
                    self.out.add_duplicate(self.places.value(&at), "the state", id);
                }
                found.push(state);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Two states, if they are not the same one.
    pub(super) fn two_states(
        &mut self,
        a: StateId,
        b: StateId,
        id: &str,
        path: &str,
    ) -> Option<(StateId, StateId)> {
        if a == b {
            self.out.add_to_itself(
                self.places.value(path),
                format!("`{id}` is set against, or bound to, itself"),
            );
            return None;
        }
        Some((a, b))
    }

    pub(super) fn treaty_id(&mut self, id: &str, path: &str) -> Option<TreatyId> {
        let found = self.treaties.get(id).copied();
        if found.is_none() && !self.is_dropped("treaties", id) {
            let span = self.places.value(path);
            self.out.add_unknown_reference(span, "treaty", id, self.treaties.keys().map(String::as_str));
        }
        found
    }

    pub(super) fn region(&mut self, id: &str, path: &str) -> Option<RegionId> {
        let found = self.regions.get(id).copied();
        if found.is_none() && !self.is_dropped("regions", id) {
            let span = self.places.value(path);
            self.out.add_unknown_reference(span, "region", id, self.regions.keys().map(String::as_str));
        }
        found
    }

    pub(super) fn sources(&mut self, keys: &[String], what: &str, path: &str) {
        for (i, key) in keys.iter().enumerate() {
            if !self.sources.contains(key) && !self.is_dropped("sources", key) {
                let span = self.places.value(&format!("{path}/sources/{i}"));
                self.out.add_unknown_reference(span, "source", key, self.sources.iter().map(String::as_str));
            }
        }
        // A scenario without any sources is an imagined one.
        if keys.is_empty() && !self.sources.is_empty() && self.places.holds(path) {
            self.out.add_unsourced(self.places.key(path), what);
        }
    }
}
