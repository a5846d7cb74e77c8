//! What a scenario asserts about its own outcome.

use super::*;

impl Lowering<'_> {
    pub(super) fn expectations(&mut self, file: &ScenarioFile, last: Turn) -> Vec<Expectation> {
        let mut all = Vec::new();
        for (i, expect) in file.expect.iter().enumerate() {
            let path = format!("expect/{i}");
            let (low, high) = expect.share;
            let fine = [low, high].map(|x| self.share(x, "share", &format!("{path}/share")));
            if fine == [true; 2] && low > high {
                let message = format!("the share runs from {low} to {high}");
                self.out.add_contradiction(
                    self.places.value(&format!("{path}/share")),
                    message,
                    "write the lower number first",
                );
            }
            if !(1..=1_000_000).contains(&expect.replicates) {
                let count = f64::from(expect.replicates);
                self.out.add_out_of_range(self.places.value(&path), "`replicates`", count, (1.0, 1e6));
            }
            let Some(claim) = self.claim(&expect.claim, &format!("{path}/claim"), last) else { continue };
            all.push(Expectation {
                claim,
                share: expect.share,
                replicates: expect.replicates,
                preset: expect.preset,
                because: expect.because.clone(),
            });
        }
        all
    }

    pub(super) fn claim(&mut self, file: &ClaimFile, path: &str, last: Turn) -> Option<Claim> {
        Some(match file {
            ClaimFile::Belligerent { state, side, by } => {
                let by = match by {
                    Some(date) => self.date(date, &format!("{path}/by")).map(|d| self.calendar.turn_of(d)),
                    None => Some(last),
                };
                Claim::Belligerent(self.state(state, &format!("{path}/state"))?, *side, by?)
            }
            ClaimFile::Verdict { state, verdict } => {
                Claim::Verdict(self.state(state, &format!("{path}/state"))?, *verdict)
            }
            ClaimFile::Belligerents(n) => Claim::Belligerents(*n),
            ClaimFile::Opposed(a, b) => {
                let both = (self.state(a, &format!("{path}/0")), self.state(b, &format!("{path}/1")));
                Claim::Opposed(both.0?, both.1?)
            }
            ClaimFile::Owed { by, to, treaty } => {
                let treaty = match treaty {
                    Some(treaty) => Some(self.treaty_id(treaty, &format!("{path}/treaty"))?),
                    None => None,
                };
                let both = (self.state(by, &format!("{path}/by")), self.state(to, &format!("{path}/to")));
                Claim::Owed(both.0?, both.1?, treaty)
            }
            ClaimFile::Responds { state, at_least } => {
                Claim::Responds(self.state(state, &format!("{path}/state"))?, *at_least)
            }
        })
    }
}
