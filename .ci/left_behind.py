"""What a deployment left behind in the account beside the cache, as facts that can be compared.

Security groups, KMS keys, secrets, log groups, topics, alarms, dashboards, plain parameters, records and what
autoscaling keeps are asked of their services, before and after. Two things can't be compared: how long a secret
can be recovered is said by Terraform only, since CloudFormation has no such property; and how long a key's
deletion waits is said when the key is deleted, which nothing here does.
"""

import json

import left_behind_alarms
from facts import in_order, of_type
from out_tree import Trouble


def every(client, operation, result, **more):
    return [thing for page in client.get_paginator(operation).paginate(**more) for thing in page[result]]


def keys(kms):
    aliases = {}
    for alias in every(kms, "list_aliases", "Aliases"):
        aliases.setdefault(alias.get("TargetKeyId"), []).append(alias["AliasName"])
    for key in every(kms, "list_keys", "Keys"):
        id_ = key["KeyId"]
        names = sorted(aliases.get(id_, []))
        if any(n.startswith("alias/aws/") for n in names):
            continue  # AWS's own
        rotation = kms.get_key_rotation_status(KeyId=id_)
        yield (
            id_,
            {
                **kms.describe_key(KeyId=id_)["KeyMetadata"],
                "Aliases": names,
                "Policy": json.loads(kms.get_key_policy(KeyId=id_, PolicyName="default")["Policy"]),
                "RotationPeriodInDays": rotation["KeyRotationEnabled"] and rotation["RotationPeriodInDays"],
                "Tags": [
                    {"Key": t["TagKey"], "Value": t["TagValue"]}
                    for t in every(kms, "list_resource_tags", "Tags", KeyId=id_)
                ],
            },
        )


def secrets(client):
    for secret in every(client, "list_secrets", "SecretList"):
        try:
            value = client.get_secret_value(SecretId=secret["ARN"])["SecretString"]
        except client.exceptions.ResourceNotFoundException:
            value = None  # a secret without any version
        yield secret["ARN"], {**secret, "Value": value}


def log_groups(client):
    for group in every(client, "describe_log_groups", "logGroups"):
        tags = client.list_tags_for_resource(resourceArn=group["logGroupArn"])["tags"]
        yield group["logGroupName"], {**group, "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}


def parameters(ssm):
    for parameter in every(ssm, "describe_parameters", "Parameters"):
        name = parameter["Name"]
        if parameter["Type"] != "SecureString":
            value = ssm.get_parameter(Name=name)["Parameter"]["Value"]
            tags = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=name)["TagList"]
            yield name, {**parameter, "Value": value, "Tags": tags}


def records(route53):
    for zone in every(route53, "list_hosted_zones", "HostedZones"):
        for record in every(route53, "list_resource_record_sets", "ResourceRecordSets", HostedZoneId=zone["Id"]):
            name = record["Name"].rstrip(".")
            yield f"{name} {record['Type']}", {**record, "Name": name, "Zone": zone["Name"]}


def targets(scaling):
    for target in every(
        scaling, "describe_scalable_targets", "ScalableTargets", ServiceNamespace="elasticache"
    ):
        tags = scaling.list_tags_for_resource(ResourceARN=target["ScalableTargetARN"])["Tags"]
        tags = [{"Key": k, "Value": v} for k, v in tags.items()]
        yield f"{target['ResourceId']} {target['ScalableDimension']}", {**target, "Tags": tags}


def policies(scaling):
    for policy in every(
        scaling, "describe_scaling_policies", "ScalingPolicies", ServiceNamespace="elasticache"
    ):
        yield policy["PolicyName"], policy


NAMED = "LogGroup", "Alarm", "Dashboard", "Parameter", "Record", "ScalableTarget", "ScalingPolicy"


def inventory(world):
    """{kind: {physical id: what its service says about it}}"""
    return {
        "SecurityGroup": {
            g["GroupId"]: g for g in every(world.ec2, "describe_security_groups", "SecurityGroups")
        },
        "Key": dict(keys(world.kms)),
        "Secret": dict(secrets(world.secrets)),
        "LogGroup": dict(log_groups(world.logs)),
        **left_behind_alarms.inventory(world),
        "Parameter": dict(parameters(world.ssm)),
        "Record": dict(records(world.route53)),
        "ScalableTarget": dict(targets(world.scaling)),
        "ScalingPolicy": dict(policies(world.scaling)),
    }


def new_things(world, before):
    now = inventory(world)
    return {
        kind: {i: thing for i, thing in things.items() if i not in before[kind]}
        for kind, things in now.items()
    }


def generated_names(type_, name, template):
    return any(name not in r.get("Properties", {}) for r in of_type(type_, template))


def call_them(kind, thing, template):
    """By what a thing is known in both languages: not by its id, nor by a name that one of them generates."""
    if kind in left_behind_alarms.FACTS:
        return thing["Name"]
    if kind == "SecurityGroup":
        return thing["Description"]
    if kind == "Key":
        return thing["Aliases"][0] if thing["Aliases"] else thing["Description"]
    if kind == "Secret" and generated_names("AWS::SecretsManager::Secret", "Name", template):
        return thing.get("Description", "")
    if kind == "Record":
        return f"{thing['Name']} {thing['Type']}"
    if kind == "ScalableTarget":
        return f"{thing['ResourceId']} {thing['ScalableDimension']}"
    if kind == "ScalingPolicy":
        return thing["PolicyName"]
    return thing["logGroupName"] if kind == "LogGroup" else thing["Name"]


