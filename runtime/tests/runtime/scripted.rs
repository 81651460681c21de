//! A transport that needs no network, and clients that call over it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::service::operations::CreateGetDbListFromAgentTaskRequest;
use crate::service::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::service::{BoxFuture, Client, ClientBuilder, Credentials};
use tokio::time::{Instant, sleep};

pub type Reply = Result<HttpResponse, TransportError>;

/// Gives the replies in their order, the last one again and again, each after some time.
#[derive(Debug, Clone)]
pub struct Scripted {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    pub takes: Duration,
    /// When each request came.
    seen: Arc<Mutex<Vec<Instant>>>,
}

impl Scripted {
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        Self { replies, takes: Duration::ZERO, seen: Arc::default() }
    }

    pub fn attempts(&self) -> usize {
        self.seen.lock().expect("no holder panics").len()
    }

    /// The pauses between the requests.
    pub fn pauses(&self) -> Vec<Duration> {
        let seen = self.seen.lock().expect("no holder panics");
        seen.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

impl Transport for Scripted {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Reply> {
        self.seen.lock().expect("no holder panics").push(Instant::now());
        let mut replies = self.replies.lock().expect("no holder panics");
        let last = replies.len() == 1;
        let reply =
            if last { replies[0].clone() } else { replies.pop_front().expect("there is a reply") };
        let takes = self.takes;
        Box::pin(async move {
            sleep(takes).await;
            reply
        })
    }
}

pub fn status(status: u16) -> Reply {
    Ok(HttpResponse::new(status, "{}"))
}

pub fn builder<C>(transport: &Scripted) -> ClientBuilder<C> {
    ClientBuilder::new(crate::service::endpoints::ENDPOINTS)
        .region("cn-hangzhou")
        .credentials(Credentials::new("id", "secret"))
        .transport(transport.clone())
}

pub fn client(transport: &Scripted) -> Client {
    builder(transport).build().expect("the settings are acceptable")
}

pub fn request() -> CreateGetDbListFromAgentTaskRequest {
    CreateGetDbListFromAgentTaskRequest::new(160_813)
}
