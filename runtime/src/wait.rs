//! Waiting until a service tells that something has come to its end.
//!
//! The same request is made again and again, until its answer is in a state that ends the waiting. What
//! these states are is data of the operation: a [`Goal`].
//!
//! Knows no product and no transport, and starts nothing that goes on when it is dropped.

mod error;
mod goal;
mod state;

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};
use tracing::debug;

use crate::BoxFuture;
use crate::call::Call;
use crate::error::Error;
use crate::field::Fields;
use crate::observer::milliseconds;
use crate::operation::Operation;
use crate::retry;
pub use error::{WaitEnd, WaitError, WaitStopped};
pub use goal::{Goal, Take, Test};
use state::{State, seen, state};

/// A request that can be made again and again. Generated crates implement it.
pub trait Repeat: Operation + Clone {
    /// Drops the idempotency token, as each question is a call of its own.
    fn forget_token(&mut self);
}

/// How long no pause is by default, unless the first one is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Asks again and again until a goal is reached, once it is awaited.
///
/// The first question is asked at once. Between two questions is a pause, which grows from time to time
/// and of which a random part is left out. Errors that may pass, such as throttling or a connection that
/// breaks, do not end the waiting; any other does.
///
/// Dropping it, or the future that it becomes, ends it: nothing goes on in the background.
///
/// Awaiting it needs a `tokio` runtime with its timer on.
#[must_use = "nothing is asked before it is awaited"]
pub struct Wait<O> {
    call: Call<O>,
    goal: &'static Goal,
    timeout: Duration,
    first_pause: Duration,
    longest_pause: Duration,
}

impl<O: Repeat> Wait<O> {
    pub(crate) fn new(mut call: Call<O>, goal: &'static Goal) -> Self {
        call.request_mut().forget_token();
        Self {
            call,
            goal,
            timeout: goal.timeout,
            first_pause: goal.pause,
            longest_pause: goal.pause.max(LONGEST_PAUSE),
        }
    }

    /// Sets how long all of it may take, the questions and the pauses between them. Each question has the
    /// client's own timeout besides.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the pause after the first question, and the longest one. Each is half as long again as the one
    /// before, and up to a half of it is left out at random.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    async fn run(self) -> Result<O::Response, WaitError<O::Response>> {
        let started = Instant::now();
        let deadline = started.checked_add(self.timeout);
        let mut asked = Asked::new(self.goal, O::META.action);
        let mut pause = self.first_pause.min(self.longest_pause);
        let mut is_last = false;
        loop {
            let call = self.call.again();
            let answer = match deadline {
                Some(deadline) => timeout_at(deadline, call.into_future()).await.ok(),
                None => Some(call.await),
            };
            let Some(answer) = answer else { return Err(asked.out_of_time(self.timeout)) };
            asked.note(answer)?;
            if let Some(answer) = asked.reached() {
                return Ok(answer);
            }
            let left = self.timeout.saturating_sub(started.elapsed());
            let wish = asked.error.as_ref().and_then(retry::wish);
            // Those who started together do not go on together.
            let left_out = (pause / 2).mul_f64(fastrand::f64());
            let mut next = pause.saturating_sub(left_out).max(wish.unwrap_or_default());
            if next >= left {
                if is_last {
                    return Err(asked.out_of_time(self.timeout));
                }
                is_last = true;
                next = left - left / 10;
            }
            debug!(action = O::META.action, pause_ms = milliseconds(next), "not yet: asks again");
            sleep(next).await;
            pause = pause.saturating_add(pause / 2).min(self.longest_pause);
        }
    }
}

/// What has come of the questions so far.
struct Asked<R> {
    goal: &'static Goal,
    action: &'static str,
    questions: u32,
    answer: Option<R>,
    /// The error of the last question, when it may pass.
    error: Option<Error>,
    is_reached: bool,
}

impl<R: Fields> Asked<R> {
    fn new(goal: &'static Goal, action: &'static str) -> Self {
        Self { goal, action, questions: 0, answer: None, error: None, is_reached: false }
    }

