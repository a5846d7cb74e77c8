//! Whether a window can be had at all.
//!
//! Winit without a display server and wgpu without a driver both end in a panic inside Bevy, but
//! both do so while the plugins are *built*, on the calling thread, before anything else has
//! happened. Catching it there is more honest than any probe: it asks the very code that is going
//! to need the display and the driver. (A probe of winit is not even possible: an event loop can be
//! created only once per process.)

use std::panic::{self, AssertUnwindSafe};

use bevy::app::App;

/// Builds the application, or says in one sentence why there cannot be a window.
pub fn build(build: impl FnOnce() -> App) -> Result<App, String> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let built = panic::catch_unwind(AssertUnwindSafe(build));
    panic::set_hook(hook);
    built.map_err(|payload| {
        let message = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or_default();
        reason(message)
    })
}

fn reason(message: &str) -> String {
    if message.contains("event loop") {
        let display = std::env::var_os("DISPLAY").is_some_and(|name| !name.is_empty());
        no_event_loop(display, message)
    } else if message.contains("GPU") || message.contains("adapter") || message.contains("surface") {
        "there is no graphics driver (on Debian: apt install mesa-vulkan-drivers)".to_owned()
    } else {
        format!("the window could not be prepared: {message}")
    }
}

/// Winit loads the libraries of X11 when it starts; without them it fails just as without a display.
fn no_event_loop(display_is_named: bool, message: &str) -> String {
    if !display_is_named {
        return "there is no display to open a window on (DISPLAY is not set)".to_owned();
    }
    let detail = message.lines().next().unwrap_or_default();
    format!(
        "the display that DISPLAY names cannot be used: either it does not answer, or libraries are missing \
         (on Debian: apt install libx11-6 libxcursor1 libxi6 libxrandr2 libxkbcommon-x11-0 \
         mesa-vulkan-drivers); the system says: {detail}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_is_named_but_fails_points_to_the_libraries() {
        assert!(no_event_loop(true, "event loop: no libX11").contains("libx11-6"));
        assert!(!no_event_loop(false, "event loop").contains("apt"));
    }
}
