//! Whether what a case says must come of it has come of it.

use std::collections::{BTreeMap, BTreeSet};

use super::case::Expected;
use crate::analysis::entries;
use crate::chronicle::{ConditionKind, Fact, FactKind, explain};
use crate::engine::Simulation;
use crate::model::{CommitmentId, Response, Side, StateId, Turn};
use crate::scenario::Scenario;

/// A case that has been played, and its ids if they were renamed.
pub struct Played<'a> {
    /// The run.
    pub simulation: &'a Simulation,
    /// Which treaties were in force at the end of each turn, from turn 0.
    pub in_force: &'a [Vec<bool>],
    /// What ids have become.
    pub names: &'a BTreeMap<String, String>,
}

impl Played<'_> {
    fn scenario(&self) -> &Scenario {
        self.simulation.scenario()
    }

    fn facts(&self) -> &[Fact] {
        self.simulation.chronicle().facts()
    }

    fn renamed<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).map_or(id, String::as_str)
    }

    fn state(&self, id: &str) -> Result<StateId, String> {
        self.scenario()
            .state_id(self.renamed(id))
            .ok_or_else(|| format!("there is no state `{id}` in the case"))
    }

    fn treaty(&self, id: &str) -> Result<crate::model::TreatyId, String> {
        let found = self.scenario().treaty_id(self.renamed(id));
        found.ok_or_else(|| format!("there is no treaty `{id}` in the case"))
    }

    /// The id that a state had in the case.
    fn told(&self, state: StateId) -> String {
        let id = &self.scenario().state(state).id;
        let old = self.names.iter().find(|(_, new)| *new == id).map(|(old, _)| old);
        old.unwrap_or(id).clone()
    }

    /// Whether a commitment is the one meant: who owes, to whom, under which treaty and article.
    fn is(&self, id: CommitmentId, by: &str, to: &str, under: Option<&str>) -> Result<bool, String> {
        let c = self.scenario().commitment(id);
        let clause = self.scenario().clause(c.clause);
        let right = match under.map(|u| u.split_once('/').map_or((u, None), |(t, a)| (t, Some(a)))) {
            None => true,
            Some((treaty, article)) => {
                let renamed = |a: &str| self.names.get(&format!("{treaty}/{a}")).cloned();
                let article = article.map(|a| renamed(a).unwrap_or_else(|| a.to_owned()));
                clause.treaty == self.treaty(treaty)? && article.is_none_or(|a| clause.article == a)
            }
        };
        Ok(right && c.obligor == self.state(by)? && c.beneficiary == self.state(to)?)
    }

    /// The tests of a commitment: turn, whether it was owed, and the conditions that were not met.
    fn tests(
        &self,
        by: &str,
        to: &str,
        under: Option<&str>,
    ) -> Result<Vec<(Turn, bool, Vec<ConditionKind>)>, String> {
        let mut found = Vec::new();
        for fact in self.facts() {
            if let FactKind::Tested { commitment, checks, owed, .. } = &fact.kind
                && self.is(*commitment, by, to, under)?
            {
                let unmet = checks.iter().filter(|c| !c.met).map(|c| c.condition).collect();
                found.push((fact.turn, *owed, unmet));
            }
        }
        Ok(found)
    }

    /// The facts about a commitment that `pick` picks.
    fn about<T>(
        &self,
        (by, to, under): (&str, &str, Option<&str>),
        pick: impl Fn(&FactKind) -> Option<(CommitmentId, T)>,
    ) -> Result<Vec<T>, String> {
        let mut found = Vec::new();
        for fact in self.facts() {
            if let Some((commitment, what)) = pick(&fact.kind)
                && self.is(commitment, by, to, under)?
            {
                found.push(what);
            }
        }
        Ok(found)
    }

    fn fights(&self, state: StateId) -> bool {
        entries(self.simulation).iter().any(|e| e.state == state)
    }

    /// Holds what must have come of the case against what has.
    ///
    /// # Errors
    /// What has come of it instead, in a sentence.
    pub fn verify(&self, expected: &Expected) -> Result<(), String> {
        let fail = |found: String| Err(format!("{expected:?}, but {found}"));
        match expected {
            Expected::Owed { by, to, under, turn } => {
                let tests = self.tests(by, to, under.as_deref())?;
                let right = |(t, owed, _): &&(Turn, bool, Vec<ConditionKind>)| {
                    *owed && turn.is_none_or(|turn| t.0 == turn)
                };
                if tests.iter().any(|t| right(&t)) { Ok(()) } else { fail(format!("tests: {tests:?}")) }
            }
            Expected::NotOwed { by, to, under, because } => {
                let tests = self.tests(by, to, under.as_deref())?;
                let set = |list: &[ConditionKind]| list.iter().copied().collect::<BTreeSet<_>>();
                match tests.last() {
                    Some((_, _, unmet))
                        if tests.iter().all(|(_, owed, _)| !owed) && set(unmet) == set(because) =>
                    {
                        Ok(())
                    }
                    _ => fail(format!("tests: {tests:?}")),
                }
            }
            Expected::NotTested { by, to } => match self.tests(by, to, None)? {
                none if none.is_empty() => Ok(()),
                tests => fail(format!("tests: {tests:?}")),
            },
            Expected::Sides { initiator, target } => {
                let wanted = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
                let all = entries(self.simulation);
                let conflicts: BTreeSet<_> = all.iter().map(|e| e.conflict).collect();
                let side = |conflict, side: Side| -> BTreeSet<String> {
                    let on = all.iter().filter(|e| e.conflict == conflict && e.side == side);
                    on.map(|e| self.told(e.state)).collect()
                };
                let found: Vec<_> =
                    conflicts.iter().map(|c| (side(*c, Side::Initiator), side(*c, Side::Target))).collect();
                let right = (wanted(initiator), wanted(target));
                if found.contains(&right) { Ok(()) } else { fail(format!("sides: {found:?}")) }
            }
            Expected::Enters { state, side, turn } => {
                let who = self.state(state)?;
                let own: Vec<_> = entries(self.simulation).into_iter().filter(|e| e.state == who).collect();
                let right = own.iter().any(|e| e.side == *side && e.turn.0 == *turn);
                let found: Vec<_> = own.iter().map(|e| (e.side, e.turn.0)).collect();
                if right { Ok(()) } else { fail(format!("entries: {found:?}")) }
            }
            Expected::StaysOut(state) => match self.fights(self.state(state)?) {
                false => Ok(()),
                true => fail("it fights".into()),
            },
            Expected::Does(state, response) => {
                let who = self.state(state)?;
                let most = self.facts().iter().filter_map(|f| match f.kind {
                    FactKind::Performed { state, response, .. } if state == who => Some(response),
                    FactKind::Consulting { state, .. } if state == who => Some(Response::Consult),
                    _ => None,
                });
                let most = most.max().unwrap_or(Response::Abstain);
                let fights = self.fights(who);
                if !fights && most == *response {
                    Ok(())
                } else {
                    fail(format!("{most:?}, fights: {fights}"))
                }
            }
            Expected::Judged(state, verdict) => {
                let last = self.last_verdict(self.state(state)?);
                if last == Some(*verdict) { Ok(()) } else { fail(format!("{last:?}")) }
            }
            Expected::NotJudged(state) => match self.last_verdict(self.state(state)?) {
                None => Ok(()),
                Some(verdict) => fail(format!("{verdict:?}")),
            },
            Expected::Breaks { by, to, under } => {
                let broken = self.about((by, to, under.as_deref()), |kind| match kind {
                    FactKind::PromiseBroken { commitment, .. } => Some((*commitment, ())),
                    _ => None,
                })?;
                if broken.is_empty() { fail("no promise is broken".into()) } else { Ok(()) }
            }
            Expected::BreaksNothing(state) => {
                let who = self.state(state)?;
                let broken = self.facts().iter().any(|f| match f.kind {
                    FactKind::PromiseBroken { commitment, .. } => {
                        self.scenario().commitment(commitment).obligor == who
                    }
                    _ => false,
                });
                if broken { fail("a promise is broken".into()) } else { Ok(()) }
            }
            Expected::Invoked { treaty, by, by_obligor, after_performance } => {
                let (which, who) = (self.treaty(treaty)?, self.state(by)?);
                let found = self.facts().iter().filter_map(|f| match f.kind {
                    FactKind::Invoked { treaty, by, by_obligor, after_performance, .. }
                        if (treaty, by) == (which, who) =>
                    {
                        Some((by_obligor, after_performance))
                    }
                    _ => None,
                });
                let found: Vec<_> = found.collect();
                let right = found.contains(&(*by_obligor, *after_performance));
                if right {
                    Ok(())
                } else {
                    fail(format!("invocations (by obligor, after performance): {found:?}"))
                }
            }
            Expected::ReadOtherwise { observer, by, to, owed } => {
                let who = self.state(observer)?;
                let found = self.about((by, to, None), |kind| match kind {
                    FactKind::ReadOtherwise { commitment, observer, owed, .. } if *observer == who => {
                        Some((*commitment, *owed))
                    }
                    _ => None,
                })?;
                if found.contains(owed) { Ok(()) } else { fail(format!("it holds: {found:?}")) }
            }
            Expected::Fulfilled { by, to, under, how } => {
                let found = self.about((by, to, under.as_deref()), |kind| match kind {
                    FactKind::Fulfilled { commitment, fulfilment, .. } => Some((*commitment, *fulfilment)),
                    _ => None,
                })?;
                if found.last() == Some(how) { Ok(()) } else { fail(format!("{found:?}")) }
            }
            Expected::Lapses { by, to } => {
                let found = self.about((by, to, None), |kind| match kind {
                    FactKind::Lapsed { commitment, .. } => Some((*commitment, ())),
                    _ => None,
                })?;
                if found.is_empty() { fail("nothing lapses".into()) } else { Ok(()) }
            }
            Expected::BoundToBoth { state, side } => {
                let who = self.state(state)?;
                let found = self.facts().iter().filter_map(|f| match f.kind {
                    FactKind::BoundToBoth { state, side, .. } if state == who => Some(side),
                    _ => None,
                });
                let found: Vec<_> = found.collect();
                if found.contains(side) { Ok(()) } else { fail(format!("{found:?}")) }
            }
            Expected::Domestic { state, result, crosses } => {
                let who = self.state(state)?;
                let found = self.facts().iter().filter_map(|f| match f.kind {
                    FactKind::DomesticProcess { state, result, crossed, .. } if state == who => {
                        Some((result, crossed.is_some()))
                    }
                    _ => None,
                });
                let found: Vec<_> = found.collect();
                if found.contains(&(*result, *crosses)) { Ok(()) } else { fail(format!("{found:?}")) }
            }
            Expected::InForce(treaty, turn) | Expected::NotInForce(treaty, turn) => {
                let id = self.treaty(treaty)?;
                let now = self.in_force.get(*turn as usize).and_then(|all| all.get(id.index())).copied();
                let wanted = matches!(expected, Expected::InForce(..));
                if now == Some(wanted) { Ok(()) } else { fail(format!("in force: {now:?}")) }
            }
            Expected::Blames(observer, blamed) => {
                let (who, whom) = (self.state(observer)?, self.state(blamed)?);
                let found = self.facts().iter().any(|f| {
                    matches!(f.kind, FactKind::Attributed { observer, blamed, .. } if (observer, blamed) == (who, whom))
                });
                if found { Ok(()) } else { fail("it does not".into()) }
            }
            Expected::Leaves(state, turn) => {
                let who = self.state(state)?;
                let left: Vec<u32> = self
                    .facts()
                    .iter()
                    .filter(|f| matches!(f.kind, FactKind::Withdrew { state, .. } if state == who))
                    .map(|f| f.turn.0)
                    .collect();
                if left.contains(turn) { Ok(()) } else { fail(format!("it leaves in turns {left:?}")) }
            }
            Expected::FightsOn(state) => {
                let who = self.state(state)?;
                let fights = self.simulation.snapshot().war_of(who).is_some();
                if fights { Ok(()) } else { fail("it does not".into()) }
            }
            Expected::Peace => {
                let count = |f: fn(&FactKind) -> bool| self.facts().iter().filter(|x| f(&x.kind)).count();
                let began = count(|k| {
                    matches!(k, FactKind::ConflictBegan { .. } | FactKind::ConflictUnderWay { .. })
                });
                let ended = count(|k| matches!(k, FactKind::ConflictEnded { .. }));
                if began == ended {
                    Ok(())
                } else {
                    fail(format!("{began} conflicts began and {ended} ended"))
                }
            }
            Expected::Never(kind) => {
                match self.facts().iter().find(|f| f.turn > Turn(0) && f.kind.name() == kind) {
                    None => Ok(()),
                    Some(fact) => fail(format!("{:?}", fact.kind)),
                }
            }
            Expected::Says(state, text) | Expected::SaysNot(state, text) => {
                // Names may be ids, which are other ones where they were renamed.
                if !self.names.is_empty() {
                    return Ok(());
                }
                let scenario = self.scenario();
                let until = self.simulation.turn();
                let all = explain(scenario, self.simulation.chronicle(), self.state(state)?, until);
                let lines: Vec<&str> = all.lines.iter().map(|l| l.text.as_str()).collect();
                let said = format!("{}\n{}", all.answer, lines.join("\n"));
                let wanted = matches!(expected, Expected::Says(..));
                if said.contains(text.as_str()) == wanted {
                    Ok(())
                } else {
                    fail(format!("it says:\n{said}"))
                }
            }
        }
    }

    fn last_verdict(&self, who: StateId) -> Option<crate::model::Verdict> {
        self.facts().iter().rev().find_map(|f| match f.kind {
            FactKind::Judged { state, verdict, .. } if state == who => Some(verdict),
            _ => None,
        })
    }
}
