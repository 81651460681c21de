//! How sources reach the servers that hand out credentials.
//!
//! Knows no source, and shows of a URL nothing but its host.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;
use url::{Position, Url};

use super::{CredentialsError, ProvideCredentials};
use crate::client::About;
use crate::clock::Clock;
use crate::endpoint::{self, Target};
use crate::meta::Method;
use crate::session::{Options, Shared, Wire};
use crate::transport::{Body, HttpRequest, HttpResponse, TransportErrorKind};

/// How long a call to STS may take, and each of its attempts.
const CALL: Duration = Duration::from_secs(15);
const ATTEMPT: Duration = Duration::from_secs(10);

/// How many bytes an answer may have.
const LIMIT: usize = 1 << 20;

/// How a server is reached.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// As any service: with TLS, and through a proxy where there is one.
    Usual,
    /// Without a proxy, and without TLS when the URL says so.
    Direct,
    /// The same, and near.
    Near,
}

impl Way {
    /// How long it may take to connect, and then to answer.
    fn times(self) -> (Duration, Duration) {
        match self {
            Self::Usual | Self::Direct => (Duration::from_secs(5), Duration::from_secs(10)),
            Self::Near => (Duration::from_secs(1), Duration::from_secs(1)),
        }
    }
}

/// Connections to the servers that hand out credentials.
#[derive(Clone)]
pub(crate) struct Net {
    options: Options,
    usual: Arc<Wire>,
    direct: Arc<Wire>,
    near: Arc<Wire>,
}

impl Net {
    /// Connections as these settings have them, with those that a session has already.
    pub(crate) fn new(options: &Options, usual: Option<Arc<Wire>>) -> Self {
        let direct = |way: Way| Arc::new(Wire::new(&options.direct(way.times().0)));
        Self {
            usual: usual.unwrap_or_else(|| Arc::new(Wire::new(options))),
            direct: direct(Way::Direct),
            near: direct(Way::Near),
            options: options.clone(),
        }
    }

    pub(super) fn by_clock(self, clock: Clock) -> Self {
        Self::new(&self.options.by_clock(clock), None)
    }

    pub(super) fn clock(&self) -> Clock {
        self.options.clock()
    }

    /// What calls to a service share that somebody with these credentials makes.
    pub(super) fn service(
        &self,
        endpoint: &str,
        credentials: Arc<dyn ProvideCredentials>,
    ) -> Result<(Shared, Duration), CredentialsError> {
        let shown = |error: &dyn std::error::Error| CredentialsError::new(error.to_string());
        let target = endpoint::of_text(endpoint, false).map_err(|error| shown(&error))?;
        let transport = self.usual.transport(&target).map_err(|error| shown(&error))?;
        let mut settings = self.options.settings();
        settings.attempt_timeout = Some(ATTEMPT);
        let clock = self.usual.clock(&target);
        let user_agent = self.options.user_agent().map_err(|error| shown(&error))?;
        let (region, retrying) = (None, self.options.retrying());
        let observers = self.options.observers.clone();
        let (wire, service) = (Arc::clone(&self.usual), About::default());
        let shared = Shared {
            region,
            target,
            credentials,
            transport,
            clock,
            observers,
            settings,
            user_agent,
            retrying,
            wire,
            service,
        };
        Ok((shared, CALL))
    }

    /// Asks a server.
    pub(super) async fn ask(&self, way: Way, asked: Asked<'_>) -> Result<HttpResponse, Missed> {
        let (target, url) = parse(way, asked.url).map_err(Missed::Unreachable)?;
        let wire = match way {
            Way::Usual => &self.usual,
            Way::Direct => &self.direct,
            Way::Near => &self.near,
        };
        let transport = wire.transport(&target);
        let transport = transport.map_err(|error| Missed::Unreachable(error.to_string()))?;
        let user_agent = self.options.user_agent();
        let user_agent = user_agent.map_err(|error| Missed::Unreachable(error.to_string()))?;
        let mut request = HttpRequest::new(asked.method, url, asked.body, LIMIT);
        request.add_header("host", target.host());
        request.add_header("accept-encoding", "identity");
        request.add_header("user-agent", &user_agent);
        for (name, value) in asked.headers {
            request.add_header(name, value.expose_secret());
        }
        if let Some(type_) = request.body().content_type() {
            request.add_header("content-type", type_);
        }
        let length = request.body().expose().len();
        if length > 0 || asked.method.asks_for_body() {
            request.add_header("content-length", &length.to_string());
        }
        let (connecting, answering) = way.times();
        match timeout(connecting + answering, transport.send(request)).await {
            Ok(Ok(response)) if response.is_cut() => {
                Err(Missed::Refused("the answer is larger than 1 MiB".to_owned(), 200))
            }
            Ok(Ok(response)) if response.status() == 200 => Ok(response),
            Ok(Ok(response)) => {
                Err(Missed::Refused(format!("HTTP {}", response.status()), response.status()))
            }
            Ok(Err(error)) if error.kind() == TransportErrorKind::Connect => {
                Err(Missed::Unreachable(error.to_string()))
            }
            Ok(Err(error)) => Err(Missed::Silent(error.to_string())),
            Err(_) => Err(Missed::Silent("there was no answer in time".to_owned())),
        }
    }
}

/// What a server is asked.
pub(super) struct Asked<'a> {
    pub(super) method: Method,
    pub(super) url: &'a str,
    pub(super) headers: Vec<(&'static str, SecretString)>,
    pub(super) body: Body,
}

impl<'a> Asked<'a> {
    pub(super) fn get(url: &'a str) -> Self {
        Self { method: Method::Get, url, headers: Vec::new(), body: Body::none() }
    }
}

/// Why a server said nothing.
pub(super) enum Missed {
    /// Nothing was sent.
    Unreachable(String),
    /// Somebody is there who did not answer.
    Silent(String),
    /// Somebody answered with this status, and not with what they were asked for.
    Refused(String, u16),
}

impl Missed {
    pub(super) fn why(&self) -> &str {
        match self {
            Self::Unreachable(why) | Self::Silent(why) | Self::Refused(why, _) => why,
        }
    }

    /// Whether it may be otherwise later.
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Silent(_) => true,
            Self::Refused(_, status) => matches!(status, 429 | 500 | 502 | 503 | 504),
        }
    }
}

/// The host and port of a URL, for people: what stands behind them may be a secret.
pub(super) fn host(url: &str) -> String {
    match Url::parse(url) {
        Ok(url) => url[Position::BeforeHost..Position::AfterPort].to_owned(),
        Err(_) => "what is no URL".to_owned(),
    }
}

/// A URL, and the server that it leads to.
fn parse(way: Way, text: &str) -> Result<(Target, SecretString), String> {
    let url = Url::parse(text).map_err(|_| "it is no URL".to_owned())?;
    let allow_http = match way {
        Way::Usual => false,
        Way::Direct | Way::Near => true,
    };
    let origin = &url[..Position::BeforePath];
    let target = endpoint::of_text(origin, allow_http).map_err(|error| error.to_string())?;
    let sent = &url[..Position::AfterQuery];
    Ok((target, SecretString::from(sent)))
}
