//! How many whole histories are played in a second, without a chronicle: what an ensemble costs.
//!
//! `cargo bench --bench histories --no-default-features`.

use std::sync::Arc;

use casus::engine::Simulation;
use casus::model::Replicate;
use casus::scenario::{self, Scenario};
use divan::Bencher;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn embedded(name: &str) -> Arc<Scenario> {
    let library = |_: &str, base: &str| {
        let found = scenario::embedded(base).map(|e| (base.to_owned(), e.source.into()));
        found.ok_or_else(|| "there is none".to_owned())
    };
    let source = scenario::embedded(name).expect("an embedded scenario").source;
    Arc::new(scenario::parse(name, source.as_bytes(), &library).0.expect("it is in order"))
}

#[divan::bench(args = ["new-axis-2024", "july-1914", "three-leagues"])]
fn history(bencher: Bencher, name: &str) {
    let mut simulation = Simulation::new(embedded(name), 1, Replicate(0));
    let mut replicate = 0;
    bencher.bench_local(|| {
        replicate += 1;
        simulation.restart(1, Replicate(replicate));
        simulation.run(None, &[]);
        simulation.chronicle().len()
    });
}
