//! The API as this repository's specs have it: OpenAPI 3.2, a folder of files.

use alibabacloud_codegen::SpecFile;

use super::json::{Pair, list, object, pair, reference, text, texts};
use super::{Corpus, Enum, Item, Member, Operation, Rule, Type};

pub(super) fn files(corpus: &Corpus) -> Vec<SpecFile> {
    let file = |path: String, text: String| SpecFile { path, text: text + "\n" };
    let mut files = vec![file("openapi.json".to_owned(), index(corpus))];
    for shared in &corpus.shared {
        files.push(file(format!("schemas/{}.json", shared.name), enumeration(shared)));
    }
    for operation in &corpus.operations {
        let Operation { id, kind, item, .. } = operation;
        files.push(file(format!("operations/{id}.json"), path_item(operation)));
        files.push(file(format!("schemas/{}.json", kind.name), enumeration(kind)));
        files.push(file(format!("schemas/{}.json", item.name), structure(item)));
    }
    files
}

fn index(corpus: &Corpus) -> String {
    let server = |host: &str, network: &str| {
        object([
            pair("url", text(&format!("https://{host}"))),
            pair("x-network", text(network)),
            pair("x-regions", texts(["cn-hangzhou"])),
        ])
    };
    let paths = corpus.operations.iter().map(|Operation { id, .. }| {
        (format!("/{id}"), reference(&format!("operations/{id}.json")))
    });
    object([
        pair("openapi", text("3.2.0")),
        pair("info", info(Some("Corpus"))),
        pair(
            "servers",
            list([
                server("corpus.cn-hangzhou.example.com", "public"),
                server("corpus-vpc.cn-hangzhou.example.com", "vpc"),
            ]),
        ),
        pair("security", list([object([pair("ACS3-HMAC-SHA256", "[]".to_owned())])])),
        pair("paths", object(paths)),
        pair("components", object([pair("securitySchemes", object([scheme()]))])),
    ])
}

pub(super) fn info(product: Option<&str>) -> String {
    let product = product.map(|product| pair("x-product", text(product)));
    object(
        [pair("title", text("Corpus")), pair("version", text("2026-01-01"))]
            .into_iter()
            .chain(product),
    )
}

fn scheme() -> Pair {
    let scheme = [pair("type", text("http")), pair("scheme", text("ACS3-HMAC-SHA256"))];
    pair("ACS3-HMAC-SHA256", object(scheme))
}

fn enumeration(of: &Enum) -> String {
    let values = of.values.iter().map(|(value, meaning)| {
        object([pair("const", text(value)), pair("description", text(meaning))])
    });
    object([
        pair("type", text("string")),
        pair("description", text(&of.description)),
        pair("oneOf", list(values)),
    ])
}

fn structure(item: &Item) -> String {
    object([
        pair("type", text("object")),
        pair("description", text(&item.description)),
        pair("properties", object(item.members.iter().map(member))),
    ])
}

fn path_item(operation: &Operation) -> String {
    let Operation { id, thing, summary, description, .. } = operation;
    let page = [
        pair("url", text(&format!("https://www.example.com/help/{id}"))),
        pair("x-last-updated", text("2026-01-01")),
    ];
    let resource =
        [pair("type", text(thing)), pair("required", "true".to_owned()), pair("arn", text("*"))];
    let ram = [
        pair("action", text(&format!("corpus:{id}"))),
        pair("accessLevel", text("update")),
        pair("resources", list([object(resource)])),
    ];
    let content = object([pair("schema", request(operation))]);
    let parameter = [
        pair("name", text("request")),
        pair("in", text("querystring")),
        pair("required", "true".to_owned()),
        pair("content", object([pair("application/x-www-form-urlencoded", content)])),
    ];
    let post = [
        pair("operationId", text(id)),
        pair("summary", text(summary)),
        pair("description", text(description)),
        pair("externalDocs", object(page)),
        pair("x-ram", object(ram)),
        pair("parameters", list([object(parameter)])),
        pair("responses", responses(operation)),
    ];
    object([pair("post", object(post))])
}

fn request(operation: &Operation) -> String {
    object([
        pair("type", text("object")),
        pair("properties", object(operation.parameters.iter().map(member))),
        pair("required", texts(operation.required.iter().map(String::as_str))),
        pair("allOf", list(operation.rules.iter().map(rule))),
    ])
}

fn responses(operation: &Operation) -> String {
    let schema = [
        pair("type", text("object")),
        pair("properties", object(operation.response.iter().map(member))),
    ];
    let content = object([pair("schema", object(schema))]);
    let code =
        [pair("code", text("Request.Forbidden")), pair("message", text("Have no Permissions"))];
    object([
        pair(
            "200",
            object([
                pair("description", text("The service answered.")),
                pair("content", object([pair("application/json", content)])),
            ]),
        ),
        pair(
            "403",
            object([
                pair("description", text("The caller may not perform this operation.")),
                pair("x-error-codes", list([object(code)])),
            ]),
        ),
    ])
}

fn member(member: &Member) -> Pair {
    let described = |members: Vec<Pair>, example: String| {
        let words =
            [pair("description", text(&member.description)), pair("examples", list([example]))];
        object(members.into_iter().chain(words))
    };
    let schema = match &member.type_ {
        Type::Enum(name, example) => {
            let target = text(&format!("../schemas/{name}.json"));
            described(vec![pair("$ref", target)], text(example))
        }
        Type::Items(name) => {
            let items = reference(&format!("../schemas/{name}.json"));
            let schema = object([pair("type", text("array")), pair("items", items)]);
            let members = vec![
                pair("type", text("string")),
                pair("contentMediaType", text("application/json")),
                pair("contentSchema", schema),
            ];
            described(members, text("[]"))
        }
        other => {
            let (members, example) = super::single::plain(other);
            described(members, example)
        }
    };
    (member.name.clone(), schema)
}

/// A rule as JSON Schema has it.
pub(super) fn rule(rule: &Rule) -> String {
    let Rule { decider, values, is_negated, is_optional, required } = rule;
    let value = match values.as_slice() {
        [value] => pair("const", text(value)),
        values => pair("enum", texts(values.iter().copied())),
    };
    let is_one = pair("properties", object([pair(decider, object([value]))]));
    let mut condition = Vec::new();
    if *is_optional {
        condition.push(pair("required", texts([decider.as_str()])));
    }
    condition.push(match is_negated {
        true => pair("not", object([is_one])),
        false => is_one,
    });
    let then = object([pair("required", texts([required.as_str()]))]);
    object([pair("if", object(condition)), pair("then", then)])
}
