//! The parameters of a call whose operation no crate describes.

use std::borrow::Cow;
use std::fmt;

use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::places::FORM;
use crate::transport::HttpRequest;

/// Parameters by their names on the wire, from the query and from a form.
///
/// Nobody knows which of them are secrets, so `Debug` shows the names only.
pub struct Parameters(Vec<(String, Zeroizing<String>)>);

impl Parameters {
    pub(crate) fn of(sent: &HttpRequest) -> Self {
        let query = sent.expose_url().split_once('?').map_or("", |(_, query)| query);
        let is_form = sent.body().content_type() == Some(FORM);
        let form = if is_form { sent.body().expose() } else { &[] };
        let parameters = [query.as_bytes(), form];
        let parameters = parameters.into_iter().flat_map(form_urlencoded::parse);
        let owned = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
            (name.into_owned(), Zeroizing::new(value.into_owned()))
        };
        Self(parameters.map(owned).collect())
    }

    /// The value of a parameter; those of a list are `Name.1`, `Name.2`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(|(name, _)| name).collect();
        formatter.debug_struct("Parameters").field("names", &names).finish_non_exhaustive()
    }
}
