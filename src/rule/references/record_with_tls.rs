//! A name of one's own in front of a certificate that doesn't have it.

use crate::graph::{Kind, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "record-with-tls",
    title: "A record leads to a cache whose certificate has another name",
    levels: Levels::WARNING,
    about: "The certificate of a cache is for AWS's own names. A client that speaks TLS and verifies the host \
            refuses to connect by a CNAME, and whoever turns the verification off for that reason \
            trusts anybody. Give clients the endpoint itself, or tell them the name to expect (the \
            server name of their TLS settings) and allow this with that reason.",
    source: "ElastiCache user guide (in-transit encryption), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(concat!(
            template!(
                "EngineVersion: \"7.1\"",
                "NumCacheClusters: 2",
                "AutomaticFailoverEnabled: true",
                "TransitEncryptionEnabled: true",
            ),
            "  Name:\n",
            "    Type: AWS::Route53::RecordSet\n",
            "    Properties:\n",
            "      HostedZoneId: Z0123456789ABCDEFGHIJ\n",
            "      Name: redis.shop.internal\n",
            "      Type: CNAME\n",
            "      TTL: \"60\"\n",
            "      ResourceRecords: [!GetAtt Cache.PrimaryEndPoint.Address]\n",
        )),
        Example::good_cloudformation(concat!(
            template!(
                "EngineVersion: \"7.1\"",
                "NumCacheClusters: 2",
                "AutomaticFailoverEnabled: true",
                "TransitEncryptionEnabled: false",
            ),
            "  Name:\n",
            "    Type: AWS::Route53::RecordSet\n",
            "    Properties:\n",
            "      HostedZoneId: Z0123456789ABCDEFGHIJ\n",
            "      Name: redis.shop.internal\n",
            "      Type: CNAME\n",
            "      TTL: \"60\"\n",
            "      ResourceRecords: [!GetAtt Cache.PrimaryEndPoint.Address]\n",
        )),
        // what is only told, and nothing that anybody connects to
        Example::good_cloudformation(concat!(
            template!(
                "EngineVersion: \"7.1\"",
                "NumCacheClusters: 2",
                "AutomaticFailoverEnabled: true",
                "TransitEncryptionEnabled: true",
            ),
            "  Name:\n",
            "    Type: AWS::Route53::RecordSet\n",
            "    Properties:\n",
            "      HostedZoneId: Z0123456789ABCDEFGHIJ\n",
            "      Name: redis.shop.internal\n",
            "      Type: TXT\n",
            "      TTL: \"60\"\n",
            "      ResourceRecords: [!Sub '\"${Cache.PrimaryEndPoint.Address}\"']\n",
        )),
        Example::bad_terraform(concat!(
            module!(
                "num_cache_clusters         = 2",
                "automatic_failover_enabled = true",
                "transit_encryption_enabled = true",
            ),
            "\nresource \"aws_route53_record\" \"redis\" {\n",
            "  zone_id = \"Z0123456789ABCDEFGHIJ\"\n",
            "  name    = \"redis.shop.internal\"\n",
            "  type    = \"CNAME\"\n",
            "  ttl     = 60\n",
            "  records = [aws_elasticache_replication_group.cache.reader_endpoint_address]\n",
            "}\n",
        )),
        Example::good_terraform(concat!(
            module!(
                "num_cache_clusters         = 2",
                "automatic_failover_enabled = true",
                "transit_encryption_enabled = false",
            ),
            "\nresource \"aws_route53_record\" \"redis\" {\n",
            "  zone_id = \"Z0123456789ABCDEFGHIJ\"\n",
            "  name    = \"redis.shop.internal\"\n",
            "  type    = \"CNAME\"\n",
            "  ttl     = 60\n",
            "  records = [aws_elasticache_replication_group.cache.primary_endpoint_address]\n",
            "}\n",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for record in check.all(Kind::RecordSet) {
        if record.text("Type") != Some("CNAME") {
            continue;
        }
        let Some(setting) = record.setting("ResourceRecords") else {
            continue;
        };
        let targets = match setting.value() {
            Value::List(targets) => targets.as_slice(),
            one => std::slice::from_ref(one),
        };
        let speaks_tls = targets
            .iter()
            .filter_map(|target| check.referred(target))
            .any(|cache| cache.bool("TransitEncryptionEnabled") == Some(true));
        if speaks_tls {
            let name = record.text("Name").unwrap_or("the name");
            check
                .report_at(
                    &record,
                    "Name",
                    format!("{name} leads to a cache whose certificate has another name"),
                )
                .allowed("AWS's own name of the endpoint for clients that verify the host")
                .help("give clients the endpoint itself, or tell them the name to expect and allow this");
        }
    }
}
