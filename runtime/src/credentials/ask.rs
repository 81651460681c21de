//! Asks a provider, which is other people's code: one that panics is named, and what it gives out is
//! looked at before it is used.
//!
//! Knows no source and no deadline.

use std::future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use super::{Credentials, CredentialsError, ProvideCredentials};

/// Asks for credentials that can be used, and that are not those that a service has refused.
pub(crate) async fn ask(
    provider: &dyn ProvideCredentials,
    refused: Option<&Credentials>,
) -> Result<Credentials, CredentialsError> {
    let mut answer = None;
    let given = future::poll_fn(|context| {
        let start = || match refused {
            Some(refused) => provider.refresh(refused),
            None => provider.provide(),
        };
        let poll = || answer.get_or_insert_with(start).as_mut().poll(context);
        // A future that panicked is not polled again; what the provider shares with later calls
        // is for the provider to keep in order. What it said is not repeated: it may be a secret.
        catch_unwind(AssertUnwindSafe(poll)).unwrap_or_else(|_| {
            let message =
                format!("`{}` panicked when it was asked for credentials", provider.name());
            Poll::Ready(Err(CredentialsError::new(message)))
        })
    });
    let credentials = given.await?;
    credentials.check()?;
    Ok(credentials)
}
