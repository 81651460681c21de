//! The generator from its files to its words: what it makes, what it refuses, and what it says.
//!
//! Compiles nothing of what is generated.

mod advice;
#[cfg(unix)]
mod answers;
mod bad_metadata;
mod bounds;
#[path = "../support/checkout.rs"]
mod checkout;
mod cli;
mod cli_requests;
mod diagnostics;
#[path = "../support/drawn.rs"]
mod drawn;
mod drift;
mod expected;
mod explain;
#[path = "../support/fixtures.rs"]
mod fixtures;
mod followed;
mod formulas;
mod front;
mod idl;
mod import;
#[cfg(unix)]
mod interrupted;
mod keywords;
mod listed;
#[path = "../support/moments.rs"]
mod moments;
mod names;
mod phrased;
mod prose;
#[path = "../support/random.rs"]
mod random;
#[path = "../support/relations.rs"]
#[allow(dead_code, reason = "the crate `tests` asks for more of them")]
mod relations;
mod requests;
#[path = "../support/requests.rs"]
#[allow(dead_code, reason = "the crate `tests` asks for more of them")]
mod requests_proof;
#[path = "../support/schemas.rs"]
#[allow(dead_code, reason = "the crate `tests` asks for more of them")]
mod schemas;
mod settled;
mod skeleton;
mod snapshot;
#[path = "../support/suite.rs"]
mod suite;
mod write;

use alibabacloud_codegen::Specs;

/// The specs of the real service.
fn specs() -> Specs {
    Specs::read(&checkout::root(), "specs/dbs-2019-03-06").expect("the specs are in the repository")
}
