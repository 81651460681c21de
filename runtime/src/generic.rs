//! A call of an operation that no crate describes: its name, and its parameters by theirs.
//!
//! Knows no operation, and nothing of what an answer holds but how services say that a call failed.

mod response;

use std::borrow::Cow;
use std::fmt;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::BoxFuture;
use crate::answer;
use crate::attempt::Outgoing;
use crate::credentials::Credentials;
use crate::encoded::Encoded;
use crate::error::Error;
use crate::exchange::exchange;
use crate::field::Value;
use crate::meta::{Access, Answer, EnvelopeMembers, Method, OperationFacts, Security};
use crate::observer::Watch;
use crate::overrides::{self, Overrides, overridable};
use crate::path;
use crate::places;
use crate::query::Pairs;
use crate::raw::{Exchange, Raw, RawCall};
use crate::redact::Redactor;
use crate::session::Shared;
use crate::transport::{Body, HttpResponse, Received};
use crate::travel::Encoding;
use crate::validation::{Violation, ViolationKind, Violations, unsendable_in_header, words};
pub use response::GenericResponse;

/// A request of an operation that no crate describes. By default it is of the RPC style, may change
/// something, and is signed with whatever the credentials are.
///
/// Its query and its headers are what stands beside it.
pub(crate) struct Generic {
    action: Cow<'static, str>,
    version: Cow<'static, str>,
    method: Method,
    /// As it travels, escaped.
    path: Cow<'static, str>,
    access: Access,
    security: Security,
    envelope: &'static EnvelopeMembers,
    answer: Answer,
    form: Vec<(Cow<'static, str>, Zeroizing<String>)>,
    body: Option<Body>,
    overrides: Overrides,
}

impl Generic {
    fn of(action: Cow<'static, str>, version: Cow<'static, str>) -> Self {
        Self {
            action,
            version,
            method: Method::Post,
            path: "/".into(),
            access: Access::Write,
            security: Security::KeyOrBearer,
            envelope: &EnvelopeMembers::USUAL,
            answer: Answer::Bytes,
            form: Vec::new(),
            body: None,
            overrides: Overrides::default(),
        }
    }

    /// A request of an operation that only reads and whose answer is an object.
    pub(crate) fn new(action: &'static str, version: &'static str, security: Security) -> Self {
        let generic = Self::of(action.into(), version.into());
        Self { access: Access::Read, security, answer: Answer::Object, ..generic }
    }

    /// Adds a parameter.
    pub(crate) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.overrides.beside.add_query(name.to_owned(), value.into());
        self
    }

    /// Adds a parameter that nobody may see.
    pub(crate) fn secret(mut self, name: &'static str, value: impl Into<SecretString>) -> Self {
        self.add_secret(name.into(), value.into());
        self
    }

    /// It travels in a form, where fewer look than at a URL.
    fn add_secret(&mut self, name: Cow<'static, str>, secret: SecretString) {
        self.form.push((name, Zeroizing::new(secret.expose_secret().to_owned())));
        self.overrides.beside.add_secret(secret);
    }

    /// Makes the call; the answer is one of success.
    pub(crate) async fn send(
        &self,
        client: &Shared,
        timeout: Duration,
    ) -> Result<HttpResponse, Error> {
        let watch = Watch::new(client, client.region.as_deref(), &self.action);
        let result = self.make(client, timeout, &watch, None).await;
        watch.end(result.as_ref().err());
        Ok(result?.into_http())
    }

    /// Makes the call, and keeps the last response where somebody asks for it.
    async fn make(
        &self,
        client: &Shared,
        timeout: Duration,
        watch: &Watch<'_>,
        kept: Option<&mut Option<HttpResponse>>,
    ) -> Result<GenericResponse, Error> {
        let (operation, beside) = (self.facts(), &self.overrides.beside);
        let outgoing = Outgoing::of(client, operation, self.encoded()?, Some(beside))?;
        let mut attempt = 0;
        let read = |received: Received, credentials: Option<&Credentials>| {
            attempt += 1;
            let redactor = || Redactor::of(beside.secrets(), credentials).beside_secrets(true);
            let http = answer::unfailed(received, &operation, &redactor)?;
            let response = GenericResponse::new(http, redactor(), self.envelope, attempt);
            let id = || Some(redactor().text(&response.request_id()?));
            let id = if watch.asks_for_ids() { id() } else { None };
            Ok((response, id))
        };
        exchange(client, &outgoing, timeout, watch, kept, read).await
    }

