//! Tags: a later one replaces an earlier one of its key, and the limits of both.

use crate::diagnostic::Place;
use crate::graph::Entry;
use crate::lower::Lowering;

/// Sets a tag, in the place of one of the same key.
pub(crate) fn set_tag(tags: &mut Vec<Entry>, tag: Entry) {
    tags.retain(|known| known.name != tag.name);
    tags.push(tag);
}

/// The limits of tags, which CloudFormation and Terraform learn from the service only.
pub(crate) fn check_tags(cx: &mut Lowering, tags: &[Entry], otherwise: &Place) {
    for tag in tags {
        let value = tag.value.literal().unwrap_or_default();
        let plain = |text: &str| {
            text.chars()
                .all(|c| c.is_alphanumeric() || " _.:/=+-@".contains(c))
        };
        let (because, allowed) = if tag.name.to_ascii_lowercase().starts_with("aws:") {
            ("starts with `aws:`, which is AWS's own", "any other prefix")
        } else if tag.name.is_empty() || tag.name.chars().count() > 128 {
            ("is not 1 to 128 characters long", "1 to 128 characters")
        } else if value.chars().count() > 256 {
            (
                "has a value of more than 256 characters",
                "values of up to 256 characters",
            )
        } else if !plain(&tag.name) || !plain(value) {
            (
                "holds a character that tags can't hold",
                "letters, digits, spaces and any of _.:/=+-@",
            )
        } else {
            continue;
        };
        cx.error(
            "tags",
            tag.place.as_ref().unwrap_or(otherwise),
            format!("tag {:?} {because}", tag.name),
            allowed,
            "name it otherwise",
        );
    }
}

/// How many tags one resource may have.
const MOST_TAGS: usize = 50;

/// Whether there are too many; the first one too many is pointed at.
pub(crate) fn count_tags(cx: &mut Lowering, tags: &[Entry], otherwise: &Place) {
    if let Some(first) = tags.get(MOST_TAGS) {
        cx.error(
            "tags",
            first.place.as_ref().unwrap_or(otherwise),
            format!("{} tags", tags.len()),
            format!("up to {MOST_TAGS} tags"),
            "leave some out",
        );
    }
}
