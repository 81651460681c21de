//! What generated structs that are sent have in common: how they are made, shown and kept in files.
//!
//! Each has one list of its fields. A field stands there as `required` or `optional`, with its Rust
//! name, the type that is given for it, and its name. `json_text` says that it is a text that
//! holds JSON, and `in … as …` that it travels in another place than the query, or in another
//! encoding than a parameter for each scalar. `named` says what the wire calls a field that is called
//! otherwise here, because its name stands in two places, and `says` what the docs of a setter say.
//!
//! ```text
//! alibabacloud_runtime::private::fields! {
//!     StartRequest + PartialEq:
//!     required plan_id: impl Into<String> = "PlanId",
//!     optional port: i32 = "Port" says "Sets [`Port`](field@Self::port): where it listens.",
//!     optional objects: impl Into<Vec<Object>> = json_text "Objects",
//!     optional labels: impl Into<Vec<String>> = "Labels" in Form as Json,
//!     optional form_id: impl Into<String> = "form_id" in Form as Indexed named "Id",
//! }
//! ```
//!
//! - `builder!` gives `new`, which takes what is required, and a setter for whatever is optional;
//! - `fields!` gives that, `field::Fields`, `Clone`, `Debug`, `PartialEq` where it is asked for, and
//!   what the feature `serde` of the generated crate is for;
//! - `object!` lets a struct stand in a field of another;
//! - `forms!` gives an enum whose variants become requests a `Debug` that shows nothing of them.
//!
//! Specs name members and types as they like, `Option` and `Clone` included. So whatever a macro writes
//! into a generated crate has its whole path, and calls no method of a value by its bare name that
//! could be a setter.

/// Puts a value into an optional field.
// Written out, it makes a setter an eighth more to compile.
pub fn set<T>(field: &mut Option<T>, value: impl Into<T>) {
    *field = Some(value.into());
}

/// Gives a struct `new` and setters.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    ($name:ident: $(
        $(required $needed:ident: $needed_type:ty = $($needed_json:ident)? $needed_wire:literal)?
        $(
            optional $free:ident: $free_type:ty = $($free_json:ident)? $free_wire:literal
            $(deprecated $free_note:literal)?
            $(says $free_says:literal)?
        )?
        ,
    )*) => {
        impl $name {
            /// Starts with what is always required, and nothing else.
            pub fn new($($($needed: $needed_type,)?)*) -> Self {
                Self {
                    $(
                        $($needed: ::std::convert::Into::into($needed),)?
                        $($free: ::std::option::Option::None,)?
                    )*
                }
            }

            $($(
                $(#[doc = $free_says])?
                $(#[deprecated = $free_note])?
                pub fn $free(mut self, $free: $free_type) -> Self {
                    $crate::private::request::set(&mut self.$free, $free);
                    self
                }
            )?)*
        }
    };
}

/// Gives a struct what [`builder!`] gives, and shows its fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __fields {
    ($name:ident $(+ $comparable:ident)?: $(
        $(
            required $needed:ident: $needed_type:ty = $($needed_json:ident)? $needed_wire:literal
            $(in $needed_place:ident as $needed_encoding:ident $(named $needed_name:literal)?)?
        )?
        $(
            optional $free:ident: $free_type:ty = $($free_json:ident)? $free_wire:literal
            $(in $free_place:ident as $free_encoding:ident $(named $free_name:literal)?)?
            $(deprecated $free_note:literal)?
            $(says $free_says:literal)?
        )?
        ,
    )*) => {
        $crate::private::builder! {
            $name: $(
                $(required $needed: $needed_type = $($needed_json)? $needed_wire)?
                $(
                    optional $free: $free_type = $($free_json)? $free_wire
                    $(deprecated $free_note)?
                    $(says $free_says)?
                )?
                ,
            )*
        }

        impl $crate::private::field::Fields for $name {
            fn show(&self, visit: &mut $crate::private::field::Visit<'_>) {
                visit(
                    &[$($($needed_wire)? $($free_wire)?),*],
                    &[$(
                        $(
                            $(&$crate::__travels!($needed_place $needed_encoding $($needed_name)?).of)?
                            ($(&$crate::private::field::$needed_json)?(&self.$needed))
                        )?
                        $(
                            $(&$crate::__travels!($free_place $free_encoding $($free_name)?).of)?
                            ($(&$crate::private::field::$free_json)?(&self.$free))
                        )?
                    ),*],
                );
            }
        }

        $crate::private::shown! {
            $name $(+ $comparable)?: $($($needed)? $($free)?,)*
        }

        #[cfg(feature = "serde")]
        impl $crate::private::kept::Kept for $name {
            const MEMBERS: &'static [&'static str] = &[$($($needed_wire)? $($free_wire)?),*];

            fn read(_members: &mut $crate::private::kept::Members) -> $crate::private::kept::Outcome<Self> {
                #[allow(unused_mut, reason = "some structs have nothing optional")]
                let mut kept = Self {
                    $(
                        $($needed: _members.take($needed_wire)?,)?
                        $($free: ::std::option::Option::None,)?
                    )*
                };
                _members.fill(&[$($($free_wire,)?)*], &mut [$($(&mut kept.$free,)?)*])?;
                ::std::result::Result::Ok(kept)
            }
        }

        #[cfg(feature = "serde")]
        $crate::private::deserialize!($name: $crate::private::kept::deserialize);
        #[cfg(feature = "serde")]
        $crate::private::serialize!($name: $crate::private::kept::serialize);
    };
}

/// A place and an encoding, by their names, and the name on the wire where there is another.
#[doc(hidden)]
#[macro_export]
macro_rules! __travels {
    ($place:ident $encoding:ident $($name:literal)?) => {
        $crate::travel::Travel {
            place: $crate::travel::Place::$place,
            encoding: $crate::travel::Encoding::$encoding,
        }
        $(.named($name))?
    };
}

/// Lets a struct stand in a field of another.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident) => {
        impl $crate::private::field::AsValue for $name {
            fn as_value(&self) -> $crate::private::field::Value<'_> {
                $crate::private::field::Value::Object(self)
            }
        }
    };
}

/// Gives an enum whose variants become requests a `Debug` that shows nothing but its name.
///
/// A value is written down where it is converted, and the request shows what it held. Showing each
/// field here, too, was a fifteenth of what a check of the crate takes.
#[doc(hidden)]
#[macro_export]
macro_rules! __forms {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(::std::concat!(::std::stringify!($name), " { .. }"))
            }
        }
    };
}