    fn facts(&self) -> OperationFacts<'_> {
        OperationFacts {
            action: &self.action,
            version: &self.version,
            envelope: self.envelope,
            answer: self.answer,
            method: self.method,
            path: &self.path,
            ram_action: None,
            access: self.access,
            security: self.security,
            idempotency_parameter: None,
        }
    }

    fn encoded(&self) -> Result<Encoded, Violations> {
        let wrong = self.wrong();
        if !wrong.is_empty() {
            return Err(Violations::of(&self.action, wrong));
        }
        let mut form = Pairs::with_room(self.form.len(), 256);
        for (name, value) in &self.form {
            form.add(name.clone(), Value::Text(value), Encoding::Indexed);
        }
        let body = match &self.body {
            Some(body) => body.clone(),
            None if self.form.is_empty() => Body::none(),
            None => places::form(form),
        };
        Ok(Encoded::of(&self.path, body))
    }

    /// What cannot be sent.
    fn wrong(&self) -> Vec<Violation> {
        let mut wrong = Vec::new();
        let mut add = |name: &str, must: &str| {
            let sentence = format!("{} {must}", words::code(name));
            wrong.push(Violation::of(name, ViolationKind::Value, sentence));
        };
        for (name, text) in [("action", &self.action), ("version", &self.version)] {
            if text.is_empty() {
                add(name, "must be given");
            } else if let Some(must) = unsendable_in_header(text) {
                add(name, must);
            }
        }
        if self.path != "/" && !path::is_path(&self.path) {
            add(
                "path",
                "must start with `/` and be escaped as URLs are, and no part empty, `.` or `..`",
            );
        }
        if self.body.is_some() && !self.form.is_empty() {
            add("body", "must not be given together with a form, which is a body, too");
        }
        for (position, (name, _)) in self.form.iter().enumerate() {
            if name.is_empty() {
                add("form", "must have parameters with names");
            } else if self.form[..position].iter().any(|(other, _)| other == name) {
                add(name, "must be given once");
            }
        }
        wrong
    }

    pub(crate) fn set_version(&mut self, version: String) {
        self.version = version.into();
    }

    pub(crate) fn set_method(&mut self, method: Method) {
        self.method = method;
    }

    pub(crate) fn set_path(&mut self, path: String) {
        self.path = path.into();
    }

    pub(crate) fn add_form(&mut self, name: String, value: String) {
        self.form.push((name.into(), Zeroizing::new(value)));
    }

    pub(crate) fn add_form_secret(&mut self, name: String, secret: SecretString) {
        self.add_secret(name.into(), secret);
    }

    pub(crate) fn set_json(&mut self, value: &serde_json::Value) {
        let bytes = Zeroizing::new(value.to_string().into_bytes());
        self.body = Some(Body::of(places::JSON, bytes));
    }

    pub(crate) fn set_body(&mut self, content_type: &'static str, bytes: &[u8]) {
        self.body = Some(Body::new(content_type, bytes));
    }

    pub(crate) fn set_read_only(&mut self) {
        self.access = Access::Read;
    }

    pub(crate) fn set_anonymous(&mut self) {
        self.security = Security::Anonymous;
    }
}

