//! Turns the fact tables into the constants that definitions use, so that a node
//! type, an engine version or a region that doesn't exist doesn't compile.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Row = BTreeMap<String, String>;

fn main() {
    let facts = Path::new("src/facts");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/facts");
    println!("cargo::rerun-if-changed=src/schema");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let write = |name: &str, text: String| {
        fs::write(out.join(name), text).expect("OUT_DIR can be written");
    };
    write(
        "node_types.rs",
        node_types(&table(&facts.join("node_types.csv"))),
    );
    write(
        "engines.rs",
        engines(&table(&facts.join("engine_versions.csv"))),
    );
    write("schemas.rs", schemas(Path::new("src/schema")));
    write(
        "regions.rs",
        regions(&table(&facts.join("node_type_regions.csv"))),
    );
}

/// `("cloudformation/AWS-EC2-SecurityGroup", include_str!(…))`, one for each schema.
fn schemas(folder: &Path) -> String {
    let root = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .expect("cargo sets it");
    let mut files = Vec::new();
    for language in ["cloudformation", "terraform"] {
        for entry in fs::read_dir(folder.join(language)).expect("the schemas are there") {
            let path = entry.expect("a readable folder").path();
            let stem = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .expect("a plain name");
            files.push((format!("{language}/{stem}"), root.join(&path)));
        }
    }
    files.sort();
    let mut text = format!("static SCHEMAS: [Schema; {}] = [\n", files.len());
    for (name, path) in files {
        writeln!(text, "Schema::new({name:?}, include_str!({path:?})),")
            .expect("a String can be written");
    }
    text + "];\n"
}

fn table(path: &Path) -> Vec<Row> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(path)
        .and_then(|mut reader| reader.deserialize().collect())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `cache.m7g.2xlarge` is `M7G_2XLARGE`.
fn constant(name: &str) -> String {
    name.trim_start_matches("cache.")
        .replace(['.', '-'], "_")
        .to_ascii_uppercase()
}

fn node_types(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let name = &row["node_type"];
        let tiered = row["data_tiering"] == "yes";
        let engine = match row["min_redis"].as_str() {
            "" => "Valkey only",
            _ => "Redis OSS and Valkey",
        };
        let kind = if tiered { "TieredNodeType" } else { "NodeType" };
        writeln!(
            text,
            "/// `{name}`: {} vCPU, {} GiB, {engine}{}.\npub const {}: {kind} = {kind}::fixed({name:?});",
            row["vcpu"],
            row["memory_gib"],
            if tiered { ", memory and SSD" } else { "" },
            constant(name),
        )
        .expect("a String can be written");
    }
    text
}

fn engines(rows: &[Row]) -> String {
    let mut text = String::from("impl Engine {\n");
    for row in rows.iter().filter(|row| row["create_allowed"] == "yes") {
        let (engine, version) = (&row["engine"], &row["version"]);
        let (title, variant) = match engine.as_str() {
            "redis" => ("Redis OSS", "Redis"),
            _ => ("Valkey", "Valkey"),
        };
        let end = match row["standard_support_end"].as_str() {
            "" => String::new(),
            date => format!("; standard support ends {date}"),
        };
        writeln!(
            text,
            "/// {title} {version}, parameter group family `{}`{end}.\npub const {}: Self = Self::fixed(EngineName::{variant}, {version:?});",
            row["family"],
            constant(&format!("{engine}_{version}")),
        )
        .expect("a String can be written");
    }
    text + "}\n"
}

fn regions(rows: &[Row]) -> String {
    let mut text = String::from("impl Region {\n");
    for row in rows {
        let name = &row["region"];
        writeln!(
            text,
            "/// `{name}`.\npub const {}: Self = Self::fixed({name:?});",
            constant(name)
        )
        .expect("a String can be written");
    }
    text + "}\n"
}
