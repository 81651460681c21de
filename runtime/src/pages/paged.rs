//! The macro with which generated code says which members pages hang on.

/// Makes a request [`Paged`](crate::pages::Paged): names the members that its pages hang on. A list, a
/// total or a token that stands inside other members is the last of a path that starts at the response.
///
/// ```text
/// alibabacloud_runtime::private::paged! {
///     ListRequest -> ListResponse: Thing;
///     items: thing of items, idempotency_token: client_token;
///     page_number: page_num, page_size: page_size, first_page: 0,
///     full_page: page_size, total_items: total, total_pages: total_pages,
/// }
///
/// alibabacloud_runtime::private::paged! {
///     ListRequest -> ListResponse: Thing;
///     items: thing of items, idempotency_token: client_token;
///     token: next_token as String, next_token: next_token, has_more: is_truncated,
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __paged {
    (
        $request:ident -> $response:ident: $item:ty;
        items: $list:ident $(of $($outer:ident).+)? $(, idempotency_token: $once:ident)?;
        page_number: $number:ident, page_size: $size:ident, first_page: $first:literal,
        $(full_page: $full:ident $(of $($full_outer:ident).+)?,)?
        $(total_items: $items:ident $(of $($items_outer:ident).+)?,)?
        $(total_pages: $pages:ident $(of $($pages_outer:ident).+)?,)?
    ) => {
        $crate::private::paged! {
            @paged $request -> $response: $item;
            $crate::pages::Numbers; $list $(of $($outer).+)?
        }

        impl $crate::pages::ByNumber for $request {
            const FIRST_PAGE: i32 = $first;

            fn page_number(&self) -> ::std::option::Option<i64> {
                $crate::pages::PageField::get(&self.$number)
            }

            fn page_size(&self) -> ::std::option::Option<i64> {
                $crate::pages::PageField::get(&self.$size)
            }

            fn turn_to(&mut self, page: i64) -> bool {
                $(self.$once = ::std::option::Option::None;)?
                $crate::pages::PageField::set(&mut self.$number, page)
            }

            fn list(page: &$response) -> ::std::option::Option<&dyn $crate::private::field::List> {
                ::std::option::Option::Some(page)
                    $($(.and_then(|page| page.$outer.as_ref()))+)?
                    .map(|page| &page.$list as &dyn $crate::private::field::List)
            }

            fn full_page(_page: &$response) -> ::std::option::Option<i64> {
                $crate::private::paged! { @number _page $($full $(of $($full_outer).+)?)? }
            }

            fn total_items(_page: &$response) -> ::std::option::Option<i64> {
                $crate::private::paged! { @number _page $($items $(of $($items_outer).+)?)? }
            }

            fn total_pages(_page: &$response) -> ::std::option::Option<i64> {
                $crate::private::paged! { @number _page $($pages $(of $($pages_outer).+)?)? }
            }
        }
    };
    (
        $request:ident -> $response:ident: $item:ty;
        items: $list:ident $(of $($outer:ident).+)? $(, idempotency_token: $once:ident)?;
        token: $token:ident as $kind:ty,
        next_token: $next:ident $(of $($next_outer:ident).+)?,
        $(has_more: $more:ident $(of $($more_outer:ident).+)?,)?
    ) => {
        $crate::private::paged! {
            @paged $request -> $response: $item;
            $crate::pages::Tokens<$kind>; $list $(of $($outer).+)?
        }

        impl $crate::pages::ByToken for $request {
            type Token = $kind;

            fn token(&self) -> ::std::option::Option<&$kind> {
                self.$token.as_ref()
            }

            fn turn_to(&mut self, token: $kind) {
                self.$token = ::std::option::Option::Some(token);
                $(self.$once = ::std::option::Option::None;)?
            }

            fn next_token(page: &$response) -> ::std::option::Option<$kind> {
                $crate::private::paged! { @member page $next $(of $($next_outer).+)? }
            }

            fn has_more(_page: &$response) -> ::std::option::Option<bool> {
                $crate::private::paged! { @member _page $($more $(of $($more_outer).+)?)? }
            }
        }
    };
    (
        @paged $request:ident -> $response:ident: $item:ty; $turn:ty;
        $list:ident $(of $($outer:ident).+)?
    ) => {
        impl $crate::pages::Paged for $request {
            type Item = $item;

            type Turn = $turn;

            fn into_items(page: $response) -> ::std::vec::Vec<$item> {
                ::std::option::Option::Some(page)
                    $($(.and_then(|page| page.$outer))+)?
                    .map(|page| page.$list)
                    .unwrap_or_default()
            }
        }
    };
    (@number $page:ident) => {
        ::std::option::Option::None
    };
    (@number $page:ident $($path:tt)+) => {
        $crate::private::paged! { @member $page $($path)+ }.map(i64::from)
    };
    (@member $page:ident) => {
        ::std::option::Option::None
    };
    (@member $page:ident $member:ident $(of $($outer:ident).+)?) => {
        ::std::option::Option::Some($page)
            $($(.and_then(|page| page.$outer.as_ref()))+)?
            .and_then(|page| ::std::clone::Clone::clone(&page.$member))
    };
}
