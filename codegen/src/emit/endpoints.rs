//! The service's hosts.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Endpoint, Network};

/// ```text
/// pub const ENDPOINTS: &[meta::Endpoint] = &[
///     meta::Endpoint { host: "…", network: meta::Network::Public, regions: &["cn-hangzhou"] },
/// ];
/// ```
pub(super) fn endpoints(endpoints: &[Endpoint]) -> TokenStream {
    let endpoints = endpoints.iter().map(|endpoint| {
        let host = &endpoint.host;
        let regions = &endpoint.regions;
        let network = match endpoint.network {
            Network::Public => quote! { Public },
            Network::Vpc => quote! { Vpc },
        };
        quote! {
            meta::Endpoint { host: #host, network: meta::Network::#network, regions: &[#(#regions),*] }
        }
    });
    quote! {
        //! The service's hosts and the regions that they serve.
        use alibabacloud_runtime::meta;

        /// Every documented host.
        pub const ENDPOINTS: &[meta::Endpoint] = &[#(#endpoints),*];
    }
}
