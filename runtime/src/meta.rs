//! Constant facts about operations and endpoints.

/// What a caller has to know of an operation besides its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationMeta {
    /// The operation's name on the wire (header `x-acs-action`).
    pub action: &'static str,
    /// The version of the API that it belongs to (header `x-acs-version`).
    pub version: &'static str,
    /// The method that it is called with.
    pub method: Method,
    /// The path that it is called at, with the names of its parameters in braces.
    pub path: &'static str,
    /// The action that a RAM policy has to allow, where the documents say it.
    pub ram_action: Option<&'static str>,
    /// What the operation does to the service.
    pub access: Access,
    /// Who may call it.
    pub security: Security,
    /// The parameter that makes repeating a request safe, where there is one.
    pub idempotency_parameter: Option<&'static str>,
}

impl OperationMeta {
    /// Whether the operation only reads, so that repeating it does no harm.
    pub fn is_read(&self) -> bool {
        self.access == Access::Read
    }

    /// Whether the operation is told by its name alone, and its service reads query and form alike.
    pub(crate) fn is_rpc(&self) -> bool {
        self.path == "/"
    }
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
