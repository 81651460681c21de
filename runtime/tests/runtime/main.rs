//! The runtime as generated crates use it, on a service that is written by hand.
//!
//! Knows neither specs nor the generator, and compiles nothing of them.

#![expect(unexpected_cfgs, reason = "the macros ask for `serde`, which only generated crates have")]

mod answers;
mod cached;
mod chain_table;
mod credential_files;
mod credentials;
mod deadlines;
mod endpoints;
mod faults;
mod guarded;
mod handed_out;
#[path = "../support/head.rs"]
mod head;
#[path = "../support/logs.rs"]
mod logs;
#[path = "../support/loopback.rs"]
mod loopback;
mod maps;
mod mock;
mod places;
#[path = "../support/process.rs"]
mod process;
mod programs;
mod providers;
mod proxies;
mod recorder;
mod remedies;
mod rest;
mod retries;
mod retry_after;
mod rules;
mod scripted;
mod security;
mod service;
mod signing;
mod sources;
mod taken_on;
mod texts;
mod vectors;
mod wire;
