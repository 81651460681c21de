//! The ways in which texts spell a character: as it is, and as what URLs, JSON and HTML write for it,
//! one inside the other.
//!
//! Knows no secret, and looks for nothing.

/// How many spellings may lie one inside the other: JSON text that a URL holds, which was escaped
/// once more to be signed, on a page.
const LAYERS: u32 = 4;

/// The longest spelling of a character that may be missing its end.
const LONGEST_UNFINISHED: usize = 12;

/// Tells each reading of the beginning of a text: a character, and how many bytes spell it.
pub(crate) fn readings(text: &str, tell: &mut dyn FnMut(char, usize)) {
    let Some(mut last) = read(text, 0) else { return };
    tell(last.0, last.1);
    if !matches!(last.0, '%' | '&' | '\\' | '+') {
        return;
    }
    for reading in (1..=LAYERS).filter_map(|layers| read(text, layers)) {
        if reading != last {
            tell(reading.0, reading.1);
            last = reading;
        }
    }
}

/// Whether a text may be the beginning of a spelling whose end is missing.
pub(crate) fn is_unfinished(text: &str) -> bool {
    let in_spellings = |byte: u8| byte.is_ascii_alphanumeric() || b"%&\\#{".contains(&byte);
    text.starts_with(['%', '&', '\\'])
        && text.len() <= LONGEST_UNFINISHED
        && text.bytes().all(in_spellings)
}

/// The first character when so many layers of spelling are taken off, and how many bytes spell it.
fn read(text: &str, layers: u32) -> Option<(char, usize)> {
    let Some(below) = layers.checked_sub(1) else {
        let first = text.chars().next()?;
        return Some((first, first.len_utf8()));
    };
    let mut cursor = Cursor { text, at: 0, layers: below };
    let first = cursor.next()?;
    let plain = (first, cursor.at);
    let spelled = match first {
        '%' => percent(&mut cursor),
        '&' => entity(&mut cursor),
        '\\' => backslash(&mut cursor),
        // So forms spell it, and nothing else.
        '+' => Some(' '),
        _ => None,
    };
    Some(spelled.map_or(plain, |found| (found, cursor.at)))
}

/// A place in a text of which some layers are taken off.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    layers: u32,
}

impl Cursor<'_> {
    fn next(&mut self) -> Option<char> {
        let (found, length) = read(&self.text[self.at..], self.layers)?;
        self.at += length;
        Some(found)
    }

    /// Passes over a character if it is the next one.
    fn passes(&mut self, wanted: char) -> bool {
        let mut ahead = *self;
        let is_next = ahead.next() == Some(wanted);
        if is_next {
            *self = ahead;
        }
        is_next
    }

    /// A number of at most so many digits.
    fn number(&mut self, radix: u32, most: usize) -> Option<u32> {
        let mut number: Option<u32> = None;
        for _ in 0..most {
            let mut ahead = *self;
            let Some(digit) = ahead.next().and_then(|found| found.to_digit(radix)) else { break };
            let before = number.unwrap_or(0).checked_mul(radix)?;
            number = Some(before.checked_add(digit)?);
            *self = ahead;
        }
        number
    }

    /// A number of exactly so many hexadecimal digits.
    fn hex(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |number, _| Some(number * 16 + self.next()?.to_digit(16)?))
    }
}

/// What follows a `%`: the bytes of a character, or its number as old browsers write it.
fn percent(cursor: &mut Cursor<'_>) -> Option<char> {
    if cursor.passes('u') {
        return utf16(cursor, '%');
    }
    let first = u8::try_from(cursor.hex(2)?).ok()?;
    let length = match first {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => 1,
    };
    let mut ahead = *cursor;
    let mut bytes = [first, 0, 0, 0];
    for byte in &mut bytes[1..length] {
        let next = if ahead.passes('%') { ahead.hex(2) } else { None };
        *byte = next.and_then(|next| next.try_into().ok()).unwrap_or_default();
    }
    match std::str::from_utf8(&bytes[..length]) {
        Ok(text) => {
            *cursor = ahead;
            text.chars().next()
        }
        // Then it is Latin-1.
        Err(_) => Some(char::from(first)),
    }
}

/// The four digits that follow `\u`, and four more when they are the half of a character.
fn utf16(cursor: &mut Cursor<'_>, mark: char) -> Option<char> {
    let first = u16::try_from(cursor.hex(4)?).ok()?;
    let mut units = [first, 0];
    let mut ahead = *cursor;
    let is_half = (0xd800..0xdc00).contains(&first);
    if is_half && ahead.passes(mark) && ahead.passes('u') {
        units[1] = u16::try_from(ahead.hex(4)?).ok()?;
        *cursor = ahead;
    }
    char::decode_utf16(units).next()?.ok()
}

/// What follows a `\`.
fn backslash(cursor: &mut Cursor<'_>) -> Option<char> {
    Some(match cursor.next()? {
        'u' if cursor.passes('{') => {
            let number = cursor.number(16, 6)?;
            cursor.passes('}').then_some(number).and_then(char::from_u32)?
        }
        'u' => utf16(cursor, '\\')?,
        'x' => char::from_u32(cursor.hex(2)?)?,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        itself => itself,
    })
}

/// What follows an `&`.
fn entity(cursor: &mut Cursor<'_>) -> Option<char> {
    if cursor.passes('#') {
        let radix = if cursor.passes('x') || cursor.passes('X') { 16 } else { 10 };
        let found = char::from_u32(cursor.number(radix, 8)?)?;
        // Browsers do without.
        cursor.passes(';');
        return Some(found);
    }
    let mut name = String::new();
    loop {
        match cursor.next()? {
            ';' => return named(&name),
            letter if letter.is_ascii_alphanumeric() && name.len() < 8 => name.push(letter),
            _ => return None,
        }
    }
}

/// The character of an entity's name, if it is one of ASCII or Latin-1.
fn named(name: &str) -> Option<char> {
    let punctuation = PUNCTUATION.iter().find(|(known, _)| *known == name);
    let latin = || {
        let position = LATIN_1.iter().position(|known| *known == name)?;
        char::from_u32(0xa0 + u32::try_from(position).ok()?)
    };
    punctuation.map(|(_, found)| *found).or_else(latin)
}

const PUNCTUATION: [(&str, char); 43] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("LT", '<'),
    ("gt", '>'),
    ("GT", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("apos", '\''),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
];

/// The names of U+00A0 to U+00FF, in their order.
#[rustfmt::skip]
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
    "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil",
    "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml",
    "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig",
    "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml",
    "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide",
    "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];
