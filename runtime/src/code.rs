//! What the names of error codes say about trying again.
//!
//! Knows no HTTP status and no policy. Codes are compared as families are built: by the parts between
//! their dots, and in any case of their letters.

/// The service turned the request away for want of capacity: `Throttling`, `Throttling.User`,
/// `Rejected.Throttling`.
pub(crate) fn is_throttling(code: &str) -> bool {
    const START: &str = "Throttling";
    let starts = |part: &str| part.get(..START.len()).is_some_and(|start| is(start, START));
    code.split('.').any(starts)
}

/// The service has trouble of its own: `InternalError`, `ServiceUnavailable.Zone`; or a copy of the
/// request came first, `SignatureNonceUsed`, and another attempt has a nonce of its own.
pub(crate) fn is_trouble(code: &str) -> bool {
    has_part(
        code,
        &[
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "ServerBusy",
            "ServiceBusy",
            "ServiceUnavailable",
            "ServiceUnavailableTemporary",
            "SignatureNonceUsed",
            "SystemBusy",
        ],
    )
}

/// The service's clock differs from the one that the request was signed by.
pub(crate) fn is_wrong_time(code: &str) -> bool {
    let times =
        ["InvalidTimeStamp", "IllegalTimestamp", "TimestampExpired", "RequestTimeTooSkewed"];
    has_part(code, &times) && !has_part(code, &["Format"])
}

/// The security token is not valid any more, or not for the key beside it, as happens while both are
/// being replaced.
pub(crate) fn is_expired_token(code: &str) -> bool {
    has_part(code, &["InvalidSecurityToken", "SecurityTokenExpired", "ExpiredSecurityToken"])
}

/// RAM does not allow the action to whoever calls. A mere `Forbidden` may be said of anything.
pub(crate) fn is_access_denied(code: &str) -> bool {
    has_part(code, &["NoPermission", "AccessDenied"]) || is(code, "Forbidden.RAM")
}

fn has_part(code: &str, names: &[&str]) -> bool {
    code.split('.').any(|part| names.iter().any(|name| is(part, name)))
}

fn is(part: &str, name: &str) -> bool {
    part.eq_ignore_ascii_case(name)
}
