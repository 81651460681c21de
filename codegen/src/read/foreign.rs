//! Keywords of schemas that other drafts and dialects have → what to write here instead.
//!
//! Advice is followed to the letter, so it never gives up what the keyword says: where nothing here
//! says the same, the advice says what is lost.

use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Kind, Member};
use crate::read::reader::Reader;

/// Keywords of JSON Schema 2020-12 and of OpenAPI's base dialect that have no code here.
const UNSUPPORTED: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "$vocabulary",
    "additionalProperties",
    "contentEncoding",
    "discriminator",
    "example",
    "externalDocs",
    "nullable",
    "patternProperties",
    "prefixItems",
    "readOnly",
    "unevaluatedItems",
    "unevaluatedProperties",
    "writeOnly",
    "xml",
];

/// Keywords of other drafts, and words that people take for keywords.
const ELSEWHERE: &[&str] = &[
    "$recursiveAnchor",
    "$recursiveRef",
    "additionalItems",
    "allowEmptyValue",
    "collectionFormat",
    "definitions",
    "dependencies",
    "disallow",
    "divisibleBy",
    "extends",
    "id",
    "length",
    "note",
    "optional",
    "x-enum-varnames",
    "x-nullable",
];

/// Whether `additionalProperties` among the members of a schema says that it is a map. Beside members of
/// its own it has to say of which type the others are, which then is that of all.
pub(super) fn is_map(members: &[Member]) -> bool {
    let has_members = members.iter().any(|member| member.key == "properties");
    let says = |member: &Member| match member.value.kind {
        Kind::Boolean(holds) => holds && !has_members,
        Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::Array(_) | Kind::Object(_) => true,
    };
    members.iter().any(|member| member.key == "additionalProperties" && says(member))
}

/// Reports the keywords of a schema that only others know.
pub(super) fn report(reader: &mut Reader<'_>, sink: &mut Sink) {
    let is_map = is_map(reader.members());
    let is_known = |member: &&Member| is_map && member.key == "additionalProperties";
    for member in reader.refused(UNSUPPORTED).into_iter().filter(|member| !is_known(member)) {
        let keyword = &member.key;
        let message = format!("the generator has no code for the keyword `{keyword}`");
        let help = instead_of(member);
        sink.error_with_help(Code::UnsupportedKeyword, member.key_origin, message, help);
    }
    for member in reader.refused(ELSEWHERE) {
        let message = format!("`{}` is not a key of a schema", member.key);
        sink.error_with_help(Code::UnknownKey, member.key_origin, message, instead_of(member));
    }
}

/// What to write instead of a member that says something to others.
fn instead_of(member: &Member) -> String {
    let value = &member.value;
    let is = |boolean| matches!(value.kind, Kind::Boolean(found) if found == boolean);
    let help = match member.key.as_str() {
        "$schema" => "leave it out: every schema here is of the draft 2020-12",
        "$id" | "id" => "leave it out: a schema has the name of its file",
        "$anchor" => "leave it out; a `$ref` names a part of its file by a JSON pointer",
        "$vocabulary" | "$dynamicAnchor" | "$recursiveAnchor" => {
            "leave it out: it says nothing where there are no `$dynamicRef`s"
        }
        "$dynamicRef" | "$recursiveRef" => {
            "no schema here extends another one, so that a `$ref` to the schema itself says the same"
        }
        "additionalProperties" | "unevaluatedProperties" if is(false) => {
            "leave it out: a type has just the members in `properties`"
        }
        "additionalProperties" | "unevaluatedProperties" if is(true) => {
            "leave it out: in a response, members that `properties` does not name are passed over"
        }
        "unevaluatedProperties" | "patternProperties" => MAP,
        "additionalItems" | "prefixItems" | "unevaluatedItems" => {
            "the generator has lists whose items are all of one type only; `items` is their schema"
        }
        "allowEmptyValue" => "say with `minLength` whether the text may be empty",
        "collectionFormat" => "leave it out: lists travel as the service's other lists do",
        "contentEncoding" => "leave it out, and say in the `description` how the text is encoded",
        "definitions" => "did you mean `$defs`? The `$ref`s to what is in it name it, too",
        "dependencies" => return dependencies(value),
        "optional" | "readOnly" | "writeOnly" | "nullable" | "x-nullable"
            if is(false) && member.key != "optional" =>
        {
            "leave it out: `false` says nothing"
        }
        "disallow" => "write `not`, with a schema that has the `type`",
        "discriminator" => {
            "the generator has no unions; the one schema that a value has says it all"
        }
        "divisibleBy" => "did you mean `multipleOf`?",
        "example" => return format!("write `\"examples\": [{}]` instead", value.to_value()),
        "extends" => "write `allOf`, with a list of the schemas",
        "externalDocs" => "leave it out, and name the page in the `description`",
        "length" => return length(value),
        "note" => "did you mean `x-document`? Its value is `{ \"note\": \"…\" }`",
        "nullable" | "x-nullable" => {
            "leave it out: what `required` does not name may be left out of a request, and `null` in a \
             response is taken for absent"
        }
        "optional" if is(false) => {
            "name the property in `required` of the object that it belongs to, and leave this out"
        }
        "optional" => {
            "leave it out: a property is optional unless its object's `required` names it"
        }
        "readOnly" | "writeOnly" => {
            "leave it out: requests and responses have schemas of their own here"
        }
        "x-enum-varnames" => "leave it out: variants are named after their values",
        "xml" => "leave it out: requests and answers have no XML",
        _ => "specs/README.md lists the keywords that it understands",
    };
    help.to_owned()
}

/// Objects with free keys.
const MAP: &str = "a type has either the members in `properties` or, with `additionalProperties`, values \
                   of one type under any names; what this keyword says besides is lost without it";

/// Draft 7 has one keyword for two things.
fn dependencies(value: &Json) -> String {
    let Kind::Object(members) = &value.kind else {
        return "write `dependentRequired`, with a list of names for each name".to_owned();
    };
    let lists = members.iter().filter(|member| matches!(member.value.kind, Kind::Array(_)));
    let schemas = members
        .iter()
        .filter(|member| matches!(member.value.kind, Kind::Object(_) | Kind::Boolean(_)));
    match (lists.count(), schemas.count()) {
        (lists, 0) if lists == members.len() => "did you mean `dependentRequired`?".to_owned(),
        (0, schemas) if schemas == members.len() => "did you mean `dependentSchemas`?".to_owned(),
        _ => "write the lists of names into `dependentRequired`, a name alone as a list of one, and the \
              schemas into `dependentSchemas`"
            .to_owned(),
    }
}

/// There is no keyword for an exact length.
fn length(value: &Json) -> String {
    let length = value.to_value();
    format!("write `\"minLength\": {length}` and `\"maxLength\": {length}` instead")
}

/// What to write instead of a boolean where a number belongs, as draft 4 has it.
pub(super) fn exclusive(key: &str, value: bool, members: &[Member]) -> String {
    let bound = if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
    let digits = members.iter().find(|member| member.key == bound);
    let digits = digits.map(|member| member.value.to_value().to_string());
    match digits {
        Some(digits) if value => {
            format!("write `{digits}`, and leave `{bound}` out: the number is the bound itself")
        }
        _ => format!("leave `{key}` out: it is the bound itself, a number"),
    }
}

/// What to write instead of a boolean in the place of a list of names, as draft 3 has it.
pub(super) fn required(value: bool) -> &'static str {
    if value {
        "name the property in `required` of the object that it belongs to, and leave this out"
    } else {
        "leave `required` out: a property is optional unless its object's `required` names it"
    }
}
