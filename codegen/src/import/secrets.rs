//! Which texts are secrets: the metadata marks none, so their names tell.
//!
//! A name is compared as a whole, or by the words at its end, in small letters, and without what is no letter.
//! Names that mean a secret here and something harmless there, such as `Token` (a page, a mark of a
//! request, a key), `UserData` and `Signature`, are left to overlays.

/// Ends of names of secrets, whatever stands before.
const ENDS: [&str; 30] = [
    // What somebody knows.
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secretkey",
    "accesskeysecret",
    "authkey",
    "presharedkey",
    "apikey",
    "apikeyvalue",
    // Keys, and files that hold them.
    "privatekey",
    "privatekeybody",
    "privatekeydata",
    "kubeconfig",
    // What proves who calls.
    "securitytoken",
    "secrettoken",
    "bearertoken",
    "accesstoken",
    "refreshtoken",
    "sessiontoken",
    "authtoken",
    "authtokens",
    "logintoken",
    "idtoken",
    "importtoken",
    "oidctoken",
    "samlassertion",
    // What is typed once.
    "verifycode",
    "verificationcode",
];

/// Whole names of secrets that are no ends of others.
const WHOLE: [&str; 8] = [
    "authorization",
    "psk",
    "plaintext",
    "secretdata",
    "saastoken",
    "accesspagetoken",
    "tokencontent",
    "authenticationcode",
];

/// Whole names of things about secrets that are none.
const NONE: [&str; 3] = ["passwordinherit", "needresetpassword", "isvaluesecret"];

/// What a name starts with that asks whether there is one.
const ASKS: [&str; 7] = ["is", "has", "need", "enable", "allow", "reset", "support"];

/// Whether a text of this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    // `AuthenticationCode1`
    let plain = plain.trim_end_matches(|last: char| last.is_ascii_digit());
    let small = plain.to_ascii_lowercase();
    let asks = ASKS.iter().any(|ask| {
        let rest = small.strip_prefix(ask).map(|_| &plain[ask.len()..]);
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    });
    let small = small.as_str();
    let is_one = WHOLE.contains(&small) || ENDS.iter().any(|end| small.ends_with(end));
    is_one && !asks && !NONE.contains(&small)
}