def parts(value):
    """The texts in a secret's value, {key: text}: of a JSON object its members, else it is one itself."""
    try:
        object_ = json.loads(value)
    except ValueError:
        object_ = None
    return {k: str(v) for k, v in object_.items()} if isinstance(object_, dict) else {"": value}


def introduce(new, world, template):
    """Lets the world know what each new id stands for, and each value that was generated."""
    for kind, things in new.items():
        subjects = [call_them(kind, thing, template) for thing in things.values()]
        if len(set(subjects)) != len(subjects):
            raise Trouble(
                f"things of the kind {kind} that can't be told apart: {', '.join(sorted(subjects))}"
            )
        for (id_, thing), subject in zip(things.items(), subjects, strict=True):
            if kind not in NAMED:  # the id is the name
                world.known(id_, f"{kind} '{subject}'")
            if kind == "Secret" and thing["Value"] is not None:
                for key, text in parts(thing["Value"]).items():
                    if len(text) >= 16:  # shorter texts may stand elsewhere, too, and mean something else
                        world.known(json.dumps(text)[1:-1], f"value {key} of secret '{subject}'")


def tags(thing):
    # aws: is reserved; CloudFormation itself sets such tags
    return in_order(t for t in thing.get("Tags", []) if not t["Key"].startswith("aws:"))


def rule_fact(rule):
    everything = rule["IpProtocol"] == "-1"  # then the ports mean nothing, and are -1 or missing
    source = (
        rule.get("CidrIpv4")
        or rule.get("CidrIpv6")
        or rule.get("PrefixListId")
        or rule["ReferencedGroupInfo"]["GroupId"]
    )
    return {
        "Protocol": rule["IpProtocol"],
        "FromPort": None if everything else rule["FromPort"],
        "ToPort": None if everything else rule["ToPort"],
        "Peer": source,
        "Description": rule.get("Description"),
    }


def group_facts(group, world, template):
    """What a security group is and lets through."""
    own = [{"Name": "group-id", "Values": [group["GroupId"]]}]
    rules = every(world.ec2, "describe_security_group_rules", "SecurityGroupRules", Filters=own)
    about = {
        "GroupName": group["GroupName"],
        "VpcId": group["VpcId"],
        "Ingress": in_order(rule_fact(r) for r in rules if not r["IsEgress"]),
        "Egress": in_order(rule_fact(r) for r in rules if r["IsEgress"]),
    }
    if generated_names("AWS::EC2::SecurityGroup", "GroupName", template):
        del about["GroupName"]
    return about


def key_facts(key, world, template):
    names = "Aliases", "Description", "Enabled", "KeySpec", "KeyUsage", "Policy", "RotationPeriodInDays"
    # left out of the answer where it was left out of the request
    return {**{name: key[name] for name in names}, "MultiRegion": bool(key.get("MultiRegion"))}


def kinds(text):
    """How long a generated text is, and of what; no more can be the same in two of them."""
    found = {
        "digits" if c.isdigit() else "upper" if c.isupper() else "lower" if c.islower() else "other"
        for c in text
    }
    return {"Length": len(text), "Characters": sorted(found)}


def secret_facts(secret, world, template):
    """Not its value, which is another each time; but what the value is made of."""
    value = secret["Value"]
    about = {
        "Name": secret["Name"],
        "Description": secret.get("Description", ""),
        "KmsKeyId": secret.get("KmsKeyId"),
        "Value": None if value is None else {k: kinds(v) for k, v in parts(value).items()},
    }
    if generated_names("AWS::SecretsManager::Secret", "Name", template):
        del about["Name"]
    return about


def log_group_facts(group, world, template):
    return {"RetentionInDays": group.get("retentionInDays"), "KmsKeyId": group.get("kmsKeyId")}


def parameter_facts(parameter, world, template):
    return {name: parameter.get(name) for name in ("Type", "Value", "Description", "Tier", "DataType")}


def record_facts(record, world, template):
    return {name: record.get(name) for name in ("Zone", "TTL", "ResourceRecords", "SetIdentifier")}


def target_facts(target, world, template):
    return {name: target[name] for name in ("ServiceNamespace", "MinCapacity", "MaxCapacity")}


def policy_facts(policy, world, template):
    names = "ResourceId", "ScalableDimension", "PolicyType", "TargetTrackingScalingPolicyConfiguration"
    return {name: policy[name] for name in names}


FACTS = {
    "Parameter": parameter_facts,
    "Record": record_facts,
    "ScalableTarget": target_facts,
    "ScalingPolicy": policy_facts,
    "SecurityGroup": group_facts,
    "Key": key_facts,
    "Secret": secret_facts,
    "LogGroup": log_group_facts,
    **left_behind_alarms.FACTS,
}


def facts(new, world, template):
    """{(kind, name, parameter): value} of the new things, which must have been introduced."""
    found = {}
    for kind, things in new.items():
        for thing in things.values():
            about = {**FACTS[kind](thing, world, template), "Tags": tags(thing)}
            subject = call_them(kind, thing, template)
            found.update({(kind, subject, k): world.normalise(v) for k, v in about.items()})
    return found
