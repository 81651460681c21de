//! The attempts of a call: signed, sent, and where it is safe made again, until there is an answer.

use std::future::Future;
use std::mem;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, debug_span};
use uuid::Uuid;

use crate::beside::Beside;
use crate::clock::{self, http_date};
use crate::code;
use crate::credentials::{self, Credentials};
use crate::encoded::Encoded;
use crate::error::{Error, Timeout, TooLarge};
use crate::field::Fields;
use crate::meta::{OperationFacts, Security};
use crate::observer::{Attempt, Watch, milliseconds};
use crate::retry::budget::Account;
use crate::session::Shared;
use crate::shown;
use crate::signature::Signable;
use crate::transport::{HttpRequest, Received};
use crate::validation::Violations;

/// The longest URL that the HTTP library takes.
const MAX_URL: usize = 65_534;

/// What a service of the RPC style finds in the query when there is a bearer token and no signature.
const OF_BEARER: &str = "SignatureType=BEARERTOKEN";

/// What stays the same from attempt to attempt.
pub(crate) struct Outgoing<'o> {
    operation: OperationFacts<'o>,
    request: Encoded,
    /// Whether acting on the request twice does no harm.
    repeatable: bool,
    /// The request as it was before it was encoded.
    #[cfg(feature = "test-util")]
    typed: Option<std::sync::Arc<dyn crate::typed::Typed>>,
}

impl<'o> Outgoing<'o> {
    /// Encodes the request, with an idempotency token when it can have one and has none, if
    /// `has_body`, with a JSON object of which no member is given, and with what stands beside it.
    pub(crate) fn new(
        client: &Shared,
        operation: OperationFacts<'o>,
        request: &impl Fields,
        has_body: bool,
        beside: Option<&Beside>,
    ) -> Result<Self, Error> {
        let mut memory = [0; 36];
        let token = operation
            .idempotency_parameter
            .map(|_| &*Uuid::new_v4().hyphenated().encode_lower(&mut memory));
        let mut request = Encoded::new(&operation, request, token);
        if has_body {
            request = request.with_empty_body();
        }
        Self::of(client, operation, request, beside)
    }

    /// A request that is encoded, with what stands beside it.
    pub(crate) fn of(
        client: &Shared,
        operation: OperationFacts<'o>,
        mut request: Encoded,
        beside: Option<&Beside>,
    ) -> Result<Self, Error> {
        if let Some(beside) = beside {
            request =
                request.with(beside).map_err(|found| Violations::of(operation.action, found))?;
        }
        let repeatable = operation.is_read() || request.has_token();
        let mut outgoing = Self {
            operation,
            request,
            repeatable,
            #[cfg(feature = "test-util")]
            typed: None,
        };
        let length = outgoing.url_length(client);
        if length <= MAX_URL {
            return Ok(outgoing);
        }
        let largest = outgoing.request.query().largest();
        let (name, parameter_length) = largest.unwrap_or_default();
        let parameter = name.to_owned();
        outgoing.request = outgoing.request.in_form(&outgoing.operation);
        if outgoing.url_length(client) > MAX_URL {
            return Err(TooLarge { parameter, parameter_length, length, limit: MAX_URL }.into());
        }
        Ok(outgoing)
    }