/// The methods of a call that say what is asked for; the call has a method `generic`.
macro_rules! generic_settings {
    () => {
        /// Names the version of the API; by default it is the crate's.
        pub fn version(mut self, version: impl Into<String>) -> Self {
            self.generic().set_version(version.into());
            self
        }

        /// Sets the method; `POST` by default.
        pub fn method(mut self, method: $crate::meta::Method) -> Self {
            self.generic().set_method(method);
            self
        }

        /// Sets the path, escaped as URLs are, of an operation of the ROA style. Without one the
        /// operation is of the RPC style, which is told by its name alone.
        pub fn path(mut self, path: impl Into<String>) -> Self {
            self.generic().set_path(path.into());
            self
        }

        /// Sends a parameter in a form, which is the body.
        pub fn form(mut self, name: impl Into<String>, value: impl ToString) -> Self {
            self.generic().add_form(name.into(), value.to_string());
            self
        }

        /// Sends a parameter that nobody may see. It travels in the form, where fewer look than at a
        /// URL, and is struck out of whatever is shown.
        pub fn secret(
            mut self,
            name: impl Into<String>,
            value: impl Into<$crate::SecretString>,
        ) -> Self {
            self.generic().add_form_secret(name.into(), value.into());
            self
        }

        /// Sends JSON as the body. What nobody may see of it is told to [`redact`](Self::redact), too.
        pub fn json(mut self, body: &$crate::serde_json::Value) -> Self {
            self.generic().set_json(body);
            self
        }

        /// Sends bytes of some media type as the body. What nobody may see of it is told to
        /// [`redact`](Self::redact), too.
        pub fn body(mut self, content_type: &'static str, bytes: impl AsRef<[u8]>) -> Self {
            self.generic().set_body(content_type, bytes.as_ref());
            self
        }

        /// Says that the operation only reads, so that repeating it does no harm. Without it the call
        /// is made again only after failures of which it is known that nothing was done.
        pub fn read_only(mut self) -> Self {
            self.generic().set_read_only();
            self
        }

        /// Says that anybody may make the call: it is not signed, and no credentials are asked for.
        pub fn anonymous(mut self) -> Self {
            self.generic().set_anonymous();
            self
        }
    };
}

#[cfg(feature = "blocking")]
pub(crate) use generic_settings;

/// A call of an operation by its name, which is made when it is awaited.
///
/// It is for what no crate describes: nothing of the request is checked but whether it can be sent. Which
/// members of an answer say that a call failed is taken to be as in the other operations of the service,
/// so that a failure is an error here, too; answers that are no JSON object are never asked.
///
/// ```no_run
/// # use alibabacloud_runtime::client::Client;
/// # async fn find(client: &Client) -> Result<(), alibabacloud_runtime::error::Error> {
/// let answer = client
///     .request("DescribeThings")
///     .query("PageSize", 10)
///     .query("Tag.1.Key", "owner")
///     .read_only()
///     .await?;
/// let things: alibabacloud_runtime::serde_json::Value = answer.json()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is made when it is awaited"]
pub struct GenericCall {
    client: Arc<Shared>,
    request: Generic,
}

impl GenericCall {
    pub(crate) fn new(client: &Arc<Shared>, action: String) -> Self {
        let version = client.service.version.unwrap_or_default();
        let request = Generic::of(action.into(), version.into());
        let envelope = client.service.envelope;
        Self { client: Arc::clone(client), request: Generic { envelope, ..request } }
    }

    generic_settings!();

    overridable!();

    /// Keeps the response of the service as it came beside what becomes of it; for an error, too.
    pub fn with_raw(self) -> RawCall<Self> {
        RawCall::new(self)
    }

    pub(crate) fn overrides(&mut self) -> &mut Overrides {
        &mut self.request.overrides
    }

    pub(crate) fn generic(&mut self) -> &mut Generic {
        &mut self.request
    }

    async fn run(self, kept: Option<&mut Option<HttpResponse>>) -> Result<GenericResponse, Error> {
        let Self { client, request } = self;
        let overrides = Some(&request.overrides);
        let watch = Watch::new(&client, overrides::region(overrides, &client), &request.action);
        let result = match overrides::applied(overrides, &client) {
            Ok((client, timeout)) => request.make(&client, timeout, &watch, kept).await,
            Err(error) => Err(error),
        };
        watch.end(result.as_ref().err());
        result
    }
}

impl IntoFuture for GenericCall {
    type Output = Result<GenericResponse, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run(None))
    }
}

impl Exchange for GenericCall {
    type Answer = GenericResponse;

    fn exchange(self) -> BoxFuture<'static, Raw<GenericResponse>> {
        Box::pin(async {
            let mut response = None;
            let result = self.run(Some(&mut response)).await;
            Raw { result, response }
        })
    }
}

/// Values are not shown: any of them may be a secret.
impl fmt::Debug for GenericCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Generic { action, version, method, form, overrides, .. } = &self.request;
        let form: Vec<&str> = form.iter().map(|(name, _)| &**name).collect();
        formatter
            .debug_struct("GenericCall")
            .field("action", action)
            .field("version", version)
            .field("method", method)
            .field("form", &form)
            .field("overrides", overrides)
            .finish_non_exhaustive()
    }
}
