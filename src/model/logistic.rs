//! The logistic function.

/// Probability at log-odds `x`.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[cfg(test)]
mod tests {
    use super::logistic;

    #[test]
    fn it_is_the_same_to_the_last_bit_on_every_machine() {
        // The standard library's `exp` gives another last bit here on some systems.
        assert_eq!(logistic(0.375).to_bits(), 0x3fe2_f71f_f207_7eef);
        assert_eq!(logistic(0.0), 0.5);
    }
}
