//! The command line: the only part that prints, writes and exits.
//!
//! Exit codes are a contract: 0 is fine, 1 means findings or out of date, 2 means
//! that the command could not run.

mod check;
mod controls;
mod diff;
mod explain;
mod list;
mod migrate;
mod report;
mod selection;
mod show;
mod synth;
mod terminal;
mod validate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::environment::{Environment, Stage};
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
    /// Say what AWS would refuse and what an expert would question in the definitions
    Check(CheckArguments),
    /// Say the same of any CloudFormation template, in JSON or YAML, and any Terraform directory
    Validate(ValidateArguments),
    /// Say what the controls of Security Hub, checkov, Control Tower, cdk-nag and others come to
    Controls(ControlsArguments),
    /// Say what a change would do to what runs: nothing, an interruption, or lost data
    Diff(DiffArguments),
    /// Write the ordered steps of a change that AWS takes only in stages, each as a whole set of files
    Migrate(MigrateArguments),
    /// Explain a code: what it means, why it matters, a bad example and a good one
    Explain {
        /// The code, such as window-overlap, or a control, such as CKV_AWS_29
        code: String,
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// List every rule: code, level, title
    Rules {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(clap::Args)]
struct CheckArguments {
    /// Systems or environments, such as oms or oms/prod; all where none is named
    #[arg(value_name = "SYSTEM[/ENV]")]
    selection: Vec<String>,
    #[command(flatten)]
    report: ReportArguments,
}

#[derive(clap::Args)]
struct ValidateArguments {
    /// Templates, Terraform directories, or folders that hold some
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// CloudFormation parameters, in any form that the AWS CLI takes
    #[arg(long, value_name = "FILE")]
    parameters: Vec<PathBuf>,
    /// Terraform variables, beside terraform.tfvars
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,
    /// The region; it wins over what a file says
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// What it is all for; it wins over what a file says
    #[arg(long, value_enum)]
    stage: Option<StageName>,
    #[command(flatten)]
    report: ReportArguments,
}

#[derive(clap::Args)]
struct ControlsArguments {
    /// Systems or environments, such as oms or oms/prod; all where none is named
    #[arg(value_name = "SYSTEM[/ENV]")]
    selection: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: ControlsFormat,
    /// What makes the command fail, beside languages that differ
    #[arg(long, value_enum)]
    deny: Option<DenyControls>,
    /// Only the controls of this tool, such as checkov; may be given several times
    #[arg(long, value_name = "TOOL")]
    tool: Vec<String>,
    /// A control that may fail, such as AwsSolutions-AEC5; may be given several times
    #[arg(long, value_name = "CONTROL")]
    allow: Vec<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ControlsFormat {
    /// For people
    #[default]
    Text,
    /// For machines
    Json,
    /// For a pull request, or an auditor: a table for each environment
    Markdown,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DenyControls {
    /// Controls that fail, where nobody accepted it
    Failed,
}

#[derive(clap::Args)]
struct DiffArguments {
    /// Systems or environments, such as oms or oms/prod, all where none is named; or two of
    /// anybody's templates or Terraform directories, the old one first; or two environments, to
    /// see what is different between them
    #[arg(value_name = "SYSTEM[/ENV]|OLD NEW")]
    what: Vec<String>,
    /// A git revision or a folder to hold the definitions against, instead of the output on disk
    #[arg(long, value_name = "REV|DIR")]
    against: Option<String>,
    /// The folder that holds the output
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
    /// Exit 1 when the worst that happens is this, or worse
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
}

#[derive(clap::Args)]
struct MigrateArguments {
    /// The environment, such as oms/prod
    #[arg(value_name = "SYSTEM/ENV")]
    environment: String,
    /// A git revision or a folder that holds what runs, instead of the output on disk
    #[arg(long, value_name = "REV|DIR")]
    against: Option<String>,
    /// The folder that holds the output
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// The folder to write the stages into, below the names of system and environment
    #[arg(long, value_name = "DIR", default_value = "migrations")]
    into: PathBuf,
    /// Overwrite or remove files of earlier stages that were edited by hand
    #[arg(long)]
    force: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// For machines
    Json,
    /// A comment on a pull request
    Markdown,
    /// Annotations of a pull request on GitHub
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something is replaced with its data, refused, or unknown
    Replace,
    /// Clients are cut off, or worse
    Interruption,
    /// Something changes in the maintenance window, or worse
    Window,
    /// Anything differs
    Any,
}

#[derive(clap::Args)]
struct ReportArguments {
    /// How to print what is found
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
    /// What else makes the command fail, beside errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Show findings that are mere information as well, in text and on GitHub; JSON and SARIF
    /// always have them
    #[arg(long)]
    information: bool,
    /// A code whose findings are left out; may be given several times
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people, with the source line
    #[default]
    Text,
    /// For machines
    Json,
    /// Annotations of a pull request on GitHub
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
    /// Warnings and information
    Information,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StageName {
    /// Somebody's own: it may be lost
    Development,
    /// Like production, for the team
    Staging,
    /// Somebody's customers depend on it
    Production,
}

impl From<StageName> for Stage {
    fn from(name: StageName) -> Self {
        match name {
            StageName::Development => Self::Development,
            StageName::Staging => Self::Staging,
            StageName::Production => Self::Production,
        }
    }
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
    /// What the folder holds was never deployed: don't ask for the steps that a running cache needs
    #[arg(long, conflicts_with = "check")]
    undeployed: bool,
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
            Command::Check(arguments) => check::check(environments, &arguments),
            Command::Validate(arguments) => validate::validate(&arguments),
            Command::Controls(arguments) => controls::controls(environments, &arguments),
            Command::Diff(arguments) => diff::diff(environments, &arguments),
            Command::Migrate(arguments) => migrate::migrate(environments, &arguments),
            Command::Explain { code, format } => explain::explain(&code, format),
            Command::Rules { format } => explain::rules(format),
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
