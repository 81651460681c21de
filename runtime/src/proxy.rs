//! Which proxy stands before an endpoint: the builder's, or the one that the environment names.
//!
//! Knows neither HTTP nor TLS. A proxy's URL may hold a password, so nothing shows it.

use std::env;
use std::ffi::OsString;
use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::endpoint::{self, EndpointError, Target};

/// What a builder says of proxies.
#[derive(Clone)]
pub(crate) enum Choice {
    /// The environment decides.
    Environment,
    /// There is none, whatever the environment says.
    Direct,
    /// It is this one, whatever the environment says.
    Url(SecretString),
}

/// A proxy, checked.
pub(crate) struct Proxy {
    /// With a user and a password, when they are given.
    pub(crate) url: SecretString,
    /// Whether it is spoken to without TLS.
    pub(crate) plain: bool,
    /// Host and port.
    pub(crate) address: String,
    /// The environment variable that names it, or the builder's method.
    pub(crate) named_by: &'static str,
}

/// Gives the value of an environment variable.
type Lookup<'a> = dyn Fn(&str) -> Option<OsString> + 'a;

impl Choice {
    /// The proxy of an endpoint. The environment's is for other machines only.
    pub(crate) fn proxy(&self, target: &Target) -> Result<Option<Proxy>, EndpointError> {
        match self {
            Self::Direct => Ok(None),
            Self::Url(url) => of_url(url, ".proxy(…)").map(Some),
            Self::Environment if target.is_loopback() => Ok(None),
            Self::Environment => of_environment(target, &|name| env::var_os(name)),
        }
    }
}

fn of_environment(target: &Target, lookup: &Lookup<'_>) -> Result<Option<Proxy>, EndpointError> {
    let set = |name: &&str| lookup(name).filter(|value| !value.is_empty());
    let names: &[&'static str] = match target.is_plain() {
        // To a program that a web server starts, a visitor's header `Proxy` is this variable.
        true if lookup("REQUEST_METHOD").is_some() => &["http_proxy", "ALL_PROXY", "all_proxy"],
        true => &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
        false => &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
    };
    let Some((name, value)) = names.iter().find_map(|name| Some((*name, set(name)?))) else {
        return Ok(None);
    };
    let exceptions = ["NO_PROXY", "no_proxy"].iter().find_map(set).unwrap_or_default();
    if is_excepted(target, &exceptions.to_string_lossy()) {
        return Ok(None);
    }
    match value.into_string() {
        Ok(url) => of_url(&url.into(), name).map(Some),
        Err(_) => Err(EndpointError::Proxy { named_by: name, reason: "it is not UTF-8" }),
    }
}

/// A proxy that somebody names: `http://host:port`, `host:port`, `https://user:password@host`.
fn of_url(url: &SecretString, named_by: &'static str) -> Result<Proxy, EndpointError> {
    let invalid = |reason| EndpointError::Proxy { named_by, reason };
    let text = url.expose_secret().trim();
    let (_, rest) = text.split_once("://").unwrap_or(("", text));
    let behind = rest.find(['/', '\\', '?', '#']).map_or("", |end| &rest[end..]);
    if behind.contains('@') || rest.contains(char::is_control) {
        return Err(invalid("user and password have a character that has to be escaped with `%`"));
    }
    let url = endpoint::parse(text, "http").map_err(invalid)?;
    let host = url.host_str().unwrap_or_default();
    let address = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
    let plain = url.scheme() == "http";
    let url = Zeroizing::new(String::from(url));
    Ok(Proxy { url: url.as_str().into(), plain, address, named_by })
}

/// Whether a list as `NO_PROXY` has it names an endpoint: `*`, `host` with all below it, `.host`,
/// `*.host`, an address, a network as `10.0.0.0/8`; each but the last with a port, too.
fn is_excepted(target: &Target, list: &str) -> bool {
    let (host, port) = target.authority();
    let entries = list.split(|at: char| at == ',' || at.is_whitespace());
    entries.filter(|entry| !entry.is_empty()).any(|entry| {
        if let Some(address) = address(host) {
            return names_address(entry, address, port);
        }
        let (name, only) = split_port(entry).unwrap_or((entry, None));
        only.is_none_or(|only| only == port) && names_host(&name.to_ascii_lowercase(), host)
    })
}

/// The host, in brackets when it is an IPv6 address, and the port.
fn split_port(entry: &str) -> Option<(&str, Option<u16>)> {
    let end = entry.find(']').map_or(0, |end| end + 1);
    match entry[end..].find(':') {
        None => Some((entry, None)),
        Some(colon) => {
            let port = entry[end + colon + 1..].parse().ok().filter(|port| *port > 0)?;
            Some((&entry[..end + colon], Some(port)))
        }
    }
}

fn names_host(entry: &str, host: &str) -> bool {
    if let Some(end) = entry.strip_prefix('*') {
        return host.ends_with(end);
    }
    let name = entry.strip_prefix('.').unwrap_or(entry);
    let name = name.strip_suffix('.').unwrap_or(name);
    let before = host.strip_suffix(name);
    !name.is_empty() && before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn names_address(entry: &str, host: IpAddr, port: u16) -> bool {
    if let Some((network, length)) = entry.split_once('/') {
        return address(network)
            .zip(length.parse().ok())
            .is_some_and(|(network, length)| is_within(host, network, length));
    }
    if let Some(found) = address(entry) {
        return found == host;
    }
    let (name, only) = split_port(entry).unwrap_or((entry, None));
    let found = name == "*" || address(name) == Some(host);
    found && only.is_none_or(|only| only == port)
}

/// An IP address, an IPv6 one in brackets or not.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    bare.unwrap_or(text).parse().ok()
}

/// Whether the first bits of an address are those of a network.
fn is_within(host: IpAddr, network: IpAddr, length: u32) -> bool {
    let (differing, bits) = match (host, network) {
        (IpAddr::V4(host), IpAddr::V4(network)) => {
            (u128::from(host.to_bits() ^ network.to_bits()), 32)
        }
        (IpAddr::V6(host), IpAddr::V6(network)) => (host.to_bits() ^ network.to_bits(), 128),
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => return false,
    };
    length <= bits && differing.checked_shr(bits - length).unwrap_or_default() == 0
}
