//! What a mock is told to expect, and what it says then.
//!
//! Knows operations by their types or by their names, and no client.

use std::marker::PhantomData;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::parameters::Parameters;
use crate::field::Value;
use crate::json::{Json, Purpose};
use crate::meta::Answer;
use crate::operation::Operation;
use crate::response::Response;
use crate::scalar;
use crate::transport::{HttpRequest, HttpResponse};
use crate::typed;

/// How an operation is told to a mock: [`Typed`], or [`Named`].
pub trait Told: Send + Sync + 'static {
    /// What conditions look at.
    type Request;

    /// What the service answers.
    type Answer;

    /// The operation's name.
    #[doc(hidden)]
    fn action(&self) -> &str;

    /// The request, if it is one of the operation.
    #[doc(hidden)]
    fn request(&self, sent: &HttpRequest) -> Option<Arc<Self::Request>>;

    /// The answer as it would travel.
    #[doc(hidden)]
    fn response(&self, answer: &Self::Answer) -> HttpResponse;
}

/// An operation that a crate describes.
#[derive(Debug)]
pub struct Typed<O>(pub(super) PhantomData<fn() -> O>);

impl<O: Operation> Told for Typed<O> {
    type Request = O;
    type Answer = O::Response;

    fn action(&self) -> &str {
        O::META.action
    }

    fn request(&self, sent: &HttpRequest) -> Option<Arc<O>> {
        typed::of(sent.typed()?)
    }

    fn response(&self, answer: &O::Response) -> HttpResponse {
        HttpResponse::new(200, body(answer))
    }
}

/// An operation by its name.
#[derive(Debug)]
pub struct Named(pub(super) String);

impl Told for Named {
    type Request = Parameters;
    type Answer = serde_json::Value;

    fn action(&self) -> &str {
        &self.0
    }

    fn request(&self, sent: &HttpRequest) -> Option<Arc<Parameters>> {
        (super::action(sent) == Some(&self.0)).then(|| Arc::new(Parameters::of(sent)))
    }

    fn response(&self, answer: &serde_json::Value) -> HttpResponse {
        HttpResponse::new(200, answer.to_string())
    }
}

/// What the service would send, secrets included.
fn body<R: Response>(response: &R) -> Vec<u8> {
    let mut memory = Zeroizing::default();
    match R::META.answer {
        Answer::Object => {
            Json { value: Value::Object(response), purpose: Purpose::Wire }.write(&mut memory);
        }
        Answer::Json => response.show(&mut |_, values| {
            let [body] = values else { return };
            Json { value: body.as_value(), purpose: Purpose::Wire }.write(&mut memory);
        }),
        Answer::Text | Answer::Bytes => response.show(&mut |_, values| {
            values.iter().for_each(|body| scalar::bytes(body.as_value(), &mut memory));
        }),
        Answer::Nothing => {}
    }
    memory.to_vec()
}
