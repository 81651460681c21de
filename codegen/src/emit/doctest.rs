//! The compiled examples in docs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::field_type::{converts, text, variant};
use crate::blueprint::doctest::{CallSample, FormSample, ObjectSample, RequestSample, Sample};
use crate::naming::Name;

/// A call: a request, which is validated when the example runs, and what is done with it, which is
/// compiled.
///
/// ```text
/// use alibabacloud_dbs::operations::XRequest;
///
/// let request = XRequest::new("…")
///     .port(3306);
/// # request.validate()?;
/// # async fn call(client: alibabacloud_dbs::Client, request: XRequest) -> Result<(), alibabacloud_dbs::Error> {
/// let response = client.x(request).await?;
/// # Ok(())
/// # }
/// # Ok::<(), alibabacloud_dbs::Violations>(())
/// ```
pub(super) fn call(sample: &CallSample<'_>) -> Vec<String> {
    let CallSample { krate, request, .. } = sample;
    let mut lines = vec!["```".to_owned()];
    lines.push(format!("use {krate}::operations::{request};"));
    if let Some(made) = &sample.made {
        lines.extend(imported(krate, &made.types));
        lines.push(String::new());
        lines.extend(statements(&assigned(made)));
        lines.push("# request.validate()?;".to_owned());
    } else {
        lines.push(String::new());
    }
    lines.extend(sample.is_deprecated.then(|| "# #[allow(deprecated)]".to_owned()));
    lines.push(format!(
        "# async fn call(client: {krate}::Client, request: {request}) -> Result<(), {krate}::Error> {{"
    ));
    lines.extend(statements(&called(sample)));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    if sample.made.is_some() {
        lines.push(format!("# Ok::<(), {krate}::Violations>(())"));
    }
    lines.push("```".to_owned());
    lines
}

/// A function that makes a call, for a page that is read from its start. It makes its client, where it is told how;
/// else, as of a request that no example makes, it is given one.
///
/// ```text
/// use alibabacloud_dbs::operations::XRequest;
/// use alibabacloud_dbs::{Client, Error};
///
/// async fn call() -> Result<(), Error> {
///     let client = Client::builder().region("cn-hangzhou").build()?;
///     let request = XRequest::new("…");
///     let response = client.x(request).await?;
///     println!("{response:?}");
///     Ok(())
/// }
/// ```
pub(super) fn program(sample: &CallSample<'_>, name: &str, builder: Option<&str>) -> Vec<String> {
    let CallSample { krate, request, made, .. } = sample;
    let mut lines = vec![format!("use {krate}::operations::{request};")];
    lines.extend(made.as_ref().and_then(|made| imported(krate, &made.types)));
    lines.push(format!("use {krate}::{{Client, Error}};"));
    lines.push(String::new());
    let client = builder.is_none().then(|| "client: &Client".to_owned());
    let given = made.is_none().then(|| format!("request: {request}"));
    let given: Vec<String> = client.into_iter().chain(given).collect();
    let client = builder.map(|builder| format!("let client = {builder}.build()?;"));
    let assigned = made.as_ref().map(assigned);
    let shown = (!sample.is_paged).then(|| "println!(\"{response:?}\");".to_owned());
    let body: String =
        client.into_iter().chain(assigned).chain([called(sample)]).chain(shown).collect();
    let given = given.join(", ");
    lines.extend(items(&format!(
        "async fn {name}({given}) -> Result<(), Error> {{ {body} Ok(()) }}"
    )));
    lines
}

/// A test of a call, with a mock in the place of the service.
///
/// ```text
/// use alibabacloud_dbs::mock::Mock;
/// use alibabacloud_dbs::operations::{XRequest, XResponse};
/// use alibabacloud_dbs::{Client, Error};
///
/// async fn test() -> Result<(), Error> {
///     let mock = Mock::new();
///     mock.on::<XRequest>().answer(XResponse::default());
///     let client = Client::builder().region("cn-hangzhou").session(&mock.session()).build()?;
///     let request = XRequest::new("…");
///     client.x(request).await?;
///     let sent = mock.sent::<XRequest>();
///     assert_eq!(sent.len(), 1);
///     Ok(())
/// }
/// ```
pub(super) fn mocked(sample: &CallSample<'_>, builder: &str) -> Vec<String> {
    let CallSample { krate, method, request, response, made, .. } = sample;
    let mut lines = vec![
        format!("use {krate}::mock::Mock;"),
        format!("use {krate}::operations::{{{request}, {response}}};"),
    ];
    lines.extend(made.as_ref().and_then(|made| imported(krate, &made.types)));
    lines.push(format!("use {krate}::{{Client, Error}};"));
    lines.push(String::new());
    let given = if made.is_none() { format!("request: {request}") } else { String::new() };
    let assigned = made.as_ref().map(assigned).unwrap_or_default();
    lines.extend(items(&format!(
        "async fn test({given}) -> Result<(), Error> {{ \
         let mock = Mock::new(); \
         mock.on::<{request}>().answer({response}::default()); \
         let client = {builder}.session(&mock.session()).build()?; \
         {assigned} \
         client.{method}(request).await?; \
         let sent = mock.sent::<{request}>(); \
         assert_eq!(sent.len(), 1); \
         Ok(()) }}"
    )));
    lines
}

