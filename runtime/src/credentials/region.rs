//! The region that a machine is configured for, which stands where its credentials stand.
//!
//! Knows no host and no service.

use std::time::Duration;

use super::environment::{self, Environment, Hosts};
use super::{Lack, cli_profile};

const REGION: &str = "ALIBABA_CLOUD_REGION_ID";

/// The region that the environment names, or else the profile of the command line tool: the one asked
/// for in code, or the one that the chain of credentials would ask. Otherwise what each of them lacks.
pub(crate) fn region(profile: Option<&str>, longest: Duration) -> Result<String, Vec<String>> {
    let hosts = Hosts::default();
    let environment = Environment { lookup: &environment::of_process, profile, hosts: &hosts };
    if let Some(region) = environment.get(REGION) {
        return Ok(region.as_str().to_owned());
    }
    cli_profile::region(&environment, longest).map_err(|lack| match lack {
        Lack::Nothing(lack) | Lack::Unusable(lack) => {
            vec![format!("`{REGION}` is not set"), lack]
        }
    })
}
