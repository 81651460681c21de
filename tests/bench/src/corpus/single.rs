//! The API as other generators read it: one document, a path and a JSON body for each operation.

use super::json::{Pair, list, object, pair, reference, text, texts};
use super::{Corpus, Enum, Item, Member, Operation, Type, folder};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V3_0,
    V3_1,
}

pub(super) fn document(corpus: &Corpus, version: Version) -> String {
    let number = match version {
        Version::V3_0 => "3.0.3",
        Version::V3_1 => "3.1.0",
    };
    let server = object([pair("url", text("https://corpus.cn-hangzhou.example.com"))]);
    let paths = corpus.operations.iter().map(path);
    let mut schemas: Vec<Pair> = corpus.shared.iter().map(enumeration).collect();
    for operation in &corpus.operations {
        schemas.push(enumeration(&operation.kind));
        schemas.push(structure(&operation.item, version));
        schemas.push(request(operation, version));
        schemas.push(response(operation, version));
    }
    schemas.push(error());
    let document = object([
        pair("openapi", text(number)),
        pair("info", folder::info(None)),
        pair("servers", list([server])),
        pair("paths", object(paths)),
        pair("components", object([pair("schemas", object(schemas))])),
    ]);
    document + "\n"
}

fn path(operation: &Operation) -> Pair {
    let Operation { id, summary, description, .. } = operation;
    let json = |schema: &str| {
        let content =
            object([pair("schema", reference(&format!("#/components/schemas/{schema}")))]);
        pair("content", object([pair("application/json", content)]))
    };
    let body = [pair("required", "true".to_owned()), json(&format!("{id}Request"))];
    let answered =
        [pair("description", text("The service answered.")), json(&format!("{id}Response"))];
    let refused =
        [pair("description", text("The caller may not perform this operation.")), json("Error")];
    let post = [
        pair("operationId", text(id)),
        pair("summary", text(summary)),
        pair("description", text(description)),
        pair("requestBody", object(body)),
        pair("responses", object([pair("200", object(answered)), pair("403", object(refused))])),
    ];
    (format!("/{id}"), object([pair("post", object(post))]))
}

fn enumeration(of: &Enum) -> Pair {
    let schema = [
        pair("type", text("string")),
        pair("description", text(&of.description)),
        pair("enum", texts(of.values.iter().map(|(value, _)| *value))),
    ];
    (of.name.clone(), object(schema))
}

fn structure(item: &Item, version: Version) -> Pair {
    let schema = [
        pair("type", text("object")),
        pair("description", text(&item.description)),
        pair("properties", members(&item.members, version)),
    ];
    (item.name.clone(), object(schema))
}

fn request(operation: &Operation, version: Version) -> Pair {
    let rules = operation.rules.iter().map(folder::rule);
    let rules = (version == Version::V3_1).then(|| pair("allOf", list(rules)));
    let schema = [
        pair("type", text("object")),
        pair("description", text(&operation.summary)),
        pair("properties", members(&operation.parameters, version)),
        pair("required", texts(operation.required.iter().map(String::as_str))),
    ];
    (format!("{}Request", operation.id), object(schema.into_iter().chain(rules)))
}

fn response(operation: &Operation, version: Version) -> Pair {
    let schema =
        [pair("type", text("object")), pair("properties", members(&operation.response, version))];
    (format!("{}Response", operation.id), object(schema))
}

fn error() -> Pair {
    let string = || object([pair("type", text("string"))]);
    let members = [pair("Code", string()), pair("Message", string()), pair("RequestId", string())];
    let schema = [pair("type", text("object")), pair("properties", object(members))];
    pair("Error", object(schema))
}

fn members(members: &[Member], version: Version) -> String {
    object(members.iter().map(|member| (member.name.clone(), schema(member, version))))
}

fn schema(member: &Member, version: Version) -> String {
    let target = |name: &str| reference(&format!("#/components/schemas/{name}"));
    match &member.type_ {
        // Version 3.0 allows nothing beside a reference.
        Type::Enum(name, _) => target(name),
        Type::Items(name) => object([
            pair("type", text("array")),
            pair("description", text(&member.description)),
            pair("items", target(name)),
        ]),
        other => {
            let (mut members, example) = plain(other);
            members.push(pair("description", text(&member.description)));
            members.push(match version {
                Version::V3_0 => pair("example", example),
                Version::V3_1 => pair("examples", list([example])),
            });
            object(members)
        }
    }
}

/// What both forms say alike of a value, and its example; nothing of references.
pub(super) fn plain(type_: &Type) -> (Vec<Pair>, String) {
    match type_ {
        Type::String(longest, example) => {
            let longest = longest.map(|longest| pair("maxLength", longest.to_string()));
            let type_ = [pair("type", text("string"))];
            (type_.into_iter().chain(longest).collect(), text(example))
        }
        Type::Integer { is_long, range, example } => {
            let format = if *is_long { "int64" } else { "int32" };
            let mut members = vec![pair("type", text("integer")), pair("format", text(format))];
            if let Some((least, greatest)) = range {
                members.push(pair("minimum", least.to_string()));
                members.push(pair("maximum", greatest.to_string()));
            }
            (members, example.to_string())
        }
        Type::Boolean => (vec![pair("type", text("boolean"))], "true".to_owned()),
        Type::Texts(example) => {
            let items = object([pair("type", text("string"))]);
            (vec![pair("type", text("array")), pair("items", items)], texts([example.as_str()]))
        }
        Type::Enum(..) | Type::Items(_) => (Vec::new(), "null".to_owned()),
    }
}
