//! The README shows what is really there.

use std::fs;

/// Every excerpt is a piece of the file that it names, to the letter.
#[test]
fn excerpts_are_what_the_files_say() {
    let readme = fs::read_to_string("README.md").unwrap();
    let mut excerpts = 0;
    for part in readme.split("<!-- excerpt of ").skip(1) {
        let (path, rest) = part.split_once(" -->\n```").unwrap();
        let (_, rest) = rest.split_once('\n').unwrap();
        let (excerpt, _) = rest.split_once("```").unwrap();
        let file = fs::read_to_string(path).unwrap();
        assert!(file.contains(excerpt), "{path} doesn't say:\n{excerpt}");
        excerpts += 1;
    }
    assert_eq!(excerpts, 3);
}
