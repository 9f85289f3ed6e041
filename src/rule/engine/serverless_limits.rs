//! The usage limits of a serverless cache.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "serverless-limits",
    title: "Usage limits out of range or in the wrong order",
    levels: Levels::ERROR,
    about: "A serverless cache can be limited in both directions: 1 to 5,000 gigabytes, and 1,000 \
        to 15,000,000 processing units a second. The minimum is what is paid for in any case, \
        and the maximum is where evictions and refusals begin. AWS refuses a value out of range \
        and a minimum above its maximum. Put them in order.",
    source: "ElastiCache user guide (serverless scaling) and Terraform AWS provider 6, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

const LIMITS: [(&str, i64, i64, &str); 2] = [
    ("DataStorage", 1, 5000, "gigabytes"),
    (
        "ECPUPerSecond",
        1000,
        15_000_000,
        "processing units a second",
    ),
];

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        for (what, least, most, unit) in LIMITS {
            limits(check, &cache, what, (least, most), unit);
        }
        let unit = "CacheUsageLimits.DataStorage.Unit";
        if let Some(setting) = cache.setting(unit)
            && setting.text().is_some_and(|unit| unit != "GB")
        {
            check
                .report(
                    &setting,
                    format!(
                        "data isn't measured in {:?}",
                        setting.text().unwrap_or_default()
                    ),
                )
                .allowed("GB")
                .help("write GB");
        }
    }
}

fn limits<'g>(
    check: &mut Check<'g>,
    cache: &Resource<'g>,
    what: &str,
    (least, most): (i64, i64),
    unit: &str,
) {
    let name = |end: &str| format!("CacheUsageLimits.{what}.{end}");
    let mut within = true;
    for end in ["Minimum", "Maximum"] {
        let name = name(end);
        if let (Some(setting), Some(value)) = (cache.setting(&name), cache.integer(&name))
            && !(least..=most).contains(&value)
        {
            within = false;
            check
                .report(&setting, format!("{} is {value} {unit}", setting.name()))
                .allowed(format!("{least} to {most}"))
                .help("use a value of that range, or leave it out for no limit");
        }
    }
    let (low, high) = (name("Minimum"), name("Maximum"));
    if let (true, Some(setting), Some(minimum), Some(maximum)) = (
        within,
        cache.setting(&low),
        cache.integer(&low),
        cache.integer(&high),
    ) && minimum > maximum
    {
        check
            .report(
                &setting,
                format!("the minimum of {minimum} {unit} is above the maximum of {maximum}"),
            )
            .allowed(format!("up to {maximum}"))
            .help("exchange the two");
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        DataStorage:
          Maximum: 6000
          Unit: GB
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      maximum = 6000
      unit    = "GB"
    }
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        DataStorage:
          Minimum: 0
          Maximum: 10
          Unit: GB
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      minimum = 0
      maximum = 10
      unit    = "GB"
    }
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        DataStorage:
          Minimum: 20
          Maximum: 10
          Unit: GB
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      minimum = 20
      maximum = 10
      unit    = "GB"
    }
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        ECPUPerSecond:
          Maximum: 500
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    ecpu_per_second {
      maximum = 500
    }
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        ECPUPerSecond:
          Maximum: 20000000
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    ecpu_per_second {
      maximum = 20000000
    }
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        ECPUPerSecond:
          Minimum: 5000
          Maximum: 2000
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    ecpu_per_second {
      minimum = 5000
      maximum = 2000
    }
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        DataStorage:
          Maximum: 10
          Unit: TB
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      maximum = 10
      unit    = "TB"
    }
  }
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        DataStorage:
          Minimum: 1
          Maximum: 5000
          Unit: GB
        ECPUPerSecond:
          Minimum: 1000
          Maximum: 15000000
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      minimum = 1
      maximum = 5000
      unit    = "GB"
    }

    ecpu_per_second {
      minimum = 1000
      maximum = 15000000
    }
  }
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      CacheUsageLimits:
        DataStorage:
          Minimum: 10
          Maximum: 10
          Unit: GB
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      minimum = 10
      maximum = 10
      unit    = "GB"
    }
  }
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"
}
"#,
    ),
];
