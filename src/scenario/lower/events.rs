//! Conflicts under way, injects with their acts and conditions.

use super::*;

impl Lowering<'_> {
    pub(super) fn conflict(&mut self, id: &str, file: &ConflictFile) -> Option<Conflict> {
        let path = format!("conflicts/{id}");
        self.sources(&file.sources, &format!("the conflict `{id}`"), &path);
        let began = self.date(&file.began, &format!("{path}/began"));
        let initiator = self.state(&file.initiator, &format!("{path}/initiator"));
        let target = self.state(&file.target, &format!("{path}/target"));
        let with_initiator = self.states(&file.with_initiator, &format!("{path}/with_initiator"));
        let with_target = self.states(&file.with_target, &format!("{path}/with_target"));
        let helping = [
            self.states(&file.helping_initiator, &format!("{path}/helping_initiator")),
            self.states(&file.helping_target, &format!("{path}/helping_target")),
        ];
        let place = match &file.place {
            Some(place) => self.state(place, &format!("{path}/place")),
            None => target,
        };
        let (initiator, target) = self.two_states(initiator?, target?, &file.initiator, &path)?;
        let mut belligerents = vec![(initiator, Side::Initiator), (target, Side::Target)];
        belligerents.extend(with_initiator.into_iter().map(|s| (s, Side::Initiator)));
        belligerents.extend(with_target.into_iter().map(|s| (s, Side::Target)));
        let helpers: Vec<(StateId, Side)> = helping
            .into_iter()
            .zip([Side::Initiator, Side::Target])
            .flat_map(|(list, side)| list.into_iter().map(move |s| (s, side)))
            .collect();
        let mut seen = BTreeSet::new();
        if helpers.iter().any(|(s, _)| belligerents.iter().any(|(b, _)| b == s)) {
            let message = format!("a state both fights and helps without fighting in `{id}`");
            self.out.add_contradiction(self.places.key(&path), message, "name it once");
        }
        if !belligerents.iter().all(|(s, _)| seen.insert(*s)) {
            let message = format!("a state is named more than once among the belligerents of `{id}`");
            self.out.add_contradiction(self.places.key(&path), message, "a state fights on one side, once");
        }
        if file.level < Level::UseOfForce {
            let message = format!("the conflict `{id}` has belligerents, so it has reached the use of force");
            let help = "write `level: UseOfForce` or `level: War`, or make it an inject";
            self.out.add_contradiction(self.places.key(&path), message, help);
        }
        if began.is_some_and(|date| date > self.calendar.start) {
            let message = format!("the conflict `{id}` begins after the scenario does");
            let help = "make it an inject with `act: Incident(...)` and a `date`";
            self.out.add_contradiction(self.places.value(&format!("{path}/began")), message, help);
        }
        Some(Conflict {
            id: id.to_owned(),
            name: file.name.clone(),
            began: began?,
            initiator,
            target,
            belligerents,
            helpers,
            level: file.level,
            place: place?,
        })
    }

    pub(super) fn inject(&mut self, id: &str, file: &InjectFile) -> Option<Inject> {
        let path = format!("injects/{id}");
        self.sources(&file.sources, &format!("the inject `{id}`"), &path);
        let date = file.date.as_ref().and_then(|date| self.date(date, &format!("{path}/date")));
        if file.turn == Some(0) {
            let range = (1.0, f64::from(MOST_TURNS));
            self.out.add_out_of_range(self.places.value(&format!("{path}/turn")), "`turn`", 0.0, range);
        }
        if file.turn.is_none() && file.date.is_none() && file.condition.is_none() && file.hazard.is_none() {
            let message = format!("the inject `{id}` does not say when it happens");
            let help = "add `turn`, `date`, `condition` or `hazard`";
            self.out.add_contradiction(self.places.key(&path), message, help);
        }
        if let (Some(_), Some(_)) = (file.probability, file.hazard) {
            let message = format!("the inject `{id}` has both a `probability` and a `hazard`");
            let help = "`probability` is drawn once, `hazard` every turn: keep one";
            self.out.add_contradiction(self.places.key(&path), message, help);
        }
        for (what, value) in [("probability", file.probability), ("hazard", file.hazard)] {
            if let Some(value) = value {
                self.share(value, what, &format!("{path}/{what}"));
            }
        }
        let condition = match &file.condition {
            Some(c) => self.condition(c, &format!("{path}/condition"), 0).map(Some),
            None => Some(None),
        };
        let act = self.act(id, &file.act, &file.text, &format!("{path}/act"));
        let (condition, act) = (condition?, act?);
        let by_date = date.map_or(Turn(1), |d| self.calendar.turn_of(d));
        if by_date.max(Turn(file.turn.unwrap_or(1))) > self.last {
            let message = format!("the inject `{id}` lies after the last turn, so it never happens");
            let help = "give an earlier `turn` or `date`, or raise `turns`";
            self.out.add_suspicious(self.places.key(&path), message, help);
        }
        Some(Inject {
            id: id.to_owned(),
            key: Key::of("inject").and(id),
            not_before: by_date.max(Turn(file.turn.unwrap_or(1))),
            day: date,
            condition,
            probability: file.hazard.or(file.probability).unwrap_or(1.0),
            each_turn: file.hazard.is_some(),
            act,
            text: file.text.clone(),
            hypothetical: file.hypothetical,
        })
    }

    pub(in crate::scenario) fn act(
        &mut self,
        id: &str,
        file: &ActFile,
        text: &str,
        path: &str,
    ) -> Option<Act> {
        Some(match file {
            ActFile::Incident {
                initiator,
                target,
                level,
                form,
                place,
                contested,
                widens,
                separate,
                covert,
                motive,
                pretext,
            } => {
                let a = self.state(initiator, &format!("{path}/initiator"));
                let b = self.state(target, &format!("{path}/target"));
                let place = match place {
                    Some(place) => self.state(place, &format!("{path}/place")),
                    None => b,
                };
                if *level == Level::None {
                    let message = "an incident without any militarized act is none".to_owned();
                    let help = "write `level: Threat` or more";
                    self.out.add_contradiction(self.places.value(path), message, help);
                }
                if *widens && *separate {
                    let message = "an incident cannot both widen a war and begin one of its own".to_owned();
                    let help = "keep `widens` or `separate`";
                    self.out.add_contradiction(self.places.value(path), message, help);
                }
                let (a, b) = self.two_states(a?, b?, initiator, path)?;
                Act::Incident(Incident {
                    initiator: a,
                    target: b,
                    level: *level,
                    form: *form,
                    place: place?,
                    contested: *contested,
                    widens: *widens,
                    separate: *separate,
                    covert: *covert,
                    motive: *motive,
                    pretext: *pretext,
                })
            }
            ActFile::Pledge { by, to, against, strength, unprovoked } => {
                self.share(*strength, "strength", &format!("{path}/strength"));
                let a = self.state(by, &format!("{path}/by"));
                let b = self.state(to, &format!("{path}/to"));
                let against = self.states(against, &format!("{path}/against"));
                let (a, b) = self.two_states(a?, b?, by, path)?;
                Act::Pledge(Pledge {
                    id: id.to_owned(),
                    key: Key::of("pledge").and(id),
                    by: a,
                    to: b,
                    text: text.to_owned(),
                    against,
                    strength: *strength,
                    unprovoked: *unprovoked,
                    made: Turn(0),
                    sources: Vec::new(),
                })
            }
            ActFile::EntryIntoForce(treaty) => {
                Act::EntryIntoForce(self.treaty_id(treaty, &format!("{path}/0"))?)
            }
            ActFile::Termination(treaty) => Act::Termination(self.treaty_id(treaty, &format!("{path}/0"))?),
            ActFile::Ratification { treaty, by } => {
                let (treaty, by) = self.treaty_and_state(treaty, by, path)?;
                Act::Ratification(treaty, by)
            }
            ActFile::Accession { treaty, by } => {
                let (treaty, by) = self.treaty_and_state(treaty, by, path)?;
                Act::Accession(treaty, by)
            }
            ActFile::Renewal(treaty) => Act::Renewal(self.treaty_id(treaty, &format!("{path}/0"))?),
            ActFile::Denunciation { treaty, by } => {
                let (treaty, by) = self.treaty_and_state(treaty, by, path)?;
                Act::Denunciation(treaty, by)
            }
            ActFile::Revelation(treaty) => Act::Revelation(self.treaty_id(treaty, &format!("{path}/0"))?),
            ActFile::Invocation { treaty, by } => {
                let (treaty, by) = self.treaty_and_state(treaty, by, path)?;
                Act::Invocation(treaty, by)
            }
            ActFile::Waiver { treaty, by } => {
                let (treaty, by) = self.treaty_and_state(treaty, by, path)?;
                Act::Waiver(treaty, by)
            }
            ActFile::Demand { by, to } => {
                let (by, to) = self.state_and_state((by, "by"), (to, "to"), path)?;
                Act::Demand(by, to)
            }
            ActFile::DemandMet { by, to } => {
                let (by, to) = self.state_and_state((by, "by"), (to, "to"), path)?;
                Act::DemandMet(by, to)
            }
            ActFile::SeparatePeace { by, with } => {
                let (by, with) = self.state_and_state((by, "by"), (with, "with"), path)?;
                Act::SeparatePeace(by, with)
            }
            ActFile::Ceasefire(a, b) => {
                let first = self.state(a, &format!("{path}/0"));
                let second = self.state(b, &format!("{path}/1"));
                let (first, second) = self.two_states(first?, second?, a, path)?;
                Act::Ceasefire(first, second)
            }
            ActFile::Signal { by, with, kind, against } => {
                let against = self.states(against, &format!("{path}/against"));
                let (by, with) = self.state_and_state((by, "by"), (with, "with"), path)?;
                Act::Signal(by, with, *kind, against)
            }
            ActFile::BeginTransfer(id) => Act::BeginTransfer(self.transfer_id(id, &format!("{path}/0"))?),
            ActFile::EndTransfer(id) => Act::EndTransfer(self.transfer_id(id, &format!("{path}/0"))?),
            ActFile::Publication { transfer, by } => {
                let (transfer, by) = self.transfer_and_state(transfer, by, path)?;
                Act::Publication(transfer, by)
            }
            ActFile::Denial { transfer, by } => {
                let (transfer, by) = self.transfer_and_state(transfer, by, path)?;
                Act::Denial(transfer, by)
            }
            ActFile::Acknowledgement { transfer, by } => {
                let (transfer, by) = self.transfer_and_state(transfer, by, path)?;
                Act::Acknowledgement(transfer, by)
            }
            ActFile::MonitorVote(norm) => Act::MonitorVote(self.norm_id(norm, &format!("{path}/0"))?),
            ActFile::Condemnation { of, victim } => {
                let (of, victim) = self.state_and_state((of, "of"), (victim, "victim"), path)?;
                Act::Condemnation(of, victim)
            }
            ActFile::Recognition { by, of, against } => {
                let against = self.state(against, &format!("{path}/against"));
                let (by, of) = self.state_and_state((by, "by"), (of, "of"), path)?;
                Act::Recognition(by, of, against?)
            }
            ActFile::Attitude { from, to, hostility, affinity } => {
                for (what, value) in [("hostility", hostility), ("affinity", affinity)] {
                    if let Some(value) = value {
                        self.share(*value, what, &format!("{path}/{what}"));
                    }
                }
                let a = self.state(from, &format!("{path}/from"));
                let b = self.state(to, &format!("{path}/to"));
                let (a, b) = self.two_states(a?, b?, from, path)?;
                Act::Attitude(a, b, *hostility, *affinity)
            }
        })
    }

    fn treaty_and_state(&mut self, treaty: &str, by: &str, path: &str) -> Option<(TreatyId, StateId)> {
        let treaty = self.treaty_id(treaty, &format!("{path}/treaty"));
        let by = self.state(by, &format!("{path}/by"));
        Some((treaty?, by?))
    }

    fn state_and_state(
        &mut self,
        a: (&str, &str),
        b: (&str, &str),
        path: &str,
    ) -> Option<(StateId, StateId)> {
        let first = self.state(a.0, &format!("{path}/{}", a.1));
        let second = self.state(b.0, &format!("{path}/{}", b.1));
        self.two_states(first?, second?, a.0, path)
    }

    pub(super) fn condition(&mut self, file: &ConditionFile, path: &str, depth: usize) -> Option<Condition> {
        if depth > MOST_NESTING {
            let message = "this condition is nested too deeply to be read by anyone".into();
            self.out.add_contradiction(
                self.places.value(path),
                message,
                "say it with fewer `Not`, `All` and `Any`",
            );
            return None;
        }
        let (first, second) = (format!("{path}/0"), format!("{path}/1"));
        Some(match file {
            ConditionFile::AtWar(a) => Condition::AtWar(self.state(a, &first)?),
            ConditionFile::AtWarWith(a, b) => {
                let both = (self.state(a, &first), self.state(b, &second));
                Condition::AtWarWith(both.0?, both.1?)
            }
            ConditionFile::Allied(a, b) => {
                let both = (self.state(a, &first), self.state(b, &second));
                Condition::Allied(both.0?, both.1?)
            }
            ConditionFile::Attacked(a) => Condition::Attacked(self.state(a, &first)?),
            ConditionFile::WarIn(region) => Condition::WarIn(self.region(region, &first)?),
            ConditionFile::InForce(t) => Condition::InForce(self.treaty_id(t, &first)?),
            ConditionFile::Happened(id) => match self.injects.get(id) {
                Some(inject) => Condition::Happened(*inject),
                None => {
                    if !self.is_dropped("injects", id) {
                        let known = self.injects.keys().map(String::as_str);
                        self.out.add_unknown_reference(self.places.value(&first), "inject", id, known);
                    }
                    return None;
                }
            },
            ConditionFile::Published(id) => Condition::Published(self.transfer_id(id, &first)?),
            ConditionFile::Not(inner) => {
                Condition::Not(Box::new(self.condition(inner, &first, depth + 1)?))
            }
            ConditionFile::All(list) => Condition::All(self.conditions(list, &first, depth)?),
            ConditionFile::Any(list) => Condition::Any(self.conditions(list, &first, depth)?),
        })
    }

    pub(super) fn conditions(
        &mut self,
        list: &[ConditionFile],
        path: &str,
        depth: usize,
    ) -> Option<Vec<Condition>> {
        let all = list.iter().enumerate();
        let found: Vec<_> = all.map(|(i, c)| self.condition(c, &format!("{path}/{i}"), depth + 1)).collect();
        found.into_iter().collect()
    }

    /// An inject that waits, by way of others, for itself, never happens.
    pub(super) fn acyclic_injects(&mut self, file: &ScenarioFile) {
        fn waits_for(condition: &ConditionFile, out: &mut Vec<String>) {
            match condition {
                ConditionFile::Happened(id) => out.push(id.clone()),
                ConditionFile::All(list) => list.iter().for_each(|c| waits_for(c, out)),
                _ => {}
            }
        }
        let edges: BTreeMap<&str, Vec<String>> = file
            .injects
            .iter()
            .map(|(id, inject)| {
                let mut out = Vec::new();
                if let Some(condition) = &inject.condition {
                    waits_for(condition, &mut out);
                }
                (id.as_str(), out)
            })
            .collect();
        // Depth first; an inject that is met again while it is still open closes a circle.
        let mut closed = BTreeSet::new();
        for start in edges.keys().copied() {
            let mut path = vec![start];
            let mut open = BTreeSet::from([start]);
            let mut next = vec![0];
            while let (Some(at), Some(n)) = (path.last().copied(), next.last_mut()) {
                let waits = if closed.contains(at) { None } else { edges.get(at).and_then(|e| e.get(*n)) };
                *n += 1;
                match waits {
                    Some(other) if open.contains(other.as_str()) => {
                        let place = self.places.value(&format!("injects/{at}/condition"));
                        let message = format!("the inject `{at}` waits, by way of others, for itself");
                        self.out.add_cycle(place, message);
                    }
                    Some(other) => {
                        path.push(other);
                        open.insert(other);
                        next.push(0);
                    }
                    None => {
                        closed.insert(at);
                        open.remove(at);
                        path.pop();
                        next.pop();
                    }
                }
            }
        }
    }
}
