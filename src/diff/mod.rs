//! What a change would do to something that runs, before anybody applies it.
//!
//! Both sides are files: what is in the output directory, in a git revision, or what a definition
//! comes to. Each language's files are read as a tree that has everything in them but their
//! layout ([`Side`]), and two trees differ by renames and changes that [`apply`] turns the one
//! into the other with. Each change is judged by what is written in `combination`, then by the
//! table of `facts::update_behaviour`, and is else unknown; what is replaced takes along what
//! refers to it. [`compare`] puts both languages side by side.

mod case;
mod change;
mod combination;
mod judge;
mod renamed;
mod report;
mod shown;
mod side;
mod verdict;

pub use change::{Change, Path, Rename, apply, changes};
pub use combination::{ALL as COMBINATIONS, Combination};
pub use report::{Differences, Entry, Report, Row, State, compare};
pub use shown::shown;
pub use side::{Side, is_terraform};
pub use verdict::{Judgement, Source, Verdict};

pub use case::Case;
