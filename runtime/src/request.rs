//! What generated structs that are sent have in common: how they are made, shown and kept in files.
//!
//! Each has one list of its fields. A field stands there as `required` or `optional`, with its Rust
//! name, the type that is given for it, and its wire name; `json_text` says that it travels as JSON
//! text.
//!
//! ```text
//! alibabacloud_runtime::fields! {
//!     StartRequest + PartialEq:
//!     required plan_id: impl Into<String> = "PlanId",
//!     optional port: i32 = "Port",
//!     optional objects: impl Into<Vec<Object>> = json_text "Objects",
//! }
//! ```
//!
//! - `builder!` gives `new`, which takes what is required, and a setter for whatever is optional;
//! - `fields!` gives that, `field::Fields`, `Debug`, `PartialEq` where it is asked for, and what the
//!   feature `serde` of the generated crate is for;
//! - `object!` lets a struct stand in a field of another;
//! - `forms!` gives structs that become requests a `Debug` that shows nothing of them.

/// Gives a struct `new` and setters.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    ($name:ident: $(
        $(required $needed:ident: $needed_type:ty = $($needed_json:ident)? $needed_wire:literal)?
        $(optional $free:ident: $free_type:ty = $($free_json:ident)? $free_wire:literal)?
        ,
    )*) => {
        impl $name {
            /// Starts with what is always required, and nothing else.
            #[allow(clippy::too_many_arguments, reason = "the service requires them all")]
            pub fn new($($($needed: $needed_type,)?)*) -> Self {
                Self {
                    $($($needed: $needed.into(),)? $($free: ::std::option::Option::None,)?)*
                }
            }

            $($(
                #[doc = concat!("Sets `", $free_wire, "`.")]
                pub fn $free(mut self, $free: $free_type) -> Self {
                    self.$free = ::std::option::Option::Some($free.into());
                    self
                }
            )?)*
        }
    };
}

/// Gives a struct what [`builder!`] gives, and shows its fields.
#[doc(hidden)]
#[macro_export]
macro_rules! fields {
    ($name:ident $(+ $comparable:ident)?: $(
        $(required $needed:ident: $needed_type:ty = $($needed_json:ident)? $needed_wire:literal)?
        $(optional $free:ident: $free_type:ty = $($free_json:ident)? $free_wire:literal)?
        ,
    )*) => {
        // Not by `builder!`: types that pass through two macros are a hundredth more to compile.
        impl $name {
            /// Starts with what is always required, and nothing else.
            #[allow(clippy::too_many_arguments, reason = "the service requires them all")]
            pub fn new($($($needed: $needed_type,)?)*) -> Self {
                Self {
                    $($($needed: $needed.into(),)? $($free: ::std::option::Option::None,)?)*
                }
            }

            $($(
                #[doc = concat!("Sets `", $free_wire, "`.")]
                pub fn $free(mut self, $free: $free_type) -> Self {
                    self.$free = ::std::option::Option::Some($free.into());
                    self
                }
            )?)*
        }

        const _: () = {
            #[allow(unused_imports, reason = "few structs have fields that travel as JSON text")]
            use $crate::field::{self, AsValue as _};

            impl field::Fields for $name {
                fn show(&self, visit: &mut field::Visit<'_>) {
                    visit(
                        &[$($($needed_wire)? $($free_wire)?),*],
                        &[$(
                            $(&self.$needed $(.$needed_json())?)?
                            $(&self.$free $(.$free_json())?)?
                        ),*],
                    );
                }
            }

            $crate::shown! {
                $name $(+ $comparable)?: $($($needed)? $($free)?,)*
            }
        };

        #[cfg(feature = "serde")]
        const _: () = {
            use $crate::{__serde as serde, kept};

            impl kept::Kept for $name {
                const MEMBERS: &'static [&'static str] = &[$($($needed_wire)? $($free_wire)?),*];

                fn read(_members: &mut kept::Members) -> kept::Outcome<Self> {
                    #[allow(unused_mut, reason = "some structs have nothing optional")]
                    let mut kept = Self {
                        $(
                            $($needed: _members.take($needed_wire)?,)?
                            $($free: ::std::option::Option::None,)?
                        )*
                    };
                    _members.fill(
                        &[$($($free_wire,)?)*],
                        &mut [$($(&mut kept.$free,)?)*],
                    )?;
                    ::std::result::Result::Ok(kept)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    kept::deserialize(deserializer)
                }
            }

            $crate::serialize!($name);
        };
    };
}

/// Lets a struct stand in a field of another.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident) => {
        impl $crate::field::AsValue for $name {
            fn as_value(&self) -> $crate::field::Value<'_> {
                $crate::field::Value::Object(self)
            }
        }
    };
}

/// Gives structs that become requests a `Debug` that shows nothing but their names.
///
/// They are written down where they are converted, and the request shows what they held. Showing each
/// field here, too, was a fifteenth of what a check of the crate takes.
#[doc(hidden)]
#[macro_export]
macro_rules! forms {
    ($($name:ident)*) => {
        $(
            impl ::std::fmt::Debug for $name {
                fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    formatter.write_str(::std::concat!(::std::stringify!($name), " { .. }"))
                }
            }
        )*
    };
}
