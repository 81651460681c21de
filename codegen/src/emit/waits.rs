//! What callers wait for by asking an operation again and again, and what docs say of it.

use super::markdown::{inline, paragraphs};
use super::{Part, call, docs, literal};
use crate::blueprint::links::Links;
use crate::blueprint::waits::{Test, Wait, Waits};
use crate::english::{any_of, code, counted, joined, visible};
use crate::model::Take;

/// ```text
/// alibabacloud_runtime::private::waits! {
///     XRequest, idempotency_token: client_token;
///     /// docs
///     fn wait_until_done:
///     name: "done", items: All ["Items", "Thing"],
///     success: [["State"] = ["done"]],
///     failure: [["State"] = ["failed"]],
///     pause: 5, timeout: 1800;
/// }
/// ```
pub(super) fn waits(waits: &Waits<'_>, links: Links<'_>) -> Part {
    let once = waits.idempotency_token.map(|ident| format!(", idempotency_token: {ident}"));
    let note = waits.deprecation.as_deref().map(docs::note);
    let note = note.map(|note| format!(" deprecated {}", literal(&note))).unwrap_or_default();
    let mut lines = vec![format!("{}{};", waits.request, once.unwrap_or_default())];
    for wait in &waits.waits {
        let comment = method(waits, wait, links).into_iter().map(|line| match line.as_str() {
            "" => "///".to_owned(),
            line => format!("/// {}", visible(line)),
        });
        lines.extend(comment);
        lines.push(format!("fn {}{note}:", wait.method));
        lines.extend(facts(wait));
    }
    call("waits", lines)
}

fn facts(wait: &Wait<'_>) -> [String; 4] {
    let list = |texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
        format!("[{}]", texts.join(", "))
    };
    let tests = |tests: &[Test<'_>]| {
        let test = |test: &Test<'_>| {
            let values: Vec<&str> = test.values.iter().map(String::as_str).collect();
            let path = list(&test.path);
            if values.is_empty() { path } else { format!("{path} = {}", list(&values)) }
        };
        tests.iter().map(test).collect::<Vec<_>>().join(", ")
    };
    let items = wait.items.as_ref().map(|(take, path)| {
        let take = match take {
            Take::All => "All",
            Take::Any => "Any",
            Take::First => "First",
        };
        format!(" items: {take} {},", list(path))
    });
    [
        format!("name: {},{}", literal(wait.name), items.unwrap_or_default()),
        format!("success: [{}],", tests(&wait.success)),
        format!("failure: [{}],", tests(&wait.failure)),
        format!("pause: {}, timeout: {};", wait.pause, wait.timeout),
    ]
}

/// A method of the clients: what is waited for, which states are an end, and how often it is asked.
fn method(waits: &Waits<'_>, wait: &Wait<'_>, links: Links<'_>) -> Vec<String> {
    let Waits { action, request, .. } = waits;
    let (of_all, of_one) = match &wait.items {
        None => (String::new(), String::new()),
        Some((take, path)) => {
            let list = code(&path.join("."));
            match take {
                Take::All => {
                    (format!("in each element of {list}: "), "in one of them: ".to_owned())
                }
                Take::Any => {
                    (format!("in one element of {list}: "), "in each of them: ".to_owned())
                }
                Take::First => (format!("in the first element of {list}: "), "there: ".to_owned()),
            }
        }
    };
    let mut ends = vec![format!("- It is reached when {of_all}{}.", all_of(&wait.success))];
    if !wait.failure.is_empty() {
        let failure = all_of(&wait.failure);
        ends.push(format!("- It is an error, which has the answer, when {of_one}{failure}."));
    }
    let page = waits.has_pages && wait.items.is_some();
    let page =
        page.then(|| "- Elements are those of the page that the request asks for.".to_owned());
    let (pause, timeout) = (time(wait.pause), time(wait.timeout));
    let often = format!(
        "Asks {} at once, then after pauses that grow from {pause} on, for {timeout} at most. Any other \
         state is waited through, an empty list and a state that this crate does not know included.",
        code(action)
    );
    let requires = format!("What it requires stands at [`{request}`].");
    docs::sections([
        paragraphs(&format!("Waits until this holds: {}", wait.description), links),
        ends.into_iter().chain(page).collect(),
        paragraphs(&often, links),
        vec![requires],
    ])
}

fn all_of(tests: &[Test<'_>]) -> String {
    let said: Vec<String> = tests.iter().map(test).collect();
    joined(&said, "and")
}

fn test(test: &Test<'_>) -> String {
    let what = if test.path.is_empty() { "it".to_owned() } else { code(&test.path.join(".")) };
    match test.values {
        [] => format!("{what} is given"),
        values => format!("{what} is {}", any_of(values)),
    }
}

/// A number of seconds as people say it.
fn time(seconds: u32) -> String {
    match seconds {
        hours if hours % 3600 == 0 => counted(u64::from(hours / 3600), "hour"),
        minutes if minutes % 60 == 0 => counted(u64::from(minutes / 60), "minute"),
        seconds => counted(u64::from(seconds), "second"),
    }
}

/// The section of a request's docs.
pub(super) fn section(waits: &Waits<'_>, links: Links<'_>) -> Vec<String> {
    let Waits { krate, request, .. } = waits;
    let methods = waits.waits.iter().map(|wait| {
        let method = wait.method;
        let what = inline(wait.description, links);
        format!("- [`{method}`](super::super::Client::{method}): {what}")
    });
    let heading = "The clients ask again and again until this holds:".to_owned();
    let example = waits.waits.first().map(|wait| {
        [
            "```no_run".to_owned(),
            format!("# use {krate}::{{Client, Error, operations::{request}}};"),
            format!(
                "# async fn example(client: Client, request: {request}) -> Result<(), Error> {{"
            ),
            format!("let answer = client.{}(request).await?;", wait.method),
            "# let _ = answer;".to_owned(),
            "# Ok(())".to_owned(),
            "# }".to_owned(),
            "```".to_owned(),
        ]
    });
    let lines = docs::sections([
        std::iter::once(heading).chain(methods).collect(),
        example.into_iter().flatten().collect(),
    ]);
    docs::titled("Waiting", lines)
}
