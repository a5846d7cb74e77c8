//! Playing many histories at once: each thread has a simulation of its own and takes the next few histories.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::thread;

use super::history::History;
use crate::engine::Simulation;
use crate::model::{Replicate, Turn};
use crate::scenario::{Act, Scenario};

/// How many histories a thread takes at a time: few, so that no thread waits long for the last.
const CHUNK: u32 = 8;

/// How many histories are played before all that they came to is handed back.
const WAVE: u32 = 512;

/// What was made of the histories of a range.
#[derive(Debug)]
pub struct Played<L, C> {
    /// What depends on the order of the histories, in that order: chunk by chunk.
    pub listed: Vec<(Range<u32>, L)>,
    /// What is the same in any order: thread by thread.
    pub counted: Vec<C>,
}

/// Simulations of one scenario and seed, one for each thread.
#[derive(Debug)]
pub struct Players {
    simulations: Vec<Simulation>,
    seed: u64,
    orders: Vec<(Turn, Act)>,
}

impl Players {
    /// As many simulations as there are threads, at least one.
    pub fn new(scenario: &Arc<Scenario>, seed: u64, threads: usize) -> Self {
        let simulation = |_| Simulation::new(Arc::clone(scenario), seed, Replicate(0));
        Self { simulations: (0..threads.max(1)).map(simulation).collect(), seed, orders: Vec::new() }
    }

    /// The same, with these orders carried out in every history.
    pub fn with_orders(mut self, orders: Vec<(Turn, Act)>) -> Self {
        self.orders = orders;
        self
    }

    /// As many threads as the machine runs at once.
    pub fn all_threads() -> usize {
        thread::available_parallelism().map_or(1, usize::from)
    }

    /// The histories that are handed back together: rows are written and precision is looked at after each. It does not
    /// depend on how many threads there are.
    pub fn wave(first: u32, end: u32) -> Range<u32> {
        let next = (first / WAVE + 1).saturating_mul(WAVE);
        first..next.min(end)
    }

    /// Plays the histories of a range and hands back what `harvest` makes of each finished one. Once `cancel` is set no
    /// further chunk is begun; what comes back is then the first part of it, without a gap. `progress` is told of each
    /// history as it ends, from any thread.
    pub fn play<L: Default + Send, C: Default + Send>(
        &mut self,
        histories: Range<u32>,
        cancel: &AtomicBool,
        progress: &(dyn Fn() + Sync),
        harvest: impl Fn(&mut L, &mut C, &Simulation) + Sync,
    ) -> Played<L, C> {
        let next = AtomicU32::new(histories.start);
        let (seed, orders, end) = (self.seed, &self.orders, histories.end);
        let work = |simulation: &mut Simulation| {
            let (mut listed, mut counted) = (Vec::new(), C::default());
            while !cancel.load(Ordering::Relaxed) {
                let Ok(first) = next.try_update(Ordering::Relaxed, Ordering::Relaxed, |n| {
                    (n < end).then(|| n.saturating_add(CHUNK).min(end))
                }) else {
                    break;
                };
                let chunk = first..first.saturating_add(CHUNK).min(end);
                let mut list = L::default();
                for replicate in chunk.clone() {
                    simulation.restart(seed, Replicate(replicate));
                    simulation.run(None, orders);
                    harvest(&mut list, &mut counted, simulation);
                    progress();
                }
                listed.push((chunk, list));
            }
            (listed, counted)
        };
        let by_thread: Vec<(Vec<_>, C)> = match self.simulations.as_mut_slice() {
            [alone] => vec![work(alone)],
            many => thread::scope(|scope| {
                let work = &work;
                let threads: Vec<_> = many.iter_mut().map(|s| scope.spawn(move || work(s))).collect();
                // A panic in a thread is a panic of the whole.
                threads
                    .into_iter()
                    .map(|t| t.join().unwrap_or_else(|p| std::panic::resume_unwind(p)))
                    .collect()
            }),
        };
        let (listed, counted): (Vec<_>, Vec<_>) = by_thread.into_iter().unzip();
        let mut listed: Vec<_> = listed.into_iter().flatten().collect();
        listed.sort_by_key(|(chunk, _): &(Range<u32>, L)| chunk.start);
        Played { listed, counted }
    }
}

/// Does so many pieces of work, each on one thread, and hands back the results in order. Once `cancel` is set no further
/// one is begun: those that were not done are missing at the end, or between others.
pub fn in_parallel<T: Send>(
    pieces: usize,
    threads: usize,
    cancel: &AtomicBool,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<(usize, T)> {
    let next = AtomicUsize::new(0);
    let on_a_thread = || {
        let mut done = Vec::new();
        while !cancel.load(Ordering::Relaxed) {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces {
                break;
            }
            done.push((piece, work(piece)));
        }
        done
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(on_a_thread)).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap_or_else(|p| std::panic::resume_unwind(p))).collect()
    });
    done.sort_by_key(|(piece, _)| *piece);
    done
}

impl Players {
    /// What the histories of a range come to, in their order; less than all of them once `cancel` is set.
    pub fn histories(
        &mut self,
        histories: Range<u32>,
        cancel: &AtomicBool,
        progress: &(dyn Fn() + Sync),
    ) -> Vec<History> {
        let harvest = |all: &mut Vec<History>, (): &mut (), simulation: &Simulation| {
            all.push(History::of(simulation));
        };
        let played = self.play(histories, cancel, progress, harvest);
        played.listed.into_iter().flat_map(|(_, all)| all).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_end_where_they_always_end() {
        assert_eq!(Players::wave(0, 10_000), 0..512);
        assert_eq!(Players::wave(512, 10_000), 512..1024);
        assert_eq!(Players::wave(700, 10_000), 700..1024);
        assert_eq!(Players::wave(9_900, 10_000), 9_900..10_000);
        assert_eq!(Players::wave(u32::MAX - 1, u32::MAX), u32::MAX - 1..u32::MAX);
    }
}
