//! Exchanges with a real service, in a file.
//!
//! Knows no operation, and nothing of what may be written.

use std::fmt;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::lock;
use super::recorded::Exchange;
use crate::BoxFuture;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};

/// A transport that writes what passes over another one to a file, a line of JSON for each attempt:
/// operation, parameters, status and answer.
///
/// No secret is written. Of parameters and answers those members are written that the crate knows, and
/// of those that are secrets `"[REDACTED]"`; headers, and so keys, tokens and signatures, are not, and
/// what the service repeats of them is struck out. Of a call that no crate describes the names of its
/// parameters are written, and how it went. What is no call of an operation, such as a question for
/// keys, passes and is not written, and neither is an attempt that ends with its deadline.
#[derive(Clone)]
pub struct Recorder(Arc<Inner>);

struct Inner {
    transport: Box<dyn Transport>,
    file: Mutex<File>,
}

impl Recorder {
    /// Records what passes over a transport, in a file that is begun anew.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn new(transport: impl Transport + 'static, path: impl AsRef<Path>) -> io::Result<Self> {
        let (transport, file) = (Box::new(transport), Mutex::new(File::create(path)?));
        Ok(Self(Arc::new(Inner { transport, file })))
    }

    /// Records what passes over the built-in transport, in a file that is begun anew.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    #[cfg(feature = "reqwest")]
    pub fn of_network(path: impl AsRef<Path>) -> io::Result<Self> {
        let settings = crate::session::Options::default().connections();
        Self::new(crate::transport::https::Https::new(settings), path)
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let exchange = Exchange::of(&request);
        let received = self.0.transport.send(request).await;
        if let Some(exchange) = exchange {
            let written = lock(&self.0.file).write_all(exchange.line(&received).as_bytes());
            written.map_err(|error| {
                let detail = format!("the answer has come and cannot be recorded: {error}");
                TransportError::new(TransportErrorKind::Incomplete, detail).permanent()
            })?;
        }
        received
    }
}

impl Transport for Recorder {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recorder").field("over", &self.0.transport).finish_non_exhaustive()
    }
}
