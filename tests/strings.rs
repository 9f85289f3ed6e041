//! A text of a definition is that text in both languages, whatever is in it, or it is
//! refused. Terraform reads `${`, `%{` and `$${` in any string, JSON reads none.

use std::path::Path;

use cachewright::prelude::*;
use cachewright::terraform;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

mod common;
use common::{Outputs, cache, findings, named, outputs, security_group, shop, skipped, subnets};

/// What begins, ends or escapes something somewhere, or can't be seen.
const PIECES: [&str; 44] = [
    "\"",
    "'",
    "`",
    "\\",
    "\\\\",
    "\\n",
    "\\u0041",
    "$",
    "%",
    "{",
    "}",
    "${",
    "%{",
    "$${",
    "%%{",
    "$$${",
    "$$$${",
    "%%%{",
    "${a}",
    "%{if true}",
    "~}",
    "${~",
    "{{",
    "}}",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{1}",
    "\u{b}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{fffd}",
    "🦀",
    "👩‍👩‍👧",
    "çé日本",
    "<<EOF\nx\nEOF",
];

/// Texts that were thought of one by one.
fn thought_of() -> Vec<String> {
    let mut texts: Vec<String> = PIECES.iter().map(|piece| format!("{piece}x")).collect();
    texts.extend(PIECES.iter().map(|piece| format!("x{piece}")));
    texts.extend(
        [
            "x",
            "#x",
            "// x",
            "/* x",
            "null",
            "true",
            "1",
            "1e400",
            " x ",
            "a$",
            "a%",
            "$x{y}",
            "{{resolve",
            "{{ resolve:ssm:x }}",
            "${AWS::StackName}",
            "${!literal}",
            "!Ref x",
            "\u{10ffff}x",
            "\u{e000}x",
            "\u{fdd0}x",
            "x\u{ffff}",
            "\u{301}x",
        ]
        .map(str::to_owned),
    );
    texts.push("é".repeat(255));
    texts.push("🦀".repeat(255));
    texts.push("${".repeat(127));
    texts.push("\u{1}".repeat(255));
    texts
}

/// Texts of these pieces and of any characters at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{1,6}",
        1 => Just("e\u{301}".to_owned()),
        1 => Just("\0".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A definition that says a text wherever it may say any, and what it should come to.
fn saying(text: &str) -> Environment {
    let vpc = Vpc::tagged([("Name", text), ("Owner", "ops")]);
    let network = Network::new(
        SubnetGroup::new(Subnets::tagged(&vpc, [(text, "x")])).description(text),
        SecurityGroup::new(vpc),
    );
    // the one parameter that takes any words
    let group = ParameterGroup::new()
        .description(text)
        .set("rename-commands", text);
    named(
        "texts",
        "prod",
        network,
        cache().description(text).parameter_group(group),
    )
}

/// Why a text is refused, if it has to be.
fn refused(text: &str) -> bool {
    let length = text.chars().count();
    text.trim().is_empty()
        || length > 255
        || text.contains('\0')
        || text.contains("{{resolve:")
        || !is_nfc(text)
}

/// The places of a text in what both languages read back.
fn read_back(outputs: &Outputs) -> Vec<(&'static str, Value)> {
    let group = "AWS::ElastiCache::ReplicationGroup";
    let subnets = "AWS::ElastiCache::SubnetGroup";
    let parameters = "AWS::ElastiCache::ParameterGroup";
    let cfn = |kind, name: &str| outputs.properties(kind)[name].clone();
    let tf = |kind, name: &str| outputs.body(kind)[name].clone();
    let data = terraform::read(&outputs.files["terraform/data.tf"]).expect("HCL");
    let vpc = &data.iter().find(|b| b.labels[0] == "aws_vpc").unwrap().body;
    vec![
        ("CloudFormation", cfn(group, "ReplicationGroupDescription")),
        ("CloudFormation", cfn(subnets, "Description")),
        ("CloudFormation", cfn(parameters, "Description")),
        (
            "CloudFormation",
            cfn(parameters, "Properties")["rename-commands"].clone(),
        ),
        (
            "Terraform",
            tf("aws_elasticache_replication_group", "description"),
        ),
        (
            "Terraform",
            tf("aws_elasticache_subnet_group", "description"),
        ),
        (
            "Terraform",
            tf("aws_elasticache_parameter_group", "description"),
        ),
        (
            "Terraform",
            tf("aws_elasticache_parameter_group", "parameter")[0]["value"].clone(),
        ),
        ("Terraform", vpc["filter"][0]["values"][0].clone()),
    ]
}

/// The text is refused where it can't be said, and else it is itself.
#[track_caller]
fn holds(text: &str) {
    let environment = saying(text);
    let errors: Vec<_> = findings(&environment)
        .into_iter()
        .filter(|finding| finding.is_error())
        .collect();
    assert_eq!(!errors.is_empty(), refused(text), "{text:?}: {errors:?}");
    if errors.is_empty() {
        for (language, value) in read_back(&outputs(&environment)) {
            assert_eq!(value, text, "{language}");
        }
    }
}

#[test]
fn texts_that_were_thought_of_are_themselves() {
    for text in thought_of() {
        holds(&text);
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(256) })]

    #[test]
    fn any_text_is_itself(text in any_text()) {
        holds(&text);
    }
}

