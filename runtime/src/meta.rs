//! Constant facts about operations and endpoints.

/// What a caller has to know of an operation besides its parameters, as crates have it.
pub type OperationMeta = OperationFacts<'static>;

/// What a caller has to know of an operation besides its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationFacts<'a> {
    /// The operation's name on the wire (header `x-acs-action`).
    pub action: &'a str,
    /// The version of the API that it belongs to (header `x-acs-version`).
    pub version: &'a str,
    /// Where its answers say how a call went.
    pub envelope: &'static EnvelopeMembers,
    /// What the body of its answers is.
    pub answer: Answer,
    /// The method that it is called with.
    pub method: Method,
    /// The path that it is called at, with the names of its parameters in braces.
    pub path: &'a str,
    /// The action that a RAM policy has to allow, where the documents say it.
    pub ram_action: Option<&'static str>,
    /// What the operation does to the service.
    pub access: Access,
    /// Who may call it.
    pub security: Security,
    /// The parameter that makes repeating a request safe, where there is one.
    pub idempotency_parameter: Option<&'static str>,
}

impl OperationFacts<'_> {
    /// Whether the operation only reads, so that repeating it does no harm.
    pub fn is_read(&self) -> bool {
        self.access == Access::Read
    }

    /// Whether the operation is told by its name alone, and its service reads query and form alike.
    pub(crate) fn is_rpc(&self) -> bool {
        self.path == "/"
    }
}

/// Which members at the root of an answer say how a call went.
///
/// The first letter of a name may have either case in an answer; of several names, those that stand
/// first count first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnvelopeMembers {
    /// The id of the request.
    pub request_id: &'static [&'static str],
    /// The error code.
    pub code: &'static [&'static str],
    /// The error message.
    pub message: &'static [&'static str],
    /// What says whether a call succeeded that has an HTTP status of success: the first of these that
    /// is there and says something. Without any, it succeeded.
    pub success: &'static [Marker],
}

impl EnvelopeMembers {
    /// What the gateway in front of all services writes: errors have their HTTP status, and what is
    /// not an error says nothing.
    pub const USUAL: Self =
        Self { request_id: &["RequestId"], code: &["Code"], message: &["Message"], success: &[] };
}

/// A member that says whether a call succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Its name.
    pub member: &'static str,
    /// The values with which it says so, as texts: `200` and `"200"` are one, and so are `true` and
    /// `"True"`, since services write numbers and booleans as strings, too.
    pub good: &'static [&'static str],
}

/// What the body of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// A JSON object, whose members are the response's fields.
    Object,
    /// Other JSON, which is the response's one field.
    Json,
    /// Text, which is the response's one field as it is.
    Text,
    /// Bytes, which are the response's one field as they are.
    Bytes,
    /// Nothing that the documents say anything of; what comes is passed over.
    Nothing,
}

/// A method of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// `DELETE`
    Delete,
    /// `GET`
    Get,
    /// `HEAD`, whose answer has no body.
    Head,
    /// `PATCH`
    Patch,
    /// `POST`
    Post,
    /// `PUT`
    Put,
}

impl Method {
    /// The method as a request line has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    /// Whether the answer has a body.
    pub(crate) fn has_answer(self) -> bool {
        match self {
            Self::Head => false,
            Self::Delete | Self::Get | Self::Patch | Self::Post | Self::Put => true,
        }
    }

    /// Whether requests usually have a body, so that one without says that it has none.
    pub(crate) fn asks_for_body(self) -> bool {
        match self {
            Self::Patch | Self::Post | Self::Put => true,
            Self::Delete | Self::Get | Self::Head => false,
        }
    }
}

/// What an operation does to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing: it only reads.
    Read,
    /// It changes something, or may do so.
    Write,
}

/// Who may call an operation, by what proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Security {
    /// Anybody: nothing is signed, and no credentials are asked for.
    Anonymous,
    /// Who has a bearer token.
    Bearer,
    /// Who has an access key, which signs the call.
    Key,
    /// Who has either.
    KeyOrBearer,
    /// Who has something that this crate knows no more of than these names: a call is refused.
    Unsupported(&'static [&'static str]),
}

/// A host of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The host name.
    pub host: &'static str,
    /// The network from which it can be reached.
    pub network: Network,
    /// The regions that it serves, sorted.
    pub regions: &'static [&'static str],
}

/// The network that an [`Endpoint`] is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Network {
    /// The internet.
    Public,
    /// A virtual private cloud in one of the endpoint's regions.
    Vpc,
}
