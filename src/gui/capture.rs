//! Pictures of the window: `--capture` takes one and leaves, F12 takes one and stays.

use std::path::{Path, PathBuf};

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::window::RequestRedraw;

/// Take a picture after so many frames that can be seen, then exit.
#[derive(Resource)]
pub struct Capture {
    pub path: PathBuf,
    pub after: u32,
}

pub fn plugin(app: &mut App) {
    app.add_systems(Update, capture_and_leave.run_if(resource_exists::<Capture>));
}

fn capture_and_leave(
    mut capture: ResMut<Capture>,
    mut commands: Commands,
    mut redraw: MessageWriter<RequestRedraw>,
    window: Single<&Window>,
) {
    // Nobody moves a mouse during a capture: keep the frames coming until the picture is back.
    redraw.write(RequestRedraw);
    if capture.after == 0 || !window.visible {
        return;
    }
    capture.after -= 1;
    if capture.after == 0 {
        let path = capture.path.clone();
        commands.spawn(Screenshot::primary_window()).observe(
            move |captured: On<ScreenshotCaptured>, mut exit: MessageWriter<AppExit>| {
                exit.write(match save(&captured.image, &path) {
                    Ok(()) => AppExit::Success,
                    Err(problem) => {
                        eprintln!("could not save {}: {problem}", path.display());
                        AppExit::error()
                    }
                });
            },
        );
    }
}

/// Takes a picture now.
pub fn take(commands: &mut Commands, path: PathBuf) {
    commands.spawn(Screenshot::primary_window()).observe(move |captured: On<ScreenshotCaptured>| match save(
        &captured.image,
        &path,
    ) {
        Ok(()) => eprintln!("saved {}", path.display()),
        Err(problem) => eprintln!("could not save {}: {problem}", path.display()),
    });
}

/// Unlike Bevy's `save_to_disk`, which logs a failure and forgets it.
fn save(image: &Image, path: &Path) -> Result<(), String> {
    let picture = image.clone().try_into_dynamic().map_err(|problem| problem.to_string())?;
    // The window's alpha channel is an accident of blending.
    picture.to_rgb8().save(path).map_err(|problem| problem.to_string())
}
