"""Deploys, changes and deletes every environment as its owner would: by its makefile and its runbook.

Each is deployed by CloudFormation into an emulated account of its own. The runbook's fences are run in their
order, from `make cfn-deploy` to `make cfn-destroy`; between them the makefile's own targets are asked, outputs
and exports are read back, the template is changed and deployed again. What the emulator can't do stands in
lifecycle-not-covered.json with the reason; what stands there and works after all is a fault.
"""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter, namedtuple
from pathlib import Path

import aws_server
import handed_over
from emulator import Emulator
from facts import of_type
from out_tree import SCRATCH, Trouble, arguments, environments, run
from same_cache import Deployment
from shell import commands

# There is nothing to connect to here; the step env-file connects to a real server.
STUBS = ("redis-cli", "redis-benchmark", "nc", "docker")
# Fences that belong to the other language, which same-cache deploys.
OTHERS = re.compile(r"\bterraform\b|\bmake tf-|\bcachewright\b|\bcargo\b")
# Every command of aws is written down with its exit code; one that is listed may fail.
WRAPPER = """#!/bin/sh
"$REAL_AWS" "$@"
code=$?
said="$1 $2"
test "$2" != wait || said="$said $3"
printf '%s %s\\n' "$code" "$said" >> "$LIFECYCLE_LOG"
if test "$code" != 0 && grep -qxF "$said" "$LIFECYCLE_LISTED"; then exit 0; fi
exit "$code"
"""

Verdict = namedtuple("Verdict", "faults calls fences skipped probes seconds")


