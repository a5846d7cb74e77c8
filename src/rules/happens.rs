//! Chances that most scenarios leave at one, or at nothing.

/// Whether something with a chance `p` happens; where it is certain, no number is drawn.
pub fn happens(p: f64, draw: impl FnOnce() -> f64) -> bool {
    p >= 1.0 || (p > 0.0 && draw() < p)
}

#[cfg(test)]
mod tests {
    use super::happens;

    #[test]
    fn what_is_certain_needs_no_draw() {
        assert!(happens(1.0, || unreachable!()));
        assert!(!happens(0.0, || unreachable!()));
        assert!(happens(0.5, || 0.4) && !happens(0.5, || 0.5));
    }
}
