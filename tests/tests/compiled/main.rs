//! What the generator makes of the fixtures, and of random schemas, compiled.

mod answers;
mod differential;
mod examples;
mod judged;
mod page_tokens;
mod pages;
mod places;
mod random;
mod responses;
mod rules;
mod secrets;
mod security;
mod types;
mod waits;
mod wire;
