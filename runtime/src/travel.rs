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
}

/// Both together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Travel {
    /// Where the field stands.
    pub place: Place,
    /// How its value becomes texts.
    pub encoding: Encoding,
}
