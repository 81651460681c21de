//! Numbers as JSON writes them, without the rounding of floating-point numbers.

/// The greatest exponent that the digits of a `double` need.
const MOST: i32 = 400;

/// A decimal number: `mantissa` times 10 to the power of `exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// Reads the digits of a JSON number; nothing when it has more digits, or a greater exponent,
    /// than any `int64` or `double` is written with.
    pub(crate) fn parse(digits: &str) -> Option<Self> {
        let (number, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let shift = i32::try_from(fraction.len()).ok()?;
        let mut exponent = exponent.parse::<i32>().ok()?.checked_sub(shift)?;
        let mut mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        if mantissa == 0 {
            exponent = 0;
        }
        let mantissa = i64::try_from(mantissa).ok()?;
        (exponent.abs() <= MOST).then_some(Self { mantissa: mantissa.into(), exponent })
    }

    /// The number, when it is whole and fits: `1.0` and `1e0` are 1.
    pub(crate) fn whole(self) -> Option<i64> {
        let power = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        i64::try_from(self.mantissa.checked_mul(power)?).ok()
    }

    /// The least whole number above 0 of which every whole multiple of this one is a multiple:
    /// a whole number is a multiple of 1.5 exactly when it is one of 3.
    pub(crate) fn least_whole_multiple(self) -> Option<i64> {
        if self.exponent >= 0 {
            return self.whole().filter(|number| *number > 0);
        }
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        let common = greatest_common_divisor(self.mantissa.unsigned_abs(), power.unsigned_abs());
        let whole = self.mantissa.unsigned_abs() / common;
        i64::try_from(whole).ok().filter(|number| *number > 0 && self.mantissa > 0)
    }

    /// Whether the number is so many times `divisor`, exactly.
    pub(crate) fn is_multiple_of(self, divisor: Self) -> bool {
        let (number, divisor_mantissa) = (self.mantissa.unsigned_abs(), divisor.mantissa);
        let modulus = divisor_mantissa.unsigned_abs();
        if number == 0 || modulus == 0 {
            return number == 0;
        }
        let shift = i64::from(self.exponent) - i64::from(divisor.exponent);
        match u32::try_from(shift) {
            // Both factors are below 2^63.
            Ok(up) => {
                let product = (number % modulus) * power_of_ten(up, modulus);
                product.is_multiple_of(modulus)
            }
            Err(_) => u32::try_from(-shift)
                .ok()
                .and_then(|down| 10_u128.checked_pow(down))
                .and_then(|power| modulus.checked_mul(power))
                .is_some_and(|modulus| number.is_multiple_of(modulus)),
        }
    }
}

fn greatest_common_divisor(left: u128, right: u128) -> u128 {
    if right == 0 { left } else { greatest_common_divisor(right, left % right) }
}

fn power_of_ten(exponent: u32, modulus: u128) -> u128 {
    (0..exponent).fold(1 % modulus, |power, _| power * 10 % modulus)
}
