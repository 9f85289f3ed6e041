"""cfn-lint over every template, one process per region. Any error or warning fails.

cfn-lint knows which node types a region sells (E3647) and which versions an engine has (E3695)
only for AWS::ElastiCache::CacheCluster, which these templates never use. So each replication
group gets a twin in a scratch copy: a CacheCluster with the same node type, engine and version.
It is never deployed. Engine "valkey" is accepted there as well as "redis" (CacheCluster can't run
it with replicas, but its version list is complete); NumCacheNodes 1 is what both must have.

Two templates that are wrong on purpose go along, and cfn-lint must object to them: a judge that
has gone blind would otherwise look like a clean bill of health.
"""

import collections
import json
import subprocess
from pathlib import Path

from out_tree import SCRATCH, Trouble, arguments, environments, run

CONTROLS = {
    "E3647": {"CacheNodeType": "cache.t3.large", "Engine": "redis", "EngineVersion": "7.1"},
    "E3695": {"CacheNodeType": "cache.t3.micro", "Engine": "redis", "EngineVersion": "7.9"},
}


def twin(properties):
    return {"Type": "AWS::ElastiCache::CacheCluster", "Properties": {**properties, "NumCacheNodes": 1}}


def with_twins(environment):
    template = environment.template
    groups = {
        n: r for n, r in template["Resources"].items() if r["Type"] == "AWS::ElastiCache::ReplicationGroup"
    }
    if not groups:
        raise Trouble(f"{environment.name}: no replication group in the template")
    for name, group in groups.items():
        if "GlobalReplicationGroupId" in group["Properties"]:
            continue  # a secondary's engine and nodes are its primary's
        seen = {k: group["Properties"].get(k) for k in ("CacheNodeType", "Engine", "EngineVersion")}
        unseen = [k for k, v in seen.items() if not isinstance(v, str)]
        if unseen:
            raise Trouble(f"{environment.name}: {name} has no literal {', '.join(unseen)}")
        template["Resources"][name + "Twin"] = twin(seen)
    return template


def lint(region, files):
    command = ["cfn-lint", "--regions", region, "--format", "json", "--", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    # Exit codes are a sum of 2 (errors), 4 (warnings), 8 (informational); 1 and 32 up are troubles of its own.
    if done.returncode & ~14:
        raise Trouble(f"cfn-lint ended with {done.returncode}: {done.stderr or done.stdout}")
    return json.loads(done.stdout or "[]")


def main():
    args = arguments(__doc__.splitlines()[0], SCRATCH)
    by_region = collections.defaultdict(list)
    for environment in environments(args.out):
        by_region[environment.region].append(environment)
    faults = templates = 0
    for region, group in sorted(by_region.items()):
        scratch = args.scratch / region
        scratch.mkdir(parents=True, exist_ok=True)
        files, expected = [], {}
        for environment in group:
            copy = scratch / f"{environment.slug}.json"
            copy.write_text(json.dumps(with_twins(environment), indent=2))
            files += [environment.template_path, copy]
            templates += 1
        for rule, properties in CONTROLS.items():
            control = scratch / f"control-{rule}.json"
            control.write_text(json.dumps({"Resources": {"Control": twin(properties)}}))
            files.append(control)
            expected[str(control)] = rule
        for found in lint(region, files):
            name, rule = found["Filename"], found["Rule"]["Id"]
            path = "/".join(map(str, found["Location"].get("Path") or []))
            if expected.get(name) == rule:
                del expected[name]
            elif Path(name).parent == scratch and "Twin" not in path:
                pass  # of the copies, only the twins are judged
            elif found["Level"] in ("Error", "Warning"):
                faults += 1
                print(f"{name}: {rule} {found['Level'].lower()}: {found['Message'][:300]} (at {path})")
        for name, rule in expected.items():
            raise Trouble(f"cfn-lint did not find {rule} in {name}, which is there on purpose")
    print(f"cfn-lint: {templates} templates and their twins in {len(by_region)} regions, {faults} faults")
    return bool(faults)


if __name__ == "__main__":
    run(main)
