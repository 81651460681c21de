//! Where requests go: a region's documented host, or an endpoint that somebody names.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::meta::{Endpoint, Network};

/// Scheme and host, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) plain: bool,
    /// As the `host` header has it: lower-case, and with the port unless it is the scheme's own.
    pub(crate) host: String,
    pub(crate) loopback: bool,
}

impl Target {
    /// The URL without a path.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.plain { "http" } else { "https" };
        format!("{scheme}://{}", self.host)
    }

    /// The host, in brackets when it is an IPv6 address, and the port.
    pub(crate) fn authority(&self) -> (&str, u16) {
        let (name, port) = split_port(&self.host).unwrap_or((&self.host, None));
        (name, port.unwrap_or(if self.plain { 80 } else { 443 }))
    }
}

/// Why it is not known where to send requests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// Neither a region nor an endpoint was named.
    Missing,
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
}

impl fmt::Display for EndpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => {
                formatter.write_str("name a region with `.region(…)` or a host with `.endpoint(…)`")
            }
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
        Some(found) => Ok(Target { plain: false, host: found.host.to_owned(), loopback: false }),
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
    let (plain, rest) = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (false, rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (true, rest),
        Some(_) => return Err(invalid("the scheme is neither `https` nor `http`")),
        None => (false, text),
    };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '?', '#', '@']) {
        return Err(invalid("it has more than a scheme, a host and a port"));
    }
    let (name, port) = split_port(authority).ok_or_else(|| invalid("the port is not a number"))?;
    let name = name.to_ascii_lowercase();
    let loopback = is_loopback(&name).ok_or_else(|| invalid("the host is not a host name"))?;
    let default = if plain { 80 } else { 443 };
    let host = match port {
        Some(port) if port != default => format!("{name}:{port}"),
        _ => name,
    };
    if plain && !loopback && !allow_http {
        return Err(EndpointError::Plain { host });
    }
    Ok(Target { plain, host, loopback })
}

/// The host, in brackets when it is an IPv6 address, and the port.
pub(crate) fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let end = authority.find(']').map_or(0, |end| end + 1);
    match authority[end..].find(':') {
        None => Some((authority, None)),
        Some(colon) => {
            let digits = &authority[end + colon + 1..];
            let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
            let port = digits.parse().ok().filter(|port| all_digits && *port > 0)?;
            Some((&authority[..end + colon], Some(port)))
        }
    }
}

/// Whether a host is this machine; `None` when it is no host.
pub(crate) fn is_loopback(name: &str) -> Option<bool> {
    if let Some(address) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().ok().map(|address| address.is_loopback());
    }
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        return Some(address.is_loopback());
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_label = |label: &str| {
        let hyphens = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && label.bytes().all(allowed) && !hyphens
    };
    // What ends in a number would be read as some spelling of an address.
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_number = last.starts_with(|first: char| first.is_ascii_digit());
    let is_name = name.len() <= 253 && name.split('.').all(is_label) && !is_number;
    is_name.then_some(name == "localhost")
}
