//! A line of a description → tokens: words, signs, and single Chinese characters, each with the mark
//! (`**…**`, backticks, quotation marks) that it stands in.
//!
//! Knows no language: a template of the table is cut up by the same function.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A run of ASCII letters, digits and what stands inside of names and values.
    Word,
    /// One character that is written without spaces around it.
    Han,
    /// A sign.
    Sign,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As it is written.
    pub(super) text: String,
    /// The same in lower case, as templates are compared.
    pub(super) lower: String,
    pub(super) sort: Sort,
    /// The mark that it stands in; none is 0.
    pub(super) mark: u32,
    /// Whether it stands right behind the one before.
    pub(super) is_glued: bool,
}

impl Token {
    /// A sign that nobody has written.
    pub(super) fn sign(sign: &str) -> Self {
        let text = sign.to_owned();
        Self { lower: text.clone(), text, sort: Sort::Sign, mark: 0, is_glued: true }
    }

    /// Whether it is this sign.
    pub(super) fn is(&self, sign: &str) -> bool {
        self.sort == Sort::Sign && self.text == sign
    }
}

/// Signs that are written in several ways, and how they are written here.
fn usual(sign: char) -> &'static str {
    match sign {
        '，' => ",",
        '：' => ":",
        '；' => ";",
        '（' => "(",
        '）' => ")",
        '！' => "!",
        '？' => "?",
        '＝' => "=",
        '～' | '∼' => "~",
        '–' | '—' => "–",
        '≦' | '⩽' => "≤",
        '≧' | '⩾' => "≥",
        '＜' => "<",
        '＞' => ">",
        '／' => "/",
        _ => "",
    }
}

/// What stands inside of a word.
fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-.:@#$%+/&'".contains(letter)
}

/// Whether a character is written without spaces around it.
fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}')
}

/// What is read, and what is found on the way.
struct Cutter {
    tokens: Vec<Token>,
    word: String,
    /// The marks that are open, with their numbers.
    open: Vec<(char, u32)>,
    marks: u32,
    is_italic: bool,
    is_glued: bool,
}

/// Cuts a line.
pub(super) fn cut(line: &str) -> Vec<Token> {
    let mut cutter = Cutter {
        tokens: Vec::new(),
        word: String::new(),
        open: Vec::new(),
        marks: 0,
        is_italic: false,
        is_glued: false,
    };
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match letter {
            '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => {
                letters.next();
                cutter.escaped(next.unwrap_or_default());
            }
            '*' if next == Some('*') => {
                letters.next();
                cutter.turn('*');
            }
            '*' => cutter.star(next, letters.clone()),
            '`' => cutter.turn('`'),
            '"' => cutter.turn('"'),
            '“' | '「' | '『' | '‘' | '【' => cutter.open_mark(letter),
            '”' | '」' | '』' | '’' | '】' => cutter.close_mark(opening(letter)),
            _ => cutter.letter(letter, next),
        }
    }
    cutter.end_word();
    cutter.tokens
}

/// The sign that opens what this one closes.
fn opening(closing: char) -> char {
    match closing {
        '”' => '“',
        '」' => '「',
        '』' => '『',
        '】' => '【',
        _ => '‘',
    }
}

impl Cutter {
    /// A single star: it sets a part in italics, or is one of the letters.
    fn star(&mut self, next: Option<char>, mut rest: impl Iterator<Item = char>) {
        let closes = self.is_italic;
        let opens = !closes
            && self.word.is_empty()
            && next.is_some_and(|next| !next.is_whitespace())
            && rest.any(|letter| letter == '*');
        if opens || closes {
            self.is_italic = opens;
            self.end_word();
        } else {
            self.sign('*');
        }
    }

    /// A sign that both opens and closes.
    fn turn(&mut self, sign: char) {
        if self.open.iter().any(|(open, _)| *open == sign) {
            self.close_mark(sign);
        } else {
            self.open_mark(sign);
        }
    }

    fn open_mark(&mut self, sign: char) {
        self.end_word();
        self.marks += 1;
        self.open.push((sign, self.marks));
    }

    fn close_mark(&mut self, sign: char) {
        self.end_word();
        if let Some(place) = self.open.iter().rposition(|(open, _)| *open == sign) {
            self.open.truncate(place);
        }
    }

    fn escaped(&mut self, letter: char) {
        if is_of_word(letter) {
            self.word.push(letter);
        } else {
            self.sign(letter);
        }
    }

    fn letter(&mut self, letter: char, next: Option<char>) {
        if is_of_word(letter) {
            self.word.push(letter);
        } else if letter == ',' && self.is_in_number(next) {
            // `1,000` is one number, and `1,2` are two.
            self.word.push(letter);
        } else if letter.is_whitespace() {
            self.end_word();
            self.is_glued = false;
        } else {
            self.sign(letter);
        }
    }

    /// Whether a comma stands between the digits of a number. What follows decides later.
    fn is_in_number(&self, next: Option<char>) -> bool {
        let digits = self.word.strip_prefix('-').unwrap_or(&self.word);
        !digits.is_empty()
            && digits.chars().all(|digit| digit.is_ascii_digit() || digit == ',')
            && next.is_some_and(|next| next.is_ascii_digit())
    }

    fn sign(&mut self, letter: char) {
        self.end_word();
        let sort = if is_han(letter) { Sort::Han } else { Sort::Sign };
        match usual(letter) {
            "" => self.push(letter.to_string(), sort),
            sign => self.push(sign.to_owned(), Sort::Sign),
        }
    }

    /// Ends the word: signs at its end stand for themselves.
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() {
            return;
        }
        if word.contains(',') && !is_grouped(&word) {
            for (index, part) in word.split(',').enumerate() {
                if index > 0 {
                    self.push(",".to_owned(), Sort::Sign);
                }
                self.word(part);
            }
            return;
        }
        self.word(&word);
    }

    fn word(&mut self, word: &str) {
        let kept = word.trim_end_matches(['.', ':', '/', '\'', '&']);
        if !kept.is_empty() {
            self.push(kept.to_owned(), Sort::Word);
        }
        for sign in word[kept.len()..].chars() {
            self.push(sign.to_string(), Sort::Sign);
        }
    }

    fn push(&mut self, text: String, sort: Sort) {
        let mark = self.open.last().map_or(0, |(_, mark)| *mark);
        let lower = text.to_lowercase();
        self.tokens.push(Token { text, lower, sort, mark, is_glued: self.is_glued });
        self.is_glued = true;
    }
}

/// Whether commas stand where thousands end.
fn is_grouped(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let mut groups = digits.trim_end_matches(['.', ':']).split(',');
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3)
}

/// The text of tokens, with spaces where there were some.
pub(super) fn text(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && !token.is_glued {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    text
}
