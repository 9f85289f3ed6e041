//! A fleet: 10,000 environments, synthesised, validated and written, beside `cp -r`
//! of the result.
//!
//! ```text
//! cargo bench --bench fleet
//! ```
//!
//! The environments come from [`environment`], each different from all others, made
//! one after the other while the run asks for them. Every number is the time of a
//! whole process, from before it is started until after it was waited for:
//!
//! * **synth**: this program again, which calls [`cachewright::cli::run_from`] as the
//!   command line does; the output folder doesn't exist yet;
//! * **cp -r**: a copy of what came out, to a folder beside it that doesn't exist yet.
//!
//! The two take turns on one file system, each of them first in every other round.
//! What is copied is the first run's result, whose files are in the system's cache.
//! Before each of them the system writes what it still holds back (`sync`), so that
//! neither pays for the other; that is outside of what is timed. Folders are removed at
//! the very end, after the numbers are printed, because some file systems are slow to
//! make files where others were just removed: that takes about 2 GB for a while, and
//! longer than the rest. The ratio is that of the medians of one run.
//!
//! The memory is the peak of the process that synthesises (`VmHWM`, on Linux), for
//! 1,000 and for 10,000 environments; the median of several runs, too.

mod measure;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use cachewright::prelude::*;
use measure::{Folder, Times, target, time};

const FLEET: usize = 10_000;
/// A tenth of it, for comparison of the memory.
const FEW: usize = 1_000;
/// Rounds of both.
const ROUNDS: usize = 2;
/// The greatest ratio of the times.
const LIMIT: f64 = 1.5;
/// The greatest ratio of the peak memories that counts as "doesn't grow", ten times as
/// many environments being held against it: the same run differs by a few percent
/// from time to time, and of each environment a name is kept, to find one that is
/// defined twice.
const SAME: f64 = 1.1;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, only, count, out] = arguments.as_slice()
        && only == "--synth"
    {
        return synth(count.parse().map_err(io::Error::other)?, out);
    }
    if !measure::asked_for() {
        return Ok(ExitCode::SUCCESS);
    }

    let folder = Folder::new("fleet")?;
    let result = folder.path().join("out-0");
    let (mut few, mut all) = (Vec::new(), Vec::new());
    for round in 0..3 {
        few.extend(synthesise(FEW, &folder.path().join(format!("few-{round}")))?.1);
    }
    let (mut synths, mut copies) = (Times::default(), Times::default());
    for round in 0..ROUNDS {
        for turn in 0..2 {
            flush();
            if (round + turn) % 2 == 0 {
                let out = folder.path().join(format!("out-{round}"));
                let (taken, memory) = synthesise(FLEET, &out)?;
                synths.add(taken);
                all.extend(memory);
            } else {
                let copy = folder.path().join(format!("copy-{round}"));
                match time(Command::new("cp").arg("-r").arg(&result).arg(&copy), &[0]) {
                    Ok(taken) => copies.add(taken),
                    Err(error) => println!("cp can't be run here: {error}"),
                }
            }
        }
    }
    let (files, bytes) = count(&result)?;

    println!(
        "{FLEET} environments: {files} files, {:.1} MB",
        bytes as f64 / 1e6
    );
    println!("  synth   {synths}");
    println!("  cp -r   {copies}");
    if !copies.is_empty() {
        let ratio = synths.ratio(&copies);
        target(
            &format!("at most {LIMIT} times `cp -r`"),
            &format!("{ratio:.2}"),
            ratio <= LIMIT,
        );
    }
    match (median(few), median(all)) {
        (Some(few), Some(all)) => {
            let ratio = all / few;
            target(
                "memory that doesn't grow",
                &format!(
                    "peak of {:.1} MB for {FEW} environments, {:.1} MB for {FLEET}, {ratio:.2} times",
                    few / 1e3,
                    all / 1e3
                ),
                ratio <= SAME,
            );
        }
        _ => println!("  the peak memory isn't known on this system"),
    }
    Ok(ExitCode::SUCCESS)
}