/// What can't be seen can't be reviewed: it is spelled by its number.
#[test]
fn what_cannot_be_seen_is_spelled_out() {
    for text in thought_of().iter().filter(|text| !refused(text)) {
        for (name, contents) in outputs(&saying(text)).files {
            // a makefile and Go's lines begin with tabs
            let contents = match &*name {
                "Makefile" | "RUNBOOK.md" => contents.replace("\n\t", "\n").replace("\n\t", "\n"),
                _ => contents,
            };
            let unseen = contents.chars().find(|c| {
                (c.is_control() && *c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
            });
            assert_eq!(unseen, None, "{name} of {text:?}");
        }
    }
}

/// Whatever CloudFormation says of the whole, Terraform has no word for.
#[test]
fn the_description_of_the_whole_is_itself() {
    for text in thought_of() {
        if text.len() <= 1024 && !text.trim().is_empty() {
            let environment = shop(common::network(), cache()).description(&*text);
            assert_eq!(outputs(&environment).template["Description"], *text);
        }
    }
}

#[test]
fn a_very_long_value_is_itself() {
    let long = "x${y}\"\\\n".repeat(2_000);
    let group = ParameterGroup::new().set("rename-commands", &*long);
    let outputs = outputs(&shop(common::network(), cache().parameter_group(group)));
    let cfn = outputs.properties("AWS::ElastiCache::ParameterGroup");
    assert_eq!(cfn["Properties"]["rename-commands"], *long);
    let tf = outputs.body("aws_elasticache_parameter_group");
    assert_eq!(tf["parameter"][0]["value"], *long);
}

/// Tags take few characters, and in Terraform their keys are names in an object.
const KEYS: [&str; 18] = [
    "a", "null", "true", "false", "for", "if", "in", "1", "1a", "-a", "a-b", "a b", "a:b", "a.b",
    "a/b", "é", "@", "_",
];

fn tagged() -> Environment {
    let cache = KEYS.iter().fold(cache(), |cache, key| {
        cache.tag(key, &format!("{key} of São_Paulo.:/=+-@ 日本"))
    });
    shop(common::network(), cache)
}

#[test]
fn tags_are_themselves() {
    let outputs = outputs(&tagged());
    let cfn = &outputs.properties("AWS::ElastiCache::ReplicationGroup")["Tags"];
    let cfn: Vec<_> = cfn
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| (tag["Key"].as_str().unwrap(), &tag["Value"]))
        .collect();
    let tf = &outputs.body("aws_elasticache_replication_group")["tags"];
    assert_eq!(cfn.len(), KEYS.len());
    assert_eq!(tf.as_object().unwrap().len(), KEYS.len());
    for key in KEYS {
        let value = format!("{key} of São_Paulo.:/=+-@ 日本");
        assert_eq!(tf[key], *value);
        assert!(cfn.iter().any(|(k, v)| *k == key && **v == *value), "{key}");
    }
}

#[test]
fn what_tags_and_secrets_do_not_take_is_refused() {
    for piece in PIECES.iter().filter(|piece| **piece != "çé日本") {
        let text = format!("x{piece}x");
        let value = shop(common::network(), cache().tag("Name", &text));
        assert!(findings(&value)[0].is_error(), "{text:?} as a tag's value");
        let key = shop(common::network(), cache().tag(&text, "x"));
        assert!(findings(&key)[0].is_error(), "{text:?} as a tag's key");
        let token = Access::AuthToken(AuthToken::new(SecretRef::named(&text)));
        let secret = cache().transit_encryption(TransitEncryption::Required(token));
        let secret = shop(common::network(), secret);
        assert!(findings(&secret)[0].is_error(), "{text:?} as a secret");
    }
}

