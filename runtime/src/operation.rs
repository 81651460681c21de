//! What a request has to tell so that it can be called.

use crate::field::Fields;
use crate::meta::OperationMeta;
use crate::response::Response;
use crate::validation::Violations;
use crate::validation::report::{self, Checked, Report};

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
        self.validate_in(&Self::Context::default())
    }

    /// Checks everything, given what is known of the context.
    ///
    /// # Errors
    ///
    /// Every rule that the request breaks.
    #[inline]
    fn validate_in(&self, context: &Self::Context) -> Result<(), Violations>
    where
        Self: Sized,
    {
        let check = |request: &Self, report: &mut Report<'_>| request.check(context, report);
        report::validate(self, &Self::META, check)
    }
}

/// Facts that rules of a request depend on and the request does not carry.
#[diagnostic::on_unimplemented(
    message = "no rule of `{O}` depends on a `{Self}`",
    label = "not the context of this operation",
    note = "leave out `.context(…)`, or tell what the operation's `validate_in` takes"
)]
pub trait ContextOf<O: Operation> {
    /// The context of the request's type.
    fn facts(&self) -> &O::Context;
}

impl<O: Operation, C: ContextOf<O>> ContextOf<O> for &C {
    fn facts(&self) -> &O::Context {
        (**self).facts()
    }
}

/// Makes a request callable: `META`, `validate`, [`Operation`], [`Response`] and, with a context,
/// `validate_in` and [`ContextOf`]; and gives both clients a method for it.
///
/// The generated crate has `Client` and, with its feature `blocking`, `blocking::Client` two modules
/// up.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        fn $method:ident($request:ident $(, $context:ident)?) -> $response:ident
        $(, security: $security:ident $(($names:expr))?)? $(, deprecated: $note:literal)?;
        summary: $summary:literal,
        $($fact:ident: $value:expr,)*
    ) => {
        /// What a caller has to know of the operation besides its parameters.
        pub const META: $crate::meta::OperationMeta = $crate::meta::OperationMeta {
            $($fact: $value,)*
            security: $crate::private::operation! { @security $($security $(($names))?)? },
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

        $($crate::private::operation! { @context $request $context })?

        impl $crate::operation::Operation for $request {
            type Response = $response;

            const META: $crate::meta::OperationMeta = META;
        }

        impl $crate::response::Response for $response {
            const META: $crate::meta::OperationMeta = META;
        }

        $crate::private::operation! {
            @method super::super::Client: fn $method($request) -> $crate::call::Call<$request>;
            $summary $($note)?
        }

        #[cfg(feature = "blocking")]
        $crate::private::operation! {
            @method super::super::blocking::Client:
            fn $method($request) -> $crate::blocking::Call<$request>;
            $summary $($note)?
        }
    };
    (
        @method $client:ty: fn $method:ident($request:ident) -> $call:ty;
        $summary:literal $($note:literal)?
    ) => {
        impl $client {
            #[doc = $summary]
            #[doc = ""]
            #[doc = concat!("What it requires stands at [`", stringify!($request), "`].")]
            $(#[deprecated = $note])?
            pub fn $method(&self, request: $request) -> $call {
                self.0.call(request)
            }
        }
    };
    (@security) => {
        $crate::meta::Security::Key
    };
    (@security $security:ident $(($names:expr))?) => {
        $crate::meta::Security::$security $(($names))?
    };
    (@context $request:ident $context:ident) => {
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
                $crate::operation::Operation::validate_in(self, context)
            }
        }

        impl $crate::operation::ContextOf<$request> for $context {
            fn facts(&self) -> &Self {
                self
            }
        }
    };
}
