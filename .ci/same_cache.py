"""The same cache, whichever language: what would each of the two ask of AWS?

Every environment is deployed twice into an emulated account, once with `aws cloudformation deploy`
and once with `terraform apply` and the real provider. What both asked of ElastiCache, the security groups,
keys, secrets, log groups, topics, alarms and dashboards they left behind and the outputs they gave are compared
value by value. What differs must stand in reviewed-differences.json with its reason, and what stands there must
differ.
"""

import collections
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import left_behind
import terraform_judge
from emulator import Emulator
from facts import call_facts, of_type
from out_tree import SCRATCH, Trouble, arguments, environments, run, snake
from world import ACCOUNT, World, tail

ABSENT = "null"


def resolve(value, known):
    """The text that a name in a template comes to, out of Ref, Fn::Sub and Fn::Join on parameters."""
    if isinstance(value, str):
        return value
    ((function, operand),) = value.items()
    if function == "Ref":
        return known[operand]
    if function == "Fn::Sub":
        text, more = operand if isinstance(operand, list) else (operand, {})
        more = {**known, **{k: resolve(v, known) for k, v in more.items()}}
        return re.sub(r"\$\{([^!}]+)\}", lambda m: more[m[1]], text)
    if function == "Fn::Join":
        return operand[0].join(resolve(v, known) for v in operand[1])
    raise Trouble(f"can't tell what {json.dumps(value)} comes to")


def imports(node):
    """Every operand of Fn::ImportValue."""
    if isinstance(node, dict):
        if "Fn::ImportValue" in node:
            yield node["Fn::ImportValue"]
        else:
            for child in node.values():
                yield from imports(child)
    elif isinstance(node, list):
        for child in node:
            yield from imports(child)


