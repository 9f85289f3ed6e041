//! `Fn::ForEach`: what it repeats, written out, where its list is known.

use super::evaluate::Evaluator;
use super::tree::{Mark, Member, Tree, What, is_loop, unique};
use crate::read::Data;

/// The first place where something is repeated.
pub(super) fn first_loop(tree: &Tree) -> Option<Mark> {
    match &tree.what {
        What::List(items) => items.iter().find_map(first_loop),
        What::Object(members) => members.iter().find_map(|member| {
            if is_loop(&member.name) {
                Some(member.mark)
            } else {
                first_loop(&member.value)
            }
        }),
        _ => None,
    }
}

impl Evaluator<'_> {
    /// The same document without loops whose list is known; the others stay.
    pub fn unrolled(&self, tree: &Tree) -> Tree {
        let what = match &tree.what {
            What::List(items) => What::List(items.iter().map(|item| self.unrolled(item)).collect()),
            What::Object(members) => {
                let mut result = Vec::with_capacity(members.len());
                let mut repeated = false;
                for member in members {
                    if is_loop(&member.name)
                        && let Some(more) = self.repeat(member)
                    {
                        repeated = true;
                        result.extend(more);
                    } else if !is_loop(&member.name) {
                        result.push(Member {
                            value: self.unrolled(&member.value),
                            ..member.clone_name()
                        });
                    } else {
                        result.push(member.clone());
                    }
                }
                if repeated {
                    unique(self.file, &mut result, &mut self.findings.borrow_mut());
                }
                What::Object(result)
            }
            _ => tree.what.clone(),
        };
        Tree::new(tree.mark, what)
    }

    /// What a loop comes to; nothing where its list isn't known.
    fn repeat(&self, member: &Member) -> Option<Vec<Member>> {
        let Some([name, list, body]) = member.value.items() else {
            self.wrong_loop(member);
            return None;
        };
        let (Some(name), Some(body)) = (name.text(), body.members()) else {
            self.wrong_loop(member);
            return None;
        };
        let Data::List(items) = self.value(list).data else {
            return None;
        };
        let mut result = Vec::new();
        for item in &items {
            let item = item.literal()?;
            let mut copy = Vec::with_capacity(body.len());
            for member in body {
                copy.push(self.replaced_member(member, name, &item)?);
            }
            let copy = Tree::new(member.mark, What::Object(copy));
            match self.unrolled(&copy).what {
                What::Object(members) => result.extend(members),
                _ => return None,
            }
        }
        Some(result)
    }

    fn replaced_member(&self, member: &Member, name: &str, item: &str) -> Option<Member> {
        Some(Member {
            name: replace(&member.name, name, item),
            mark: member.mark,
            value: self.replaced(&member.value, name, item)?,
        })
    }

    /// A value in which the loop's name stands for an item; nothing where there is no room.
    fn replaced(&self, tree: &Tree, name: &str, item: &str) -> Option<Tree> {
        let bytes = tree.text().map_or(0, |text| text.len() + item.len());
        if !self.spend(1, bytes) {
            return None;
        }
        let what = match &tree.what {
            What::Text(text) => What::Text(replace(text, name, item)),
            What::List(items) => What::List(
                items
                    .iter()
                    .map(|inner| self.replaced(inner, name, item))
                    .collect::<Option<_>>()?,
            ),
            What::Object(members) => {
                if let Some(("Ref", argument)) = tree.function()
                    && argument.text() == Some(name)
                {
                    return Some(Tree::new(tree.mark, What::Text(item.to_owned())));
                }
                What::Object(
                    members
                        .iter()
                        .map(|member| self.replaced_member(member, name, item))
                        .collect::<Option<_>>()?,
                )
            }
            other => other.clone(),
        };
        Some(Tree::new(tree.mark, what))
    }

    fn wrong_loop(&self, member: &Member) {
        self.wrong(
            member.value.mark,
            format!("{} is given {}", member.name, member.value.noun()),
            "a list of a name, a list and an object",
        );
    }
}

/// `${Name}` stands for an item, and `&{Name}` for its letters and digits.
fn replace(text: &str, name: &str, item: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let plain: String = item.chars().filter(char::is_ascii_alphanumeric).collect();
    text.replace(&format!("${{{name}}}"), item)
        .replace(&format!("&{{{name}}}"), &plain)
}

impl Member {
    fn clone_name(&self) -> Self {
        Self {
            name: self.name.clone(),
            mark: self.mark,
            value: Tree::new(self.value.mark, What::Null),
        }
    }
}
