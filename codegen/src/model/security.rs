//! Who may call an operation, by what proves it.

use crate::english::any_of;

/// What proves who calls; one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Security {
    /// Nothing: anybody may call.
    Anonymous,
    Bearer,
    Key,
    KeyOrBearer,
    /// What has no code, by the names of its schemes.
    Unsupported(Vec<String>),
}

/// A way to prove who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scheme {
    Key,
    Bearer,
    /// One without code, by its name.
    Other(String),
}

impl Security {
    /// What is left of schemes of which one is enough, those that have code first; anybody may call
    /// where there is none.
    pub(crate) fn any_of(schemes: Vec<Scheme>) -> Self {
        if schemes.is_empty() {
            return Self::Anonymous;
        }
        match (schemes.contains(&Scheme::Key), schemes.contains(&Scheme::Bearer)) {
            (true, true) => Self::KeyOrBearer,
            (true, false) => Self::Key,
            (false, true) => Self::Bearer,
            (false, false) => {
                let names = schemes.into_iter().filter_map(|scheme| match scheme {
                    Scheme::Other(name) => Some(name),
                    Scheme::Key | Scheme::Bearer => None,
                });
                Self::Unsupported(names.collect())
            }
        }
    }

    /// What a caller needs, in words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Anonymous => "no credentials".to_owned(),
            Self::Bearer => "a bearer token".to_owned(),
            Self::Key => "an access key".to_owned(),
            Self::KeyOrBearer => "an access key or a bearer token".to_owned(),
            Self::Unsupported(names) => any_of(names),
        }
    }
}
