"""The account into which an environment is deployed: network, client groups, secrets, other teams' exports.

It answers one question, "what would whoever deploys this put here?", by the type or the name of a
parameter, variable or export. `Paper` answers with made-up ids, for judges that ask AWS nothing;
`World` makes the real things in an emulator, and remembers which id stands for what, so that two
worlds can be compared although their ids differ.
"""

import functools
import hashlib
import json
import re
import subprocess
import threading

from out_tree import Trouble, snake

ACCOUNT = "123456789012"
SECRET_KEYS = ("token", "password")  # of the JSON that a secret of the account holds
# Every account has a default parameter group for each of these; the emulator has that of redis7 only.
FAMILIES = ("redis5.0", "redis6.x", "valkey7", "valkey8", "valkey9")
CIDR = "10.0.0.0/16"
ONE_CLIENT_AT_A_TIME = threading.Lock()  # boto3 can't make two clients at once


@functools.cache
def boto():
    """One for all worlds: it keeps the models of the services, which take long to read."""
    import boto3  # here, since judges that have only Paper do without it

    return boto3.Session("testing", "testing")


def token(name):
    """A token or password that no other has, so that one in another's place is seen."""
    return f"forTestsOnly-{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def secret_string(name):
    return json.dumps({key: token(f"{name} {key}") for key in SECRET_KEYS})


class Paper:
    """Answers that look right. The names are those under which an environment may look things up."""

    def __init__(self, system, region):
        self.system, self.region = system, region
        self.vpc = self.make_vpc(f"{system}-vpc")
        self.subnets = [
            self.make_subnet(f"{system}-private-{zone}", f"10.0.{n}.0/24", region + zone)
            for n, zone in enumerate("abc", start=1)
        ]

    def make_vpc(self, name):
        return "vpc-0a000000000000001"

    def make_subnet(self, name, cidr, zone):
        return f"subnet-0b00000000000000{zone[-1]}"

    def make_group(self, name):
        return "sg-0c000000000000001"

    def make_secret(self, name):
        return f"arn:aws:secretsmanager:{self.region}:{ACCOUNT}:secret:{name}-AbCdEf"

    def make_topic(self, name):
        return f"arn:aws:sns:{self.region}:{ACCOUNT}:{name}"

    def make_key(self, name):
        return f"arn:aws:kms:{self.region}:{ACCOUNT}:key/00000000-0000-0000-0000-000000000001"

    def make_log_group(self, name):
        return name

    def make_parameter(self, name):
        return name

    def make_user_group(self, name):
        return name

    def make_zone(self, name):
        return "Z0123456789ABCDEFGHIJ"

    def value(self, name, type_):
        """The value of a parameter (its CloudFormation type) or variable (its Terraform type)."""
        if name.endswith("subnet_ids") or type_ == "List<AWS::EC2::Subnet::Id>":
            return self.subnets
        if name.endswith("vpc_id") or type_ == "AWS::EC2::VPC::Id":
            return self.vpc
        if name.endswith("vpc_cidr"):
            return CIDR
        if name.endswith("security_group_id") or type_ == "AWS::EC2::SecurityGroup::Id":
            client = re.sub(r"_?(security_)?(group|sg)?(_id)?$", "", name).removeprefix(
                snake(self.system) + "_"
            )
            client = client.removesuffix("_sg")  # looked up by a name that ends so
            return self.make_group(f"{self.system}-{client}-sg".replace("_", "-"))
        if name.endswith("parameter_name") or "ssm" in name.split("_"):
            return self.make_parameter(f"/{self.system}/{name}".replace("_", "-"))
        for ending, make in (
            ("secret_arn", self.make_secret),
            ("topic_arn", self.make_topic),
            ("kms_key_id", self.make_key),
            ("kms_key_arn", self.make_key),
            ("log_group", self.make_log_group),
            ("log_group_name", self.make_log_group),
            ("user_group_id", self.make_user_group),
            ("hosted_zone_id", self.make_zone),
        ):
            if name.endswith(ending):
                return make(f"{self.system}-{name}".replace("_", "-"))
        raise Trouble(f"what is {name} ({type_})? teach .ci/world.py to answer")

    def values(self, needs):
        return {name: self.value(name, type_) for name, type_ in needs.items()}

    def stand_ins(self, physical_ids):
        """{id written in the files: id of the thing that stands for it in this world}"""
        subnets, stand = iter(self.subnets), {}
        for n, written in enumerate(physical_ids):
            kind = written.split("-")[0]
            if kind == "subnet":
                more = (f"{self.system}-more-{n}", f"10.0.{100 + n}.0/24", self.region + "a")
                stand[written] = next(subnets, None) or self.make_subnet(*more)
            else:
                stand[written] = (
                    self.vpc if kind == "vpc" else self.make_group(f"{self.system}-written-{n}-sg")
                )
        return stand


