//! How a field of a request travels: in which place, and spelled how.
//!
//! Knows no value; what is not said of a field is the query, and one parameter for each scalar.

/// Where a field of a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Place {
    /// In the query of the URL.
    #[default]
    Query,
    /// In the body, as a form has it (`application/x-www-form-urlencoded`).
    Form,
    /// In a header of its own.
    Header,
    /// In the path of the URL, where its template has the name in braces.
    Path,
    /// It is the path of the URL, as it stands.
    WholePath,
    /// In the body, as a member of a JSON object.
    Member,
    /// It is the body, as JSON.
    Json,
    /// It is the body, as plain text.
    Text,
    /// It is the body, as it is.
    Bytes,
}

/// How a value becomes texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Encoding {
    /// A text for each scalar inside, under a name that leads to it: `Name.1`, `Name.Member`.
    #[default]
    Indexed,
    /// One text, which is the value as JSON.
    Json,
    /// One text, in which the items of a list stand with commas between them.
    Comma,
}

/// Both together. Queries and forms have encodings; in other places there is one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Travel {
    /// Where the field stands.
    pub place: Place,
    /// How its value becomes texts.
    pub encoding: Encoding,
}
