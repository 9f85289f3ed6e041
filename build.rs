//! Turns the fact tables into the constants that definitions use, so that a node
//! type, an engine version or a region that doesn't exist doesn't compile.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};

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

/// For each schema a validator, compiled with the crate, and a row of the table that
/// finds it: `Schema { name: "cloudformation/AWS-EC2-SecurityGroup", … }`.
fn schemas(folder: &Path) -> String {
    let mut files = Vec::new();
    for language in ["cloudformation", "terraform"] {
        for entry in fs::read_dir(folder.join(language)).expect("the schemas are there") {
            let path = entry.expect("a readable folder").path();
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            files.push((format!("{language}/{}", stem.expect("a plain name")), path));
        }
    }
    files.sort();
    let mut validators = String::new();
    let mut rows = String::new();
    for (i, (name, path)) in files.iter().enumerate() {
        let text = fs::read_to_string(path).expect("a readable schema");
        let mut schema: Value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        admit_computed(&mut schema, name.starts_with("cloudformation/"));
        writeln!(
            validators,
            "#[jsonschema::validator(schema = {:?}, draft = Draft202012, methods = {{ validate = false }})]\nstruct Schema{i};",
            schema.to_string(),
        )
        .expect("a String can be written");
        writeln!(
            rows,
            "Schema {{ name: {name:?}, text: {text:?}, is_valid: Schema{i}::is_valid, errors: |value| errors(Schema{i}::iter_errors(value)) }},",
        )
        .expect("a String can be written");
    }
    format!(
        "{validators}static SCHEMAS: [Schema; {}] = [\n{rows}];\n",
        files.len()
    )
}

/// What CloudFormation computes: an object with one of these members.
const INTRINSICS: [&str; 22] = [
    "Ref",
    "Condition",
    "Fn::And",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::Contains",
    "Fn::Equals",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::GetAZs",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Length",
    "Fn::Not",
    "Fn::Or",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::ToJsonString",
    "Fn::Transform",
    "Fn::ValueOf",
];

/// The schemas describe values; a template may compute them. Every place that holds
/// a value becomes "if it is computed, anything, else what the schema says": an
/// `anyOf` would lose the messages.
fn admit_computed(schema: &mut Value, cloudformation: bool) {
    visit(schema);
    if let Value::Object(members) = schema {
        let definitions = members.entry("$defs").or_insert_with(|| json!({}));
        definitions["computed"] = if cloudformation {
            json!({
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "propertyNames": { "enum": INTRINSICS },
            })
        } else {
            json!({ "type": "object", "required": ["$expr"] })
        };
    }
}

fn visit(schema: &mut Value) {
    let Value::Object(members) = schema else {
        return;
    };
    for (keyword, inner) in members.iter_mut() {
        match (keyword.as_str(), inner) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(wrap),
            ("items" | "additionalProperties", inner @ Value::Object(_)) => wrap(inner),
            ("$defs" | "dependentSchemas", Value::Object(schemas)) => {
                schemas.values_mut().for_each(visit);
            }
            ("anyOf" | "allOf" | "oneOf", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(visit);
            }
            _ => {}
        }
    }
}

fn wrap(schema: &mut Value) {
    visit(schema);
    let inner = schema.take();
    *schema = json!({ "if": { "$ref": "#/$defs/computed" }, "else": inner });
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