/// A request that is refused, with all that is said of it.
///
/// ```text
/// use alibabacloud_dbs::operations::XRequest;
///
/// let request = XRequest::new("…");
/// let refused = request.validate().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "invalid X request:\n\
///      - `Port` is required when `Kind` is `Agent`",
/// );
/// ```
pub(super) fn refused(sample: &RequestSample<'_>, action: &str, sentence: &str) -> Vec<String> {
    let RequestSample { krate, request, types } = sample;
    let mut lines = vec![format!("use {krate}::operations::{};", request.ident)];
    lines.extend(imported(krate, types));
    lines.push(String::new());
    lines.extend(statements(&assigned(sample)));
    lines.push("let refused = request.validate().unwrap_err();".to_owned());
    lines.push("assert_eq!(".to_owned());
    lines.push("    refused.to_string(),".to_owned());
    lines.push(format!("    \"invalid {} request:\\n\\", escaped(action)));
    lines.push(format!("     - {}\",", escaped(sentence)));
    lines.push(");".to_owned());
    lines
}

/// What stands between the quotes of a literal.
fn escaped(text: &str) -> String {
    let literal = format!("{text:?}");
    literal[1..literal.len() - 1].to_owned()
}

/// Clients with credentials of their own.
///
/// ```text
/// use alibabacloud_dbs::credentials::EcsRamRole;
/// use alibabacloud_dbs::{Client, Credentials, Error};
///
/// fn clients() -> Result<[Client; 2], Error> {
///     let key = Credentials::new("LTAI****", "the secret");
///     let with_a_key = Client::builder().region("cn-hangzhou").credentials(key).build()?;
///     …
/// }
/// ```
pub(super) fn credentials(krate: &str, builder: &str) -> Vec<String> {
    let mut lines = vec![
        format!("use {krate}::credentials::EcsRamRole;"),
        format!("use {krate}::{{Client, Credentials, Error}};"),
        String::new(),
    ];
    lines.extend(items(&format!(
        "fn clients() -> Result<[Client; 2], Error> {{ \
         let key = Credentials::new(\"LTAI****\", \"the secret\"); \
         let with_a_key = {builder}.credentials(key).build()?; \
         let with_a_role = {builder}.credentials(EcsRamRole::new()).build()?; \
         Ok([with_a_key, with_a_role]) }}"
    )));
    lines
}

/// `let request = XRequest::new("…");`
fn assigned(sample: &RequestSample<'_>) -> String {
    format!("let request = {};", object(&sample.request, &sample.krate))
}

/// What is done with a request, by a client.
fn called(sample: &CallSample<'_>) -> String {
    let method = sample.method;
    if sample.is_paged {
        format!(
            "let mut items = client.{method}(request).items(); \
             while let Some(item) = items.next().await {{ \
             let item = item?; println!(\"{{item:?}}\"); }}"
        )
    } else {
        format!("let response = client.{method}(request).await?;")
    }
}