def texts(node, known):
    """Every text in a template that follows from the parameters, and from no resource."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        if node.keys() & {"Ref", "Fn::Sub", "Fn::Join"}:
            try:
                yield resolve(node, known)
            except (KeyError, Trouble):
                pass  # made of something that the template itself makes
        elif "Fn::GetAtt" not in node:
            for child in node.values():
                yield from texts(child, known)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child, known)


def named_in(template, known):
    """What a template expects in the account by its name: ({(service, name)}, names of user groups)."""
    names = set()
    for text in texts(template["Resources"], known):
        for service, name in re.findall(r"\{\{resolve:(secretsmanager|ssm)(?:-secure)?:([^:}]+)", text):
            if name != "arn":  # one with an ARN has been made under a parameter's name
                names.add((service, name))
    groups = {
        group
        for cache in of_type("AWS::ElastiCache::ReplicationGroup", template)
        for group in texts(cache["Properties"].get("UserGroupIds", []), known)
    }
    own = {r["Properties"]["UserGroupId"] for r in of_type("AWS::ElastiCache::UserGroup", template)}
    return names, groups - own


def read(output):
    """An output; one that is a JSON document as what it says, since the two write it in another order."""
    if isinstance(output, str) and output.startswith("{"):
        return json.loads(output)
    return output


class Deployment:
    """One environment in one fresh world."""

    def __init__(self, environment, emulator, folder):
        self.environment, self.emulator, self.folder = environment, emulator, folder
        self.world = World(emulator, environment.system, environment.region)
        self.values = self.world.values(environment.needs())
        self.stand_ins = self.world.stand_ins(environment.physical_ids())
        template = environment.template
        known = {
            "AWS::Region": environment.region,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::StackName": environment.slug,
        }
        for name, declared in template.get("Parameters", {}).items():
            value = self.values.get(snake(name), declared.get("Default"))
            known[name] = ",".join(value) if isinstance(value, list) else str(value)
        self.world.export({resolve(i, known) for i in imports(template)}, folder)
        names, groups = named_in(template, known)
        given = [v for v in self.values.values() if isinstance(v, str)]
        self.world.furnish({(s, n) for s, n in names if n not in given}, groups.difference(given))
        emulator.forget_calls()  # those that made the account what it is
        self.before = left_behind.inventory(self.world)

    def standing_in(self, text):
        for written, stand_in in self.stand_ins.items():
            text = text.replace(written, stand_in)
        return text

    def facts(self, language, outputs):
        """Everything to compare. `outputs` is {name in Terraform's spelling: text}."""
        template = self.environment.template
        new = left_behind.new_things(self.world, self.before)
        left_behind.introduce(new, self.world, template)
        calls = self.folder / f"calls.{language}.jsonl"
        self.emulator.calls.rename(calls)
        facts = call_facts(
            [json.loads(line) for line in calls.read_text().splitlines()], template, self.world
        )
        facts.update(left_behind.facts(new, self.world, template))
        for name, value in outputs.items():
            facts["Output", name, "Value"] = self.world.normalise(read(value))
        readable = {" ".join(fact): json.loads(value) for fact, value in sorted(facts.items())}
        (self.folder / f"facts.{language}.json").write_text(json.dumps(readable, indent=2))
        return facts


def filled(name, outputs):
    empty = [k for k, v in outputs.items() if v in ("", None, [])]
    if empty:
        raise Trouble(f"{name}: empty outputs {', '.join(empty)}")
    if not outputs:
        raise Trouble(f"{name}: no outputs")
    return outputs


def with_cloudformation(environment, emulator, folder):
    deployment = Deployment(environment, emulator, folder)
    template = folder / "template.json"
    template.write_text(deployment.standing_in(environment.template_path.read_text()))
    overrides = {
        name: deployment.values[n]
        for n, (name, _, _) in environment.parameters().items()
        if n in deployment.values
    }
    overrides = {k: ",".join(v) if isinstance(v, list) else v for k, v in overrides.items()}
    deployment.world.deploy(environment.slug, template, overrides, folder / "cloudformation.log")
    policy = environment.template_path.with_name("stack-policy.json")
    if policy.is_file():
        deployment.world.guard(environment.slug, policy)
    client = deployment.world.cloudformation
    stack = client.describe_stacks(StackName=environment.slug)["Stacks"][0]
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise Trouble(f"the stack is {stack['StackStatus']}")
    exported = {e["Name"]: e["Value"] for e in client.list_exports()["Exports"]}
    outputs = {}
    for output in stack.get("Outputs", []):
        outputs[snake(output["OutputKey"])] = output["OutputValue"]
        if "ExportName" in output and exported.get(output["ExportName"]) != output["OutputValue"]:
            raise Trouble(f"the export {output['ExportName']} is {exported.get(output['ExportName'])!r}")
    declared = set(map(snake, environment.template.get("Outputs", {})))
    if declared - set(outputs):
        raise Trouble(f"the stack does not have the outputs {', '.join(sorted(declared - set(outputs)))}")
    return deployment.facts("cloudformation", filled("CloudFormation", outputs))


def with_terraform(environment, emulator, folder, initialised):
    deployment = Deployment(environment, emulator, folder)
    for path in environment.terraform.glob("*.tf"):
        (initialised / path.name).write_text(deployment.standing_in(path.read_text()))
    (initialised / "ci.auto.tfvars.json").write_text(
        json.dumps(environment.terraform_values(deployment.values))
    )

    def terraform(*words, log):
        code, text = terraform_judge.terraform(initialised, *words, environment=emulator.environment)
        (folder / log).write_text(text)
        return code, folder / log

    code, log = terraform("apply", "-auto-approve", "-input=false", "-no-color", log="apply.log")
    if code:
        raise Trouble(f"terraform apply failed:\n{tail(log)}")
    code, log = terraform("plan", "-detailed-exitcode", "-input=false", "-no-color", log="second-plan.log")
    if code:
        raise Trouble(f"the second terraform plan is not empty:\n{tail(log)}")
    code, log = terraform("output", "-json", log="output.json")
    outputs = {n: o["value"] for n, o in json.loads(log.read_text()).items()}
    # CloudFormation's outputs are all text
    outputs = {
        n: v if isinstance(v, (str, list, dict, type(None))) else json.dumps(v) for n, v in outputs.items()
    }
    return deployment.facts("terraform", filled("Terraform", outputs))


class Reviewed:
    """reviewed-differences.json; "*" in place of a value stands for any that is there, null for none."""

    def __init__(self, path):
        self.path, self.entries = path, json.loads(path.read_text())
        self.used = [set() for _ in self.entries]
        self.lock = threading.Lock()

    def covers(self, environment, operation, parameter, cloudformation, terraform):
        def same(entry, value):
            return value != ABSENT if entry == "*" else json.dumps(entry, sort_keys=True) == value

        covered = False
        for entry, used in zip(self.entries, self.used, strict=True):
            if (
                entry["op"] == operation
                and entry["parameter"] == parameter
                and (entry["environments"] == "*" or environment in entry["environments"])
                and same(entry["cloudformation"], cloudformation)
                and same(entry["terraform"], terraform)
            ):
                with self.lock:
                    used.add(environment)
                covered = True
        return covered

    def stale(self):
        for entry, used in zip(self.entries, self.used, strict=True):
            everywhere = entry["environments"] == "*"
            missing = not used if everywhere else set(entry["environments"]) - used
            if missing:
                where = "any environment" if everywhere else ", ".join(sorted(missing))
                yield f"{self.path.name}: {entry['op']}.{entry['parameter']} does not differ in {where}"


Verdict = collections.namedtuple("Verdict", "faults equal reviewed seconds")


def deploy(environment, args):
    """The facts of both deployments; only the first where versions.tf does not admit the real provider."""
    folder, initialised = args.scratch / environment.slug, args.initialised / environment.slug
    (initialised / "terraform.tfstate").unlink(missing_ok=True)
    with Emulator(args.moto_plus, folder, environment.region) as emulator:
        first = with_cloudformation(environment, emulator, folder)
        if not (initialised / ".terraform.lock.hcl").is_file():
            return first, None
        emulator.reset()
        return first, with_terraform(environment, emulator, folder, initialised)


def judge(environment, args, reviewed):
    started = time.monotonic()
    for attempt in (1, 2):
        try:
            first, second = deploy(environment, args)
            break
        except Exception as trouble:  # whatever it is, the other environments are judged all the same
            # Seen once, on a busy machine: the emulator refused a call as if it had been made before.
            # What is really wrong fails the second time, too.
            message = f"{type(trouble).__name__}: {trouble}"
            if attempt == 2:
                return Verdict([message], 0, 0, time.monotonic() - started)
            print(f"{environment.name}: once more, after {message.splitlines()[0]}", flush=True)
    if second is None:
        return Verdict([], 0, 0, time.monotonic() - started)
    faults, equal, excused = [], 0, 0
    for fact in sorted(first.keys() | second.keys()):
        cloudformation, terraform = first.get(fact, ABSENT), second.get(fact, ABSENT)
        operation, subject, parameter = fact
        if operation == "Output":  # outputs are reviewed by name, not as a parameter of something
            subject, parameter = "", subject
        if cloudformation == terraform:
            equal += 1
        elif reviewed.covers(environment.name, operation, parameter, cloudformation, terraform):
            excused += 1
        else:
            values = f"    CloudFormation {cloudformation}\n    Terraform      {terraform}"
            faults.append(f"{operation} {subject} {parameter}:\n{values}")
    return Verdict(faults, equal, excused, time.monotonic() - started)


def check_calls(botocheck, folder):
    """Every recorded call against botocore's own model of the API."""
    for calls in sorted(folder.glob("*/calls.*.jsonl")):
        done = subprocess.run(
            [sys.executable, str(botocheck), str(calls)], capture_output=True, text=True, timeout=60
        )
        if done.returncode:
            yield f"{calls}: {done.stdout}{done.stderr}"


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--moto-plus"], {"type": Path, "required": True, "help": "the emulator's program"}),
        (["--botocheck"], {"type": Path, "required": True, "help": "the program that checks recorded calls"}),
        (
            ["--initialised"],
            {"type": Path, "required": True, "help": "copies that the real provider has initialised"},
        ),
        (["--reviewed"], {"type": Path, "required": True}),
        (
            ["--jobs"],
            {"type": int, "default": 6, "help": "emulators side by side; most of their time is waiting"},
        ),
    )
    if not os.environ.get("TF_JUDGE", "").startswith("real"):
        raise Trouble("the stand-in asks nothing of AWS: this needs the real provider")
    everything, reviewed = environments(args.out), Reviewed(args.reviewed)
    shutil.rmtree(args.scratch, ignore_errors=True)  # no calls of an environment that is gone
    faults = equal = excused = compared = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        verdicts = pool.map(lambda e: judge(e, args, reviewed), everything)
        for environment, verdict in zip(everything, verdicts, strict=True):
            faults, equal, excused = (
                faults + len(verdict.faults),
                equal + verdict.equal,
                excused + verdict.reviewed,
            )
            says = (
                f"{len(verdict.faults)} faults"
                if verdict.faults
                else "the same"
                if verdict.equal
                else "CloudFormation only"
            )
            compared += verdict.equal > 0
            count = f"{verdict.equal} values equal, {verdict.reviewed} reviewed"
            print(f"{environment.name}: {says}, {count}, {verdict.seconds:.0f} s")
            for fault in verdict.faults:
                print("  " + fault, flush=True)
    for fault in [*reviewed.stale(), *check_calls(args.botocheck, args.scratch)]:
        faults += 1
        print(fault)
    print(
        f"same cache: {compared} of {len(everything)} environments compared, {equal} values equal, "
        f"{excused} reviewed differences, {faults} faults"
    )
    return bool(faults)


if __name__ == "__main__":
    run(main)
