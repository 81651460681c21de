//! Where requests go: a region's documented host, or an endpoint that somebody names.
//!
//! URLs are read by the parser of the HTTP library, so that the host that is signed is the one that is
//! called.

use std::fmt;

use rustls_pki_types::ServerName;
use url::{Host, ParseError, Position, Url};

use crate::meta::{Endpoint, Network};

/// Scheme, host and port of a URL that has nothing else, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target(Url);

impl Target {
    /// The URL without a path.
    pub(crate) fn origin(&self) -> &str {
        &self.0[..Position::AfterPort]
    }

    /// As the `host` header has it: lower-case, and with the port unless it is the scheme's own.
    pub(crate) fn host(&self) -> &str {
        &self.0[Position::BeforeHost..Position::AfterPort]
    }

    /// The host, in brackets when it is an IPv6 address, and the port.
    pub(crate) fn authority(&self) -> (&str, u16) {
        let port = self.0.port_or_known_default();
        (self.0.host_str().unwrap_or_default(), port.unwrap_or_default())
    }

    /// Whether requests travel without TLS.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}

/// Why it is not known where to send requests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// Neither a region nor an endpoint was named.
    Missing {
        /// What each other place lacks that may name a region; empty when the environment is not asked.
        tried: Vec<String>,
    },
    /// No documented host serves the region in that network.
    UnknownRegion {
        /// The region that was asked for.
        region: String,
        /// The network that was asked for.
        network: Network,
        /// The regions that have a host in that network, sorted.
        known: Vec<&'static str>,
    },
    /// The endpoint is not a scheme and a host.
    Invalid {
        /// What was named, without what might be a password.
        endpoint: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The endpoint would send passwords in the clear over a network.
    Plain {
        /// The host.
        host: String,
    },
    /// The proxy is not a scheme, a host and a port, with a user and a password or not.
    Proxy {
        /// The environment variable that names it, or the builder's method.
        named_by: &'static str,
        /// What is wrong with it. The value itself may hold a password.
        reason: &'static str,
    },
    /// A setting of connections or requests cannot be used.
    Setting {
        /// The builder's method.
        named_by: &'static str,
        /// What is wrong with it. The value itself may hold a secret.
        reason: &'static str,
    },
}

impl fmt::Display for EndpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { tried } if tried.is_empty() => {
                formatter.write_str("name a region with `.region(…)` or a host with `.endpoint(…)`")
            }
            Self::Missing { tried } => write!(
                formatter,
                "name a region with `.region(…)`, by `ALIBABA_CLOUD_REGION_ID` or as `region_id` of a \
                 profile of the command line tool, or a host with `.endpoint(…)`: {}",
                tried.join("; ")
            ),
            Self::UnknownRegion { region, network, known } => {
                let network = match network {
                    Network::Vpc => " in the VPC network",
                    _ => "",
                };
                let known = known.join("`, `");
                write!(
                    formatter,
                    "no host{network} is known for the region `{region}`; known are `{known}`; \
                     name any other host with `.endpoint(…)`"
                )
            }
            Self::Invalid { endpoint, reason } => {
                write!(formatter, "`{endpoint}` is no endpoint: {reason}")
            }
            Self::Plain { host } => write!(
                formatter,
                "`http://{host}` would send passwords in the clear; use `https://`, or allow it \
                 with `.allow_http(true)`"
            ),
            Self::Proxy { named_by, reason } => {
                write!(formatter, "`{named_by}` names no proxy: {reason}")
            }
            Self::Setting { named_by, reason } => {
                write!(formatter, "`{named_by}` cannot be used: {reason}")
            }
        }
    }
}

/// The host of a region.
pub(crate) fn of_region(
    endpoints: &'static [Endpoint],
    region: &str,
    network: Network,
) -> Result<Target, EndpointError> {
    let in_network = || endpoints.iter().filter(|endpoint| endpoint.network == network);
    match in_network().find(|endpoint| endpoint.regions.contains(&region)) {
        Some(found) => of_text(found.host, false),
        None => {
            let regions = in_network().flat_map(|endpoint| endpoint.regions);
            let mut known: Vec<&str> = regions.copied().collect();
            known.sort_unstable();
            Err(EndpointError::UnknownRegion { region: region.to_owned(), network, known })
        }
    }
}

/// An endpoint that somebody names: `https://host`, `host:port`, `http://127.0.0.1:8080`.
pub(crate) fn of_text(text: &str, allow_http: bool) -> Result<Target, EndpointError> {
    let invalid = |reason: &'static str| {
        // Whatever stands before an `@` or behind a `?` may be a password.
        let shown = text.rsplit('@').next().unwrap_or_default();
        let shown = shown.split(['?', '#']).next().unwrap_or_default();
        EndpointError::Invalid { endpoint: shown.to_owned(), reason }
    };
    let url = parse(text, "https").map_err(invalid)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid(MORE));
    }
    let target = Target(url);
    if target.is_plain() && !target.is_loopback() && !allow_http {
        return Err(EndpointError::Plain { host: target.host().to_owned() });
    }
    Ok(target)
}

const MORE: &str = "it has more than a scheme, a host and a port";
const NO_HOST: &str = "the host is not a host name";
const NO_PORT: &str = "the port is not a number";
const NO_SCHEME: &str = "the scheme is neither `https` nor `http`";

/// Reads a URL that has nothing but a scheme, or else this one, perhaps a user, a host and perhaps a
/// port; what is wrong with it otherwise.
pub(crate) fn parse(text: &str, scheme: &str) -> Result<Url, &'static str> {
    let url = match text.contains("://") {
        true => Url::parse(text),
        false => Url::parse(&format!("{scheme}://{text}")),
    };
    let url = url.map_err(|error| match error {
        ParseError::InvalidPort => NO_PORT,
        ParseError::RelativeUrlWithoutBase => NO_SCHEME,
        _ => NO_HOST,
    })?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(NO_SCHEME);
    }
    if (url.path(), url.query(), url.fragment()) != ("/", None, None) {
        return Err(MORE);
    }
    if url.port() == Some(0) || text.trim_end_matches('/').ends_with(':') {
        return Err(NO_PORT);
    }
    match url.host() {
        // The parser also takes what no resolver takes, and mends what may be a slip of the pen: `127.1`,
        // `%61.example`, a line break.
        Some(Host::Domain(name))
            if !is_written(name, text) || ServerName::try_from(name).is_err() =>
        {
            Err(NO_HOST)
        }
        Some(Host::Ipv4(address)) if !is_written(&address.to_string(), text) => Err(NO_HOST),
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) => Ok(url),
        None => Err(NO_HOST),
    }
}

fn is_written(host: &str, text: &str) -> bool {
    text.to_ascii_lowercase().contains(host)
}
