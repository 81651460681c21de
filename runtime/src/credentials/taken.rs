//! Which credentials an operation takes.
//!
//! Knows no source of them, and nothing of how they travel.

use super::{Credentials, CredentialsError};
use crate::meta::{OperationFacts, Security};

/// Whether a call needs credentials at all; refuses one whose proof nobody here can give.
pub(crate) fn are_asked_for(operation: &OperationFacts<'_>) -> Result<bool, CredentialsError> {
    match operation.security {
        Security::Anonymous => Ok(false),
        Security::Bearer | Security::Key | Security::KeyOrBearer => Ok(true),
        Security::Unsupported(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            Err(CredentialsError::new(format!(
                "`{}` takes neither keys nor bearer tokens, but {}, which has no code here",
                operation.action,
                names.join(" or ")
            )))
        }
    }
}

/// Refuses credentials of the other kind.
pub(crate) fn check_taken(
    operation: &OperationFacts<'_>,
    credentials: &Credentials,
) -> Result<(), CredentialsError> {
    let is_bearer = credentials.bearer_token().is_some();
    let (takes, given) = match operation.security {
        Security::Key if is_bearer => ("an access key", "a bearer token"),
        Security::Bearer if !is_bearer => ("a bearer token", "an access key"),
        Security::Anonymous
        | Security::Bearer
        | Security::Key
        | Security::KeyOrBearer
        | Security::Unsupported(_) => return Ok(()),
    };
    let action = operation.action;
    Err(CredentialsError::new(format!("`{action}` takes {takes}, and the credentials are {given}")))
}
