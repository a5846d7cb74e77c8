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
        "there is no display to open a window on (is DISPLAY or WAYLAND_DISPLAY set?)".to_owned()
    } else if message.contains("GPU") || message.contains("adapter") || message.contains("surface") {
        "there is no graphics driver (on Debian: apt install mesa-vulkan-drivers)".to_owned()
    } else {
        format!("the window could not be prepared: {message}")
    }
}
