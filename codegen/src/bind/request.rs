//! What an operation sends: the parameters of all places as members of one object, each with its way.

use std::collections::BTreeSet;

use super::operation::object_only;
use super::references::Resolved;
use super::{members, travel};
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::dialect::{self, Holder};
use crate::english::code;
use crate::model::security::Security;
use crate::read::request::{Part, RequestItem};
use crate::read::schema::{Property, Schema};
use crate::source::Spanned;
use crate::travel::{Encoding, Media, Place, Travel};

/// The name of the member that a body is, which is one value.
pub(super) const BODY: &str = "body";

/// Reports keywords that have no meaning where they stand.
pub(super) fn check(request: &RequestItem, sink: &mut Sink) {
    let is_root = |schema: &Schema| request.root().is_some_and(|root| std::ptr::eq(root, schema));
    for part in &request.parts {
        match part.place {
            Place::Query | Place::Form | Place::Member => {
                let what = what(part.place);
                object_only(&part.schema, what, sink);
                let place = if is_root(&part.schema) {
                    dialect::Place::Request
                } else {
                    dialect::Place::RequestPart
                };
                let article = crate::english::with_article(what);
                if place == dialect::Place::RequestPart {
                    part.schema.check_rules_elsewhere(&article, sink);
                } else {
                    part.schema.check_keywords(place, &article, sink);
                }
            }
            // Its keywords are those of a value.
            Place::Header | Place::Path | Place::WholePath | Place::Body(_) => {}
        }
    }
    if let Some(requirements) = &request.requirements {
        requirements.check_keywords(dialect::Place::Requirements, "`x-requirements`", sink);
    }
}

/// What sentences call an object of parameters.
pub(super) fn what(place: Place) -> &'static str {
    match place {
        Place::Query => "request",
        Place::Form => "form",
        Place::Member | Place::Body(Media::Json) => "body",
        Place::Body(Media::Text) => "text body",
        Place::Body(Media::Bytes) => "body of bytes",
        Place::Header => "header",
        Place::Path | Place::WholePath => "path",
    }
}

/// The members of the request, in the order of the text.
pub(super) fn members(
    resolved: &Resolved,
    request: &RequestItem,
    security: &Security,
    sink: &mut Sink,
) -> Vec<Member> {
    let is_anonymous = *security == Security::Anonymous;
    let mut all: Vec<Member> = Vec::new();
    for part in &request.parts {
        let mut found = match part.place {
            Place::Body(media) => whole(resolved, part, media, sink).into_iter().collect(),
            Place::Query
            | Place::Form
            | Place::Header
            | Place::Path
            | Place::WholePath
            | Place::Member => members::bind(resolved, &part.schema, Holder::Request, sink),
        };
        for member in &mut found {
            let place = place_of(member, part.place, request);
            member.travel = Some(Travel { place, encoding: Encoding::Indexed });
            if request.is_named_apart() {
                member.label = member.rust_name.as_ref().map(|name| name.value.clone());
            }
        }
        travel::encode(resolved, part, &mut found, sink);
        travel::report_places(resolved, part.place, &found, is_anonymous, sink);
        all.extend(found);
    }
    report_repeated(&all, sink);
    all
}

/// Where a member stands: a parameter of the path may be all of it.
fn place_of(member: &Member, place: Place, request: &RequestItem) -> Place {
    let whole = request.whole_path.as_ref();
    match place {
        Place::Path if whole.is_some_and(|whole| whole.value == member.name.value) => {
            Place::WholePath
        }
        _ => place,
    }
}

/// The member that the whole body is.
fn whole(resolved: &Resolved, part: &Part, media: Media, sink: &mut Sink) -> Option<Member> {
    let name = Spanned { value: BODY.to_owned(), origin: part.origin };
    let property = Property { name, schema: part.schema.clone() };
    members::bind_body(resolved, &property, (media, part.required), Holder::Request, sink)
}

/// Reports names that stand twice in one place, and those that stand in two without being told apart.
fn report_repeated(members: &[Member], sink: &mut Sink) {
    let mut sent = BTreeSet::new();
    let mut called = BTreeSet::new();
    for member in members {
        let place = member.travel.map(|travel| travel.place);
        if !sent.insert((place, &member.name.value)) {
            let message = format!("{} stands twice in one place", code(&member.name.value));
            let help = "leave one of them out: no call can say both";
            sink.error_with_help(Code::NameCollision, member.name.origin, message, help);
        } else if !called.insert(member.label()) {
            let message = format!("{} stands in two places", code(member.label()));
            let help = "write `x-name` in the schema of one of them: rules, calls and people then know \
                        it by that name";
            sink.error_with_help(Code::NameCollision, member.name.origin, message, help);
        }
    }
}

/// The parameter that makes repeating a request safe.
pub(super) fn idempotency_parameter(request: &RequestItem, sink: &mut Sink) -> Option<String> {
    let mut found: Option<String> = None;
    for part in &request.parts {
        if let (Place::Body(_), Some(mark)) = (part.place, &part.schema.idempotency_token) {
            let message = "a body is no idempotency token";
            sink.error_with_help(Code::InvalidValue, mark.origin, message, "leave the key out");
        }
    }
    for property in request.parts.iter().flat_map(|part| &part.schema.properties) {
        let Some(mark) = &property.schema.idempotency_token else { continue };
        if !mark.value {
            let message = "only `true` says something here";
            sink.error_with_help(Code::InvalidValue, mark.origin, message, "leave the key out");
        } else if let Some(first) = &found {
            let message = format!("`{first}` is this request's idempotency token already");
            sink.error(Code::InvalidValue, mark.origin, message);
        } else if !has_room_for_uuid(&property.schema) {
            let message = "an idempotency token has room for a UUID, which calls make up";
            let help = "write a `maxLength` of at least 36";
            sink.error_with_help(Code::InvalidValue, mark.origin, message, help);
        } else {
            let name = &property.name.value;
            let own = property.schema.rust_name.as_ref().filter(|_| request.is_named_apart());
            found = Some(own.map_or(name, |own| &own.value).clone());
        }
    }
    found
}

fn has_room_for_uuid(schema: &Schema) -> bool {
    schema.limits().max_length.as_ref().is_none_or(|length| length.value >= 36)
}
