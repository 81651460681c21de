//! What generated code calls an operation, read from the text of its file.

/// The names of an operation.
#[derive(Debug)]
pub struct Spelled {
    /// On the wire.
    pub action: String,
    /// The method of the client.
    pub method: String,
    /// The struct of the request.
    pub request: String,
}

/// The names in the file of an operation; nothing in other files.
pub fn operation(text: &str) -> Option<Spelled> {
    let mut lines = text.lines().map(str::trim);
    let mut method = None;
    let mut action = None;
    for line in &mut lines {
        if let Some(rest) = line.strip_prefix("action: \"") {
            action = rest.split('"').next();
        } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| line.contains("Response")) {
            method = method.or_else(|| rest.split_once('('));
        }
    }
    let (method, rest) = method?;
    let request = rest.split([',', ')']).next()?;
    Some(Spelled {
        action: action?.to_owned(),
        method: method.to_owned(),
        request: request.to_owned(),
    })
}
