//! What is said of a service as a whole: its names, its hosts, and what was left out on purpose.

use std::collections::BTreeSet;

use super::references::Resolved;
use crate::bound::{Host, Service};
use crate::diagnostic::{Code, Sink};
use crate::model::Network;
use crate::read::document::{Document, Server};

/// Binds what `openapi.json` says besides the paths.
pub(super) fn bind(resolved: &Resolved, sink: &mut Sink) -> Service {
    let document = &resolved.document;
    let hosts = document.servers.iter().filter_map(|server| host(server, sink)).collect();
    report_repeated_regions(document, sink);
    report_omitted(resolved, sink);
    Service {
        title: document.title.value.clone(),
        product: document.product.clone(),
        package: document.package.clone(),
        version: document.version.value.clone(),
        description: document.description.as_ref().map(|text| text.value.clone()),
        hosts,
        omitted: document.omitted.iter().map(|omitted| omitted.name.clone()).collect(),
    }
}

fn host(server: &Server, sink: &mut Sink) -> Option<Host> {
    let host = server.url.value.strip_prefix("https://").filter(|host| {
        let (name, port) = host.split_once(':').unwrap_or((host, "443"));
        let allowed = |found: char| found.is_ascii_alphanumeric() || found == '-';
        let is_label = |label: &str| !label.is_empty() && label.chars().all(allowed);
        name.split('.').all(is_label) && port.parse::<u16>().is_ok()
    });
    if host.is_none() {
        sink.error_with_help(
            Code::InvalidValue,
            server.url.origin,
            "a server is `https://` and a host",
            "write `https://<host>`, without a path",
        );
    }
    let network = match &server.network {
        None => Some(Network::Public),
        Some(network) => match network.value.as_str() {
            "public" => Some(Network::Public),
            "vpc" => Some(Network::Vpc),
            other => {
                let message = format!("`{other}` is not a network");
                let help = "write `public` or `vpc`";
                sink.error_with_help(Code::InvalidValue, network.origin, message, help);
                None
            }
        },
    };
    let regions: Vec<String> = server.regions.iter().map(|region| region.value.clone()).collect();
    let is_noted = server.note.is_some();
    Some(Host { name: host?.to_owned(), network: network?, regions, is_noted })
}

/// A region has one host in each network.
fn report_repeated_regions(document: &Document, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for server in &document.servers {
        let network = server.network.as_ref().map_or("public", |network| network.value.as_str());
        for region in &server.regions {
            if !seen.insert((network, &region.value)) {
                let message =
                    format!("`{}` has a host in the network `{network}` already", region.value);
                sink.error(Code::InvalidValue, region.origin, message);
            }
        }
    }
}

/// What was left out on purpose comes back only by a decision.
fn report_omitted(resolved: &Resolved, sink: &mut Sink) {
    let operations = resolved.operations.iter();
    let whole = operations.flat_map(|(_, item)| item.schemas());
    let shared = resolved.types().iter().map(|named| &named.schema);
    for property in whole.chain(shared).flat_map(|schema| &schema.properties) {
        let mut omitted = resolved.document.omitted.iter();
        let Some(omitted) = omitted.find(|omitted| omitted.name == property.name.value) else {
            continue;
        };
        let message = format!("`{}` was left out on purpose: {}", omitted.name, omitted.note);
        let help = "delete it here, or in `x-omitted-parameters` of `openapi.json`";
        sink.error_with_help(Code::InvalidName, property.name.origin, message, help);
    }
}
