//! Transfers and norms.

use super::*;
use crate::model::NormKind;

impl Lowering<'_> {
    pub(super) fn transfer(&mut self, id: &str, file: &TransferFile) -> Option<Transfer> {
        let path = format!("transfers/{id}");
        self.sources(&file.sources, &format!("the transfer `{id}`"), &path);
        let most = if file.materiel == crate::model::Materiel::Troops { 1.0 } else { 1e9 };
        self.number(file.amount, (0.0, most), "amount", &format!("{path}/amount"));
        self.turns_ahead(file.delay, "delay", &format!("{path}/delay"));
        let (from, to) =
            (self.state(&file.from, &format!("{path}/from")), self.state(&file.to, &format!("{path}/to")));
        let under = match &file.under {
            Some(treaty) => Some(self.treaty_id(treaty, &format!("{path}/under"))?),
            None => None,
        };
        let since = self.turn_on(file.since.as_ref(), &format!("{path}/since"));
        let until = self.turn_on(file.until.as_ref(), &format!("{path}/until"));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            let message = format!("the transfer `{id}` ends before it begins");
            self.out.add_contradiction(
                self.places.value(&format!("{path}/until")),
                message,
                "give a later day",
            );
        }
        let (from, to) = self.two_states(from?, to?, &file.from, &path)?;
        Some(Transfer {
            id: id.to_owned(),
            key: Key::of("transfer").and(id),
            from,
            to,
            materiel: file.materiel,
            amount: file.amount,
            delay: file.delay,
            since,
            until,
            for_war: file.for_war,
            covert: file.covert,
            under,
            text: file.text.clone(),
        })
    }

    /// The turn that holds a day; 0 for days before the start.
    fn turn_on(&mut self, day: Option<&String>, path: &str) -> Option<Turn> {
        let date = self.date(day?, path)?;
        let before = date < self.calendar.start;
        Some(if before { Turn(0) } else { self.calendar.turn_of(date) })
    }

    pub(super) fn norm(&mut self, id: &str, file: &NormFile) -> Option<Norm> {
        let path = format!("norms/{id}");
        self.sources(&file.sources, &format!("the norm `{id}`"), &path);
        self.share(file.strength, "strength", &format!("{path}/strength"));
        let on = self.states(&file.on, &format!("{path}/on"));
        let council = self.states(&file.council, &format!("{path}/council"));
        let vetoes = self.states(&file.vetoes, &format!("{path}/vetoes"));
        if file.kind == NormKind::Embargo && file.on.is_empty() {
            let message = format!("the embargo `{id}` is on nobody");
            self.out.add_contradiction(self.places.key(&path), message, "name the states in `on`");
        }
        if vetoes.iter().any(|v| !council.contains(v)) {
            let message = format!("a state with a veto is not in the council of `{id}`");
            self.out.add_contradiction(
                self.places.value(&format!("{path}/vetoes")),
                message,
                "add it to `council`",
            );
        }
        let majority = file.majority.map_or(council.len() / 2 + 1, |m| m as usize);
        if file.majority.is_some() && !council.is_empty() && !(1..=council.len()).contains(&majority) {
            let range = (1.0, council.len() as f64);
            let span = self.places.value(&format!("{path}/majority"));
            self.out.add_out_of_range(span, "`majority`", majority as f64, range);
        }
        Some(Norm {
            id: id.to_owned(),
            key: Key::of("norm").and(id),
            name: file.name.clone(),
            kind: file.kind,
            strength: file.strength,
            on,
            council,
            vetoes,
            majority,
            monitor: file.monitor.clone(),
        })
    }

    /// What parties call a treaty. A draft has no day of its own on which it enters into force.
    pub(super) fn called(&mut self, id: &str, file: &TreatyFile) -> Vec<(StateId, String)> {
        if file.draft && file.in_force.is_some() {
            let message = format!("the treaty `{id}` is a draft and has a day on which it enters into force");
            let help = "keep `draft` or `in_force`";
            self.out.add_contradiction(self.places.key(&format!("treaties/{id}/draft")), message, help);
        }
        let named = file.called.iter();
        named
            .filter_map(|(state, name)| {
                let path = format!("treaties/{id}/called/{state}");
                Some((self.state_key(state, &path)?, name.clone()))
            })
            .collect()
    }

    pub(super) fn transfer_id(&mut self, id: &str, path: &str) -> Option<TransferId> {
        let found = self.transfers.get(id).copied();
        if found.is_none() && !self.is_dropped("transfers", id) {
            let known = self.transfers.keys().map(String::as_str);
            self.out.add_unknown_reference(self.places.value(path), "transfer", id, known);
        }
        found
    }

    pub(super) fn norm_id(&mut self, id: &str, path: &str) -> Option<NormId> {
        let found = self.norms.get(id).copied();
        if found.is_none() && !self.is_dropped("norms", id) {
            let known = self.norms.keys().map(String::as_str);
            self.out.add_unknown_reference(self.places.value(path), "norm", id, known);
        }
        found
    }

    /// A transfer and one of its two parties, or one who publishes it.
    pub(super) fn transfer_and_state(
        &mut self,
        id: &str,
        by: &str,
        path: &str,
    ) -> Option<(TransferId, StateId)> {
        let transfer = self.transfer_id(id, &format!("{path}/transfer"));
        let by = self.state(by, &format!("{path}/by"));
        Some((transfer?, by?))
    }
}
