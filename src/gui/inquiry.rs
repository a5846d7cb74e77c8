//! Questions that take many histories: asked here, answered by a thread of their own, so that the window never waits.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;

use bevy::prelude::Resource;

use super::session::Session;
use crate::ensemble::{
    Cast, Compared, Comparison, Findings, Goal, History, Players, Run, Search, Summary, Tally,
};
use crate::model::Turn;
use crate::scenario::{Act, Change, Scenario, parse_whole};

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// How likely is each outcome, with the orders given so far and perhaps one more?
    Ensemble {
        /// How many histories.
        histories: u32,
        /// An act that is not yet ordered, with its turn.
        what_if: Option<(Turn, Act)>,
    },
    /// What differs, if this is otherwise?
    Compare {
        /// How many histories of each.
        histories: u32,
        /// The change, as `path=value`.
        change: String,
    },
    /// What is the smallest change that makes an outcome likely?
    Search {
        /// On how many histories.
        histories: u32,
        /// The outcome, in words.
        goal: String,
    },
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The chances.
    Ensemble(Box<Summary>, Option<Act>),
    /// The differences, how many histories part, and what was changed.
    Compare {
        /// The differences.
        differences: Vec<Compared>,
        /// How many pairs did not come to the same, of how many.
        parted: (u64, u64),
        /// The change.
        change: String,
    },
    /// What was found, for which outcome.
    Search(Box<Findings>, String),
    /// Why there is none.
    None(String),
}

/// The question that is being answered, and the last answer.
#[derive(Resource, Default)]
pub struct Inquiry {
    running: Option<Running>,
    /// The last answer.
    pub answer: Option<Answer>,
}

impl fmt::Debug for Inquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inquiry").field("progress", &self.progress()).finish_non_exhaustive()
    }
}

/// What the thread and the window both see.
#[derive(Default)]
struct Shared {
    cancel: AtomicBool,
    done: AtomicU64,
    of: AtomicU64,
}

struct Running {
    shared: Arc<Shared>,
    thread: JoinHandle<Answer>,
}

/// What a thread needs of a session.
struct Subject {
    scenario: Arc<Scenario>,
    text: Arc<str>,
    seed: u64,
    orders: Vec<(Turn, Act)>,
}

impl Inquiry {
    /// Asks; a question that is still being answered is dropped.
    pub fn ask(&mut self, session: &Session, question: Question) {
        self.cancel();
        let shared = Arc::new(Shared::default());
        let subject = Subject {
            scenario: Arc::clone(session.scenario()),
            text: Arc::clone(&session.text),
            seed: session.seed(),
            orders: session.orders().to_vec(),
        };
        let theirs = Arc::clone(&shared);
        let thread = std::thread::spawn(move || subject.answer(question, &theirs));
        self.running = Some(Running { shared, thread });
        self.answer = None;
    }

    /// Gives the question up.
    pub fn cancel(&mut self) {
        if let Some(running) = self.running.take() {
            running.shared.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// How far the answer is, and how far it has to go; none if nothing is being asked.
    pub fn progress(&self) -> Option<(u64, u64)> {
        let shared = &self.running.as_ref()?.shared;
        Some((shared.done.load(Ordering::Relaxed), shared.of.load(Ordering::Relaxed)))
    }

    /// Whether the answer is there and only has to be taken.
    pub fn is_ready(&self) -> bool {
        self.running.as_ref().is_some_and(|r| r.thread.is_finished())
    }

    /// Takes the answer, if it is there.
    pub fn take(&mut self) {
        if let Some(running) = self.running.take_if(|r| r.thread.is_finished()) {
            let lost = |_| Answer::None("The question could not be answered: please report this.".into());
            self.answer = Some(running.thread.join().unwrap_or_else(lost));
        }
    }
}

impl Subject {
    fn answer(mut self, question: Question, shared: &Shared) -> Answer {
        match question {
            Question::Ensemble { histories, what_if } => {
                shared.of.store(histories.into(), Ordering::Relaxed);
                let act = what_if.as_ref().map(|(_, act)| act.clone());
                // What was ordered for later turns belongs to a history that would no longer happen.
                if let Some((turn, _)) = &what_if {
                    self.orders.retain(|(t, _)| t <= turn);
                }
                self.orders.extend(what_if);
                Answer::Ensemble(Box::new(self.ensemble(histories, shared)), act)
            }
            Question::Compare { histories, change } => match self.changed(&change) {
                Ok(other) => {
                    shared.of.store(2 * u64::from(histories), Ordering::Relaxed);
                    self.compare(&other, histories, change, shared)
                }
                Err(why) => Answer::None(why),
            },
            Question::Search { histories, goal } => match Goal::parse(&goal, &self.scenario) {
                Ok(parsed) => self.search(parsed, histories, goal, shared),
                Err(why) => Answer::None(why),
            },
        }
    }

    fn players(&self, scenario: &Arc<Scenario>) -> Players {
        // One thread is left to the window.
        let threads = Players::all_threads().saturating_sub(1);
        Players::new(scenario, self.seed, threads).with_orders(self.orders.clone())
    }

    fn histories(&self, scenario: &Arc<Scenario>, histories: u32, shared: &Shared) -> Vec<History> {
        let progress = || _ = shared.done.fetch_add(1, Ordering::Relaxed);
        self.players(scenario).histories(0..histories, &shared.cancel, &progress)
    }

    fn ensemble(&self, histories: u32, shared: &Shared) -> Summary {
        let mut tally = Tally::default();
        for history in self.histories(&self.scenario, histories, shared) {
            tally.add(&self.scenario, &history);
        }
        let run = Run { scenario: self.scenario.name.clone(), seed: self.seed, ..Run::default() };
        Summary::of(&Cast::of(&self.scenario), run, 0, &tally)
    }

    /// The scenario with a change, or why there is none.
    fn changed(&self, change: &str) -> Result<Arc<Scenario>, String> {
        let text = change.parse::<Change>()?.make(&self.text)?;
        let (scenario, findings) = parse_whole(&self.scenario.name, &text);
        let why = || findings.items().first().map_or(String::new(), |f| f.message.clone());
        scenario.map(Arc::new).ok_or_else(why)
    }

    fn compare(&self, other: &Arc<Scenario>, histories: u32, change: String, shared: &Shared) -> Answer {
        let first = self.histories(&self.scenario, histories, shared);
        let second = self.histories(other, histories, shared);
        let mut comparison = Comparison::default();
        for (a, b) in first.iter().zip(&second) {
            comparison.add((&self.scenario, a), (other, b));
        }
        let name = |state: &str| {
            let id = self.scenario.state_id(state);
            id.map_or_else(|| state.to_owned(), |id| self.scenario.state(id).name.clone())
        };
        let parted = (comparison.parted().0, comparison.pairs());
        Answer::Compare { differences: comparison.differences(name), parted, change }
    }

    fn search(&self, goal: Goal, histories: u32, words: String, shared: &Shared) -> Answer {
        let search = Search {
            scenario: &self.scenario,
            text: &self.text,
            seed: self.seed,
            goal,
            likely: 0.9,
            replicates: histories.max(20),
            threads: Players::all_threads().saturating_sub(1).max(1),
        };
        let progress = |done: usize, of: usize| {
            shared.done.store(done as u64, Ordering::Relaxed);
            shared.of.store(of as u64, Ordering::Relaxed);
        };
        match search.run(&shared.cancel, &progress) {
            Some(findings) => Answer::Search(Box::new(findings), words),
            None => Answer::None("The question was given up.".into()),
        }
    }
}
