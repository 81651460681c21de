//! What only generated code calls.
//!
//! None of it has a promise of staying: a crate and its runtime are generated and published together.

pub use serde;
pub use serde_json;

#[cfg(feature = "pattern")]
pub use crate::__pattern as pattern;
pub use crate::{
    __answered as answered, __builder as builder, __deserialize as deserialize, __fields as fields,
    __forms as forms, __object as object, __open_enum as open_enum, __operation as operation,
    __paged as paged, __receive as receive, __received as received, __serialize as serialize,
    __shown as shown, __text_names as text_names, __waits as waits, __whole as whole,
};

/// Answers as tests make them.
#[cfg(feature = "test-util")]
pub mod answered {
    pub use crate::answered::*;
}

/// What a field is, and how a request shows its fields to whoever walks over them.
pub mod field {
    pub use crate::field::*;
}

/// Requests in files.
pub mod kept {
    pub use crate::kept::*;
}

/// Reading what services send.
pub mod lenient {
    pub use crate::lenient::whole::{BODY, deserialize as deserialize_whole, deserialize_nothing};
    pub use crate::lenient::*;
}

/// Enums that survive values newer than the crate.
pub mod open_enum {
    pub use crate::open_enum::*;
}

/// Answers in files.
pub mod received {
    pub use crate::received::*;
}

/// Structs that are sent.
pub mod request {
    pub use crate::request::*;
}

/// What validators fill, and what they ask.
pub mod validation {
    pub use crate::field::{Bound, Limit};
    pub use crate::validation::moment::{Moment, date, date_time, time};
    pub use crate::validation::number::{is_multiple, spelled, sum};
    pub use crate::validation::report::{Checked, NoContext, Report, is_unique, validate};
    pub use crate::validation::{ViolationKind, Violations};
}
