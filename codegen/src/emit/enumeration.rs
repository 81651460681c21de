//! Enums that survive values newer than the crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::{Part, call, docs, literal};
use crate::english::{code, joined};
use crate::model::{EnumValue, Model, Type, TypeId};

/// ```text
/// #[derive(…)]
/// #[non_exhaustive]
/// pub enum X { A, Unknown(UnknownValue) }
///
/// alibabacloud_runtime::private::open_enum! {
///     X:
///     A = "a",
/// }
/// ```
pub(super) fn enumeration(
    model: &Model,
    id: TypeId,
    values: &[EnumValue],
    comments: &Comments,
) -> Vec<Part> {
    let names = model.names.type_(id);
    let ident = &names.ident;
    let type_ = model.api.type_(id);
    let docs = comments.outer(match &type_.description {
        Some(description) => super::markdown::paragraphs(description),
        None => vec![format!("The values of `{}`.", type_.name.value)],
    });
    let definitions = values.iter().zip(&names.members);
    let definitions = definitions.map(|(value, variant)| {
        let requirements = requirements(model, id, &value.wire.value);
        let docs = comments.outer(docs::value(value, requirements));
        quote! { #docs #variant, }
    });
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#definitions)*
            /// A value that the documents did not list when this crate was generated.
            Unknown(alibabacloud_runtime::UnknownValue),
        }
    };
    let list = values.iter().zip(&names.members);
    let list = list.map(|(value, variant)| format!("{variant} = {},", literal(&value.wire.value)));
    let list = call("open_enum", std::iter::once(format!("{ident}:")).chain(list));
    vec![Part::Items(definition), list]
}

/// What operations whose rules turn on this enum require with one of its values.
fn requirements(model: &Model, id: TypeId, value: &str) -> Vec<String> {
    let users = model.api.type_(id).usage.operations.iter();
    let users = users.map(|user| (model.api.operation(*user), model.guide(*user)));
    let turned = users.filter(|(operation, guide)| {
        let fields = model.api.fields(operation.request);
        let decider =
            fields.iter().find(|field| Some(&field.wire.value) == guide.table.decider.as_ref());
        decider.is_some_and(|field| field.type_ == Type::Named(id))
    });
    let said = turned.filter_map(|(operation, guide)| {
        let names: Vec<String> = guide.table.required_with(value).into_iter().map(code).collect();
        let operation = code(&operation.id.value);
        (!names.is_empty())
            .then(|| format!("- {operation} then requires {}", joined(&names, "and")))
    });
    said.collect()
}

/// `DatabaseType::Redis`
pub(super) fn variant(model: &Model, id: TypeId, wire: &str) -> TokenStream {
    let names = model.names.type_(id);
    let type_ = &names.ident;
    match model.api.values(id).iter().position(|value| value.wire.value == wire) {
        Some(position) => {
            let variant = &names.members[position];
            quote! { #type_::#variant }
        }
        None => quote! { #type_::from(#wire) },
    }
}
