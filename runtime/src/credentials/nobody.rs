//! Who gives out credentials when nobody may look for them and none are given.

use std::borrow::Cow;
use std::future;

use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::BoxFuture;

/// Has none, and says how to bring some.
#[derive(Debug)]
pub(crate) struct Nobody;

impl ProvideCredentials for Nobody {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let message = "there are no credentials: after `.no_environment()` nobody looks for any; \
                       bring them with `.credentials(…)`";
        Box::pin(future::ready(Err(CredentialsError::new(message))))
    }

    fn name(&self) -> Cow<'_, str> {
        "no_environment".into()
    }
}
