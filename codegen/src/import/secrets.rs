//! Which texts are secrets: the metadata marks none, so their names tell.

/// Ends of names of secrets, in small letters, whatever stands before.
const ENDS: [&str; 13] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secretkey",
    "accesskeysecret",
    "privatekey",
    "securitytoken",
    "secrettoken",
    "bearertoken",
    "samlassertion",
    "oidctoken",
];

/// Whole names of things about secrets that are none.
const NONE: [&str; 3] = ["passwordinherit", "needresetpassword", "isvaluesecret"];

/// What a name starts with that asks whether there is one.
const ASKS: [&str; 7] = ["is", "has", "need", "enable", "allow", "reset", "support"];

/// Whether a text of this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let small = plain.to_ascii_lowercase();
    let asks = ASKS.iter().any(|ask| {
        let rest = small.strip_prefix(ask).map(|_| &plain[ask.len()..]);
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    });
    !asks && !NONE.contains(&small.as_str()) && ENDS.iter().any(|end| small.ends_with(end))
}
