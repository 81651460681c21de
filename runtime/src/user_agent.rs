//! What requests say of who sends them, in the form of the official SDKs.
//!
//! Knows no request.

use std::env::consts::{ARCH, OS};
use std::sync::Arc;

use crate::endpoint::EndpointError;

/// How many characters somebody may add.
const LONGEST: usize = 256;

/// `AlibabaCloud (linux; x86_64) Rust alibabacloud-runtime/0.1.0`, and what somebody adds. Which Rust
/// has compiled it is not known without a build script, which each build would have to wait for.
pub(crate) fn user_agent(suffix: Option<&str>) -> Result<Arc<str>, EndpointError> {
    let own = concat!("Rust ", env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let usual = format!("AlibabaCloud ({OS}; {ARCH}) {own}");
    let Some(suffix) = suffix else { return Ok(usual.into()) };
    let invalid = |reason| {
        let named_by = ".user_agent_suffix(…)";
        Err(EndpointError::Setting { named_by, reason })
    };
    if suffix.is_empty() || suffix.trim_matches(' ') != suffix {
        return invalid("it is empty, or starts or ends with a space");
    }
    if !suffix.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return invalid("it has a character that is neither visible ASCII nor a space");
    }
    if suffix.len() > LONGEST {
        return invalid("it has more than 256 characters");
    }
    Ok(format!("{usual} {suffix}").into())
}
