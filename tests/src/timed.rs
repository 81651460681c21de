//! How long something takes, beside the time that it has.

use std::future::Future;
use std::time::{Duration, Instant};

/// Waits for something and prints what it took. Machines are slow at times, so only what takes five
/// times as long as it may is wrong.
///
/// # Panics
///
/// When it takes that long.
pub async fn timed<T>(what: &str, deadline: Duration, future: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let result = future.await;
    let took = started.elapsed();
    println!("{what}: {took:.1?} of {deadline:?}");
    assert!(took < deadline * 5, "{what} took {took:?} and may take {deadline:?}");
    result
}
