//! Two costs compared in turns, so that whatever else the machine does slows down both.

use std::time::{Duration, Instant};

/// Runs each of two things 101 times, `times` times in a row, in turns; prints how long the first
/// takes in terms of the second, by the medians.
pub fn print(what: &str, times: u32, mut first: impl FnMut(), mut second: impl FnMut()) {
    let mut durations = [Vec::new(), Vec::new()];
    for _ in 0..101 {
        durations[0].push(time(times, &mut first));
        durations[1].push(time(times, &mut second));
    }
    let [first, second] = durations.map(|mut durations| {
        durations.sort_unstable();
        durations[durations.len() / 2].as_secs_f64() * 1e9 / f64::from(times)
    });
    let ratio = first / second;
    println!(
        "{what}, in turns: {first:.1} ns and {second:.1} ns, which is {ratio:.2} times as long"
    );
}

fn time(times: u32, work: &mut impl FnMut()) -> Duration {
    let started = Instant::now();
    for _ in 0..times {
        work();
    }
    started.elapsed()
}
