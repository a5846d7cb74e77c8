//! Treaties that states which share a threat might conclude, though the scenario holds no draft of them.

use super::*;
use crate::scenario::from_ron;

impl Lowering<'_> {
    /// A draft of a defence treaty for every two states that have the same enemy to fear, are not hostile to each other
    /// beyond what ties them, and have not promised each other help already.
    pub(super) fn offers(
        &mut self,
        file: &ScenarioFile,
        states: &[State],
        dyads: &Dyads,
        (treaties, clauses, commitments): (&mut Vec<Treaty>, &mut Vec<Clause>, &mut Vec<Commitment>),
    ) {
        let grievance = file.rules.resolve().grievance;
        let ids = || (0..states.len() as u32).map(StateId);
        let friendly = |a, b| dyads.hostility(a, b) <= dyads.affinity(a, b);
        let mut pairs = Vec::new();
        for a in ids() {
            let feared = dyads.stances_of(a).iter().filter(|(_, stance)| stance.hostility >= grievance);
            let feared: Vec<StateId> = feared.map(|(enemy, _)| *enemy).collect();
            for b in ids().filter(|b| *b > a && friendly(a, *b) && friendly(*b, a)) {
                let share = feared.iter().any(|enemy| *enemy != b && dyads.hostility(b, *enemy) >= grievance);
                let bound = commitments.iter().any(|c| {
                    let between =
                        (c.obligor, c.beneficiary) == (a, b) || (c.obligor, c.beneficiary) == (b, a);
                    between && clauses[c.clause.index()].obligation.is_active()
                });
                if share && !bound {
                    pairs.push((a, b));
                }
            }
        }
        for (a, b) in pairs {
            let [a, b] = [a, b].map(|s| &states[s.index()]);
            let id = format!("offer-{}-{}", a.id, b.id);
            let text = format!(
                "(name: \"Defence Treaty of {} and {}\", parties: [\"{}\", \"{}\"], signed: \"{}\", draft: true, \
                 ratification: (), clauses: {{\"1\": (obligation: Defense, response: AsDeemedNecessary, \
                 trigger: (unprovoked: true), strength: Between(0.4, 0.6, 0.8), \
                 text: \"If one of the two is attacked, the other helps it as it deems necessary.\")}})",
                a.name, b.name, a.id, b.id, self.calendar.start
            );
            // The text is this file's own, and names are those of states that have been read.
            let Ok(draft) = from_ron::<TreatyFile>(&text) else { continue };
            self.treaties.insert(id.clone(), TreatyId(treaties.len() as u32));
            let treaty = self.treaty(&id, &draft, states, clauses, commitments);
            treaties.push(treaty);
        }
    }
}
