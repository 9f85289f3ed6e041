//! What differs between two trees, said so that the one can be made of the other.

use std::fmt;

use serde_json::{Map, Value};

/// The names and positions that lead to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<String>);

impl Path {
    /// The path of these steps.
    pub fn of<S: Into<String>>(steps: impl IntoIterator<Item = S>) -> Self {
        Self(steps.into_iter().map(Into::into).collect())
    }

    /// One step further.
    #[must_use]
    pub fn join(&self, step: impl Into<String>) -> Self {
        let mut steps = self.0.clone();
        steps.push(step.into());
        Self(steps)
    }

    /// The value that it leads to.
    #[must_use]
    pub fn get<'v>(&self, tree: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(tree, |value, step| match value {
            Value::Object(members) => members.get(step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// What is left of it after another one.
    #[must_use]
    pub fn below(&self, other: &Self) -> Option<&[String]> {
        self.0.strip_prefix(other.0.as_slice())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step.parse::<usize>() {
                Ok(position) if i > 0 => write!(f, "[{position}]")?,
                _ if i > 0 => write!(f, ".{step}")?,
                _ => f.write_str(step)?,
            }
        }
        Ok(())
    }
}

/// One value that is another, is there, or is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where it is, after the renames.
    pub path: Path,
    /// What it was; nothing where it wasn't there.
    pub old: Option<Value>,
    /// What it is; nothing where it is gone.
    pub new: Option<Value>,
}

/// Something that is called otherwise, and otherwise the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// What it was called.
    pub from: Path,
    /// What it is called.
    pub to: Path,
    /// The new files say so themselves: a `moved` block.
    pub declared: bool,
}

/// The changes that make the one tree of the other, in the order in which they are applied.
#[must_use]
pub fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    walk(&Path::default(), old, new, &mut found);
    found
}

fn walk(path: &Path, old: &Value, new: &Value, found: &mut Vec<Change>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(was), Value::Object(is)) if !is_one(was) && !is_one(is) => {
            for (name, before) in was {
                let path = path.join(name);
                match is.get(name) {
                    Some(after) => walk(&path, before, after, found),
                    None => found.push(Change {
                        path,
                        old: Some(before.clone()),
                        new: None,
                    }),
                }
            }
            for (name, after) in is.iter().filter(|(name, _)| !was.contains_key(*name)) {
                found.push(Change {
                    path: path.join(name),
                    old: None,
                    new: Some(after.clone()),
                });
            }
        }
        (Value::Array(was), Value::Array(is)) if are_objects(was) && are_objects(is) => {
            items(path, was, is, found);
        }
        _ => found.push(Change {
            path: path.clone(),
            old: Some(old.clone()),
            new: Some(new.clone()),
        }),
    }
}

