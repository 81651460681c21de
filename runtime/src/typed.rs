//! Requests with their types, for those who stand in for a service and see more than what travels.
//!
//! Knows no transport. Only tests have it: the feature is `test-util`.

use std::any::Any;
use std::sync::Arc;

use serde_json::Value;
use serde_json::value::Serializer;

use crate::lenient::{Receive, slot_may_hold_secret};
use crate::meta::{Answer, OperationMeta};
use crate::operation::Operation;
use crate::received;
use crate::redact::Redactor;
use crate::response::Response;
use crate::view;

/// A request of some operation.
pub(crate) trait Typed: Any + Send + Sync {
    /// The operation.
    fn operation(&self) -> OperationMeta;

    /// The parameters without secrets.
    fn parameters(&self) -> Value;

    /// What strikes out the request's secrets.
    fn redactor(&self) -> Redactor;

    /// What a body of success holds that the crate knows of, without secrets; none if it is another one.
    fn answer(&self, body: &[u8]) -> Option<Value>;

    /// Whether a member at the root of the answer is a secret or may hold one.
    fn may_hold_secret(&self, member: &str) -> bool;
}

impl<O: Operation> Typed for O {
    fn operation(&self) -> OperationMeta {
        O::META
    }

    fn parameters(&self) -> Value {
        view::to_value(self)
    }

    fn redactor(&self) -> Redactor {
        Redactor::new(self, None)
    }

    fn answer(&self, body: &[u8]) -> Option<Value> {
        let response = O::Response::from_body(body).ok()?;
        let written = match O::META.answer {
            Answer::Object => received::serialize(&response, Serializer),
            Answer::Json | Answer::Text | Answer::Bytes | Answer::Nothing => {
                received::serialize_whole(&response, Serializer)
            }
        };
        written.ok()
    }

    fn may_hold_secret(&self, member: &str) -> bool {
        let mut response = O::Response::default();
        let names = response.names().iter().filter(|name| name.eq_ignore_ascii_case(member));
        names.into_iter().any(|name| response.slot(name).is_some_and(slot_may_hold_secret))
    }
}

/// The request, if it is one of this operation.
pub(crate) fn of<O: Operation>(typed: &Arc<dyn Typed>) -> Option<Arc<O>> {
    let any: Arc<dyn Any + Send + Sync> = Arc::<dyn Typed>::clone(typed);
    any.downcast().ok()
}
