//! Numbers as JSON writes them, without the rounding of floating-point numbers.

use std::cmp::Ordering;

use serde_json::Value;

/// The greatest exponent that the digits of a `double` need.
const MOST: i64 = 400;

/// As many digits as the longest mantissa has.
const DIGITS: u32 = 20;

/// A decimal number: `mantissa` times 10 to the power of `exponent`. A mantissa has no zero at its
/// end, so that equal numbers have equal parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// Reads the digits of a JSON number; nothing when it has more digits, or a greater exponent,
    /// than any 64-bit integer or `double` is written with.
    pub(crate) fn parse(digits: &str) -> Option<Self> {
        let (number, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let (sign, whole) = match whole.strip_prefix('-') {
            Some(whole) => (-1, whole),
            None => (1, whole),
        };
        let all = format!("{whole}{fraction}");
        let significant = all.trim_end_matches('0');
        let zeros = i64::try_from(all.len() - significant.len()).ok()?;
        let significant = significant.trim_start_matches('0');
        if significant.is_empty() {
            return Some(Self { mantissa: 0, exponent: 0 });
        }
        let mantissa: u64 = significant.parse().ok()?;
        let shift = zeros - i64::try_from(fraction.len()).ok()?;
        let exponent = exponent.parse::<i64>().ok()?.checked_add(shift)?;
        let exponent = i32::try_from(exponent).ok().filter(|_| exponent.abs() <= MOST)?;
        Some(Self { mantissa: sign * i128::from(mantissa), exponent })
    }

    /// The number that a JSON value is, if it is one; a `double` is what its shortest digits say.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let Value::Number(number) = value else { return None };
        match number.as_f64().filter(|_| number.is_f64()) {
            Some(double) => Self::of_double(double),
            None => Self::parse(&number.to_string()),
        }
    }

    /// What the shortest digits of a `double` say.
    pub(crate) fn of_double(double: f64) -> Option<Self> {
        Self::parse(&format!("{double:e}"))
    }

    /// Whether the number is an integer, however large.
    pub(crate) fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// The number, when it is whole and fits: `1.0` and `1e0` are 1.
    pub(crate) fn whole(self) -> Option<i64> {
        self.integer().and_then(|integer| i64::try_from(integer).ok())
    }

    /// The number, when it is whole and not beyond all machine integers.
    fn integer(self) -> Option<i128> {
        let power = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        self.mantissa.checked_mul(power)
    }

    /// The greatest whole number that is not more than this one, when it fits.
    pub(crate) fn floor(self) -> Option<i64> {
        if self.is_whole() {
            return self.whole();
        }
        // A mantissa is shorter than powers of ten that overflow.
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs()).unwrap_or(i128::MAX);
        i64::try_from(self.mantissa.div_euclid(power)).ok()
    }

    /// The least whole number above 0 of which every whole multiple of this one is a multiple:
    /// a whole number is a multiple of 1.5 exactly when it is one of 3.
    pub(crate) fn least_whole_multiple(self) -> Option<i64> {
        if self.is_whole() {
            return self.whole().filter(|number| *number > 0);
        }
        // What the mantissa shares with a power of ten are twos and fives.
        let mut whole = i64::try_from(self.mantissa).ok().filter(|mantissa| *mantissa > 0)?;
        for factor in [2, 5] {
            let mut left = self.exponent.unsigned_abs();
            while left > 0 && whole % factor == 0 {
                whole /= factor;
                left -= 1;
            }
        }
        Some(whole)
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
            // Both factors are below 2^64.
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

    /// How many digits the mantissa has, and the mantissa with zeros behind it up to [`DIGITS`].
    fn aligned(self) -> (i32, u128) {
        let mantissa = self.mantissa.unsigned_abs();
        let digits = mantissa.checked_ilog10().unwrap_or(0) + 1;
        let power = 10_u128.pow(DIGITS - digits);
        (i32::try_from(digits).unwrap_or_default(), mantissa * power)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.mantissa.signum().cmp(&other.mantissa.signum());
        if signs != Ordering::Equal || self.mantissa == 0 {
            return signs;
        }
        let ((digits, mantissa), (others, other_mantissa)) = (self.aligned(), other.aligned());
        let size = (digits + self.exponent).cmp(&(others + other.exponent));
        let size = size.then(mantissa.cmp(&other_mantissa));
        if self.mantissa < 0 { size.reverse() } else { size }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The JSON value that digits are: a whole number that 64 bits hold is an integer, however it is
/// written, so that no two of them become one; anything else is a `double`.
pub(crate) fn value(digits: &str) -> Value {
    match Decimal::parse(digits).and_then(Decimal::integer) {
        Some(integer) if i64::try_from(integer).is_ok() => (integer as i64).into(),
        Some(integer) if u64::try_from(integer).is_ok() => (integer as u64).into(),
        // Infinity and the like are no numbers of JSON.
        _ => digits.parse::<f64>().map_or(Value::Null, Value::from),
    }
}

/// The 64-bit integer that a JSON value is, if it is one: `1000.0` is 1000.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        // Both ends of the range are doubles, the upper one the first that does not fit.
        let fits = |double: &f64| (-TWO_TO_63..TWO_TO_63).contains(double);
        let whole = |double: &f64| double.fract() == 0.0 && fits(double);
        value.as_f64().filter(|double| value.is_f64() && whole(double)).map(|double| double as i64)
    })
}

/// What a `float` keeps of a number, as its shortest digits say; nothing for one that is beyond it.
pub(crate) fn as_float(number: f64) -> Option<f64> {
    let float = number as f32;
    if float.is_finite() { float.to_string().parse().ok() } else { None }
}

const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// The value with every whole number that 64 bits hold as an integer, at any depth.
pub(crate) fn exact(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(exact).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), exact(member))).collect()
        }
        Value::Number(_) => integer(value).map_or_else(|| value.clone(), Value::from),
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

fn power_of_ten(exponent: u32, modulus: u128) -> u128 {
    (0..exponent).fold(1 % modulus, |power, _| power * 10 % modulus)
}
