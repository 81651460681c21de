//! How long calls take beside how long they may.

use std::future::Future;
use std::time::{Duration, Instant};

/// What no call on this machine should need, and none may take five times.
pub const LONG: Duration = Duration::from_secs(10);

/// Waits for a call, and prints its time beside its deadline, which a busy machine may make five times
/// as long.
///
/// # Panics
///
/// When it takes longer than that.
pub async fn within<F: Future>(deadline: Duration, what: &str, call: F) -> F::Output {
    let started = Instant::now();
    let output = call.await;
    let taken = started.elapsed();
    println!("{what}: {taken:.1?} of {deadline:?}");
    assert!(taken < 5 * deadline, "{what}: {taken:?} of {deadline:?}");
    output
}