    /// Takes an answer in; the end where there is nothing left to wait for.
    fn note(&mut self, answer: Result<R, Error>) -> Result<(), WaitError<R>> {
        self.questions = self.questions.saturating_add(1);
        match answer {
            Ok(answer) => {
                let state = state(self.goal, &answer);
                self.answer = Some(answer);
                self.error = None;
                self.is_reached = state == State::Succeeded;
                if state == State::Failed {
                    return Err(self.stopped(WaitEnd::Failed));
                }
                Ok(())
            }
            Err(error) if error.is_retryable() => {
                self.error = Some(error);
                Ok(())
            }
            Err(error) => Err(WaitError::of_call(error, self.answer.take())),
        }
    }

    /// The answer that was waited for.
    fn reached(&mut self) -> Option<R> {
        self.answer.take_if(|_| self.is_reached)
    }

    fn out_of_time(mut self, after: Duration) -> WaitError<R> {
        self.stopped(WaitEnd::TimedOut { after })
    }

    fn stopped(&mut self, end: WaitEnd) -> WaitError<R> {
        let answer = self.answer.take();
        let seen = answer.as_ref().map(|answer| seen(self.goal, answer)).unwrap_or_default();
        let stopped = WaitStopped {
            operation: self.action,
            goal: self.goal.name,
            end,
            seen,
            questions: self.questions,
            error: self.error.take(),
        };
        WaitError::of_end(stopped, answer)
    }
}

impl<O: Repeat> IntoFuture for Wait<O> {
    type Output = Result<O::Response, WaitError<O::Response>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Nothing of the request is shown.
impl<O> fmt::Debug for Wait<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Wait")
            .field("goal", &self.goal.name)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Gives both clients a method that waits, for each goal of an operation.
///
/// ```text
/// alibabacloud_runtime::private::waits! {
///     ListTasksRequest, idempotency_token: client_token;
///     /// Waits until all tasks are done.
///     fn wait_until_done:
///     name: "done", items: All ["Items", "Task"],
///     success: [["State"] = ["done"]],
///     failure: [["State"] = ["failed"]],
///     pause: 5, timeout: 1800;
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __waits {
    (
        $request:ident $(, idempotency_token: $once:ident)?;
        $(
            $(#[doc = $doc:expr])*
            fn $method:ident $(deprecated $note:literal)?:
            name: $name:literal, $(items: $take:ident $items:tt,)?
            success: [$($success:tt $(= $good:tt)?),*],
            failure: [$($failure:tt $(= $bad:tt)?),*],
            pause: $pause:literal, timeout: $timeout:literal;
        )+
    ) => {
        impl $crate::wait::Repeat for $request {
            fn forget_token(&mut self) {
                $(self.$once = ::std::option::Option::None;)?
            }
        }

        $(
            $crate::private::waits! {
                @both $request $method [$($note)?] [$($doc),*]
                $crate::wait::Goal {
                    name: $name,
                    items: $crate::private::waits!(@items $($take $items)?),
                    success: &[$($crate::private::waits!(@test $success $($good)?)),*],
                    failure: &[$($crate::private::waits!(@test $failure $($bad)?)),*],
                    pause: ::std::time::Duration::from_secs($pause),
                    timeout: ::std::time::Duration::from_secs($timeout),
                }
            }
        )+
    };
    (@both $request:ident $method:ident $note:tt $docs:tt $goal:expr) => {
        $crate::private::waits! {
            @method super::super::Client: fn $method($request) -> $crate::wait::Wait<$request>;
            $note $docs $goal
        }

        #[cfg(feature = "blocking")]
        $crate::private::waits! {
            @method super::super::blocking::Client:
            fn $method($request) -> $crate::blocking::Wait<$request>;
            $note $docs $goal
        }
    };
    (
        @method $client:ty: fn $method:ident($request:ident) -> $wait:ty;
        [$($note:literal)?] [$($doc:expr),*] $goal:expr
    ) => {
        impl $client {
            $(#[doc = $doc])*
            $(#[deprecated = $note])?
            pub fn $method(&self, request: $request) -> $wait {
                const GOAL: $crate::wait::Goal = $goal;
                self.0.wait(request, &GOAL)
            }
        }
    };
    (@items) => {
        ::std::option::Option::None
    };
    (@items $take:ident $items:tt) => {
        ::std::option::Option::Some(($crate::wait::Take::$take, &$items))
    };
    (@test $path:tt) => {
        $crate::wait::Test { path: &$path, values: &[] }
    };
    (@test $path:tt $values:tt) => {
        $crate::wait::Test { path: &$path, values: &$values }
    };
}
