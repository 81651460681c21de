//! An API of any size, made up from a seed, in the forms that generators read.
//!
//! Every operation has 15 parameters: six strings, four integers, two booleans, two enums (one of its
//! own, one that it shares with some others) and a list of objects; three of its rules are
//! conditions between them. Its response has 12 members.

mod folder;
mod json;
mod single;
mod words;

use std::path::Path;
use std::{fs, io};

use alibabacloud_codegen::SpecFile;
use fastrand::Rng;
use words::{BOOLEANS, INTEGERS, STRINGS, TEXTS, VALUES};

/// How the folder of the specs is named.
pub const FOLDER: &str = "specs/corpus-2026-01-01";

/// How the OpenAPI 3.0.3 document is named.
pub const OPENAPI_3_0: &str = "openapi-3.0.json";

/// How the OpenAPI 3.1 document is named.
pub const OPENAPI_3_1: &str = "openapi-3.1.json";

/// A made-up API.
#[derive(Debug)]
pub struct Corpus {
    operations: Vec<Operation>,
    shared: Vec<Enum>,
}

/// How many operations share an enum.
const SHARING: usize = 10;

impl Corpus {
    /// Makes an API of `count` operations up; the same seed and count give the same one.
    pub fn new(seed: u64, count: usize) -> Self {
        let random = &mut Rng::with_seed(seed);
        let shared = (0..count.div_ceil(SHARING)).map(|group| {
            let name = format!("{}Class", words::thing(group));
            Enum::new(name, random)
        });
        let shared: Vec<Enum> = shared.collect();
        let operations =
            (0..count).map(|number| Operation::new(number, &shared[number / SHARING], random));
        Self { operations: operations.collect(), shared }
    }

    /// Writes all three forms below a folder: the folder of files as [`FOLDER`], the others as
    /// [`OPENAPI_3_0`] and [`OPENAPI_3_1`].
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for part in ["operations", "schemas"] {
            fs::create_dir_all(folder.join(FOLDER).join(part))?;
        }
        for file in self.folder() {
            fs::write(folder.join(FOLDER).join(file.path), file.text)?;
        }
        fs::write(folder.join(OPENAPI_3_0), self.openapi_3_0())?;
        fs::write(folder.join(OPENAPI_3_1), self.openapi_3_1())
    }

    /// The specs as this repository has them: a folder of files, rules included.
    pub fn folder(&self) -> Vec<SpecFile> {
        folder::files(self)
    }

    /// The same API in one OpenAPI 3.0.3 document, with a path and a JSON body for each operation.
    /// That version has no words for conditions, so they are left out.
    pub fn openapi_3_0(&self) -> String {
        single::document(self, single::Version::V3_0)
    }

    /// The same API in one OpenAPI 3.1 document, with a path and a JSON body for each operation.
    pub fn openapi_3_1(&self) -> String {
        single::document(self, single::Version::V3_1)
    }
}

#[derive(Debug)]
struct Operation {
    id: String,
    /// What it is about.
    thing: String,
    summary: String,
    description: String,
    parameters: Vec<Member>,
    /// Names, in the order of the parameters.
    required: Vec<String>,
    kind: Enum,
    item: Item,
    rules: [Rule; 3],
    response: Vec<Member>,
}

/// A parameter, or a member of a response or of an object.
#[derive(Debug)]
struct Member {
    name: String,
    type_: Type,
    description: String,
}

