//! Keeps credentials until they are about to end, and replaces them in time.
//!
//! Knows no source. What time it is, a clock says that tests set; how long something takes is for the
//! provider to limit.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::runtime::{Handle, Id};
use tokio::sync::watch;
use tracing::debug;
use tracing::instrument::WithSubscriber as _;

use super::{Credentials, CredentialsError, ProvideCredentials, ask};
use crate::BoxFuture;
use crate::clock::{self, Clock};

/// So many seconds before their end at most, new credentials are asked for.
const AHEAD: i64 = 15 * 60;

/// So many seconds before their end, credentials are no longer used without having asked for new ones:
/// a request takes time, and clocks differ.
const MARGIN: i64 = 10;

/// For how many seconds credentials are kept that do not say when they end.
const UNDATED: i64 = 15 * 60;

/// How many seconds pass at least before credentials are asked for again that were refused while the
/// old ones last.
const PAUSE: i64 = 10;

/// Keeps what a provider gives out, for all calls and all clones of it.
///
/// - Before credentials end, new ones are asked for while calls go on with the old ones: 15 minutes
///   and up to half as much more before, at random, so that a fleet does not ask at once; of
///   credentials that last less than an hour, in the last quarter of their time. Credentials that do
///   not say when they end are kept for 15 minutes.
/// - The provider is asked by one call at a time; whoever needs the answer waits for it, each to its
///   own deadline, and the end of one call does not end it for the others.
/// - While old credentials last, nobody is told that there are no new ones; they are asked for again
///   after 10 to 15 seconds.
/// - When a service says that credentials have expired, they are not given out again.
///
/// It needs a `tokio` runtime, as calls do.
///
/// ```
/// use alibabacloud_runtime::credentials::{Cached, Credentials};
///
/// let provider = Cached::new(Credentials::new("LTAI****", "the secret"));
/// ```
pub struct Cached<P>(Arc<Inner<P>>);

struct Inner<P> {
    provider: P,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Before this, credentials that last are not asked for again.
    not_before: i64,
    flight: Option<Flight>,
    /// How many there were.
    flights: u64,
}

/// Credentials, and when that is in seconds since 1970.
struct Kept {
    credentials: Credentials,
    /// When new ones are asked for.
    due: i64,
    /// When they end, where that is known.
    end: Option<i64>,
}

type Outcome = Result<Credentials, CredentialsError>;

/// A provider that is being asked.
struct Flight {
    number: u64,
    /// The runtime that drives it. While that one rests, calls on others would wait for it.
    runtime: Id,
    landed: watch::Receiver<Option<Outcome>>,
}

/// What a call finds.
enum Found {
    Ready(Credentials),
    Waits(watch::Receiver<Option<Outcome>>),
}

