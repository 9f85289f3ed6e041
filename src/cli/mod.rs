//! The command line: the only part that prints, writes and exits.
//!
//! Exit codes are a contract: 0 is fine, 1 means findings or out of date, 2 means
//! that the command could not run.

mod list;
mod show;
mod synth;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::environment::Environment;
use crate::graph::Language;

/// Nothing to complain about.
const FINE: u8 = 0;
/// Findings, or out of date.
const FINDINGS: u8 = 1;
/// The command could not run.
const COULD_NOT_RUN: u8 = 2;

/// Typed ElastiCache environments, compiled to CloudFormation and Terraform that mean the same.
///
/// Exit codes: 0 fine, 1 findings or out of date, 2 could not run.
#[derive(Parser)]
#[command(name = "cachewright", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List systems and environments, where each is defined and what it makes
    List {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show one definition, every default spelled out
    Show {
        /// The environment, such as oms/prod
        environment: String,
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Write the files of the environments, all of them or nothing
    Synth(SynthArguments),
}

#[derive(clap::Args)]
struct SynthArguments {
    /// Systems or environments, such as oms or oms/prod; all where none is named
    #[arg(value_name = "SYSTEM[/ENV]")]
    selection: Vec<String>,
    /// The folder that holds the output
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Only one of the two languages
    #[arg(long, value_enum)]
    target: Option<Target>,
    /// Write nothing; exit 1 and print a unified diff when the output is not what the definitions say
    #[arg(long, conflicts_with = "force")]
    check: bool,
    /// Overwrite or remove files that were edited by hand
    #[arg(long)]
    force: bool,
    /// How to print findings and the summary
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For machines
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// The CloudFormation template and its parameter file
    Cloudformation,
    /// The Terraform module
    Terraform,
}

impl From<Target> for Language {
    fn from(target: Target) -> Self {
        match target {
            Target::Cloudformation => Self::CloudFormation,
            Target::Terraform => Self::Terraform,
        }
    }
}

/// Runs the command line over these environments, with the arguments of the process:
///
/// ```no_run
/// # mod environments {
/// #     pub fn all() -> Vec<cachewright::prelude::Environment> { Vec::new() }
/// # }
/// fn main() -> std::process::ExitCode {
///     cachewright::cli::run(environments::all())
/// }
/// ```
///
/// Environments are taken one after the other, so that an iterator may make them as
/// they are needed.
pub fn run(environments: impl IntoIterator<Item = Environment>) -> ExitCode {
    run_from(std::env::args_os(), environments)
}

/// Runs the command line over these environments, with these arguments, of which the
/// first is the program's name.
pub fn run_from<A>(
    arguments: impl IntoIterator<Item = A>,
    environments: impl IntoIterator<Item = Environment>,
) -> ExitCode
where
    A: Into<std::ffi::OsString> + Clone,
{
    let environments = environments.into_iter();
    let code = match Arguments::try_parse_from(arguments) {
        Err(error) => {
            // help and version are no errors, and clap knows which stream is whose
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(COULD_NOT_RUN));
        }
        Ok(arguments) => match arguments.command {
            Command::List { format } => list::list(environments, format),
            Command::Show {
                environment,
                format,
            } => show::show(environments, &environment, format),
            Command::Synth(arguments) => synth::synth(environments, &arguments),
        },
    };
    ExitCode::from(code)
}

/// The definition of the command line, for completions and manual pages.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_well_formed() {
        super::command().debug_assert();
    }
}
