//! Answers as tests make them: of their `default()`, and a setter for each member.
//!
//! Knows neither mocks nor how answers are read. Only crates with the feature `test-util` expand the macro.

#[cfg(feature = "test-util")]
pub use set::{Settable, set};

#[cfg(feature = "test-util")]
mod set {
    use std::collections::BTreeMap;

    use bytes::Bytes;

    /// The field of an answer.
    pub trait Settable {
        /// What is put there.
        type Value;

        /// Puts it there.
        fn put(&mut self, value: Self::Value);
    }

    impl<T> Settable for Option<T> {
        type Value = T;

        fn put(&mut self, value: T) {
            *self = Some(value);
        }
    }

    /// What is never absent is put there as it is.
    macro_rules! settable {
        ($($type:ty $(, $of:ident)?;)*) => {$(
            impl$(<$of>)? Settable for $type {
                type Value = Self;

                fn put(&mut self, value: Self) {
                    *self = value;
                }
            }
        )*};
    }

    settable! {
        Vec<T>, T;
        BTreeMap<String, T>, T;
        String;
        Bytes;
    }

    /// Puts a value into a field.
    pub fn set<F: Settable>(field: &mut F, value: impl Into<F::Value>) {
        field.put(value.into());
    }
}

/// Gives a struct that is received a setter for each member.
///
/// ```text
/// alibabacloud_runtime::private::answered! {
///     Task:
///     task_id: i64 = "TaskId",
///     state: impl Into<String> = "State",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __answered {
    ($name:ident: $($field:ident: $type:ty = $wire:literal,)*) => {
        impl $name {
            $(
                #[doc = concat!("Sets `", $wire, "`, for tests.")]
                #[must_use]
                pub fn $field(mut self, $field: $type) -> Self {
                    $crate::private::answered::set(&mut self.$field, $field);
                    self
                }
            )*
        }
    };
}
