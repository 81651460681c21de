//! What a request has to tell so that it can be called.

use crate::field::Fields;
use crate::meta::OperationMeta;
use crate::response::Response;
use crate::validation::{self, Checked, Violations};

/// A request of an operation. Generated crates implement it.
pub trait Operation: Fields + Checked + Send + Sync + 'static {
    /// What the service answers.
    type Response: Response + Send + 'static;

    /// What a caller has to know of the operation besides its parameters.
    const META: OperationMeta;

    /// Checks what can be checked of the request alone.
    ///
    /// # Errors
    ///
    /// Every rule that the request breaks.
    #[inline]
    fn validate(&self) -> Result<(), Violations>
    where
        Self: Sized,
    {
        validation::validate(self, Self::META.action, Checked::check)
    }
}

/// A request with rules that depend on facts which it does not carry.
#[diagnostic::on_unimplemented(
    message = "no rule of `{Self}` depends on anything but the request",
    note = "leave out `.context(…)`"
)]
pub trait InContext: Operation {
    /// The facts, as far as they are known.
    type Context;

    /// Checks everything, given what is known.
    ///
    /// # Errors
    ///
    /// Every rule that the request breaks.
    fn validate_in(&self, context: &Self::Context) -> Result<(), Violations>;
}

/// Makes a request callable: `META`, `validate`, [`Operation`] and, with a context, `validate_in` and
/// [`InContext`]; and gives both clients a method for it.
///
/// The generated crate has `Client` and, with its feature `blocking`, `blocking::Client` two modules
/// up.
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    (
        fn $method:ident($request:ident $(, $context:ident)?) -> $response:ident;
        summary: $summary:literal,
        $($fact:ident: $value:expr,)*
    ) => {
        /// What a caller has to know of the operation besides its parameters.
        pub const META: $crate::meta::OperationMeta = $crate::meta::OperationMeta {
            $($fact: $value,)*
        };

        impl $request {
            /// Checks everything that the documents ask of the request alone.
            $(
                #[doc = ""]
                #[doc = concat!(
                    "Nothing is known of [`", stringify!($context), "`] then; see ",
                    "[`validate_in`](Self::validate_in)."
                )]
            )?
            ///
            /// # Errors
            ///
            /// Every rule that the request breaks, in the order of its fields.
            #[inline]
            pub fn validate(&self) -> ::std::result::Result<(), $crate::validation::Violations> {
                $crate::operation::Operation::validate(self)
            }
        }

        $($crate::operation! { @context $request $context })?

        impl $crate::operation::Operation for $request {
            type Response = $response;

            const META: $crate::meta::OperationMeta = META;
        }

        impl super::super::Client {
            #[doc = $summary]
            #[doc = ""]
            #[doc = concat!("What it requires stands at [`", stringify!($request), "`].")]
            pub fn $method(&self, request: $request) -> $crate::call::Call<$request> {
                self.0.call(request)
            }
        }

        #[cfg(feature = "blocking")]
        impl super::super::blocking::Client {
            #[doc = $summary]
            #[doc = ""]
            #[doc = concat!("What it requires stands at [`", stringify!($request), "`].")]
            pub fn $method(&self, request: $request) -> $crate::blocking::Call<$request> {
                self.0.call(request)
            }
        }
    };
    (@context $request:ident $context:ident) => {
        impl $crate::validation::Checked for $request {
            #[inline]
            fn check(&self, report: &mut $crate::validation::Report<'_>) {
                $crate::validation::CheckedIn::check_in(self, &$context::new(), report);
            }
        }

        impl $request {
            /// Checks everything that the documents ask of the request, given what is known of the
            /// context.
            ///
            /// # Errors
            ///
            /// Every rule that the request breaks, in the order of its fields.
            #[inline]
            pub fn validate_in(
                &self,
                context: &$context,
            ) -> ::std::result::Result<(), $crate::validation::Violations> {
                $crate::validation::validate(self, META.action, |request, report| {
                    $crate::validation::CheckedIn::check_in(request, context, report);
                })
            }
        }

        impl $crate::operation::InContext for $request {
            type Context = $context;

            fn validate_in(
                &self,
                context: &$context,
            ) -> ::std::result::Result<(), $crate::validation::Violations> {
                self.validate_in(context)
            }
        }
    };
}
