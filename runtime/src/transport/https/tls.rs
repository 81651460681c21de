//! TLS as settings ask for it.
//!
//! Knows no endpoint. What is wrong with a certificate or a key is said without showing either.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, SupportedProtocolVersion, WantsVerifier};
use rustls_platform_verifier::Verifier;
use secrecy::ExposeSecret as _;

use super::super::{TlsVersion, TransportError, TransportErrorKind};
use super::Settings;
use crate::error::{EndpointError, Error};
use crate::session::{ClientCertificate, Trust};

const ALSO: &str = ".ca_certificates(…)";
const ONLY: &str = ".only_ca_certificates(…)";
const OWN: &str = ".client_certificate(…)";

/// TLS for endpoints that are called without: machines that have no certificates can talk to
/// themselves all the same.
pub(super) fn unused(settings: &Settings) -> Result<ClientConfig, Error> {
    Ok(start(settings)?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// TLS that checks certificates, and shows one where there is one.
pub(super) fn checking(settings: &Settings) -> Result<ClientConfig, Error> {
    let start = start(settings)?;
    let checking = match &settings.connections.trust {
        None => by_platform(start, Vec::new())?,
        Some(Trust::Also(pem)) => by_platform(start, certificates(pem, ALSO)?)?,
        Some(Trust::Only(pem)) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(pem, ONLY)? {
                let added = roots.add(certificate);
                added.map_err(|_| wrong(ONLY, "a certificate cannot be read"))?;
            }
            start.with_root_certificates(roots)
        }
    };
    match settings.connections.client_certificate.as_deref() {
        Some(own) => showing(checking, own),
        None => Ok(checking.with_no_client_auth()),
    }
}

/// The cryptography that the application has chosen, or else `ring`, which builds with nothing but a C
/// compiler.
fn start(settings: &Settings) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    const VERSIONS: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];
    let versions = match settings.connections.min_tls.unwrap_or(TlsVersion::Tls12) {
        TlsVersion::Tls12 => &VERSIONS[..],
        TlsVersion::Tls13 => &VERSIONS[..1],
    };
    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let config = ClientConfig::builder_with_details(provider, Arc::new(settings.clock.clone()));
    config.with_protocol_versions(versions).map_err(|error| setup(&error))
}

fn by_platform(
    start: ConfigBuilder<ClientConfig, WantsVerifier>,
    besides: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, Error> {
    let provider = Arc::clone(start.crypto_provider());
    let verifier = match besides.is_empty() {
        true => Verifier::new(provider),
        false => Verifier::new_with_extra_roots(besides, provider),
    };
    let verifier = Arc::new(verifier.map_err(|error| setup(&error))?);
    Ok(start.dangerous().with_custom_certificate_verifier(verifier))
}

fn showing(
    checking: ConfigBuilder<ClientConfig, WantsClientCert>,
    own: &ClientCertificate,
) -> Result<ClientConfig, Error> {
    let chain = certificates(&own.chain, OWN)?;
    let key = PrivateKeyDer::from_pem_slice(own.key.expose_secret().as_bytes());
    let key = key.map_err(|_| wrong(OWN, "the key is none in PEM form"))?;
    // What the library says of it may repeat some of it.
    checking
        .with_client_auth_cert(chain, key)
        .map_err(|_| wrong(OWN, "the key is of a kind that is not known, or not the certificate's"))
}

/// The certificates of a text in PEM form; there is at least one.
fn certificates(pem: &[u8], named_by: &'static str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let read = read.map_err(|_| wrong(named_by, "it is not in PEM form"))?;
    if read.is_empty() {
        return Err(wrong(named_by, "it has no certificate in PEM form"));
    }
    Ok(read)
}

fn wrong(named_by: &'static str, reason: &'static str) -> Error {
    EndpointError::Setting { named_by, reason }.into()
}

pub(super) fn setup(error: &dyn std::error::Error) -> Error {
    let detail = format!("TLS is not available: {error}");
    TransportError::new(TransportErrorKind::Connect, detail).permanent().into()
}