    /// The operation.
    pub(crate) fn operation(&self) -> &OperationFacts<'o> {
        &self.operation
    }

    /// Hands the typed request along, for those who stand in for a service.
    #[cfg(feature = "test-util")]
    pub(crate) fn with_typed(self, typed: std::sync::Arc<dyn crate::typed::Typed>) -> Self {
        Self { typed: Some(typed), ..self }
    }

    /// Signs the request with the time and a nonce of its own.
    fn sign(&self, client: &Shared, credentials: Option<&Credentials>) -> HttpRequest {
        let date = clock::date(client.clock.seconds());
        let mut nonce = [0; 32];
        let nonce: &str = Uuid::new_v4().simple().encode_lower(&mut nonce);
        let (operation, host) = (&self.operation, client.target.host());
        let signable = Signable::new(operation, &self.request, host, &date, nonce, credentials);
        let (method, body) = (operation.method, self.request.body());
        let limit = client.settings.max_response_size;
        let has_bearer = credentials.is_some_and(|found| found.bearer_token().is_some());
        let url = self.url(client, has_bearer && operation.is_rpc());
        let mut request = HttpRequest::new(method, url, body.clone(), limit);
        for (name, value) in signable.headers() {
            request.add_header((*name).to_owned(), value);
        }
        for (name, value) in self.request.unsigned_headers() {
            request.add_header(name.to_owned(), value);
        }
        if let Some(signature) = credentials.and_then(|found| signable.authorization(found)) {
            request.add_header("authorization", &signature);
        }
        request.add_header("accept", "application/json");
        request.add_header("accept-encoding", "identity");
        request.add_header("user-agent", &client.user_agent);
        let length = body.expose().len();
        // Some gateways refuse a `POST` that does not say how long it is.
        if length > 0 || method.asks_for_body() {
            request.add_header("content-length", &length.to_string());
        }
        #[cfg(feature = "test-util")]
        {
            request.set_typed(self.typed.clone());
            request.set_beside(self.request.beside());
        }
        request
    }

    fn url(&self, client: &Shared, says_bearer: bool) -> SecretString {
        let parts = self.url_parts(client, says_bearer);
        // With room for all of it and for nothing more, no copy is left behind unwiped.
        let mut url = String::with_capacity(parts.iter().map(|part| part.len()).sum());
        parts.into_iter().for_each(|part| url.push_str(part));
        url.into()
    }

    /// How long the URL is, or may become by what proves who calls.
    fn url_length(&self, client: &Shared) -> usize {
        let may_say_bearer = match self.operation.security {
            Security::Bearer | Security::KeyOrBearer => self.operation.is_rpc(),
            Security::Anonymous | Security::Key | Security::Unsupported(_) => false,
        };
        self.url_parts(client, may_say_bearer).into_iter().map(str::len).sum()
    }

    fn url_parts<'u>(&'u self, client: &'u Shared, says_bearer: bool) -> [&'u str; 6] {
        let query = self.request.query().expose();
        let proof = if says_bearer { OF_BEARER } else { "" };
        let mark = if query.is_empty() && proof.is_empty() { "" } else { "?" };
        let and = if query.is_empty() || proof.is_empty() { "" } else { "&" };
        [client.target.origin(), self.request.path(), mark, query, and, proof]
    }
}

/// Looks for the answer in what the transport brought.
type Read<'r> = dyn FnMut(Received, Option<&Credentials>) -> Result<(), Error> + Send + 'r;

/// Makes attempts until `read` accepts a response, and reports the last error otherwise.
pub(crate) async fn attempts(
    client: &Shared,
    outgoing: &Outgoing<'_>,
    timeout: Duration,
    watch: &Watch<'_>,
    read: &mut Read<'_>,
) -> Result<(), Error> {
    let deadline = Deadline::after(timeout);
    let mut credentials = if credentials::are_asked_for(&outgoing.operation)? {
        Some(provide(client, &outgoing.operation, &deadline, None).await?)
    } else {
        None
    };
    let mut remedies = Remedies::default();
    let mut account = Account::new(&client.retrying.budget);
    let mut made = 0;
    let result = loop {
        made += 1;
        let started = Instant::now();
        let received = send(client, outgoing, credentials.as_ref(), &deadline, made).await;
        let (duration, status) = (started.elapsed(), status_of(&received));
        let attempt = Attempt { number: made, duration, status };
        let date = date_of(&received);
        let result = read(received, credentials.as_ref());
        let Err(error) = result.map_err(|error| error.after(made)) else {
            watch.attempt(&attempt, None, None);
            break Ok(());
        };
        let more = made < client.settings.policy.max_attempts && !deadline.remaining().is_zero();
        let is_mended = remedies.set_clock(client, &error, date) && more
            || match &mut credentials {
                Some(credentials) if more => {
                    remedies.replace(credentials, client, outgoing, &error, &deadline).await
                }
                _ => false,
            };
        let pause = if is_mended {
            Some(Duration::ZERO)
        } else {
            let said = client.retrying.said(&error);
            let pause = client.settings.policy.pause(&error, made, outgoing.repeatable, said);
            // An error that is known is worth more than a timeout that is certain, or than an attempt
            // that the other calls cannot afford.
            pause.filter(|pause| *pause < deadline.remaining() && account.take(&error))
        };
        watch.attempt(&attempt, Some(&error), pause);
        match pause {
            Some(Duration::ZERO) => {}
            Some(pause) => sleep(pause).await,
            None => break Err(error),
        }
    };
    let span = Span::current();
    span.record("attempts", made);
    span.record("duration_ms", milliseconds(deadline.started.elapsed()));
    match &result {
        Ok(()) => account.succeed(),
        Err(error) => {
            span.record("request_id", error.request_id().map(shown::line));
        }
    }
    result
}

