//! The program of the README with a transport of its own, which two clients share.

use alibabacloud_dbs::operations::DescribeRegionsRequest;
use alibabacloud_dbs::transport::TransportErrorKind::{Incomplete, NoResponse};
use alibabacloud_dbs::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_dbs::{BoxFuture, Error, Session};
use alibabacloud_sts::operations::GetCallerIdentityRequest;

/// An HTTP client that the program has anyway. It follows no redirects.
#[derive(Debug, Clone)]
pub struct Own(pub reqwest::Client);

impl Transport for Own {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let method = request.method().as_str().parse().expect("it is a method");
            let mut sent = self.0.request(method, request.expose_url());
            for (name, value) in request.expose_headers() {
                sent = sent.header(name, value);
            }
            let sent = sent.body(request.body().expose().to_vec()).send().await;
            // The library's words show URLs, which may hold secrets.
            let lost = |kind, error: reqwest::Error| {
                TransportError::new(kind, error.without_url().to_string())
            };
            let answer = sent.map_err(|error| lost(NoResponse, error))?;
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            let body = answer.bytes().await.map_err(|error| lost(Incomplete, error))?;
            let response = HttpResponse::new(status, body);
            Ok(headers.iter().fold(response, |response, (name, value)| {
                response.with_header(name.as_str(), value.as_bytes())
            }))
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    rustls::crypto::ring::default_provider().install_default().expect("it is the first one");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let own = Own(client.build().expect("there are certificates"));
    let session = Session::builder().region("cn-hangzhou").transport(own).build();
    let backups = alibabacloud_dbs::Client::builder().session(&session).build()?;
    let tokens = alibabacloud_sts::Client::builder().session(&session).build()?;
    let caller = tokens.get_caller_identity(GetCallerIdentityRequest::new()).await?;
    let regions = backups.describe_regions(DescribeRegionsRequest::new()).await?;
    println!("{:?} may use {:?}", caller.arn, regions.regions);
    Ok(())
}
