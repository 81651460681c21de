//! Who may call → `security`, and the schemes that it names.

use std::collections::BTreeSet;

use super::node::Node;
use super::published::Operation;
use super::reasons::Repair;
use super::report::Report;
use super::types::Members;

/// The access key, which nearly all operations ask for.
pub(super) const KEY: &str = "AK";

pub(super) const BEARER: &str = "BearerToken";

/// What nobody has to prove.
pub(super) const NOBODY: [&str; 2] = ["Anonymous", "ARS_OIDC"];

/// Schemes of the gateway that the runtime lacks.
const LACKED: [&str; 2] = ["APP", "PrivateKey"];

/// The schemes that operations of a service name.
#[derive(Debug, Default)]
pub(super) struct Schemes(BTreeSet<String>);

impl Schemes {
    /// `security` of an operation; nothing where a key signs, as the document says.
    pub(super) fn of(
        &mut self,
        operation: &Operation,
        report: &mut Report,
    ) -> Option<(String, Node)> {
        let names: Vec<&str> = operation.security.iter().map(String::as_str).collect();
        let is_served = |name: &&str| *name == KEY || *name == BEARER || NOBODY.contains(name);
        let first = names.iter().find(|name| is_served(name));
        let is_of_gateway = |name: &&str| is_served(name) || LACKED.contains(name);
        let wanted: Vec<&str> = match first {
            Some(first) if NOBODY.contains(first) => {
                let nobody = Node::List(vec![Node::Object(Vec::new())]);
                return Some(("security".to_owned(), nobody));
            }
            // What proves nothing is no second way.
            Some(_) => names.into_iter().filter(|name| !NOBODY.contains(name)).collect(),
            None if names.is_empty() => vec![KEY],
            None if names.iter().any(is_of_gateway) => names,
            None => {
                report.repair(Repair::OwnScheme, operation.spot.own);
                vec![KEY]
            }
        };
        let mut distinct: Vec<&str> = Vec::new();
        for name in wanted {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        if distinct == [KEY] {
            return None;
        }
        self.0.extend(distinct.iter().map(|name| (*name).to_owned()));
        let listed = distinct.iter().map(|name| Node::member(name, Node::List(Vec::new())));
        Some(("security".to_owned(), Node::List(listed.collect())))
    }

    /// `security` and `components` of the document.
    pub(super) fn declared(mut self) -> Members {
        self.0.insert(KEY.to_owned());
        let http = |scheme: &str| {
            Node::Object(vec![
                ("type".to_owned(), Node::text("http")),
                ("scheme".to_owned(), Node::text(scheme)),
            ])
        };
        let declared = self.0.into_iter().map(|name| {
            let scheme = match name.as_str() {
                KEY => http("ACS3-HMAC-SHA256"),
                BEARER => http("bearer"),
                other => Node::Object(vec![
                    ("type".to_owned(), Node::text("apiKey")),
                    ("name".to_owned(), Node::text(other)),
                    ("in".to_owned(), Node::text("header")),
                ]),
            };
            (name, scheme)
        });
        let schemes = Node::Object(declared.collect());
        let key = Node::member(KEY, Node::List(Vec::new()));
        vec![
            ("security".to_owned(), Node::List(vec![key])),
            ("components".to_owned(), Node::member("securitySchemes", schemes)),
        ]
    }
}