class Lifecycle:
    """One environment, from nothing to nothing again."""

    def __init__(self, environment, emulator, folder, listed, server):
        self.environment, self.faults = environment, []
        self.fences = self.skipped = 0
        self.probes = {}  # what the emulator might not do: whether it does
        (folder / "world").mkdir()
        self.deployment = Deployment(environment, emulator, folder / "world")
        self.world = self.deployment.world
        self.folder = handed_over.copy(environment, folder.resolve() / "root")
        self.template = self.folder / "cloudformation" / "template.json"
        self.template.write_text(self.deployment.standing_in(self.template.read_text()))
        (group,) = of_type("AWS::ElastiCache::ReplicationGroup", environment.template)
        self.group = group["Properties"]["ReplicationGroupId"]
        self.stack = self.variable("STACK")
        self.client = self.world.cloudformation
        self.log = folder / "calls.txt"
        bin_ = folder.resolve() / "bin"
        bin_.mkdir()
        (bin_ / "aws-itself").write_text(aws_server.client(server.path))
        for name in STUBS:
            (bin_ / name).write_text("#!/bin/sh\necho PONG\n")
        (bin_ / "aws").write_text(WRAPPER)
        for path in bin_.iterdir():
            path.chmod(0o755)
        (folder / "listed.txt").write_text("".join(f"{name}\n" for name in listed))
        self.variables = {
            **emulator.environment,
            "PATH": f"{bin_}:{os.environ['PATH']}",
            "REAL_AWS": str(bin_ / "aws-itself"),
            "LIFECYCLE_LOG": str(self.log.resolve()),
            "LIFECYCLE_LISTED": str((folder / "listed.txt").resolve()),
        }

    def variable(self, name):
        found = re.search(rf"^{name} = (\S+)$", (self.folder / "Makefile").read_text(), re.M)
        if not found:
            raise Trouble(f"the Makefile has no {name}")
        return found[1]

    def sh(self, text):
        done = subprocess.run(
            ["sh", "-e"],
            input=text,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.variables,
            timeout=120,
        )
        return done.returncode, done.stdout + done.stderr

    def must(self, holds, message):
        if not holds:
            self.faults.append(message)
        return holds

    def make(self, *words):
        code, text = self.sh(f"make --no-print-directory {' '.join(words)}")
        if code:
            raise Trouble(f"make {' '.join(words)} ended with {code}:\n{text[-2000:]}")
        return text

    def refused(self, word, *words):
        code, text = self.sh(f"make --no-print-directory {' '.join(words)}")
        self.must(
            code and word in text, f"make {' '.join(words)} should be refused for {word}: {text[-600:]}"
        )

    def stack_is(self):
        names = {s["StackName"]: s for s in self.client.describe_stacks()["Stacks"]}
        return names.get(self.stack)

    def described(self):
        return self.world.elasticache.describe_replication_groups(ReplicationGroupId=self.group)[
            "ReplicationGroups"
        ][0]

    def snapshots(self):
        return {s["SnapshotName"] for s in self.world.elasticache.describe_snapshots()["Snapshots"]}

    def fill_in(self):
        """The values that an owner writes into the example."""
        example = self.folder / "cloudformation" / "parameters.example.json"
        if not example.is_file():
            return
        if "REQUIRED" in example.read_text():
            self.refused("REQUIRED", "cfn-deploy")
        filled = []
        needed = {n: s for s, (n, _, _) in self.environment.parameters().items()}
        for entry in json.loads(example.read_text()):
            name, value = entry.split("=", 1)
            if value.startswith("REQUIRED"):
                given = self.deployment.values[needed[name]]
                value = ",".join(given) if isinstance(given, list) else given
            filled.append(f"{name}={value}")
        for name in ("parameters.example.json", "parameters.json"):
            example.with_name(name).write_text(json.dumps(filled))

    def placeholders(self, text):
        """A fence with what its reader fills in."""
        cluster = f"{self.described()['MemberClusters'][0]}"
        node = self.world.elasticache.describe_cache_clusters(CacheClusterId=cluster)["CacheClusters"][0]
        filled = {
            "SNAPSHOT=its-name": "SNAPSHOT=ci-snapshot",
            "OLD=its-replication-group-id": f"OLD={self.group}-restored",
            "SECURITY_GROUP=sg-of-the-cache": f"SECURITY_GROUP={node['SecurityGroups'][0]['SecurityGroupId']}",
            "SUBNET_GROUP=its-name": f"SUBNET_GROUP={node['CacheSubnetGroupName']}",
        }
        if "SNAPSHOT=its-name" in text:
            there = self.world.elasticache.describe_snapshots()["Snapshots"]
            if not any(s["SnapshotName"] == "ci-snapshot" for s in there):
                self.world.elasticache.create_snapshot(
                    ReplicationGroupId=self.group, SnapshotName="ci-snapshot"
                )
        for placeholder, value in filled.items():
            text = re.sub(rf"^{re.escape(placeholder)}$", value, text, flags=re.M)
        return text

    def fence(self, script):
        called = {c.words[0] for c in commands(script.text, script.dialect, script.folder)}
        if OTHERS.search(script.text) or not called & {"aws", "make", *STUBS}:
            self.skipped += 1
            return
        text = self.placeholders(script.text) if self.stack_is() else script.text
        state = self.folder.parent / "state.sh"  # what an earlier fence exported
        before = f". {state}\n" if state.exists() else ""
        code, said = self.sh(f"{before}{text}\nexport -p | grep -v ' PWD=' > {state}\n")
        self.fences += 1
        self.must(code == 0, f"{script.where} ended with {code}:\n{text}{said[-1500:]}")

    def read_back(self):
        """Outputs and exports, by the makefile and by the API."""
        stack = self.stack_is()
        self.must(stack["StackStatus"].endswith("_COMPLETE"), f"the stack is {stack['StackStatus']}")
        table = self.make("cfn-outputs")
        exported = {e["Name"]: e["Value"] for e in self.client.list_exports()["Exports"]}
        outputs = {o["OutputKey"]: o for o in stack.get("Outputs", [])}
        self.must(
            outputs.keys() == self.environment.template.get("Outputs", {}).keys() and outputs,
            f"the stack has the outputs {', '.join(outputs)}",
        )
        for key, output in outputs.items():
            value, name = output["OutputValue"], output.get("ExportName")
            self.must(value not in ("", None), f"the output {key} is empty")
            self.must(
                key in table and value in table, f"make cfn-outputs doesn't say {key} = {value}:\n{table}"
            )
            if name:
                self.must(
                    exported.get(name) == value, f"the export {name} is {exported.get(name)!r}, not {value!r}"
                )
                self.must(name in table, f"make cfn-outputs doesn't say that {name} is exported:\n{table}")

    def env_file(self):
        self.make("env")
        text = (self.folder / "cache.env").read_text()
        said = dict(line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))
        group = self.described()
        endpoint = group.get("ConfigurationEndpoint") or group["NodeGroups"][0]["PrimaryEndpoint"]
        self.must(
            not any("REQUIRED" in v for v in said.values()), f"make env leaves something REQUIRED:\n{text}"
        )
        self.must(said.get("REDIS_HOST") == endpoint["Address"], f"REDIS_HOST is {said.get('REDIS_HOST')}")
        self.must(said.get("REDIS_PORT") == str(endpoint["Port"]), f"REDIS_PORT is {said.get('REDIS_PORT')}")
        self.must(endpoint["Address"] in said.get("REDIS_URL", ""), f"REDIS_URL is {said.get('REDIS_URL')}")
        if "REDIS_READER_HOST" in said:
            reader = group["NodeGroups"][0]["ReaderEndpoint"]["Address"]
            self.must(
                said["REDIS_READER_HOST"] == reader, f"REDIS_READER_HOST is {said['REDIS_READER_HOST']}"
            )
        if "REDIS_PASSWORD_SECRET" in said:
            held = self.world.secrets.get_secret_value(SecretId=said["REDIS_PASSWORD_SECRET"])["SecretString"]
            key = said.get("REDIS_PASSWORD_SECRET_KEY")
            self.must(held and (key is None or key in json.loads(held)), f"the secret has no {key}")

    def update(self):
        """A change of the template is shown, and made in place."""
        template = json.loads(self.template.read_text())
        (name,) = (
            n for n, r in template["Resources"].items() if r["Type"] == "AWS::ElastiCache::ReplicationGroup"
        )
        properties = template["Resources"][name]["Properties"]
        wanted = int(self.described()["SnapshotRetentionLimit"]) + 1
        properties["SnapshotRetentionLimit"] = wanted
        self.template.write_text(json.dumps(template))
        shown = self.make("cfn-diff")
        self.must(
            "Modify" in shown and name in shown, f"make cfn-diff doesn't show that {name} changes:\n{shown}"
        )
        self.must(self.described()["SnapshotRetentionLimit"] == wanted - 1, "make cfn-diff changed the cache")
        self.make("cfn-deploy")
        found = self.described()["SnapshotRetentionLimit"]
        self.must(found == wanted, f"after the update SnapshotRetentionLimit is {found}, not {wanted}")
        self.must(
            self.stack_is()["StackStatus"] == "UPDATE_COMPLETE",
            f"the stack is {self.stack_is()['StackStatus']}",
        )
        self.read_back()
        self.must("No changes" in self.make("cfn-diff"), "a second make cfn-diff shows changes")
        if (self.folder / "cloudformation" / "stack-policy.json").is_file():
            # another port is another group, and the data gone
            properties["Port"] = 7000
            right = self.template.read_text()
            self.template.write_text(json.dumps(template))
            self.refused("denied by stack policy", "cfn-deploy")
            self.template.write_text(right)
            self.make("cfn-deploy")

    def guarded(self):
        """What the makefile has put around the stack."""
        policy = self.folder / "cloudformation" / "stack-policy.json"
        if policy.is_file():
            kept = self.client.get_stack_policy(StackName=self.stack).get("StackPolicyBody", "{}")
            self.must(json.loads(kept) == json.loads(policy.read_text()), f"the stack policy is {kept}")
        self.refused("CONFIRM", "cfn-destroy")
        confirmed = f"CONFIRM={self.group}"
        by_itself = " --enable-termination-protection" in handed_over.make(self.folder, "cfn-deploy").stdout
        if not by_itself:  # a stage that deploys without it can still ask for it
            self.make("cfn-protect")
        self.refused("TerminationProtection", "cfn-destroy", confirmed)
        if not by_itself:
            self.make("cfn-unprotect", confirmed)

    def live(self):
        self.fill_in()
        self.make("cfn-validate")
        fences = [s for s in handed_over.markdown(self.folder / "RUNBOOK.md", "RUNBOOK.md", self.folder)]
        fences = [s for s in fences if not s.mention and s.dialect in ("posix", "bash")]
        # what was restored by hand holds what the stack would delete
        fences.sort(key=lambda s: 2 if "make cfn-destroy" in s.text else 1 if "OLD=" in s.text else 0)
        deployed = False
        for script in fences:
            if "make cfn-destroy" in script.text:
                self.guarded()
                there = self.snapshots()
            self.fence(script)
            if not deployed and "make cfn-deploy" in script.text:
                deployed = True
                self.make("wait", "status")
                self.must(self.described()["Status"] == "available", "the cache is not available")
                self.read_back()
                self.env_file()
                self.update()
        self.must(deployed, "no fence of the runbook deploys")
        if '"DeletionPolicy": "Snapshot"' in self.environment.template_path.read_text():
            self.probes["last-snapshot"] = self.snapshots() != there
        if self.must(self.stack_is() is None, "the stack is there after the runbook's last fence"):
            left = [
                g["ReplicationGroupId"]
                for g in self.world.elasticache.describe_replication_groups()["ReplicationGroups"]
            ]
            self.must(not left, f"left behind: {', '.join(left)}")
            exports = [e["Name"] for e in self.client.list_exports()["Exports"]]
            mine = [n for n in exports if n in json.dumps(self.environment.template)]
            self.must(not mine, f"still exported: {', '.join(mine)}")


