//! `alibabacloud-codegen`: the verbs of the generator, for whoever has specs of their own.

use std::process::ExitCode;

use alibabacloud_codegen::Config;
use alibabacloud_codegen::cli::Verb;
use clap::Parser;

/// Generates Rust crates for Alibaba Cloud services from OpenAPI 3.2 specs.
#[derive(Debug, Parser)]
#[command(name = "alibabacloud-codegen", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

fn main() -> ExitCode {
    Arguments::parse().verb.run(&Config::default())
}