/// Several objects: what is the same at both ends stays, what is between is compared in pairs,
/// and the rest is put in or taken out.
fn items(path: &Path, was: &[Value], is: &[Value], found: &mut Vec<Change>) {
    let start = was.iter().zip(is).take_while(|(a, b)| a == b).count();
    let (was_left, is_left) = (&was[start..], &is[start..]);
    let end = was_left
        .iter()
        .rev()
        .zip(is_left.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let was_left = &was_left[..was_left.len() - end];
    let is_left = &is_left[..is_left.len() - end];
    for (i, (before, after)) in was_left.iter().zip(is_left).enumerate() {
        walk(&path.join((start + i).to_string()), before, after, found);
    }
    let both = was_left.len().min(is_left.len());
    for (i, gone) in was_left.iter().enumerate().skip(both).rev() {
        found.push(Change {
            path: path.join((start + i).to_string()),
            old: Some(gone.clone()),
            new: None,
        });
    }
    for (i, come) in is_left.iter().enumerate().skip(both) {
        found.push(Change {
            path: path.join((start + i).to_string()),
            old: None,
            new: Some(come.clone()),
        });
    }
}

/// An object that stands for one value: a function, an expression.
pub(super) fn is_one(members: &Map<String, Value>) -> bool {
    members.len() == 1
        && members
            .keys()
            .all(|name| name == "Ref" || name == "$expr" || name.starts_with("Fn::"))
}

fn are_objects(items: &[Value]) -> bool {
    let is_object = |item: &Value| item.as_object().is_some_and(|members| !is_one(members));
    items.iter().all(is_object)
}

/// What becomes of a tree by these renames and changes; nothing where they don't fit it.
#[must_use]
pub fn apply(old: &Value, renames: &[Rename], changes: &[Change]) -> Option<Value> {
    let mut tree = renamed(old, renames)?;
    for change in changes {
        let Some((last, folder)) = change.path.0.split_last() else {
            tree = change.new.clone()?;
            continue;
        };
        let at = parent(&mut tree, folder)?;
        match (at, &change.old, &change.new) {
            (Value::Object(members), old, new) => {
                (members.get(last) == old.as_ref()).then_some(())?;
                match new {
                    Some(new) => members.insert(last.clone(), new.clone()),
                    None => members.remove(last),
                };
            }
            (Value::Array(items), old, new) => {
                let position: usize = last.parse().ok()?;
                match (old, new) {
                    (None, Some(new)) if position <= items.len() => {
                        items.insert(position, new.clone());
                    }
                    (Some(old), None) if items.get(position) == Some(old) => {
                        items.remove(position);
                    }
                    (Some(old), Some(new)) if items.get(position) == Some(old) => {
                        items[position] = new.clone();
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    Some(tree)
}

/// A tree in which things have their new names.
pub(super) fn renamed(old: &Value, renames: &[Rename]) -> Option<Value> {
    let mut tree = old.clone();
    for rename in renames {
        let (last, folder) = rename.from.0.split_last()?;
        let value = parent(&mut tree, folder)?.as_object_mut()?.remove(last)?;
        let (last, folder) = rename.to.0.split_last()?;
        let members = parent(&mut tree, folder)?.as_object_mut()?;
        members.insert(last.clone(), value);
    }
    Some(tree)
}

fn parent<'v>(tree: &'v mut Value, steps: &[String]) -> Option<&'v mut Value> {
    steps.iter().try_fold(tree, |value, step| match value {
        Value::Object(members) => members.get_mut(step),
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn both_ways(one: &Value, other: &Value) -> Vec<String> {
        let there = changes(one, other);
        assert_eq!(apply(one, &[], &there).as_ref(), Some(other));
        let back = changes(other, one);
        assert_eq!(apply(other, &[], &back).as_ref(), Some(one));
        there.iter().map(|change| change.path.to_string()).collect()
    }

    #[test]
    fn a_change_is_as_deep_as_it_can_be() {
        let old = json!({"a": {"b": 1, "c": [1, 2], "gone": null}, "same": {"Ref": "X"}});
        let new = json!({"a": {"b": 2, "c": [1, 3]}, "same": {"Ref": "X"}, "come": {"Ref": "Y"}});
        assert_eq!(both_ways(&old, &new), ["a.b", "a.c", "a.gone", "come"]);
        assert_eq!(
            both_ways(&json!({"r": {"Ref": "X"}}), &json!({"r": {"Ref": "Y"}})),
            ["r"]
        );
        assert!(both_ways(&old, &old).is_empty());
    }

    #[test]
    fn an_object_among_several_is_put_in_where_it_is() {
        let object = |n: i32| json!({"n": n, "of": "x"});
        let old = json!({"l": [object(1), object(2), object(3)]});
        let new = json!({"l": [object(1), object(9), object(2), object(3)]});
        assert_eq!(both_ways(&old, &new), ["l[1]"]);
        let other = json!({"l": [object(7), object(3)]});
        assert_eq!(both_ways(&old, &other), ["l[0].n", "l[1]"]);
        assert_eq!(both_ways(&json!({"l": []}), &new).len(), 4);
    }

    #[test]
    fn changes_of_another_tree_do_not_fit() {
        let found = changes(&json!({"a": 1}), &json!({"a": 2}));
        assert_eq!(apply(&json!({"a": 3}), &[], &found), None);
        assert_eq!(apply(&json!([]), &[], &found), None);
    }
}
