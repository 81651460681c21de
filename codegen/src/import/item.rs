//! Where each parameter of an operation stands, and by which method it is called.

use super::ledger::Spot;
use super::published::{Operation, Parameter, Schema};
use super::reasons::{LeftOut, Repair};
use super::report::Report;
use super::types::{Side, Types};
use crate::travel::{Method, Place, Style};

/// A parameter in its place.
#[derive(Debug)]
pub(super) struct Item<'p> {
    pub(super) place: Place,
    pub(super) wire: String,
    pub(super) style: Option<&'p str>,
    pub(super) schema: &'p Schema,
    pub(super) required: bool,
    /// Whether it is required once something else of the body is given.
    pub(super) goes_along: bool,
    /// The Rust name that it needs.
    pub(super) name: Option<String>,
    /// Where it stands in the metadata.
    pub(super) spot: Spot,
}

impl Item<'_> {
    /// What a spec calls it: nothing travels under the name of a body.
    pub(super) fn name(&self) -> &str {
        match self.place {
            Place::Body(_) => "body",
            Place::Query
            | Place::Form
            | Place::Header
            | Place::Path
            | Place::WholePath
            | Place::Member => &self.wire,
        }
    }
}

/// What a path parameter is of which nobody says anything.
pub(super) static TEXT: std::sync::LazyLock<Schema> = std::sync::LazyLock::new(|| Schema {
    type_: Some("string".to_owned()),
    required: true,
    ..Schema::default()
});

/// POST if the operation allows it, else its first method.
pub(super) fn method(operation: &Operation) -> Method {
    let known = |name: &String| {
        let name = name.to_ascii_lowercase();
        Method::ALL.iter().find(|(key, _)| *key == name).map(|(_, method)| *method)
    };
    let methods: Vec<Method> = operation.methods.iter().filter_map(known).collect();
    if methods.contains(&Method::Post) {
        return Method::Post;
    }
    methods.first().copied().unwrap_or(Method::Post)
}

/// The places where a parameter's members stand: several, if it is the body and an object.
pub(super) fn placed<'p>(
    parameter: &'p Parameter,
    method: Method,
    style: Style,
    types: &Types<'p>,
    has_one_body: bool,
    report: &mut Report,
) -> Vec<Item<'p>> {
    let item = |place: Place| Item {
        place,
        wire: parameter.name.clone(),
        style: parameter.style.as_deref(),
        schema: &parameter.schema,
        required: parameter.schema.required,
        goes_along: false,
        name: None,
        spot: parameter.spot,
    };
    let shown = parameter.spot.own;
    let has_body = method.has_body();
    match (parameter.place.as_str(), style) {
        ("path" | "header", _) if !types.is_scalar(&parameter.schema) => {
            report.repair(Repair::TakenForText, shown);
            report.carry(parameter.schema.spot.own);
            report.carry_key(parameter.schema.spot, "required");
            let place = match parameter.place.as_str() {
                "header" => Place::Header,
                _ if style == Style::Roa => Place::Path,
                _ => Place::Query,
            };
            vec![Item { schema: &TEXT, ..item(place) }]
        }
        ("path", Style::Roa) => vec![item(Place::Path)],
        ("path", Style::Rpc) => {
            report.repair(Repair::PathIntoQuery, shown);
            vec![item(Place::Query)]
        }
        ("header", _) => vec![item(Place::Header)],
        ("formData", _) if has_body => vec![item(Place::Form)],
        ("formData", _) => {
            report.repair(Repair::BodyIntoQuery, shown);
            vec![item(Place::Query)]
        }
        ("body", _) => {
            if !has_body {
                report.repair(Repair::BodyIntoQuery, shown);
            }
            if !has_one_body {
                report.repair(Repair::SeveralBodies, shown);
                return vec![item(if has_body { Place::Member } else { Place::Query })];
            }
            if let Some(properties) = types.members_of(&parameter.schema) {
                let place = if has_body { Place::Member } else { Place::Query };
                let member = |(wire, schema): &'p (String, Schema)| Item {
                    place,
                    wire: wire.clone(),
                    style: (!has_body).then_some("json"),
                    schema,
                    required: schema.required && parameter.schema.required,
                    goes_along: schema.required && !parameter.schema.required,
                    name: None,
                    spot: schema.spot,
                };
                reach_body(parameter, properties, types, report);
                return properties.iter().map(member).collect();
            }
            if !has_body {
                return vec![Item { style: Some("json"), ..item(Place::Query) }];
            }
            vec![item(Place::Body(types.media(&parameter.schema)))]
        }
        (place, _) => {
            if place != "query" {
                report.repair(Repair::UnknownPlace, shown);
            }
            vec![item(Place::Query)]
        }
    }
}

/// Accounts for a body of which the members are the parameters.
fn reach_body(
    parameter: &Parameter,
    members: &[(String, Schema)],
    types: &Types<'_>,
    report: &mut Report,
) {
    types.reach(&parameter.schema, Side::Sent, report);
    let has_required = members.iter().any(|(_, schema)| schema.required);
    if has_required {
        report.carry_key(parameter.schema.spot, "required");
    } else {
        report.leave_out_key(parameter.schema.spot, "required", LeftOut::BodyRequired);
    }
}
