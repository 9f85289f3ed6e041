"""What moto and the emulator on top of it leave out, and without which the comparison would be blind.

A security group's egress and the descriptions of its rules; a key's policy, rotation and the properties
of a template that say so; a secret's key and tags, and that its value is generated as the template asks;
a log group's key; the difference between SSM's plain and secure parameters; types that nobody knows.
"""

import json
import re

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.core.exceptions import JsonRESTError
from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupIngress
from moto.kms.models import Key, kms_backends
from moto.kms.responses import KmsResponse
from moto.logs.models import LogGroup, LogsBackend, logs_backends
from moto.route53 import models as route53_models
from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm import ssm_backends
from moto.ssm.models import Parameter

A_YEAR = 365  # between two rotations of a key, where nothing else is said


def known_only(properties, *known):
    """moto passes over a property that it does not know; AWS refuses one that does not exist."""
    unknown = sorted(set(properties) - set(known))
    if unknown:
        raise ValidationError(message=f"Encountered unsupported property {', '.join(unknown)}")
    return properties


def as_number(value):
    return int(value) if isinstance(value, str) else value


def as_flag(value):
    return value == "true" if isinstance(value, str) else bool(value)


def security_groups():
    def rule(properties, sources):
        """A rule's properties in the spelling of moto's authorize_* methods."""
        described = {k: v for k, v in properties.items() if k == "Description"}
        ranges = [{"CidrIp": properties["CidrIp"], **described}] if "CidrIp" in properties else []
        ranges += [{"CidrIpv6": properties["CidrIpv6"], **described}] if "CidrIpv6" in properties else []
        groups = [{"GroupId": properties[k], **described} for k in sources if k in properties]
        return dict(
            ip_protocol=str(properties["IpProtocol"]),
            from_port=properties.get("FromPort"),
            to_port=properties.get("ToPort"),
            ip_ranges=ranges,
            source_groups=groups,
        )

    create = SecurityGroup.create_from_cloudformation_json.__func__

    def create_group(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        group = create(cls, resource_name, cloudformation_json, account_id, region_name, **more)
        egress = cloudformation_json["Properties"].get("SecurityGroupEgress")
        if egress:  # an empty list leaves the allow-all in place on AWS, too
            backend = ec2_backends[account_id][region_name]
            group.egress_rules.clear()
            for properties in egress:
                backend.authorize_security_group_egress(
                    group.id, **rule(properties, ["DestinationSecurityGroupId"])
                )
        return group

    def create_ingress(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        properties = cloudformation_json["Properties"]
        backend = ec2_backends[account_id][region_name]
        group = backend.describe_security_groups(group_ids=[properties["GroupId"]])[0]
        backend.authorize_security_group_ingress(group.id, **rule(properties, ["SourceSecurityGroupId"]))
        return cls(group, properties)

    SecurityGroup.create_from_cloudformation_json = classmethod(create_group)
    SecurityGroupIngress.create_from_cloudformation_json = classmethod(create_ingress)


def keys():
    create = Key.create_from_cloudformation_json.__func__

    def period(days):
        if not 90 <= days <= 2560:
            raise ValidationError(message=f"RotationPeriodInDays must be 90 to 2560, not {days}")
        return days

    def create_key(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        properties = known_only(
            cloudformation_json["Properties"],
            "Description",
            "EnableKeyRotation",
            "Enabled",
            "KeyPolicy",
            "KeySpec",
            "KeyUsage",
            "PendingWindowInDays",
            "RotationPeriodInDays",
            "Tags",
        )
        if properties.get("KeySpec", "SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
            raise ValidationError(message="moto makes only symmetric keys from a template")
        if not 7 <= as_number(properties.get("PendingWindowInDays", 30)) <= 30:
            raise ValidationError(message="PendingWindowInDays must be 7 to 30")
        policy = properties.get("KeyPolicy")
        given = {**properties, "KeyPolicy": json.dumps(policy) if isinstance(policy, dict) else policy}
        given["EnableKeyRotation"] = as_flag(properties.get("EnableKeyRotation", False))
        given["Enabled"] = as_flag(properties.get("Enabled", True))
        key = create(
            cls,
            resource_name,
            {**cloudformation_json, "Properties": given},
            account_id,
            region_name,
            **more,
        )
        key.rotation_period = period(as_number(properties.get("RotationPeriodInDays", A_YEAR)))
        return key

    def enable(self):
        key_id = self._get_param("KeyId")
        self._validate_cmk_id(key_id)
        backend = self.kms_backend
        backend.enable_key_rotation(key_id)
        days = self._get_param("RotationPeriodInDays")
        backend.keys[backend.get_key_id(key_id)].rotation_period = period(days or A_YEAR)
        return json.dumps(None)

    def status(self):
        key_id = self._get_param("KeyId")
        self._validate_cmk_id(key_id)
        backend = self.kms_backend
        key = backend.keys[backend.get_key_id(key_id)]
        answer = {"KeyId": key.id, "KeyRotationEnabled": key.key_rotation_status}
        if key.key_rotation_status:
            answer["RotationPeriodInDays"] = getattr(key, "rotation_period", A_YEAR)
        return json.dumps(answer)

    attribute = Key.get_cfn_attribute
    Key.create_from_cloudformation_json = classmethod(create_key)
    Key.has_cfn_attr = classmethod(lambda cls, name: name in ("Arn", "KeyId"))
    Key.get_cfn_attribute = lambda self, name: self.id if name == "KeyId" else attribute(self, name)
    KmsResponse.enable_key_rotation = enable
    KmsResponse.get_key_rotation_status = status


def log_groups():
    create = LogsBackend.create_log_group

    def create_with_key(self, log_group_name, tags, **more):
        """CloudWatch Logs takes a key only by its ARN, and only one whose policy lets it in."""
        arn = more.get("kmsKeyId")
        if arn:
            keys = kms_backends[self.account_id][self.region_name].keys
            key = next((k for k in keys.values() if k.arn == arn), None)
            allowed = key and any(
                s.get("Effect") == "Allow" and "logs." in json.dumps(s.get("Principal", {}))
                for s in json.loads(key.policy)["Statement"]
            )
            if not allowed:
                raise JsonRESTError(
                    "InvalidParameterException",
                    f"The specified KMS key does not exist or is not allowed to be used with {log_group_name}",
                )
        return create(self, log_group_name, tags, **more)

    def create_group(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        properties = known_only(
            cloudformation_json["Properties"],
            "KmsKeyId",
            "LogGroupClass",
            "LogGroupName",
            "RetentionInDays",
            "Tags",
        )
        group = logs_backends[account_id][region_name].create_log_group(
            properties.get("LogGroupName", resource_name),
            {t["Key"]: t["Value"] for t in properties.get("Tags", [])},
            kmsKeyId=properties.get("KmsKeyId"),
        )
        group.set_retention_policy(as_number(properties.get("RetentionInDays")))
        return group

    LogsBackend.create_log_group = create_with_key
    LogGroup.create_from_cloudformation_json = classmethod(create_group)
    # unlike the ARN that Terraform gives
    LogGroup.get_cfn_attribute = lambda self, name: f"{self.arn}:*"


def secrets(plus):
    def generated(asked, backend):
        known_only(
            asked,
            "ExcludeCharacters",
            "ExcludeLowercase",
            "ExcludeNumbers",
            "ExcludePunctuation",
            "ExcludeUppercase",
            "GenerateStringKey",
            "IncludeSpace",
            "PasswordLength",
            "RequireEachIncludedType",
            "SecretStringTemplate",
        )
        if ("GenerateStringKey" in asked) != ("SecretStringTemplate" in asked):
            raise ValidationError(message="GenerateStringKey and SecretStringTemplate belong together")
        answer = backend.get_random_password(
            password_length=as_number(asked.get("PasswordLength", 32)),
            exclude_characters=asked.get("ExcludeCharacters", ""),
            exclude_numbers=as_flag(asked.get("ExcludeNumbers", False)),
            exclude_punctuation=as_flag(asked.get("ExcludePunctuation", False)),
            exclude_uppercase=as_flag(asked.get("ExcludeUppercase", False)),
            exclude_lowercase=as_flag(asked.get("ExcludeLowercase", False)),
            include_space=as_flag(asked.get("IncludeSpace", False)),
            require_each_included_type=as_flag(asked.get("RequireEachIncludedType", True)),
        )
        password = json.loads(answer)["RandomPassword"]
        if "GenerateStringKey" not in asked:
            return password
        return json.dumps(
            {**json.loads(asked["SecretStringTemplate"]), asked["GenerateStringKey"]: password}
        )

    def create_secret(cls, name, j, account_id, region_name, **_):
        properties = known_only(
            plus.dynamic(j.get("Properties", {}), account_id, region_name),
            "Description",
            "GenerateSecretString",
            "KmsKeyId",
            "Name",
            "SecretString",
            "Tags",
        )
        backend = secretsmanager_backends[account_id][region_name]
        value = properties.get("SecretString")
        if "GenerateSecretString" in properties:
            if value is not None:
                raise ValidationError(message="SecretString excludes GenerateSecretString")
            value = generated(properties["GenerateSecretString"], backend)
        made = backend.create_secret(
            name=properties.get("Name", name),
            secret_string=value,
            secret_binary=None,
            description=properties.get("Description", ""),
            tags=properties.get("Tags"),
            kms_key_id=properties.get("KmsKeyId"),
            client_request_token=None,
            replica_regions=[],
            force_overwrite=False,
        )
        arn = json.loads(made)["ARN"]
        return cls(arn, {"Id": arn})

    def delete_secret(cls, name, j, account_id, region_name):
        secretsmanager_backends[account_id][region_name].delete_secret(name, None, True)

    plus.Secret.create_from_cloudformation_json = classmethod(create_secret)
    plus.Secret.delete_from_cloudformation_json = classmethod(delete_secret)


def references(plus):
    """AWS resolves ssm to plain parameters only, ssm-secure to secure ones; the emulator to whatever is kept."""
    resolve = plus.dynamic

    def secure(reference, account, region):
        name = reference[2]
        parameter = ssm_backends[account][region].get_parameter(name)
        if parameter is None:
            raise ValidationError(message=f"Parameter {name} not found")
        if (parameter.parameter_type == "SecureString") != (reference[1] == "ssm-secure"):
            raise ValidationError(message=f"{reference[0]} is of the type {parameter.parameter_type}")
        return parameter.decrypt(parameter.value)

    def dynamic(value, account, region):
        if isinstance(value, str):
            value = re.sub(
                r"\{\{resolve:(ssm|ssm-secure):([^}]*)\}\}", lambda m: secure(m, account, region), value
            )
        elif isinstance(value, dict):
            return {k: dynamic(v, account, region) for k, v in value.items()}
        elif isinstance(value, list):
            return [dynamic(v, account, region) for v in value]
        return resolve(value, account, region)

    plus.dynamic = dynamic


def attributes():
    """Fn::Sub of an attribute with a dot in its name: moto takes the name apart at every dot."""
    clean = parsing.clean_json

    def clean_whole(resource_json, resources_map):
        if isinstance(resource_json, dict) and isinstance(resource_json.get("Fn::GetAtt"), list):
            resource, *attribute = resource_json["Fn::GetAtt"]
            resource_json = {**resource_json, "Fn::GetAtt": [resource, ".".join(attribute)]}
        return clean(resource_json, resources_map)

    parsing.clean_json = clean_whole


def parameters():
    """A template has a map of a parameter's tags, its API a list."""
    create = Parameter.create_from_cloudformation_json.__func__

    def create_with_tags(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        properties = known_only(
            cloudformation_json["Properties"], "Description", "Name", "Tags", "Type", "Value"
        )
        tags = [{"Key": k, "Value": v} for k, v in properties.get("Tags", {}).items()]
        json_ = {**cloudformation_json, "Properties": {**properties, "Tags": tags}}
        create(cls, resource_name, json_, account_id, region_name, **more)
        return ssm_backends[account_id][region_name].get_parameter(properties["Name"])

    Parameter.create_from_cloudformation_json = classmethod(create_with_tags)


def zones():
    """A hosted zone's id begins with Z, which templates hold it to."""
    make = route53_models.create_route53_zone_id
    route53_models.create_route53_zone_id = lambda **more: "Z" + make(**more)[1:]


def types(more):
    """Adds types to those that a template may have. moto would pass over one that it does not know."""
    known, class_of = parsing.get_model_list(), parsing.resource_class_from_type

    def class_or_refusal(type_):
        found = class_of(type_)
        if found is None and type_ not in parsing.NULL_MODELS:
            raise ValidationError(message=f"Template format error: Unrecognized resource types: [{type_}]")
        return found

    parsing.get_model_list = lambda: [*known, *(m for m in more if m not in known)]
    parsing.resource_class_from_type = class_or_refusal
    parsing.get_model_map.cache_clear()
    parsing.get_name_type_map.cache_clear()


def install(plus, more_types):
    """Mends moto, and `plus`, the emulator's module."""
    security_groups()
    keys()
    log_groups()
    secrets(plus)
    references(plus)
    attributes()
    parameters()
    zones()
    types(more_types)
