//! The logistic function.

/// Probability at log-odds `x`.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
