//! How requests travel: by which method, where each parameter stands, and how its value is written.

/// The method of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Delete,
    Get,
    Head,
    Patch,
    Post,
    Put,
}

impl Method {
    /// The methods as keys of a path item.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("delete", Self::Delete),
        ("get", Self::Get),
        ("head", Self::Head),
        ("patch", Self::Patch),
        ("post", Self::Post),
        ("put", Self::Put),
    ];

    /// Whether a call by this method can have a body.
    pub(crate) fn has_body(self) -> bool {
        match self {
            Self::Get | Self::Head => false,
            Self::Delete | Self::Patch | Self::Post | Self::Put => true,
        }
    }
}

/// How services are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// An operation is named in a header, and its path is `/`.
    Rpc,
    /// An operation has a method and a path.
    Roa,
}

/// Where in a request a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Query,
    /// The form that the body is.
    Form,
    Header,
    Path,
    /// The parameter is the path, as it stands.
    WholePath,
    /// The JSON object that the body is.
    Member,
    /// The parameter is the body.
    Body(Media),
}

/// What a body is, that is one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Media {
    Json,
    Text,
    Bytes,
}

/// The media type of forms, and of queries, which are written alike.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

impl Media {
    /// The media type, as specs have it.
    pub(crate) const fn type_(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Text => "text/plain",
            Self::Bytes => "application/octet-stream",
        }
    }
}

/// What the body of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A JSON object with members.
    Object,
    /// One value.
    Whole(Media),
    Nothing,
}

/// How a value is written in a query or a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Lists and objects are taken apart: `Tag.1.Key=…`.
    Indexed,
    /// As JSON.
    Json,
    /// A list in one value, with commas.
    Comma,
}

/// How one parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Travel {
    pub(crate) place: Place,
    pub(crate) encoding: Encoding,
}

impl Travel {
    /// How most parameters do.
    pub(crate) const USUAL: Self = Self { place: Place::Query, encoding: Encoding::Indexed };
}
