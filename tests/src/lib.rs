//! What the tests share.

pub mod advice;
pub mod checkout;
pub mod deadlines;
pub mod documented;
pub mod fixtures;
pub mod guarded;
pub mod head;
pub mod logs;
pub mod loopback;
pub mod process;
pub mod random;
pub mod ratio;
pub mod relations;
pub mod schemas;
pub mod sources;
pub mod suite;
pub mod vectors;

use alibabacloud_codegen::Specs;
use alibabacloud_runtime::validation::Violations;
use serde_json::Value;

/// The specs of the real service.
///
/// # Panics
///
/// When they cannot be read.
pub fn specs() -> Specs {
    Specs::read(&checkout::root(), "specs/dbs-2019-03-06").expect("the specs are in the repository")
}

/// What the generator makes of the accepted fixtures, compiled: one module for each of them.
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// An example as a function, which fails as the example does.
pub type Example = fn() -> Result<(), Violations>;

/// The examples in the docs of the accepted fixtures' requests, with the names of the fixtures.
pub const EXAMPLES: &[(&str, Example)] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// A random operation that was compiled.
pub struct Random {
    /// The operation's id.
    pub id: &'static str,
    /// What [`random::Operation::new`] made it from.
    pub seed: u64,
    /// What the generated validator makes of the members of a request, given the known facts.
    pub accepts: fn(Value, &Value) -> bool,
}

/// The random operations that were compiled.
pub const RANDOM: &[Random] = include!(concat!(env!("OUT_DIR"), "/random.rs"));
