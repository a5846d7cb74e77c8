//! `casus schema`.

use super::output::{Failure, json_text};

/// The JSON Schema of scenario files.
pub fn schema() -> Result<String, Failure> {
    Ok(json_text(&crate::scenario::json_schema()))
}
