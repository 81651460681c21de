//! The exchange of a call with its service: attempts until there is an answer, with what is logged of it.
//!
//! Knows no operation, and not how an answer is read.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug_span};

use crate::attempt::{Outgoing, attempts};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::meta::OperationFacts;
use crate::observer::Watch;
use crate::session::Shared;
use crate::shown;
use crate::transport::{HttpResponse, Received};

/// Makes attempts until `read` finds an answer, with the id of its request where the watch asks for ids.
/// The last response is kept where somebody asks for it.
pub(crate) async fn exchange<A: Send>(
    client: &Shared,
    outgoing: &Outgoing<'_>,
    timeout: Duration,
    watch: &Watch<'_>,
    mut kept: Option<&mut Option<HttpResponse>>,
    mut read: impl FnMut(Received, Option<&Credentials>) -> Result<(A, Option<String>), Error> + Send,
) -> Result<A, Error> {
    let mut found = None;
    let mut read = |received: Received, credentials: Option<&Credentials>| {
        if let Some(kept) = &mut kept {
            **kept = received.as_ref().ok().cloned();
        }
        let (answer, id) = read(received, credentials)?;
        if let Some(id) = id {
            Span::current().record("request_id", shown::line(&id));
            watch.answered(id);
        }
        found = Some(answer);
        Ok(())
    };
    let span = span(client, outgoing.operation());
    attempts(client, outgoing, timeout, watch, &mut read).instrument(span).await?;
    Ok(found.expect("the attempts end with an answer that was read, or with an error"))
}

/// What is logged of a call.
fn span(client: &Shared, operation: &OperationFacts<'_>) -> Span {
    debug_span!(
        "call",
        action = operation.action,
        region = client.region.as_deref(),
        attempts = Empty,
        status = Empty,
        request_id = Empty,
        duration_ms = Empty,
    )
}
