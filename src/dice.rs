//! Addressed randomness: every draw has an address, and no generator is shared.
//!
//! A draw depends on the seed, the replicate, the turn, its purpose and the ids it concerns, and on
//! nothing else: not on the order of systems, on threads, or on what else was drawn. Two runs that differ
//! in one clause share every draw that the clause does not touch (common random numbers).

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::model::{Key, Replicate, Turn};

/// What a draw is for. The numbers are fixed for good; new purposes are added at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Whether an inject happens.
    Inject = 1,
    /// Whom an observer believes where it is disputed who began.
    Attribution = 2,
    /// How an ambiguous text is read.
    Reading = 3,
    /// What a state chooses.
    Deliberation = 4,
    /// Whether a legislature consents.
    Consent = 5,
    /// Whether a conflict ends.
    Termination = 6,
    /// Whether a state that is attacked asks for help.
    Request = 7,
    /// Which of several readings a state holds.
    Interpretation = 8,
    /// Whether a state fights on though the cause of its entry has lapsed.
    Review = 9,
    /// Whether a state that has acted declares that its treaty applied.
    Declaration = 10,
    /// Whether an observer traces a covert act.
    Tracing = 11,
}

/// The source of all chance of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dice {
    /// The seed given by the user.
    pub seed: u64,
    /// Which run of many this is.
    pub replicate: Replicate,
}

impl Dice {
    /// A number from 0 (included) to 1 (excluded) for this address.
    pub fn draw(&self, purpose: Purpose, subject: Key, turn: Turn) -> f64 {
        // 8 + 8 + 8 + 4 + 4 bytes: the address is exactly the generator's seed.
        let mut address = [0; 32];
        address[..8].copy_from_slice(&self.seed.to_le_bytes());
        address[8..16].copy_from_slice(&u64::from(self.replicate.0).to_le_bytes());
        address[16..24].copy_from_slice(&subject.0.to_le_bytes());
        address[24..28].copy_from_slice(&turn.0.to_le_bytes());
        address[28..].copy_from_slice(&(purpose as u32).to_le_bytes());
        ChaCha8Rng::from_seed(address).random()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DICE: Dice = Dice { seed: 1, replicate: Replicate(0) };

    #[test]
    fn an_address_always_gives_the_same_number() {
        // Known answers: a change here changes every result ever published.
        let draws = [
            DICE.draw(Purpose::Inject, Key::of("a"), Turn(1)),
            DICE.draw(Purpose::Deliberation, Key::of("a"), Turn(1)),
            Dice { seed: 2, ..DICE }.draw(Purpose::Inject, Key::of("a"), Turn(1)),
        ];
        insta::assert_debug_snapshot!(draws);
    }

    #[test]
    fn draws_are_spread_evenly() {
        let n = 4_000;
        let mean =
            (0..n).map(|t| DICE.draw(Purpose::Reading, Key::of("x"), Turn(t))).sum::<f64>() / f64::from(n);
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }
}
