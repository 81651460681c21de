//! Which members of answers say how a call went.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Envelope, Marker};

/// ```text
/// pub const ENVELOPE: meta::EnvelopeMembers = meta::EnvelopeMembers {
///     request_id: &["RequestId"],
///     code: &["Code"],
///     message: &["Message"],
///     success: &[meta::Marker { member: "Success", good: &["true"] }],
/// };
/// ```
pub(super) fn envelope(envelope: &Envelope) -> TokenStream {
    let members = members(envelope);
    quote! {
        //! Where answers say how a call went.
        use alibabacloud_runtime::meta;

        /// The members that all operations have in common, but for those that have others of their own.
        pub const ENVELOPE: meta::EnvelopeMembers = #members;
    }
}

/// The same, of one operation.
pub(super) fn own(envelope: &Envelope) -> TokenStream {
    let members = members(envelope);
    quote! {
        use alibabacloud_runtime::meta;

        /// Where the answer says how a call went.
        pub const ENVELOPE: meta::EnvelopeMembers = #members;
    }
}

fn members(envelope: &Envelope) -> TokenStream {
    let Envelope { request_id, code, message, success } = envelope;
    let markers = success.iter().map(|Marker { member, good }| {
        quote! { meta::Marker { member: #member, good: &[#(#good),*] } }
    });
    quote! {
        meta::EnvelopeMembers {
            request_id: &[#(#request_id),*],
            code: &[#(#code),*],
            message: &[#(#message),*],
            success: &[#(#markers),*],
        }
    }
}
