//! What the number and the size of a page stand in: fields of requests, which know nothing of lists.

/// A field with a whole number, which is required or may be missing.
pub trait PageField {
    /// The number, when there is one.
    fn get(&self) -> Option<i64>;

    /// Replaces the number; false, with nothing changed, when the field is too narrow for it.
    fn set(&mut self, number: i64) -> bool;
}

macro_rules! page_field {
    ($($number:ty),*) => {
        $(
            impl PageField for $number {
                fn get(&self) -> Option<i64> {
                    Some(i64::from(*self))
                }

                fn set(&mut self, number: i64) -> bool {
                    let number = Self::try_from(number).map(|number| *self = number);
                    number.is_ok()
                }
            }

            impl PageField for Option<$number> {
                fn get(&self) -> Option<i64> {
                    self.map(i64::from)
                }

                fn set(&mut self, number: i64) -> bool {
                    let number = <$number>::try_from(number).map(|number| *self = Some(number));
                    number.is_ok()
                }
            }
        )*
    };
}

page_field!(i32, i64);