/// What this program does when it is run by itself.
fn synth(environments: usize, out: &str) -> io::Result<ExitCode> {
    let arguments = ["cachewright", "synth", "--out", out];
    let code = cachewright::cli::run_from(arguments, (0..environments).map(environment));
    // kilobytes; nothing on other systems
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    writeln!(io::stdout(), "{}", peak.unwrap_or_default().trim())?;
    Ok(code)
}

/// The time that a run of its own takes for that many environments, and the peak of
/// its memory in kilobytes.
fn synthesise(environments: usize, out: &Path) -> io::Result<(Duration, Option<f64>)> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("--synth")
        .arg(environments.to_string())
        .arg(out)
        .stdin(Stdio::null());
    let begin = Instant::now();
    let output = command.output()?;
    let taken = begin.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        eprintln!("{}", first(&said));
        return Err(io::Error::other(format!("{command:?}: {}", output.status)));
    }
    if said.contains("warning") {
        println!("the fleet isn't free of warnings:\n{}", first(&said));
    }
    let peak = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
    Ok((taken, peak))
}

/// As much of it as anybody reads.
fn first(said: &str) -> String {
    said.lines().take(20).collect::<Vec<_>>().join("\n")
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Has the system write what it still holds back. Where there is no `sync`, it doesn't.
fn flush() {
    let _ = Command::new("sync").status();
}

/// How many files there are below a folder, and their bytes.
fn count(folder: &Path) -> io::Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (more_files, more_bytes) = if entry.file_type()?.is_dir() {
            count(&entry.path())?
        } else {
            (1, entry.metadata()?.len())
        };
        files += more_files;
        bytes += more_bytes;
    }
    Ok((files, bytes))
}

/// One of the list, the next one for the next number.
fn pick<T: Clone>(from: &[T], number: usize) -> T {
    from[number % from.len()].clone()
}

/// The environment of that number. Names, addresses and many settings are its own;
/// the lists that the rest is picked from have lengths without a common divisor, so
/// that the combinations differ, too.
fn environment(number: usize) -> Environment {
    let (name, stage) = pick(
        &[
            ("dev", Stage::Development),
            ("staging", Stage::Staging),
            ("preview", Stage::Staging),
            ("prod", Stage::Production),
        ],
        number,
    );
    let system = format!("system-{:04}", number / 4);
    let region = pick(
        &[
            Region::US_EAST_1,
            Region::US_WEST_2,
            Region::EU_WEST_1,
            Region::EU_CENTRAL_1,
            Region::AP_NORTHEAST_1,
        ],
        number / 4,
    );
    let cache = cache(number, &format!("{system}-{name}"), stage, &region);
    let network = network(number, &system);
    Environment::new(&system, name, stage, region, network, cache)
        .description(format!("{name} of {system}, number {number} of the fleet"))
        .tag("Environment", name)
        .tag("CostCenter", &format!("{:05}", number * 7))
        .tag(
            &pick(&["Team", "Owner", "Squad"].map(str::to_owned), number),
            &format!("team-{}", number % 97),
        )
}

/// Where its VPC, subnets and clients come from differs, and the addresses do.
fn network(number: usize, system: &str) -> Network {
    let block = format!("10.{}.{}.0/24", number / 256 % 256, number % 256);
    let (vpc, subnets) = match number % 4 {
        0 => (Vpc::given(), Subnets::given()),
        1 => {
            let stack = Stack::given("NetworkStack").default(format!("{system}-network"));
            (
                Vpc::imported(stack.export("VpcId")),
                Subnets::imported(stack.export("PrivateSubnetIds")),
            )
        }
        2 => {
            let vpc = Vpc::tagged([("Name", format!("{system}-vpc"))]);
            let subnets = Subnets::tagged(&vpc, [("Name", format!("{system}-private-*"))]);
            (vpc, subnets)
        }
        _ => (
            Vpc::id(&format!("vpc-{number:017x}")),
            Subnets::ids((0..3).map(|zone| format!("subnet-{:017x}", number * 3 + zone))),
        ),
    };
    let client = match number % 3 {
        0 => Client::cidr("application", &block),
        1 => Client::security_group(
            "application",
            ExistingSecurityGroup::given("application-security-group-id"),
        ),
        _ => Client::security_group(
            "application",
            ExistingSecurityGroup::id(&format!("sg-{number:017x}")),
        ),
    };
    let group = SecurityGroup::new(vpc)
        .allow(client.description(&format!("Redis from the application of {system}")))
        .egress(match number % 5 {
            0 => Egress::All,
            1 => Egress::To(vec![block]),
            _ => Egress::None,
        });
    Network::new(SubnetGroup::new(subnets), group)
}

