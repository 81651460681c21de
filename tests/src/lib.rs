//! What the tests share.

pub mod fixtures;
pub mod guarded;
pub mod logs;
pub mod loopback;
pub mod process;
pub mod ratio;
pub mod vectors;

use alibabacloud_runtime::validation::Violations;

/// What the generator makes of the accepted fixtures, compiled: one module for each of them.
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// An example as a function, which fails as the example does.
pub type Example = fn() -> Result<(), Violations>;

/// The examples in the docs of the accepted fixtures' requests, with the names of the fixtures.
pub const EXAMPLES: &[(&str, Example)] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));
