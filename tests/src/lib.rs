//! What the tests share.

#[path = "../../codegen/tests/support/checkout.rs"]
pub mod checkout;
pub mod conservation;
pub mod dependencies;
pub mod documented;
#[path = "../../codegen/tests/support/drawn.rs"]
pub mod drawn;
pub mod fast;
#[path = "../../codegen/tests/support/fixtures.rs"]
pub mod fixtures;
#[path = "../../runtime/tests/support/head.rs"]
pub mod head;
pub mod idl;
pub mod judged;
#[path = "../../runtime/tests/support/logs.rs"]
pub mod logs;
#[path = "../../runtime/tests/support/loopback.rs"]
pub mod loopback;
#[path = "../../codegen/tests/support/moments.rs"]
pub mod moments;
#[path = "../../runtime/tests/support/process.rs"]
pub mod process;
#[path = "../../codegen/tests/support/random.rs"]
pub mod random;
pub mod ratio;
pub mod refused;
#[path = "../../codegen/tests/support/relations.rs"]
pub mod relations;
#[path = "../../codegen/tests/support/requests.rs"]
pub mod requests;
#[path = "../../codegen/tests/support/schemas.rs"]
pub mod schemas;
pub mod spelled;
#[path = "../../codegen/tests/support/suite.rs"]
pub mod suite;
pub mod wire;

use alibabacloud_codegen::Specs;
pub use alibabacloud_dbs as service;
use alibabacloud_runtime::meta::OperationMeta;
use alibabacloud_runtime::operation::Operation;
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

/// An operation of this name, which is like another one in all else.
pub fn operation_of(action: &'static str) -> OperationMeta {
    OperationMeta { action, ..service::operations::ModifyBackupSourceEndpointRequest::META }
}

/// What the generator makes of the accepted fixtures, compiled: one module for each of them.
///
/// Their examples are compiled as [`EXAMPLES`], under the names that they have here, and not as doctests.
#[cfg(not(doctest))]
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// An example as a function, which fails as the example does.
pub type Example = fn() -> Result<(), Violations>;

/// The examples in the docs of the accepted fixtures' requests, with the names of the fixtures.
#[cfg(not(doctest))]
#[allow(
    dead_code,
    unused_variables,
    reason = "examples show a call that nobody makes, and its answer"
)]
pub const EXAMPLES: &[(&str, Example)] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// An operation of a service that was imported: the service, the operation, what calls it, and what tells all
/// that is shown of a call.
#[cfg(not(doctest))]
pub type ImportedCall = (
    &'static str,
    &'static str,
    fn(&serde_json::Map<String, Value>) -> Result<wire::arrived::Arrived, String>,
    fn(&serde_json::Map<String, Value>, &Value) -> Result<wire::shown::Shown, String>,
);

/// The operations of the services that are imported from `fixtures/metadata/`.
#[cfg(not(doctest))]
pub const CALLS: &[ImportedCall] = {
    use generated::*;
    include!(concat!(env!("OUT_DIR"), "/calls.rs"))
};

/// An operation of a service that was imported: the service, the operation, and what reads its answers.
#[cfg(not(doctest))]
pub type ImportedAnswer = (&'static str, &'static str, fn(&str) -> Result<judged::Read, String>);

/// The answers of the services that are imported from `fixtures/metadata/`.
#[cfg(not(doctest))]
pub const ANSWERS: &[ImportedAnswer] = {
    use generated::*;
    include!(concat!(env!("OUT_DIR"), "/readers.rs"))
};

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
#[cfg(not(doctest))]
pub const RANDOM: &[Random] = include!(concat!(env!("OUT_DIR"), "/random.rs"));