/// A request that is made from the form for one value.
///
/// ```text
/// use alibabacloud_dbs::operations::x::{When, XRequest};
///
/// let request = XRequest::from(When::Agent {
///     id: "…".into(),
///     port: 3306,
/// });
/// ```
pub(super) fn form(sample: &FormSample<'_>) -> Vec<String> {
    let FormSample { krate, module, request, variant, .. } = sample;
    let members = sample.members.iter().map(|member| {
        let into = if converts(&member.type_) { ".into()" } else { "" };
        format!("{}: {}{into},", member.ident, expression(&member.value, krate))
    });
    let members = if sample.members.is_empty() {
        String::new()
    } else {
        format!("{{ {} }}", members.collect::<String>())
    };
    let request = request.to_string();
    let mut imports = ["When", &request];
    imports.sort();
    let mut lines = vec!["```".to_owned()];
    lines.push(format!("use {krate}::operations::{module}::{{{}}};", imports.join(", ")));
    lines.extend(imported(krate, &sample.types));
    lines.push(String::new());
    lines.extend(statements(&if sample.has_setter_from {
        format!("let request: {request} = When::{variant} {members}.into();")
    } else {
        format!("let request = {request}::from(When::{variant} {members});")
    }));
    lines.push("# let _ = request;".to_owned());
    lines.push(format!("# Ok::<(), {krate}::Violations>(())"));
    lines.push("```".to_owned());
    lines
}

/// `use alibabacloud_dbs::types::{A, B};`
fn imported(krate: &str, types: &BTreeSet<&Name>) -> Option<String> {
    let types: Vec<String> = types.iter().map(ToString::to_string).collect();
    match types.as_slice() {
        [] => None,
        [one] => Some(format!("use {krate}::types::{one};")),
        several => Some(format!("use {krate}::types::{{{}}};", several.join(", "))),
    }
}

/// Statements, broken into lines as prettyplease breaks them.
fn statements(text: &str) -> Vec<String> {
    let lines = items(&format!("fn example() {{ {text} }}"));
    match lines.as_slice() {
        [_, inside @ .., _] => {
            let unindented = |line: &String| line.strip_prefix("    ").unwrap_or(line).to_owned();
            inside.iter().map(unindented).collect()
        }
        _ => vec![text.to_owned()],
    }
}

/// Items, broken into lines as prettyplease breaks them.
fn items(text: &str) -> Vec<String> {
    let Ok(file) = syn::parse_file(text) else { return vec![text.to_owned()] };
    prettyplease::unparse(&file).lines().map(str::to_owned).collect()
}

/// A value as a Rust expression.
fn expression(sample: &Sample<'_>, krate: &str) -> String {
    match sample {
        Sample::Text(text) | Sample::Secret(text) => format!("{text:?}"),
        Sample::Plain(value) => value.to_string(),
        Sample::Double(number) => format!("{number:?}"),
        Sample::Variant(type_, wire) => text(&variant(type_, wire)),
        Sample::Object(sample) => object(sample, krate),
        Sample::List(items) => {
            let items: Vec<String> = items.iter().map(|sample| item(sample, krate)).collect();
            format!("[{}]", items.join(", "))
        }
        Sample::Map(members) => {
            let member = |(key, value): &(String, Sample<'_>)| {
                format!("(String::from({key:?}), {})", item(value, krate))
            };
            let members: Vec<String> = members.iter().map(member).collect();
            format!("[{}]", members.join(", "))
        }
        Sample::Any(value) => format!("{krate}::serde_json::json!({})", json(value)),
    }
}

/// A value as the macro `json!` has it.
fn json(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => value.to_string(),
        Value::Number(number) => match (number.as_i64().map(i32::try_from), number.as_u64()) {
            (Some(Ok(number)), _) => number.to_string(),
            (Some(Err(_)), _) => format!("{number}_i64"),
            (None, Some(number)) => format!("{number}_u64"),
            (None, None) => number.to_string(),
        },
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| format!("{key:?}: {}", json(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// Arrays convert to vectors and maps, their items to nothing.
fn item(sample: &Sample<'_>, krate: &str) -> String {
    let value = expression(sample, krate);
    match sample {
        Sample::Text(_) => format!("String::from({value})"),
        Sample::List(_) => format!("vec!{value}"),
        Sample::Map(_) => format!("std::collections::BTreeMap::from({value})"),
        Sample::Secret(_) => format!("{krate}::SecretString::from({value})"),
        Sample::Any(_)
        | Sample::Plain(_)
        | Sample::Double(_)
        | Sample::Variant(..)
        | Sample::Object(_) => value,
    }
}

/// `X::new("…").port(3306)`
fn object(sample: &ObjectSample<'_>, krate: &str) -> String {
    let expression = |sample| expression(sample, krate);
    let arguments: Vec<String> = sample.arguments.iter().map(expression).collect();
    let setters = sample.setters.iter();
    let setters = setters.map(|(ident, value)| format!(".{ident}({})", expression(value)));
    format!("{}::new({}){}", sample.ident, arguments.join(", "), setters.collect::<String>())
}