fn cache(number: usize, id: &str, stage: Stage, region: &Region) -> ReplicationGroup {
    let engine = pick(
        &[
            Engine::REDIS_7_0,
            Engine::REDIS_7_0,
            Engine::REDIS_7_1,
            Engine::VALKEY_7_2,
            Engine::VALKEY_8_0,
            Engine::VALKEY_8_1,
            Engine::VALKEY_8_2,
        ],
        number,
    );
    let nodes: Nodes = match number % 11 {
        0 => node_type::T4G_SMALL.into(),
        1 => node_type::T4G_MEDIUM.into(),
        2 => node_type::M6G_LARGE.into(),
        3 => node_type::M6G_XLARGE.into(),
        4 => node_type::M7G_LARGE.into(),
        5 => node_type::M7G_XLARGE.into(),
        6 => node_type::R6G_LARGE.into(),
        7 => node_type::R6G_XLARGE.into(),
        8 => node_type::R7G_LARGE.into(),
        9 => node_type::R7G_2XLARGE.into(),
        _ => node_type::R6GD_XLARGE.data_tiering(),
    };
    let automatic = Failover::Automatic(MultiAz::Enabled);
    let topology: Topology = match number / 3 % 5 {
        0 if stage == Stage::Development => Topology::single_node().into(),
        0 | 1 => Topology::replicated(1, automatic).into(),
        2 => Topology::replicated(2 + (number % 3) as u8, automatic).into(),
        3 => Topology::sharded(2 + (number % 9) as u16, 1, MultiAz::Enabled).into(),
        _ => Topology::sharded(3, 2, MultiAz::Enabled).into(),
    };
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    let access = match number / 2 % 4 {
        0 => Access::Open,
        1 => Access::AuthToken(token),
        2 => Access::AuthToken(AuthToken::new(
            SecretRef::named(&format!("{id}/token")).json_key("token"),
        )),
        _ => Access::UserGroup(UserGroup::existing(&format!("{id}-users"))),
    };
    let at_rest = match number % 3 {
        0 => AtRestEncryption::AwsOwnedKey,
        1 => AtRestEncryption::KmsKey(KmsKey::given()),
        _ => AtRestEncryption::KmsKey(KmsKey::arn(&format!(
            "arn:aws:kms:{region}:123456789012:key/00000000-0000-0000-0000-{number:012x}"
        ))),
    };
    let parameters = ParameterGroup::new()
        .set(
            "maxmemory-policy",
            pick(&["volatile-lru", "allkeys-lru", "noeviction"], number),
        )
        .set("timeout", (20 + number % 3_000) as i64)
        .set("tcp-keepalive", (60 + number % 241) as i64);
    let hour = number % 20;
    let mut cache = ReplicationGroup::new(id, engine, nodes)
        .description(&format!("Cache number {number} of the fleet"))
        .port(6379 + (number % 100) as u16)
        .topology(topology)
        .transit_encryption(TransitEncryption::Required(access))
        .at_rest_encryption(at_rest)
        .snapshots(
            Snapshots::daily(1 + (number % 35) as u8)
                .window(&format!("{hour:02}:00-{:02}:00", hour + 1)),
        )
        .maintenance_window(&format!(
            "{}:{:02}:30-{0}:{:02}:30",
            pick(&["mon", "wed", "sun"], number),
            hour + 1,
            hour + 2
        ));
    if number.is_multiple_of(2) {
        cache = cache.parameter_group(parameters);
    }
    if number.is_multiple_of(6) {
        let logs = format!("/elasticache/{id}/slow");
        cache = cache.slow_log(LogDelivery::cloudwatch_logs(&logs, LogFormat::Json));
    }
    cache
}
