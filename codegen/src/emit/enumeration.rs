//! Enums that survive values newer than the crate.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use crate::english::{code, joined};
use crate::model::{EnumValue, Model, Shape, Type, TypeId};

/// ```text
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum X { A, Unknown(open_enum::UnknownValue) }
///
/// impl X {
///     pub const VALUES: &'static [Self] = &[Self::A];
///     pub fn as_str(&self) -> &str { … }
/// }
///
/// impl From<&str> for X { … }
/// alibabacloud_runtime::open_enum!(X);
/// ```
pub(super) fn enumeration(model: &Model, id: TypeId, values: &[EnumValue]) -> TokenStream {
    let names = model.names.type_(id);
    let ident = &names.ident;
    let type_ = model.api.type_(id);
    let docs = docs::attributes(&match &type_.description {
        Some(description) => super::markdown::paragraphs(description),
        None => vec![format!("The values of `{}`.", type_.name.value)],
    });
    let variants: Vec<(&str, &Ident)> =
        values.iter().map(|value| value.wire.value.as_str()).zip(&names.members).collect();
    let definitions = values.iter().zip(&names.members);
    let definitions = definitions.map(|(value, variant)| {
        let meaning = match &value.meaning {
            Some(meaning) => super::markdown::paragraphs(meaning),
            None => Vec::new(),
        };
        let mut facts = vec![format!("- Wire value: {}", code(&value.wire.value))];
        facts.extend(requirements(model, id, &value.wire.value));
        let docs = docs::attributes(&docs::sections([meaning, facts]));
        quote! { #docs #variant, }
    });
    let idents = || variants.iter().map(|(_, variant)| variant);
    let all = idents();
    let to_text = variants.iter().map(|(wire, variant)| quote! { Self::#variant => #wire, });
    let from_text = variants.iter().map(|(wire, variant)| quote! { #wire => Self::#variant, });
    quote! {
        use alibabacloud_runtime::open_enum;

        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#definitions)*
            /// A value that the documents did not list when this crate was generated.
            Unknown(open_enum::UnknownValue),
        }

        impl #ident {
            /// Every documented value, in the order of the documents.
            pub const VALUES: &'static [Self] = &[#(Self::#all),*];

            /// The value as the wire spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(#to_text)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for #ident {
            fn from(text: &str) -> Self {
                match text {
                    #(#from_text)*
                    other => Self::Unknown(open_enum::UnknownValue::new(other)),
                }
            }
        }

        alibabacloud_runtime::open_enum!(#ident);
    }
}

/// What operations whose rules turn on this enum require with one of its values.
fn requirements(model: &Model, id: TypeId, value: &str) -> Vec<String> {
    let turned = model.api.operations.iter().zip(&model.guides).filter(|(operation, guide)| {
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
    let type_ = &model.names.type_(id).ident;
    match ident(model, id, wire) {
        Some(variant) => quote! { #type_::#variant },
        None => quote! { #type_::from(#wire) },
    }
}

/// The variant of a documented value.
pub(super) fn ident<'m>(model: &'m Model, id: TypeId, wire: &str) -> Option<&'m Ident> {
    let Shape::Enum(values) = &model.api.type_(id).shape else { return None };
    let position = values.iter().position(|value| value.wire.value == wire)?;
    Some(&model.names.type_(id).members[position])
}
