//! Whose credentials a source names, before anybody is asked for them.
//!
//! Two that are equal have the same credentials, so what is kept for one is good for the other.

use std::sync::Arc;

use super::Credentials;
use super::ProvideCredentials;
use super::cached::Cached;
use super::files::Files;
use super::instance::{Instance, InstanceRole};
use super::login::{Login, LoginKeys};
use super::net::Net;
use super::process::{Process, ProcessKeys};
use super::server::{Server, ServerKeys};
use super::sts::{OidcRole, OidcRoleKeys, Role, RoleKeys};

/// Whose credentials are named, and by what they are had.
#[derive(Clone)]
pub(super) enum Identity {
    /// They are there already.
    Keys(Credentials),
    /// Somebody takes a role on.
    Role(Role, Box<Identity>),
    /// A token of an identity provider is exchanged for a role's.
    OidcRole(OidcRole),
    /// The metadata of the instance has them.
    Instance(Instance),
    /// A server hands them out.
    Server(Server),
    /// A program prints them.
    Process(Process),
    /// A login that the command line tool has made is exchanged for them.
    Login(Login),
}

impl Identity {
    /// Who gives out the credentials; keeps them, where they are not there already.
    pub(super) fn provider(&self, net: &Net, files: &Arc<Files>) -> Arc<dyn ProvideCredentials> {
        let (net, clock) = (net.clone(), net.clock());
        match self.clone() {
            Self::Keys(credentials) => Arc::new(credentials),
            Self::Role(role, source) => {
                let source = source.provider(&net, files);
                Arc::new(Cached::by(RoleKeys { role, source, net }, clock))
            }
            Self::OidcRole(role) => {
                let files = Arc::clone(files);
                Arc::new(Cached::by(OidcRoleKeys { role, files, net }, clock))
            }
            Self::Instance(instance) => Arc::new(Cached::by(InstanceRole { instance, net }, clock)),
            Self::Server(server) => Arc::new(Cached::by(ServerKeys { server, net }, clock)),
            Self::Process(process) => Arc::new(Cached::by(ProcessKeys { process }, clock)),
            Self::Login(login) => Arc::new(Cached::by(LoginKeys { login, net }, clock)),
        }
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(own), Self::Keys(other)) => own.are(other),
            (Self::Role(role, source), Self::Role(other, other_source)) => {
                role == other && source == other_source
            }
            (Self::OidcRole(own), Self::OidcRole(other)) => own == other,
            (Self::Instance(own), Self::Instance(other)) => own == other,
            (Self::Server(own), Self::Server(other)) => own == other,
            (Self::Process(own), Self::Process(other)) => own == other,
            (Self::Login(own), Self::Login(other)) => own == other,
            (
                Self::Keys(_)
                | Self::Role(..)
                | Self::OidcRole(_)
                | Self::Instance(_)
                | Self::Server(_)
                | Self::Process(_)
                | Self::Login(_),
                _,
            ) => false,
        }
    }
}
