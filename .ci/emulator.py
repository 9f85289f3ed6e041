"""An emulated AWS on loopback: starts it, empties it, stops it; and mends what moto gets wrong for us.

As a program it becomes the emulator itself: `emulator.py MOTO_PLUS -H 127.0.0.1 -p PORT`. moto leaves
two things out of a CloudFormation security group, and with them the comparison of the two languages
would be blind for what a cache may reach and for what its rules are called:
  * SecurityGroupEgress is ignored, and AWS's allow-all stays;
  * the description of an ingress rule is dropped where its source is a security group.
"""

import itertools
import os
import random
import runpy
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

from out_tree import Trouble


PORTS = itertools.count(random.randrange(20000, 30000))


def free_port():
    """A port that nobody else here gets: below those that the system gives to outgoing connections."""
    for port in itertools.islice(PORTS, 1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise Trouble("no free port")


class Emulator:
    """One emulator on a port of its own, for `with`. It is stopped on every way out."""

    def __init__(self, moto_plus, folder, region):
        self.moto_plus, self.folder, self.region = moto_plus, folder, region
        self.calls = folder / "calls.jsonl"

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": self.region,
            "AWS_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_MAX_ATTEMPTS": "2",
            "AWS_PAGER": "",
        }
        with open(self.folder / "emulator.log", "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(self.moto_plus), "-H", "127.0.0.1", "-p", str(port)],
                env={**self.environment, "MOTO_PLUS_CALLS": str(self.calls)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def wait(self):
        for _ in range(300):
            if self.process.poll() is not None:
                raise Trouble(f"the emulator did not start, see {self.folder}/emulator.log")
            try:
                with urllib.request.urlopen(self.endpoint + "/moto-api/", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise Trouble(f"the emulator does not answer, see {self.folder}/emulator.log")

    def reset(self):
        """An empty account again."""
        request = urllib.request.Request(self.endpoint + "/moto-api/reset", method="POST")
        with urllib.request.urlopen(request, timeout=30):
            self.forget_calls()

    def forget_calls(self):
        self.calls.unlink(missing_ok=True)  # the emulator opens the file anew for each call


def mend():
    """Replaces the two methods of moto that read a security group out of a template."""
    from moto.ec2.models import ec2_backends
    from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupIngress

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


if __name__ == "__main__":
    mend()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
