//! What is said of a service as a whole → `openapi.json`.

use std::collections::{BTreeMap, BTreeSet};

use super::access::Schemes;
use super::node::Node;
use super::published::{Endpoint, Published};
use super::reasons::{LeftOut, Repair};
use super::report::Report;
use crate::travel::Style;

/// Two services of one package cannot stand side by side, so the version is in the name.
pub(super) fn package(published: &Published) -> String {
    let digits: String = published.version.chars().filter(char::is_ascii_digit).collect();
    format!("alibabacloud-{}-{digits}", plain(&published.product))
}

/// The folder of the service.
pub(super) fn folder(published: &Published) -> String {
    format!("{}-{}", plain(&published.product), published.version)
}

/// The product in small letters, digits and dashes.
fn plain(product: &str) -> String {
    let small = product.to_ascii_lowercase();
    let words = small.split(|found: char| !found.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// `openapi.json`, with these lines of the index.
pub(super) fn document(
    published: &Published,
    style: Style,
    package: &str,
    envelope: Option<Node>,
    paths: Vec<(String, Node)>,
    schemes: Schemes,
    report: &mut Report,
) -> Node {
    let mut info = vec![
        ("title".to_owned(), Node::text(format!("Alibaba Cloud {}", published.product))),
        ("version".to_owned(), Node::text(&published.version)),
        ("x-product".to_owned(), Node::text(&published.product)),
        ("x-package".to_owned(), Node::text(package)),
    ];
    if style == Style::Roa {
        info.push(("x-style".to_owned(), Node::text("ROA")));
    }
    info.extend(envelope.map(|envelope| ("x-envelope".to_owned(), envelope)));
    info.push(("x-imported".to_owned(), Node::bare(true)));
    let mut members = vec![
        ("openapi".to_owned(), Node::text("3.2.0")),
        ("info".to_owned(), Node::Object(info)),
        ("servers".to_owned(), Node::List(servers(&published.endpoints, report))),
        ("paths".to_owned(), Node::Object(paths)),
    ];
    members.extend(schemes.declared());
    Node::Object(members)
}

/// The region that a text names.
pub(super) fn region(text: &str) -> Option<&str> {
    let region = text.trim();
    (!region.is_empty() && region.chars().all(is_plain)).then_some(region)
}

/// The host that a text names.
pub(super) fn host(text: &str) -> Option<String> {
    let host = text.trim().to_ascii_lowercase();
    let is_host = |host: &String| {
        host.contains('.') && host.chars().all(|found| is_plain(found) || found == '.')
    };
    Some(host).filter(is_host)
}

fn is_plain(found: char) -> bool {
    found.is_ascii_lowercase() || found.is_ascii_digit() || found == '-'
}

/// The hosts, each with its regions.
fn servers(endpoints: &[Endpoint], report: &mut Report) -> Vec<Node> {
    let mut hosts: Vec<(String, BTreeSet<&str>)> = Vec::new();
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for endpoint in endpoints {
        let said = endpoint.host.as_deref().unwrap_or_default();
        let (Some(region), Some(host)) = (region(&endpoint.region), host(said)) else {
            report.leave_out(endpoint.spot.own, LeftOut::Nameless);
            continue;
        };
        match known.get(region) {
            Some(first) if *first == host => {
                report.merge(endpoint.spot.own, Repair::HostTwice);
                continue;
            }
            Some(_) => {
                report.leave_out(endpoint.spot.own, LeftOut::SecondHost);
                continue;
            }
            None => report.carry(endpoint.spot.own),
        }
        known.insert(region, host.clone());
        match hosts.iter_mut().find(|(name, _)| *name == host) {
            Some((_, regions)) => drop(regions.insert(region)),
            None => hosts.push((host, BTreeSet::from([region]))),
        }
    }
    let server = |(host, regions): (String, BTreeSet<&str>)| {
        let regions = regions.into_iter().map(Node::text).collect();
        Node::Object(vec![
            ("url".to_owned(), Node::Text(format!("https://{host}"))),
            ("x-regions".to_owned(), Node::List(regions)),
        ])
    };
    hosts.into_iter().map(server).collect()
}