#[derive(Debug)]
enum Type {
    /// With its longest length, and an example.
    String(Option<u32>, String),
    /// Of 64 bits, or of 32; with its least and greatest value.
    Integer {
        is_long: bool,
        range: Option<(i64, i64)>,
        example: i64,
    },
    Boolean,
    /// The name of the enum, and an example.
    Enum(String, &'static str),
    /// A list of texts.
    Texts(String),
    /// A list of objects.
    Items(String),
}

#[derive(Debug)]
struct Enum {
    name: String,
    description: String,
    values: Vec<(&'static str, String)>,
}

/// The object that a parameter lists.
#[derive(Debug)]
struct Item {
    name: String,
    description: String,
    members: Vec<Member>,
}

/// When a parameter has one of some values, or none of them, another one is required.
#[derive(Debug)]
struct Rule {
    decider: String,
    values: Vec<&'static str>,
    is_negated: bool,
    /// Whether the decider may be absent.
    is_optional: bool,
    required: String,
}

impl Enum {
    fn new(name: String, random: &mut Rng) -> Self {
        let count = random.usize(3..=6);
        let values = choose(VALUES, count, random).into_iter();
        let values = values.map(|value| (value, words::describe(value, random)));
        Self { values: values.collect(), description: words::describe(&name, random), name }
    }
}

impl Operation {
    fn new(number: usize, shared: &Enum, random: &mut Rng) -> Self {
        let id = words::operation(number);
        let thing = words::thing(number);
        let kind = Enum::new(format!("{id}Mode"), random);
        let item = Item::new(&id, random);
        let key = format!("{thing}Id");
        let strings: Vec<String> =
            choose(STRINGS, 5, random).into_iter().map(str::to_owned).collect();
        let integers = choose(INTEGERS, 4, random);
        let mut parameters = vec![
            Member::new(&key, string(random), random),
            Member::new("Mode", Type::Enum(kind.name.clone(), kind.values[0].0), random),
            Member::new("Class", Type::Enum(shared.name.clone(), shared.values[0].0), random),
        ];
        parameters.extend(strings.iter().map(|name| Member::new(name, string(random), random)));
        parameters.extend(integers.iter().map(|name| Member::new(name, integer(random), random)));
        let booleans = choose(BOOLEANS, 2, random);
        parameters.extend(booleans.iter().map(|name| Member::new(name, Type::Boolean, random)));
        parameters.push(Member::new("Targets", Type::Items(item.name.clone()), random));
        let (last, others) = (kind.values.len() - 1, kind.values[..2].iter());
        let rule = |decider: &str, values, required: &str| Rule {
            decider: decider.to_owned(),
            values,
            is_negated: false,
            is_optional: false,
            required: required.to_owned(),
        };
        let rules = [
            rule("Mode", others.map(|(value, _)| *value).collect(), &strings[0]),
            Rule { is_negated: true, ..rule("Mode", vec![kind.values[last].0], "Targets") },
            Rule { is_optional: true, ..rule("Class", vec![shared.values[1].0], integers[0]) },
        ];
        Self {
            summary: words::summary(&id, random),
            description: words::paragraph(&thing, random),
            required: vec![key, "Mode".to_owned()],
            response: response(&thing, random),
            id,
            thing,
            parameters,
            kind,
            item,
            rules,
        }
    }
}

impl Item {
    fn new(operation: &str, random: &mut Rng) -> Self {
        let names = choose(STRINGS, 2, random);
        let mut members: Vec<Member> =
            names.into_iter().map(|name| Member::new(name, string(random), random)).collect();
        let number = choose(INTEGERS, 1, random)[0];
        members.push(Member::new(number, integer(random), random));
        members.push(Member::new(choose(BOOLEANS, 1, random)[0], Type::Boolean, random));
        let name = format!("{operation}Target");
        Self { description: words::describe(&name, random), name, members }
    }
}

impl Member {
    fn new(name: &str, type_: Type, random: &mut Rng) -> Self {
        Self { name: name.to_owned(), description: words::describe(name, random), type_ }
    }
}

/// The members that every response has, and seven more; nothing limits what is received.
fn response(thing: &str, random: &mut Rng) -> Vec<Member> {
    let text = |example: String| Type::String(None, example);
    let number = |example| Type::Integer { is_long: false, range: None, example };
    let mut members = vec![
        Member::new("HttpStatusCode", number(200), random),
        Member::new("RequestId", text("D6E068C3-25BC-455A-85FE-45F0B22E****".to_owned()), random),
        Member::new("Success", Type::Boolean, random),
        Member::new("ErrCode", text("Param.NotFound".to_owned()), random),
        Member::new("ErrMessage", text("The parameter is not valid.".to_owned()), random),
        Member::new(&format!("{thing}Id"), text(example(random)), random),
    ];
    for name in choose(STRINGS, 3, random) {
        members.push(Member::new(name, text(example(random)), random));
    }
    members.push(Member::new(choose(INTEGERS, 1, random)[0], number(random.i64(1..1_000)), random));
    members.push(Member::new(choose(BOOLEANS, 1, random)[0], Type::Boolean, random));
    members.push(Member::new("Labels", Type::Texts(example(random)), random));
    members
}

fn string(random: &mut Rng) -> Type {
    let longest = (random.u8(..3) == 0).then(|| 1 << random.u32(6..10));
    Type::String(longest, example(random))
}

fn example(random: &mut Rng) -> String {
    let text = TEXTS[random.usize(..TEXTS.len())];
    format!("{text}-{}****", random.u32(1_000..10_000))
}

fn integer(random: &mut Rng) -> Type {
    let is_long = random.bool();
    let range = (random.u8(..2) == 0).then(|| (1, 1 << random.u32(10..20)));
    Type::Integer { is_long, range, example: random.i64(1..1_000) }
}

/// Some of the words, in their order.
fn choose(words: &[&'static str], count: usize, random: &mut Rng) -> Vec<&'static str> {
    let mut places = random.choose_multiple(0..words.len(), count);
    places.sort_unstable();
    places.into_iter().map(|place| words[place]).collect()
}
