//! Arithmetic on numbers: sums that do not overflow, and floating-point numbers as their shortest
//! decimal form writes them.

use std::fmt::Write as _;

/// Whether `number` is so many times `divisor`, as decimals: 0.3 is 3 times 0.1.
pub fn is_multiple(number: f64, divisor: f64) -> bool {
    let (Some(number), Some(divisor)) = (Decimal::of(number), Decimal::of(divisor)) else {
        return false;
    };
    if number.digits == 0 || divisor.digits == 0 {
        return number.digits == 0;
    }
    let shift = number.exponent - divisor.exponent;
    if shift >= 0 {
        let power = (0..shift).fold(1 % divisor.digits, |power, _| power * 10 % divisor.digits);
        let product = number.digits % divisor.digits * power;
        return product.is_multiple_of(divisor.digits);
    }
    10_u128
        .checked_pow(shift.unsigned_abs())
        .and_then(|power| divisor.digits.checked_mul(power))
        .is_some_and(|whole| number.digits.is_multiple_of(whole))
}

/// The sum of numbers, each so many times; nothing where one of them is not given.
///
/// As a coefficient has 32 bits and a number 64, nothing overflows.
pub fn sum<const N: usize>(terms: [(i32, Option<i64>); N]) -> Option<i128> {
    terms.into_iter().try_fold(0, |sum, (coefficient, number)| {
        Some(sum + i128::from(coefficient) * i128::from(number?))
    })
}

/// The number that the shortest digits of a narrower one say: 0.1 for 0.1, and not what is next to it
/// in 32 bits.
pub fn spelled(number: f32) -> f64 {
    let mut text = Text { bytes: [0; 32], length: 0 };
    let written = write!(text, "{number:e}").ok().and_then(|()| text.as_str()?.parse().ok());
    written.unwrap_or(f64::from(number))
}

/// The digits of a number, of which there are at most 17, times 10 to the power of the exponent.
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    fn of(number: f64) -> Option<Self> {
        let mut text = Text { bytes: [0; 32], length: 0 };
        write!(text, "{:e}", number.abs()).ok()?;
        let (mantissa, exponent) = text.as_str()?.split_once('e')?;
        let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = mantissa.bytes().filter(u8::is_ascii_digit);
        let digits = digits.fold(0, |digits, digit| digits * 10 + u128::from(digit - b'0'));
        Some(Self {
            digits,
            exponent: exponent.parse::<i32>().ok()? - i32::try_from(fraction).ok()?,
        })
    }
}

/// Text on the stack: a valid request is judged without an allocation.
struct Text {
    bytes: [u8; 32],
    length: usize,
}

impl Text {
    fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(..self.length)?).ok()
    }
}

impl std::fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        let target = self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?;
        target.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
