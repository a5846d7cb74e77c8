//! Identity: dense numbers inside a scenario, stable text keys everywhere else.

use serde::{Deserialize, Serialize};

macro_rules! dense_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the scenario's sorted list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

dense_id! {
    /// A state: its place among the scenario's states in the order of their text ids.
    StateId,
    /// A region, in the order of text ids.
    RegionId,
    /// A treaty, in the order of text ids.
    TreatyId,
    /// A clause, in the order of treaty and article.
    ClauseId,
    /// A commitment: clause, obligor, beneficiary.
    CommitmentId,
    /// A pledge, in the order of text ids; those made during a run follow.
    PledgeId,
    /// A conflict: those under way at the start first, then in the order in which they began.
    ConflictId,
    /// An inject, in the order of text ids; users' orders follow.
    InjectId,
    /// A transfer, in the order of text ids.
    TransferId,
    /// A norm, in the order of text ids.
    NormId,
}

/// A turn; turn 0 is the state of the world at the start, turn 1 the first one played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct Turn(pub u32);

/// One run among many with the same scenario and seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct Replicate(pub u32);

/// A stable 64-bit address of something with a text id, independent of what else a file holds.
///
/// FNV-1a, fixed here for good: chance is keyed by it, so a change would change every result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

impl Key {
    /// The key of one text id.
    pub fn of(text: &str) -> Self {
        Self(0xcbf2_9ce4_8422_2325).and(text)
    }

    /// The key of this and a further text id; order matters.
    pub fn and(self, text: &str) -> Self {
        // The separator keeps ("ab", "c") apart from ("a", "bc").
        let bytes = text.bytes().chain([0x1f]);
        Self(bytes.fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// The key of this and another key; order matters.
    pub fn with(self, other: Self) -> Self {
        Self(absorb(self.0, other.0))
    }
}

/// Takes a further word into a hash, with the finalizer of SplitMix64 (Steele, Lea and Flood 2014) as its mixer.
///
/// Chance is drawn through this, and digests are made of it: like [`Key`] it is fixed for good.
pub const fn absorb(hash: u64, word: u64) -> u64 {
    let mut z = (hash ^ word.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_the_split_of_names_apart() {
        assert_ne!(Key::of("ab").and("c"), Key::of("a").and("bc"));
        assert_ne!(Key::of("a").and("b"), Key::of("b").and("a"));
    }
}
