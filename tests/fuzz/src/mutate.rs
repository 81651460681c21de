//! Changes to the tree: change, drop, duplicate, retype, swap, splice, rename, reorder.

use fastrand::Rng;

use crate::base::{Bases, Files, Kind};
use crate::node::Node;
use crate::words;

/// How deep a value may be wrapped in itself, so that limits on depth are met and memory is not.
const MAX_WRAPS: usize = 80;

/// Changes the files a few times.
pub(crate) fn mutate(bases: &Bases, files: &mut Files, random: &mut Rng) {
    loop {
        change(bases, files, random);
        if random.u8(..5) < 3 {
            break;
        }
    }
}

fn change(bases: &Bases, files: &mut Files, random: &mut Rng) {
    if files.is_empty() {
        return;
    }
    match random.u8(..40) {
        // Metadata are one document, whatever it is called.
        0 if bases.kind() == Kind::Metadata => {}
        0 => change_files(files, random),
        1..4 => swap(files, random),
        kind => {
            let file = random.usize(..files.len());
            let root = &mut files[file].1;
            // Most nodes are descriptions; rules are where the generator thinks most, and of metadata what
            // is sent.
            let key = match bases.kind() {
                Kind::Specs => "allOf",
                Kind::Metadata => "parameters",
            };
            let rules = if kind < 16 { root.positions_below(key) } else { Vec::new() };
            let position = match random.choice(rules) {
                Some(position) => position,
                None => random.usize(..root.count()),
            };
            if let Some(node) = root.at(position) {
                change_node(bases, node, random);
            }
        }
    }
}

fn change_files(files: &mut Files, random: &mut Rng) {
    let index = random.usize(..files.len());
    match random.u8(..4) {
        0 => drop(files.remove(index)),
        1 => {
            let path = format!("schemas/{}.json", words::text(random));
            let root = files[index].1.clone();
            files.push((path, root));
        }
        2 => files[index].0 = format!("operations/{}.json", words::text(random)),
        _ => files.push((words::text(random), Node::string(&words::text(random)))),
    }
}

/// Exchanges two values, wherever they stand.
fn swap(files: &mut Files, random: &mut Rng) {
    let mut pick = |files: &Files| {
        let file = random.usize(..files.len());
        (file, random.usize(..files[file].1.count()))
    };
    let (left, right) = (pick(files), pick(files));
    let take = |files: &mut Files, (file, position): (usize, usize)| {
        files[file].1.at(position).map(|node| node.clone())
    };
    let (Some(one), Some(other)) = (take(files, left), take(files, right)) else { return };
    if let Some(node) = files[left.0].1.at(left.1) {
        *node = other;
    }
    if let Some(node) = files[right.0].1.at(right.1) {
        *node = one;
    }
}

fn change_node(bases: &Bases, node: &mut Node, random: &mut Rng) {
    match random.u8(..16) {
        0 => *node = retyped(node, random),
        1 => {
            let (_, part) = &bases.parts[random.usize(..bases.parts.len())];
            *node = part.clone();
        }
        _ => match node {
            Node::Scalar(_) => *node = changed_scalar(node, None, random),
            Node::Array(items) => change_items(bases, items, random),
            Node::Object(members) => change_members(bases, members, random),
        },
    }
}

/// A value of another type, or the value inside others.
fn retyped(node: &Node, random: &mut Rng) -> Node {
    match random.u8(..10) {
        0 => Node::Scalar("null".to_owned()),
        1 => Node::Scalar(random.bool().to_string()),
        2 => Node::Scalar(words::number(random)),
        3 => Node::string(&words::text(random)),
        4 => Node::Array(Vec::new()),
        5 => Node::Object(Vec::new()),
        6 => Node::Array(vec![node.clone()]),
        7 => Node::Object(vec![(words::key(random), node.clone())]),
        8 => {
            let key = words::key(random);
            (0..random.usize(..MAX_WRAPS))
                .fold(node.clone(), |inner, _| Node::Object(vec![(key.clone(), inner)]))
        }
        _ => Node::string(&node.to_text()),
    }
}

fn changed_scalar(node: &Node, key: Option<&str>, random: &mut Rng) -> Node {
    let Some(content) = node.as_string() else {
        return match node {
            Node::Scalar(text) if text == "true" => Node::Scalar("false".to_owned()),
            Node::Scalar(text) if text == "false" => Node::Scalar("true".to_owned()),
            _ => Node::Scalar(words::number(random)),
        };
    };
    let characters: Vec<char> = content.chars().collect();
    let cut = random.usize(..=characters.len());
    let (start, end) = (&characters[..cut], &characters[cut..]);
    let (start, end): (String, String) = (start.iter().collect(), end.iter().collect());
    let changed = match random.u8(..8) {
        0 => words::text_for(key, random),
        1 => format!("{start}{}{end}", words::hostile(random)),
        2 => format!("{content}{}", words::hostile(random)),
        3 => format!("{}{content}", words::hostile(random)),
        4 => start,
        5 => content.to_uppercase(),
        6 => format!("{start}{}", end.chars().skip(1).collect::<String>()),
        _ => words::text(random),
    };
    Node::string(&changed)
}

fn change_items(bases: &Bases, items: &mut Vec<Node>, random: &mut Rng) {
    if items.is_empty() {
        items.push(Node::string(&words::text(random)));
        return;
    }
    let index = random.usize(..items.len());
    match random.u8(..5) {
        0 => drop(items.remove(index)),
        1 => items.insert(index, items[index].clone()),
        2 => random.shuffle(items),
        3 => {
            let (_, part) = &bases.parts[random.usize(..bases.parts.len())];
            items.insert(index, part.clone());
        }
        _ if random.u8(..50) == 0 => {
            let item = items[index].clone();
            items.extend(std::iter::repeat_n(item, random.usize(..1_200)));
        }
        _ => items[index] = retyped(&items[index], random),
    }
}

fn change_members(bases: &Bases, members: &mut Vec<(String, Node)>, random: &mut Rng) {
    if members.is_empty() {
        members.push((words::key(random), Node::string(&words::text(random))));
        return;
    }
    let index = random.usize(..members.len());
    match random.u8(..8) {
        0 => drop(members.remove(index)),
        1 => members.insert(index, members[index].clone()),
        2 => {
            let twin = (words::key(random), members[index].1.clone());
            members.insert(index, twin);
        }
        3 => random.shuffle(members),
        4 => members[index].0 = renamed(&members[index].0, random),
        5 => {
            let (key, part) = &bases.parts[random.usize(..bases.parts.len())];
            let key = key.clone().unwrap_or_else(|| words::key(random));
            members.insert(index, (key, part.clone()));
        }
        6 => {
            let key = members[index].0.clone();
            if let Node::Scalar(_) = members[index].1 {
                members[index].1 = changed_scalar(&members[index].1, Some(&key), random);
            } else {
                members[index].1 = retyped(&members[index].1, random);
            }
        }
        _ => {
            let value = match random.u8(..3) {
                0 => Node::Scalar(words::number(random)),
                1 => Node::string(&words::text(random)),
                _ => bases.parts[random.usize(..bases.parts.len())].1.clone(),
            };
            members.insert(index, (words::key(random), value));
        }
    }
}

fn renamed(key: &str, random: &mut Rng) -> String {
    match random.u8(..6) {
        0 => format!("{key}{}", words::hostile(random)),
        1 => key.to_lowercase(),
        2 => key.chars().rev().collect(),
        3 => key.chars().skip(1).collect(),
        4 => format!("{key}{}", random.u8(..10)),
        _ => words::key(random),
    }
}