class World(Paper):
    """The same in an emulator. `symbols` is {physical id: what it stands for}."""

    def __init__(self, emulator, system, region):
        self.emulator, self.symbols = emulator, {}
        with ONE_CLIENT_AT_A_TIME:
            (
                self.ec2,
                self.secrets,
                self.sns,
                self.kms,
                self.logs,
                self.ssm,
                self.cloudformation,
                self.cloudwatch,
                self.elasticache,
                self.scaling,
                self.route53,
            ) = (
                boto().client(service, region_name=region, endpoint_url=emulator.endpoint)
                for service in (
                    "ec2",
                    "secretsmanager",
                    "sns",
                    "kms",
                    "logs",
                    "ssm",
                    "cloudformation",
                    "cloudwatch",
                    "elasticache",
                    "application-autoscaling",
                    "route53",
                )
            )
        super().__init__(system, region)
        for family in FAMILIES:
            for name in (f"default.{family}", f"default.{family}.cluster.on"):
                self.elasticache.create_cache_parameter_group(
                    CacheParameterGroupName=name,
                    CacheParameterGroupFamily=family,
                    Description=f"Default of {family}",
                )

    def known(self, physical_id, symbol):
        self.symbols[physical_id] = f"<{symbol}>"
        return physical_id

    def named(self, kind, name):
        return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]

    def make_vpc(self, name):
        made = self.ec2.create_vpc(CidrBlock=CIDR, TagSpecifications=self.named("vpc", name))
        return self.known(made["Vpc"]["VpcId"], name)

    def make_subnet(self, name, cidr, zone):
        made = self.ec2.create_subnet(
            VpcId=self.vpc,
            CidrBlock=cidr,
            AvailabilityZone=zone,
            TagSpecifications=self.named("subnet", name),
        )
        return self.known(made["Subnet"]["SubnetId"], name)

    def make_group(self, name):
        made = self.ec2.create_security_group(
            GroupName=name, Description="A client of the cache", VpcId=self.vpc
        )
        return self.known(made["GroupId"], name)

    def make_secret(self, name):
        made = self.secrets.create_secret(Name=name, SecretString=secret_string(name))
        return self.known(made["ARN"], name)

    def make_topic(self, name):
        return self.known(self.sns.create_topic(Name=name)["TopicArn"], name)

    def make_key(self, name):
        # the account's own, as every key's; and the logs', which take no key that does not let them in
        principals = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, {"Service": f"logs.{self.region}.amazonaws.com"}
        statements = [
            {"Effect": "Allow", "Principal": p, "Action": "kms:*", "Resource": "*"} for p in principals
        ]
        policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
        made = self.kms.create_key(Description=name, Policy=policy)
        return self.known(made["KeyMetadata"]["Arn"], name)

    def make_log_group(self, name):
        self.logs.create_log_group(logGroupName=name)
        return name

    def make_parameter(self, name):
        self.ssm.put_parameter(Name=name, Type="SecureString", Value=token(name))
        return name

    def make_user_group(self, name):
        """Caches of both engines take a group of redis, and it needs no more than the account's own user."""
        self.elasticache.create_user_group(UserGroupId=name, Engine="redis", UserIds=["default"])
        return name

    def make_zone(self, name):
        made = self.route53.create_hosted_zone(Name="internal", CallerReference=name)
        return self.known(made["HostedZone"]["Id"].removeprefix("/hostedzone/"), name)

    def furnish(self, names, user_groups):
        """What the files call by a name of their own: secrets, SSM's parameters, user groups."""
        for service, name in sorted(names):
            self.make_secret(name) if service == "secretsmanager" else self.make_parameter(name)
        for name in sorted(user_groups):
            self.make_user_group(name)

    def deploy(self, stack, template, overrides, log):
        """`aws cloudformation deploy`, as a person would."""
        command = ["aws", "cloudformation", "deploy", "--template-file", str(template), "--stack-name", stack]
        if overrides:
            command += ["--parameter-overrides", *(f"{k}={v}" for k, v in overrides.items())]
        with open(log, "a") as out:
            done = subprocess.run(
                command,
                env=self.emulator.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=180,
            )
        if done.returncode:
            raise Trouble(f"aws cloudformation deploy of {stack} failed:\n{tail(log)}")

    def guard(self, stack, policy):
        """`aws cloudformation set-stack-policy`, as a person would. (The emulator has no termination
        protection to turn on.)"""
        command = ["aws", "cloudformation", "set-stack-policy", "--stack-name", stack]
        done = subprocess.run(
            [*command, "--stack-policy-body", f"file://{policy}"],
            env=self.emulator.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode:
            raise Trouble(f"aws cloudformation set-stack-policy of {stack} failed:\n{done.stderr}")
        kept = self.cloudformation.get_stack_policy(StackName=stack)["StackPolicyBody"]
        if json.loads(kept) != json.loads(policy.read_text()):
            raise Trouble(f"{stack} has another stack policy than {policy}: {kept}")

    def export(self, names, folder):
        """The stack of another team that exports `names`; each value follows from the end of its name."""
        if not names:
            return
        outputs = {}
        for n, name in enumerate(sorted(names)):
            value = self.value(snake(name.rsplit("-", 1)[-1]), "String")
            value = ",".join(value) if isinstance(value, list) else value
            outputs[f"Output{n}"] = {"Value": value, "Export": {"Name": name}}
        # A stack needs a resource, and a topic is the smallest that there is.
        template = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": outputs}
        path = folder / "exporter.json"
        path.write_text(json.dumps(template, indent=2))
        self.deploy("network-of-another-team", path, {}, folder / "exporter.log")

    def normalise(self, value):
        """`value` as canonical JSON text, with symbols instead of physical ids."""
        text = json.dumps(value, sort_keys=True)
        for physical_id, symbol in self.symbols.items():
            text = text.replace(physical_id, symbol)
        return text


def tail(path, lines=40):
    return "\n".join(path.read_text().splitlines()[-lines:])
