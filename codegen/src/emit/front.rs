//! The first page of a crate, and its README: what stands in both.

use super::markdown::written;
use super::package::RUST_VERSION;
use super::{docs, doctest};
use crate::blueprint::front::{CalledAt, Front, RefusalSample};

/// Where the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// At the root of the crate, where names are links.
    Root,
    Readme,
}

impl Page {
    fn title(self, title: &str) -> String {
        match self {
            Self::Root => format!("# {title}"),
            Self::Readme => format!("## {title}"),
        }
    }

    /// A name of the crate's root.
    fn name(self, name: &str) -> String {
        match self {
            Self::Root => format!("[`{name}`]"),
            Self::Readme => format!("`{name}`"),
        }
    }

    /// A block of Rust; one that needs the service is compiled and no more.
    fn block(self, needs_service: bool, code: Vec<String>) -> Vec<String> {
        let fence = match (self, needs_service) {
            (Self::Root, true) => "```no_run",
            (Self::Root, false) => "```",
            (Self::Readme, true) => "```rust,no_run",
            (Self::Readme, false) => "```rust",
        };
        [fence.to_owned()].into_iter().chain(code).chain(["```".to_owned()]).collect()
    }
}

/// The sections, each with a title.
pub(super) fn sections(front: &Front<'_>, page: Page) -> Vec<Vec<String>> {
    [call(front, page), refusal(front, page), list(front, page), mock(front, page)]
        .into_iter()
        .flatten()
        .chain([credentials(front, page), needs(page)])
        .collect()
}

/// Code under a title, between paragraphs that may say nothing.
fn section(title: String, before: &str, code: Vec<String>, after: &str) -> Vec<String> {
    docs::sections([vec![title], written(before), code, written(after)])
}

fn call(front: &Front<'_>, page: Page) -> Option<Vec<String>> {
    let code = doctest::program(front.call.as_ref()?, "call", Some(&builder(front.place)));
    let after = format!(
        "Calls are made in a `tokio` runtime, such as that of `#[tokio::main]`. What fails is an {}, with the code, \
         the message and the id of the request.",
        page.name("Error")
    );
    Some(section(page.title("A call"), "", page.block(true, code), &after))
}

fn refusal(front: &Front<'_>, page: Page) -> Option<Vec<String>> {
    let RefusalSample { action, request, sentence } = front.refusal.as_ref()?;
    let before = "What the documents ask of parameters is checked before anything is sent:";
    let error = page.name("Error");
    let after = format!("A call of such a request ends with the same message as an {error}.");
    let code = doctest::refused(request, action, sentence);
    Some(section(page.title("A refusal"), before, page.block(false, code), &after))
}

fn list(front: &Front<'_>, page: Page) -> Option<Vec<String>> {
    let code = doctest::program(front.list.as_ref()?, "list", None);
    let before = "What comes in pages is followed to its end, one item after the other:";
    Some(section(page.title("A list"), before, page.block(true, code), ""))
}

fn mock(front: &Front<'_>, page: Page) -> Option<Vec<String>> {
    let code = doctest::mocked(front.call.as_ref()?, &builder(front.place));
    let code = match page {
        // The feature is there only when it is asked for.
        Page::Root => ["# #[cfg(feature = \"test-util\")]", "# mod tests {"]
            .into_iter()
            .map(str::to_owned)
            .chain(code)
            .chain(["# }".to_owned()])
            .collect(),
        Page::Readme => code,
    };
    let before = "With the feature `test-util`, a `mock::Mock` stands in for the service. Requests are checked by their \
                  rules as ever, nothing leaves the machine, and a call that was expected and did not come fails the \
                  test:";
    Some(section(page.title("A mock"), before, page.block(true, code), ""))
}

fn credentials(front: &Front<'_>, page: Page) -> Vec<String> {
    let chain = match page {
        Page::Root => "[`DefaultChain`](credentials::DefaultChain)",
        Page::Readme => "`credentials::DefaultChain`",
    };
    let before = format!(
        "Without `.credentials(…)`, {chain} finds keys where the official SDKs do: in the environment, the role of a \
         pod, the profile of the command line tool, the shared file, the role of the instance, a credentials server. \
         Temporary keys are replaced before they end. Keys of your own, or one source alone:"
    );
    let code = doctest::credentials(&front.krate, &builder(front.place));
    section(page.title("Credentials"), &before, page.block(true, code), "")
}

/// `Client::builder().region("cn-hangzhou")`
fn builder(place: CalledAt<'_>) -> String {
    match place {
        CalledAt::Region(region) => format!("Client::builder().region({region:?})"),
        CalledAt::Host(host) => format!("Client::builder().endpoint({host:?})"),
        CalledAt::Unknown => "Client::builder().endpoint(\"https://…\")".to_owned(),
    }
}

/// What it takes to build and to run.
const NEEDS: [(&str, &str); 4] = [
    (
        "features",
        "one for each operation, and `reqwest`, the built-in transport, all on by default; `blocking`, a client for \
         programs without `async`; `serde`, to keep requests and answers in files, never with secrets; `test-util`, a \
         service for tests",
    ),
    ("TLS", "`rustls`, with the certificates that the system trusts; nothing else to install"),
    (
        "proxy",
        "that of `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or of `.proxy(…)` of the builder; none with `.no_proxy()`",
    ),
    (
        "WebAssembly",
        "`wasm32-unknown-unknown` is not supported: random numbers and the time come from the operating system",
    ),
];

fn needs(page: Page) -> Vec<String> {
    let rust = format!("{RUST_VERSION} or newer");
    let rows = [("Rust", rust.as_str())].into_iter().chain(NEEDS);
    let rows = rows.map(|(what, said)| format!("| {what} | {said} |"));
    let table = ["| | |".to_owned(), "|---|---|".to_owned()].into_iter().chain(rows);
    docs::sections([vec![page.title("What it needs")], table.collect()])
}
