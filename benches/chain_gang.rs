//! CG-1 through the ordinary engine, and through a flat-array program of the same model as yardstick.
//!
//! `cargo bench --bench chain_gang --no-default-features` prints both in histories a second, with their ratio, and compares
//! what they come to. `-- kernel` runs the yardstick alone, with more histories.

use std::sync::Arc;
use std::time::Instant;

use casus::engine::Simulation;
use casus::ensemble::History;
use casus::model::Replicate;
use casus::scenario::{Scenario, parse};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const P_ATTACK: f64 = 0.2;
const HONOUR: f64 = 0.15;
const WAR_TURNS: u32 = 3;
const ATTRITION: f64 = 0.02;
const TURNS: u32 = 50;

/// xoshiro256++ (Blackman and Vigna 2019): a stream for each history, seeded by SplitMix64.
struct Stream([u64; 4]);

impl Stream {
    fn new(seed: u64) -> Self {
        let mut z = seed;
        Self([(); 4].map(|()| {
            z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
            casus::model::absorb(z, 0)
        }))
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

/// What a history comes to.
#[derive(Clone, Copy, Debug, Default)]
struct Result {
    wars: f64,
    joiners: f64,
    largest: f64,
    con_final: f64,
    at_war: f64,
}

impl Result {
    const NAMES: [&'static str; 5] = ["wars", "joiners", "largest", "con_final", "at_war"];

    fn values(&self) -> [f64; 5] {
        [self.wars, self.joiners, self.largest, self.con_final, self.at_war]
    }
}

/// The sum of numbers and of their squares, side by side so that the compiler can do several at once.
fn sums(numbers: &[f64]) -> (f64, f64) {
    let (mut total, mut squares) = ([0.0; 8], [0.0; 8]);
    let chunks = numbers.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        for i in 0..8 {
            total[i] += chunk[i];
            squares[i] += chunk[i] * chunk[i];
        }
    }
    let more: f64 = rest.iter().map(|x| x * x).sum();
    (total.iter().chain(rest).sum(), squares.iter().sum::<f64>() + more)
}

/// The model on flat arrays, made once and used for history after history.
struct Kernel {
    start: Vec<f64>,
    capability: Vec<f64>,
    /// The partners of each state, one list after the other, and where each begins.
    partners: Vec<u32>,
    first: Vec<usize>,
    /// 0 at peace, 1 at war.
    at_war: Vec<u8>,
    /// The war in which each state decided last.
    decided: Vec<u32>,
    queue: Vec<u32>,
    wars: Vec<(u32, Vec<u32>)>,
    spare: Vec<Vec<u32>>,
}

impl Kernel {
    fn new(n: usize) -> Self {
        let total: f64 = (0..n).map(|i| 1.0 / (1.0 + i as f64)).sum();
        let mut lists = vec![std::collections::BTreeSet::new(); n];
        for i in 0..n {
            for k in 1..=3 {
                let j = (i * 7 + k * k * 11 + 1) % n;
                if i != j {
                    lists[i].insert(j as u32);
                    lists[j].insert(i as u32);
                }
            }
        }
        let mut first = vec![0];
        let mut partners = Vec::new();
        for list in lists {
            partners.extend(list);
            first.push(partners.len());
        }
        let start: Vec<f64> = (0..n).map(|i| 1.0 / (1.0 + i as f64) / total).collect();
        Self {
            capability: start.clone(),
            start,
            partners,
            first,
            at_war: vec![0; n],
            decided: vec![u32::MAX; n],
            queue: Vec::new(),
            wars: Vec::new(),
            spare: Vec::new(),
        }
    }

    fn partners(&self, i: usize) -> &[u32] {
        &self.partners[self.first[i]..self.first[i + 1]]
    }

    fn history(&mut self, seed: u64) -> Result {
        let n = self.start.len();
        let mut stream = Stream::new(seed);
        self.capability.copy_from_slice(&self.start);
        self.at_war.fill(0);
        self.decided.fill(u32::MAX);
        self.spare.extend(self.wars.drain(..).map(|(_, list)| list));
        let mut result = Result::default();
        let mut fighting = 0_u32;
        for turn in 0..TURNS {
            while self.wars.first().is_some_and(|(began, _)| began + WAR_TURNS <= turn) {
                let (_, list) = self.wars.remove(0);
                fighting -= list.len() as u32;
                list.iter().for_each(|s| self.at_war[*s as usize] = 0);
                self.spare.push(list);
            }
            if stream.unit() < P_ATTACK
                && let Some(size) = self.incident(&mut stream, turn, result.wars as u32)
            {
                result.wars += 1.0;
                result.joiners += f64::from(size - 2);
                result.largest = result.largest.max(f64::from(size));
                fighting += size;
            }
            for (_, list) in &self.wars {
                list.iter().for_each(|s| self.capability[*s as usize] *= 1.0 - ATTRITION);
            }
            result.at_war += f64::from(fighting) / f64::from(TURNS);
            let (total, squares) = sums(&self.capability);
            let squares = squares / (total * total);
            let least = 1.0 / n as f64;
            result.con_final = ((squares - least) / (1.0 - least)).max(0.0).sqrt();
        }
        result
    }

    fn incident(&mut self, stream: &mut Stream, turn: u32, war: u32) -> Option<u32> {
        let n = self.start.len();
        // Peace is the rule, so a few draws find one; a world at war gives up after many.
        let a = (0..20 * n).map(|_| stream.below(n)).find(|i| self.at_war[*i] == 0)?;
        let suits = |i: &usize| *i != a && self.at_war[*i] == 0 && !self.partners(a).contains(&(*i as u32));
        let b = (0..20 * n).map(|_| stream.below(n)).find(suits)?;
        let mut list = self.spare.pop().unwrap_or_default();
        list.clear();
        list.extend([a as u32, b as u32]);
        (self.at_war[a], self.at_war[b]) = (1, 1);
        self.queue.clear();
        self.queue.push(b as u32);
        let mut next = 0;
        while next < self.queue.len() {
            let d = self.queue[next] as usize;
            next += 1;
            for place in self.first[d]..self.first[d + 1] {
                let s = self.partners[place] as usize;
                if self.at_war[s] == 0 && self.decided[s] != war {
                    self.decided[s] = war;
                    if stream.unit() < HONOUR {
                        self.at_war[s] = 1;
                        list.push(s as u32);
                        self.queue.push(s as u32);
                    }
                }
            }
        }
        let size = list.len() as u32;
        self.wars.push((turn, list));
        Some(size)
    }
}

fn scenario(n: usize) -> Arc<Scenario> {
    let path = format!("{}/scenarios/benchmarks/chain-gang-{n}.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(&path).expect("a benchmark scenario");
    Arc::new(parse(&path, &text, &|_, _| Err("none".into())).0.expect("it is in order"))
}

fn engine(simulation: &mut Simulation, replicate: u32) -> Result {
    simulation.restart(1, Replicate(replicate));
    simulation.run(None, &[]);
    let history = History::of(simulation);
    let turns = &history.metrics[1..];
    Result {
        wars: history.wars.len() as f64,
        joiners: history.joiners().into(),
        largest: history.largest().into(),
        con_final: turns.last().map_or(0.0, |m| m.concentration),
        at_war: turns.iter().map(|m| m.belligerents as f64).sum::<f64>() / f64::from(TURNS),
    }
}

/// Mean and standard error of each number.
fn means(all: &[Result]) -> [(f64, f64); 5] {
    let n = all.len() as f64;
    std::array::from_fn(|i| {
        let mean = all.iter().map(|r| r.values()[i]).sum::<f64>() / n;
        let squares = all.iter().map(|r| (r.values()[i] - mean).powi(2)).sum::<f64>();
        (mean, (squares / (n - 1.0) / n).sqrt())
    })
}

/// Histories, and how many of them a second.
fn timed(histories: u32, mut play: impl FnMut(u32) -> Result) -> (Vec<Result>, f64) {
    #[expect(clippy::disallowed_methods, reason = "this measures time")]
    let begun = Instant::now();
    let all: Vec<Result> = (0..histories).map(&mut play).collect();
    (all, f64::from(histories) / begun.elapsed().as_secs_f64())
}

fn main() {
    if std::env::args().any(|a| a == "--list") {
        return;
    }
    if std::env::args().any(|a| a == "kernel") {
        for n in [20, 50, 200, 1000] {
            let mut kernel = Kernel::new(n);
            let (all, rate) = timed(100_000, |r| kernel.history(r.into()));
            println!("{n} states: {rate:.0} histories a second");
            for (name, (mean, error)) in Result::NAMES.iter().zip(means(&all)) {
                println!("  {name:<10} {mean:.4} +- {error:.4}");
            }
        }
        return;
    }
    println!(
        "{:>7} {:>14} {:>14} {:>8}   largest difference, in combined standard errors",
        "states", "engine/s", "kernel/s", "ratio"
    );
    for n in [20, 50, 200, 1000] {
        let mut simulation = Simulation::new(scenario(n), 1, Replicate(0));
        let mut kernel = Kernel::new(n);
        // In turns, so that both have the same share of a busy machine; the best of five of each.
        let (mut ours, mut theirs) = ((Vec::new(), 0.0_f64), (Vec::new(), 0.0_f64));
        for round in 0..5_u32 {
            let histories = 400_000 / (n as u32 + 180);
            let (all, rate) = timed(histories, |r| engine(&mut simulation, round * histories + r));
            ours = ([ours.0, all].concat(), ours.1.max(rate));
            let (all, rate) = timed(20 * histories, |r| kernel.history((round * 20 * histories + r).into()));
            theirs = ([theirs.0, all].concat(), theirs.1.max(rate));
        }
        let off = means(&ours.0)
            .into_iter()
            .zip(means(&theirs.0))
            .map(|((a, x), (b, y))| (a - b).abs() / libm::hypot(x, y));
        let worst = off.fold(0.0, f64::max);
        println!("{n:>7} {:>14.0} {:>14.0} {:>8.1}   {worst:.1}", ours.1, theirs.1, theirs.1 / ours.1);
    }
}
