//! The runtime as generated crates use it, on a service that is written by hand.
//!
//! Knows neither specs nor the generator, and compiles nothing of them.

#![expect(unexpected_cfgs, reason = "the macros ask for `serde`, which only generated crates have")]

mod answers;
mod asked;
mod budget;
mod cached;
mod chain_table;
mod classified;
mod configured;
mod connections;
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
mod moments;
mod one_call;
mod papers;
mod places;
#[path = "../support/process.rs"]
mod process;
mod programs;
mod providers;
mod proxies;
#[path = "../support/readme.rs"]
mod readme;
mod recorder;
mod remedies;
mod rest;
mod retries;
mod retry_after;
mod rules;
mod scripted;
mod security;
mod seeing;
mod service;
mod signing;
mod sources;
mod taken_on;
mod texts;
mod user_agent;
mod vectors;
mod waiting;
mod wire;
