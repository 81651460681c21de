//! What a request tells of the list that its answers are pages of.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::owned;
use crate::model::{Model, OperationId, Step, Type};
use crate::naming::Name;

/// ```text
/// impl alibabacloud_runtime::pages::Paged for XRequest {
///     type Item = Thing;
///     const FIRST_PAGE: i32 = 0;
///     fn page_number(&self) -> Option<i32> { self.page_num }
///     fn turn_to(&mut self, page: i32) { self.page_num = Some(page); … }
///     …
/// }
/// ```
pub(super) fn pages(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let Some(pagination) = &operation.pagination else { return TokenStream::new() };
    let names = model.names.type_(operation.request);
    let request = &names.ident;
    let response = &model.names.type_(operation.response).ident;
    let item = owned(model, &pagination.item);
    let first = Literal::i32_unsuffixed(pagination.first_page);
    let number = &names.members[pagination.page_number];
    let size = &names.members[pagination.page_size];
    let fields = model.api.fields(operation.request).iter().zip(&names.members);
    let is_token = |wire: &str| operation.idempotency_parameter.as_deref() == Some(wire);
    let token = fields.filter(|(field, _)| !field.required && is_token(&field.wire.value));
    let token = token.map(|(_, ident)| quote! { self.#ident = None; });
    let list = members(model, &pagination.items);
    let (count, items) = match list.as_slice() {
        [] => return TokenStream::new(),
        [list] => (quote! { page.#list.len() }, quote! { page.#list }),
        [first, inner @ .., list] => (
            quote! {
                page.#first.as_ref() #(.and_then(|inner| inner.#inner.as_ref()))*
                    .map_or(0, |inner| inner.#list.len())
            },
            quote! {
                page.#first #(.and_then(|inner| inner.#inner))*
                    .map(|inner| inner.#list).unwrap_or_default()
            },
        ),
    };
    let items_total = total(model, pagination.total_items.as_deref());
    let pages_total = total(model, pagination.total_pages.as_deref());
    let (items_page, items_total) = items_total;
    let (pages_page, pages_total) = pages_total;
    quote! {
        impl alibabacloud_runtime::pages::Paged for #request {
            type Item = #item;

            const FIRST_PAGE: i32 = #first;

            fn page_number(&self) -> Option<i32> {
                self.#number
            }

            fn page_size(&self) -> Option<i32> {
                self.#size
            }

            fn turn_to(&mut self, page: i32) {
                self.#number = Some(page);
                #(#token)*
            }

            fn count(page: &#response) -> usize {
                #count
            }

            fn into_items(page: #response) -> Vec<#item> {
                #items
            }

            fn total_items(#items_page: &#response) -> Option<i64> {
                #items_total
            }

            fn total_pages(#pages_page: &#response) -> Option<i64> {
                #pages_total
            }
        }
    }
}

/// The argument and the body of a function that reads a total.
fn total(model: &Model, steps: Option<&[Step]>) -> (TokenStream, TokenStream) {
    let steps = steps.unwrap_or_default();
    let Some(last) = steps.last() else { return (quote! { _ }, quote! { None }) };
    let wide = (model.api.fields(last.owner)[last.member].type_ == Type::Int32)
        .then(|| quote! { .map(i64::from) });
    let body = match members(model, steps).as_slice() {
        [first, inner @ .., total] => quote! {
            page.#first.as_ref() #(.and_then(|inner| inner.#inner.as_ref()))*
                .and_then(|inner| inner.#total)#wide
        },
        total => quote! { page.#(#total)*#wide },
    };
    (quote! { page }, body)
}

fn members<'m>(model: &'m Model, steps: &[Step]) -> Vec<&'m Name> {
    steps.iter().map(|step| &model.names.type_(step.owner).members[step.member]).collect()
}
