//! The two clients, whose methods stand with the operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::docs;
use crate::blueprint::root::Client;

/// ```text
/// //! The client.
/// use …;
///
/// /// docs
/// #[derive(Debug, Clone)]
/// pub struct Client(pub(super) client::Client);
///
/// impl Client {
///     pub fn builder() -> client::Builder<Self> {
///         client::Builder::new(ENDPOINTS).api(API_VERSION, &ENVELOPE)
///     }
///
///     pub fn request(&self, action: impl Into<String>) -> generic::GenericCall { … }
/// }
///
/// impl From<client::Client> for Client { … }
/// impl AsRef<client::Client> for Client { … }
/// ```
pub(super) fn client(client: &Client<'_>, comments: &Comments<'_>) -> TokenStream {
    let title = super::markdown::unlinked(client.title);
    let what = vec![
        format!("Calls {title}."),
        String::new(),
        "Its methods are the operations. Each takes a request and returns a call, which is made when it"
            .to_owned(),
        "is awaited, in a `tokio` runtime. A client is cheap to clone, and clones share their"
            .to_owned(),
        "connections; clients of several crates share a [`Session`](super::Session).".to_owned(),
    ];
    let docs = comments.outer(docs::sections([what, example(client)]));
    let methods = methods(quote! { generic }, by_name(client, comments).as_ref());
    let core = core(quote! { client });
    quote! {
        //! The client.
        use alibabacloud_runtime::{client, generic};
        use super::API_VERSION;
        use super::endpoints::ENDPOINTS;
        use super::envelope::ENVELOPE;

        #docs
        #[derive(Debug, Clone)]
        pub struct Client(pub(super) client::Client);

        #methods

        impl From<client::Client> for Client {
            fn from(core: client::Client) -> Self {
                Self(core)
            }
        }

        #core
    }
}

/// ```text
/// //! The client for programs without `async`.
/// use …;
///
/// /// docs
/// #[derive(Debug, Clone)]
/// pub struct Client(pub(super) blocking::Client);
///
/// impl Client { … }
///
/// impl TryFrom<client::Client> for Client { … }
/// impl AsRef<blocking::Client> for Client { … }
/// ```
pub(super) fn blocking() -> TokenStream {
    let docs = quote! {
        /// Does what [`request`](super::Client::request) of the other client does.
    };
    let methods = methods(quote! { blocking }, Some(&docs));
    let core = core(quote! { blocking });
    quote! {
        //! The client for programs without `async`.
        use alibabacloud_runtime::{blocking, client, error};
        use super::API_VERSION;
        use super::endpoints::ENDPOINTS;
        use super::envelope::ENVELOPE;

        pub use blocking::{Call, GenericCall, RawCall, Wait};

        /// Does what [`Client`](super::Client) does, with calls that are made by `send`.
        #[derive(Debug, Clone)]
        pub struct Client(pub(super) blocking::Client);

        #methods

        impl TryFrom<client::Client> for Client {
            type Error = error::Error;

            fn try_from(core: client::Client) -> Result<Self, error::Error> {
                blocking::Client::new(core).map(Self)
            }
        }

        #core
    }
}

/// What a client has besides its operations.
fn methods(module: TokenStream, by_name: Option<&TokenStream>) -> TokenStream {
    quote! {
        impl Client {
            /// Starts with the documented hosts and the default credentials.
            pub fn builder() -> client::Builder<Self> {
                client::Builder::new(ENDPOINTS).api(API_VERSION, &ENVELOPE)
            }

            #by_name
            pub fn request(&self, action: impl Into<String>) -> #module::GenericCall {
                self.0.request(action)
            }
        }
    }
}

/// How an operation is called that the crate does not have.
fn by_name(client: &Client<'_>, comments: &Comments<'_>) -> Option<TokenStream> {
    let krate = &client.krate;
    let what = vec![
        "Prepares a call of an operation by its name, such as one that is newer than this crate.".to_owned(),
        String::new(),
        "Nothing of the request is checked but whether it can be sent. It goes to this service, in the".to_owned(),
        "version [`API_VERSION`](super::API_VERSION), and an answer by which it failed is an error.".to_owned(),
    ];
    let lines = vec![
        "```no_run".to_owned(),
        format!("# async fn call(client: &{krate}::Client) -> Result<(), {krate}::Error> {{"),
        "let answer = client".to_owned(),
        "    .request(\"DescribeThings\")".to_owned(),
        "    .query(\"PageSize\", 10)".to_owned(),
        "    .read_only()".to_owned(),
        "    .await?;".to_owned(),
        format!("let things: {krate}::serde_json::Value = answer.json()?;"),
        "# let _ = things;".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    comments.outer(docs::sections([what, docs::titled("Examples", lines)]))
}

/// What operations call, also for callers with requests of their own. A crate without any operation
/// has nobody else who asks for it, and the compiler would say so.
fn core(module: TokenStream) -> TokenStream {
    quote! {
        impl AsRef<#module::Client> for Client {
            fn as_ref(&self) -> &#module::Client {
                &self.0
            }
        }
    }
}

/// How a client is built for a region that there is.
fn example(client: &Client<'_>) -> Vec<String> {
    let Some(region) = client.region else { return Vec::new() };
    let krate = &client.krate;
    let lines = vec![
        "```no_run".to_owned(),
        format!("use {krate}::{{Client, Credentials}};"),
        String::new(),
        format!("let client = Client::builder().region({region:?}).build()?;"),
        String::new(),
        "let with_a_key = Client::builder()".to_owned(),
        format!("    .region({region:?})"),
        "    .credentials(Credentials::new(\"LTAI****\", \"the secret\"))".to_owned(),
        "    .build()?;".to_owned(),
        format!("# Ok::<(), {krate}::Error>(())"),
        "```".to_owned(),
    ];
    docs::titled("Examples", lines)
}