/// Asks for credentials that the operation takes, and for others than the service has refused; a
/// provider that is not done in time is named.
async fn provide(
    client: &Shared,
    operation: &OperationFacts<'_>,
    deadline: &Deadline,
    refused: Option<&Credentials>,
) -> Result<Credentials, Error> {
    let provider = &*client.credentials;
    let Ok(given) = deadline.limit(credentials::ask(provider, refused)).await else {
        return Err(Timeout::of_provider(deadline.after, provider.name().into_owned()).into());
    };
    let given = given?;
    credentials::check_taken(operation, &given)?;
    Ok(given)
}

/// The HTTP status, where a response at least began.
fn status_of(received: &Received) -> Option<u16> {
    match received {
        Ok(response) => Some(response.status()),
        Err(error) => error.status(),
    }
}

/// When the service answered, by its own clock.
fn date_of(received: &Received) -> Option<Timestamp> {
    http_date(received.as_ref().ok()?.header("date")?)
}

/// What a call changes after the service has refused what proves who calls, each once. Nothing was
/// done then, so that another attempt is safe.
#[derive(Default)]
struct Remedies {
    set_clock: bool,
    replaced: bool,
}

impl Remedies {
    /// Goes by the service's clock, from now on and for all calls, when it complains about ours.
    fn set_clock(&mut self, client: &Shared, error: &Error, date: Option<Timestamp>) -> bool {
        let Some(date) = date.filter(|_| error.codes().any(code::is_wrong_time)) else {
            return false;
        };
        let set = !mem::replace(&mut self.set_clock, true) && client.clock.correct(date);
        if set {
            debug!("the clock goes by the service's, and another attempt follows");
        }
        set
    }

    /// Asks for credentials again when the security token is not valid any more. What is told instead
    /// of a provider's trouble is the service's error, which the call has come to.
    async fn replace(
        &mut self,
        credentials: &mut Credentials,
        client: &Shared,
        outgoing: &Outgoing<'_>,
        error: &Error,
        deadline: &Deadline,
    ) -> bool {
        let expired = error.codes().any(code::is_expired_token);
        if !expired || mem::replace(&mut self.replaced, true) {
            return false;
        }
        match provide(client, &outgoing.operation, deadline, Some(credentials)).await {
            Ok(new) if !new.are(credentials) => {
                debug!("there are other credentials, and another attempt follows");
                *credentials = new;
                true
            }
            Ok(_) => false,
            Err(error) => {
                debug!(%error, "there are no other credentials");
                false
            }
        }
    }
}

async fn send(
    client: &Shared,
    outgoing: &Outgoing<'_>,
    credentials: Option<&Credentials>,
    deadline: &Deadline,
    attempt: u32,
) -> Received {
    let span = debug_span!("attempt", attempt, status = Empty, duration_ms = Empty);
    let own = client.settings.attempt_timeout.map(Deadline::after);
    let sooner = own.as_ref().filter(|own| own.remaining() < deadline.remaining());
    let deadline = sooner.unwrap_or(deadline);
    let started = Instant::now();
    let request = outgoing.sign(client, credentials);
    let progress = request.progress();
    let result = deadline.limit(client.transport.send(request)).instrument(span.clone()).await;
    #[cfg(feature = "test-util")]
    let result = result.and_then(crate::mock::in_time);
    span.record("duration_ms", milliseconds(started.elapsed()));
    let received = match result {
        Ok(received) => received.map_err(Error::from),
        Err(_) => Err(Timeout::new(deadline.after, progress.take().as_ref()).into()),
    };
    if let Some(status) = status_of(&received) {
        span.record("status", status);
        Span::current().record("status", status);
    }
    received
}

/// The end of the time that something may take.
struct Deadline {
    started: Instant,
    after: Duration,
}

impl Deadline {
    fn after(after: Duration) -> Self {
        Self { started: Instant::now(), after }
    }

    fn remaining(&self) -> Duration {
        self.after.saturating_sub(self.started.elapsed())
    }

    /// Waits for something no longer than the time lasts.
    async fn limit<T>(&self, future: impl Future<Output = T>) -> Result<T, Error> {
        match self.started.checked_add(self.after) {
            Some(end) => {
                let ended = timeout_at(end, future).await;
                ended.map_err(|_| Timeout::new(self.after, None).into())
            }
            None => Ok(future.await),
        }
    }
}