impl<P: ProvideCredentials + 'static> Cached<P> {
    /// Keeps what a provider gives out.
    #[must_use]
    pub fn new(provider: P) -> Self {
        Self::by(provider, Clock::default())
    }

    /// Goes by this clock, which tells when credentials end, instead of the system's.
    #[must_use]
    pub fn by_clock(provider: P, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self::by(provider, Clock::new(now))
    }

    pub(super) fn by(provider: P, clock: Clock) -> Self {
        Self(Arc::new(Inner { provider, clock, state: Mutex::default() }))
    }

    async fn get(&self, refused: Option<&Credentials>) -> Outcome {
        let Ok(runtime) = Handle::try_current() else {
            return Err(CredentialsError::new(
                "a `tokio` runtime is needed to ask for credentials",
            ));
        };
        // A flight is lost with the runtime that drives it, which is this call's own.
        for _ in 0..2 {
            let mut landed = match self.look(refused, &runtime) {
                Found::Ready(credentials) => return Ok(credentials),
                Found::Waits(landed) => landed,
            };
            let landed = landed.wait_for(Option::is_some).await.map(|outcome| outcome.clone());
            match landed {
                Ok(Some(Ok(credentials))) => return Ok(credentials),
                Ok(Some(Err(error))) => return self.old().ok_or(error),
                Ok(None) | Err(_) => {}
            }
        }
        Err(CredentialsError::new("the `tokio` runtime has ended that asked for credentials"))
    }

    /// Looks for credentials that can be used, and asks for new ones when it is time.
    fn look(&self, refused: Option<&Credentials>, runtime: &Handle) -> Found {
        let now = self.0.clock.seconds();
        let mut state = self.0.state();
        state.kept.take_if(|kept| refused.is_some_and(|refused| kept.credentials.are(refused)));
        let kept = state.kept.as_ref();
        let usable = kept.filter(|kept| kept.lasts(now.saturating_add(MARGIN)));
        if let Some(kept) = usable {
            let credentials = kept.credentials.clone();
            if now >= kept.due && now >= state.not_before && !state.is_flying() {
                self.start(&mut state, None, runtime);
            }
            return Found::Ready(credentials);
        }
        let flight = state.flight.as_ref();
        let own = flight.filter(|flight| flight.flies() && flight.runtime == runtime.id());
        Found::Waits(match own {
            Some(flight) => flight.landed.clone(),
            None => self.start(&mut state, refused, runtime),
        })
    }

    /// Asks the provider, on a task of its own: a call that has no more time is no reason to stop.
    fn start(
        &self,
        state: &mut State,
        refused: Option<&Credentials>,
        runtime: &Handle,
    ) -> watch::Receiver<Option<Outcome>> {
        let (sender, landed) = watch::channel(None);
        state.flights += 1;
        let number = state.flights;
        state.flight = Some(Flight { number, runtime: runtime.id(), landed: landed.clone() });
        let (inner, refused) = (Arc::clone(&self.0), refused.cloned());
        let flight = async move {
            let asked = ask(&inner.provider, refused.as_ref()).await;
            let outcome = inner.land(number, asked);
            // Nobody waits when the old ones last.
            let _ = sender.send(Some(outcome));
        };
        runtime.spawn(flight.with_current_subscriber());
        landed
    }

    /// What was kept before, if it lasts.
    fn old(&self) -> Option<Credentials> {
        let now = self.0.clock.seconds();
        let state = self.0.state();
        let kept = state.kept.as_ref().filter(|kept| kept.lasts(now));
        kept.map(|kept| kept.credentials.clone())
    }
}

impl<P> Inner<P> {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what a flight brings.
    fn land(&self, number: u64, asked: Outcome) -> Outcome {
        let now = self.clock.seconds();
        let outcome = asked.and_then(|credentials| check_end(credentials, now));
        let mut state = self.state();
        if state.flight.as_ref().is_some_and(|flight| flight.number == number) {
            state.flight = None;
        }
        match &outcome {
            Ok(credentials) => {
                state.kept = Some(Kept::new(credentials.clone(), now));
                state.not_before = now;
            }
            Err(error) => {
                debug!(%error, "there are no new credentials");
                state.not_before = now.saturating_add(PAUSE + fastrand::i64(0..=PAUSE / 2));
            }
        }
        outcome
    }
}

/// Refuses credentials that have ended: to use them would end in a refusal that tells less.
fn check_end(credentials: Credentials, now: i64) -> Outcome {
    match credentials.expiration().map(clock::seconds) {
        Some(end) if end <= now => Err(CredentialsError::new(format!(
            "they expired at {}, and this machine's clock says {}",
            clock::date(end),
            clock::date(now)
        ))),
        Some(_) | None => Ok(credentials),
    }
}

impl State {
    fn is_flying(&self) -> bool {
        self.flight.as_ref().is_some_and(Flight::flies)
    }
}

impl Flight {
    /// Whether somebody still asks. A task that ends with its runtime says nothing.
    fn flies(&self) -> bool {
        self.landed.has_changed().is_ok()
    }
}

impl Kept {
    fn new(credentials: Credentials, now: i64) -> Self {
        let end = credentials.expiration().map(clock::seconds);
        let due = match end {
            Some(end) => {
                let ahead = AHEAD.min(end.saturating_sub(now) / 4);
                end.saturating_sub(ahead + fastrand::i64(0..=ahead / 2))
            }
            None => now.saturating_add(UNDATED),
        };
        Self { credentials, due, end }
    }

    fn lasts(&self, until: i64) -> bool {
        self.end.is_none_or(|end| until < end)
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for Cached<P> {
    fn provide(&self) -> BoxFuture<'_, Outcome> {
        Box::pin(self.get(None))
    }

    fn refresh<'a>(&'a self, refused: &'a Credentials) -> BoxFuture<'a, Outcome> {
        Box::pin(self.get(Some(refused)))
    }

    fn name(&self) -> Cow<'_, str> {
        self.0.provider.name()
    }
}

impl<P> Clone for Cached<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: fmt::Debug> fmt::Debug for Cached<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cached").field("provider", &self.0.provider).finish_non_exhaustive()
    }
}