/// Where only Terraform has a text there is nothing to agree with, and it has to be
/// the text all the same.
#[test]
fn the_key_of_the_state_is_itself() {
    for text in thought_of() {
        let text = format!("a{text}z");
        let state = TerraformState::S3 {
            bucket: "shop-state".into(),
            key: text.clone(),
            region: Region::US_EAST_1,
        };
        let network = Network::new(subnets(), security_group());
        let environment = shop(network, cache()).terraform_state(state);
        if text.len() <= 1024 && is_nfc(&text) {
            let versions = &outputs(&environment).files["terraform/versions.tf"];
            let blocks = terraform::read(versions).expect("HCL");
            let backend = &blocks[0].body["backend"][0]["s3"][0];
            assert_eq!(backend["key"], *text);
        }
    }
}

/// As it stands in `main.tf`: no text ever takes two lines.
fn literal(main: &str) -> &str {
    let (_, group) = main
        .split_once("resource \"aws_elasticache_replication_group\"")
        .expect("a replication group");
    let line = group
        .lines()
        .find(|line| line.starts_with("  description "))
        .expect("a description");
    line.split_once(" = ").expect("an attribute").1
}

/// Terraform's own reading of `output`s in a folder without providers.
fn apply(folder: &Path, source: &str) -> Option<Value> {
    let module = folder.join("module");
    std::fs::create_dir(&module).unwrap();
    std::fs::write(module.join("main.tf"), source).unwrap();
    for arguments in [
        &["init", "-no-color", "-input=false"][..],
        &["apply", "-no-color", "-input=false", "-auto-approve"],
    ] {
        let finished = common::terraform_program(folder)?
            .args(arguments)
            .current_dir(&module)
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&finished.stderr);
        assert!(finished.status.success(), "{arguments:?}: {error}");
    }
    let finished = common::terraform_program(folder)?
        .args(["output", "-no-color", "-json"])
        .current_dir(&module)
        .output()
        .unwrap();
    assert!(finished.status.success());
    Some(serde_json::from_slice(&finished.stdout).expect("JSON"))
}

#[test]
fn terraform_itself_reads_the_same() {
    // the same ones in every run: a failure here is found again
    let mut runner = TestRunner::deterministic();
    let mut texts = thought_of();
    texts.retain(|text| !refused(text));
    while texts.len() < 400 {
        let text = any_text().new_tree(&mut runner).unwrap().current();
        if !refused(&text) {
            texts.push(text);
        }
    }
    let mut source = String::new();
    for (n, text) in texts.iter().enumerate() {
        let outputs = outputs(&saying(text));
        let literal = literal(&outputs.files["terraform/main.tf"]);
        source += &format!("output \"s{n}\" {{\n  value = {literal}\n}}\n");
    }
    let main = &outputs(&tagged()).files["terraform/main.tf"];
    let (_, tags) = main.split_once("  tags = {").expect("tags");
    let (tags, _) = tags.split_once("\n  }\n").expect("the end of the tags");
    source += &format!("output \"tags\" {{\n  value = {{{tags}\n  }}\n}}\n");

    let folder = tempfile::tempdir().unwrap();
    let Some(read) = apply(folder.path(), &source) else {
        skipped("no `terraform` on PATH to read the texts");
        return;
    };
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(read[format!("s{n}")]["value"], **text);
    }
    let tags = read["tags"]["value"].as_object().unwrap();
    assert_eq!(tags.len(), KEYS.len());
    for key in KEYS {
        assert_eq!(tags[key], format!("{key} of São_Paulo.:/=+-@ 日本"));
    }
}

/// Why texts have to be composed: Terraform composes them, whichever way they are
/// written, and CloudFormation doesn't.
#[test]
fn terraform_composes_characters() {
    let decomposed = "cafe\u{301} \u{1112}\u{1161}\u{11ab}";
    let source = format!(
        "output \"raw\" {{\n  value = \"{decomposed}\"\n}}\noutput \"escaped\" {{\n  value = \"cafe\\u0301\"\n}}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let Some(read) = apply(folder.path(), &source) else {
        skipped("no `terraform` on PATH to compose characters");
        return;
    };
    assert_eq!(read["raw"]["value"], decomposed.nfc().collect::<String>());
    assert_eq!(read["escaped"]["value"], "caf\u{e9}");
}