def judge(environment, args, listed, server):
    started = time.monotonic()
    folder = args.scratch / environment.slug
    faults, calls, fences, skipped, probes = [], [], 0, 0, {}
    try:
        with Emulator(args.moto_plus, folder, environment.region) as emulator:
            life = Lifecycle(environment, emulator, folder, listed, server)
            try:
                life.live()
            finally:
                faults, fences, skipped, probes = life.faults, life.fences, life.skipped, life.probes
                calls = life.log.read_text().splitlines() if life.log.exists() else []
    except Exception as trouble:  # whatever it is, the other environments are judged all the same
        faults = [*faults, f"{type(trouble).__name__}: {trouble}"]
    return Verdict(faults, calls, fences, skipped, probes, time.monotonic() - started)


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--moto-plus"], {"type": Path, "required": True, "help": "the emulator's program"}),
        (["--not-covered"], {"type": Path, "required": True, "help": "what the emulator can't do"}),
        (["--jobs"], {"type": int, "default": 5, "help": "emulators side by side"}),
    )
    entries = json.loads(args.not_covered.read_text())
    listed = {entry["command"]: entry["reason"] for entry in entries if "command" in entry}
    unproven = {entry["probe"]: entry["reason"] for entry in entries if "probe" in entry}
    everything = environments(args.out)
    shutil.rmtree(args.scratch, ignore_errors=True)
    args.scratch.mkdir(parents=True)
    faults, calls, fences, skipped, probes = 0, Counter(), 0, 0, {}
    with (
        tempfile.TemporaryDirectory() as short,  # the name of a socket has at most a hundred bytes
        aws_server.Server(f"{short}/aws", args.scratch / "aws.log") as server,
        concurrent.futures.ThreadPoolExecutor(args.jobs) as pool,
    ):
        verdicts = pool.map(lambda e: judge(e, args, listed, server), everything)
        for environment, verdict in zip(everything, verdicts, strict=True):
            calls.update(tuple(line.split(" ", 1)) for line in verdict.calls)
            fences, skipped = fences + verdict.fences, skipped + verdict.skipped
            faults += len(verdict.faults)
            for name, works in verdict.probes.items():
                probes[name] = probes.get(name, False) or works
            says = f"{len(verdict.faults)} faults" if verdict.faults else "made, changed and deleted"
            count = f"{len(verdict.calls)} commands of aws, {verdict.fences} fences"
            print(f"{environment.name}: {says}, {count}, {verdict.seconds:.0f} s", flush=True)
            for fault in verdict.faults:
                print("  " + fault, flush=True)
    operations = {name for _, name in calls}
    for name, reason in listed.items():
        failed = sum(n for (code, said), n in calls.items() if said == name and code != "0")
        worked = calls["0", name]
        if not failed or worked:
            faults += 1
            why = "works after all" if worked else "is not called"
            print(f"{args.not_covered.name}: aws {name} {why}")
        else:
            print(f"not covered: aws {name}: {reason}")
    for name in sorted(probes.keys() | unproven.keys()):
        if name not in probes or probes[name] == (name in unproven):
            faults += 1
            why = (
                "is not tried"
                if name not in probes
                else "works after all"
                if probes[name]
                else "does not work"
            )
            print(f"{args.not_covered.name}: {name} {why}")
        elif name in unproven:
            print(f"not covered: {name}: {unproven[name]}")
    print(f"not covered: {', '.join(STUBS)}: there is no cache to connect to, the step env-file has one")
    print(
        f"lifecycle: {len(everything)} environments, {sum(calls.values())} commands of aws of "
        f"{len(operations)} kinds, {fences} fences of runbooks, {skipped} of Terraform or text left out, "
        f"{faults} faults"
    )
    return bool(faults or not fences or not calls)


if __name__ == "__main__":
    run(main)
