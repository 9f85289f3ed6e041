//! Workflow commands: GitHub shows each finding at its line of a pull request.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Level};

/// One workflow command a finding.
#[must_use]
pub fn github<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Information => "notice",
        };
        let mut message = diagnostic.message.clone();
        for (what, words) in [("allowed", &diagnostic.allowed), ("help", &diagnostic.help)] {
            if !words.is_empty() {
                let _ = write!(message, "\n{what}: {words}");
            }
        }
        let mut properties = String::new();
        if let Some(place) = &diagnostic.place {
            let _ = write!(
                properties,
                "file={},line={},col={},",
                property(&place.file),
                place.line,
                place.column
            );
        }
        let _ = writeln!(
            text,
            "::{command} {properties}title={}::{}",
            property(diagnostic.code),
            data(&message)
        );
    }
    text
}

/// What GitHub's commands take as a message.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What they take as a property.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn a_finding_is_one_line_whatever_is_in_it() {
        let place = Place {
            file: "a,b:c.yaml".into(),
            line: 3,
            column: 7,
        };
        let found = Diagnostic::error("port", "100% wrong:\nport 0")
            .at(&place)
            .help("say 6379");
        assert_eq!(
            github([&found]),
            "::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=port::100%25 wrong:%0Aport 0%0Ahelp: say 6379\n"
        );
    }
}
