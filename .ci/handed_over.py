"""The shell in what is handed over: fences of Markdown, recipes of a Makefile, steps of pipelines."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml
from out_tree import Trouble
from shell import UNKNOWN

OTHERS = ("python", "js", "json")  # fences whose syntax can be judged
CODE = re.compile(r"`((?:make|aws|cachewright|redis-cli|terraform) [^`\n]+)`")


@dataclass
class Script:
    """A piece of shell, or of another language: where it stands, and where and with what it runs."""

    where: str
    text: str
    dialect: str
    folder: Path
    variables: dict

    # a mention in the text around the fences, which may leave arguments out
    mention: bool = False


def copy(environment, root):
    """The environment's folder at the same place under `root`, with the files that its owner fills in."""
    folder = root / "out" / environment.system / environment.stage
    shutil.copytree(environment.folder, folder)
    for example, name in (
        ("cloudformation/parameters.example.json", "cloudformation/parameters.json"),
        ("terraform/terraform.tfvars.example", "terraform/terraform.tfvars"),
    ):
        if (folder / example).is_file():
            shutil.copy(folder / example, folder / name)
    return folder


def markdown(path, name, folder, mentioned=None):
    """The fences, and the commands that stand as code in the text, which are `mentioned` in a folder of theirs."""
    fence, before = None, ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        start = re.match(r" *```(\w*)", line)
        if start and fence is None:
            fence, language, begun = [], start[1], number + 1
            if before.startswith("<!-- excerpt of "):  # tests hold it against what it is taken from
                language = ""
        elif start:
            if language in ("sh", "bash"):
                dialect = "posix" if language == "sh" else "bash"
                yield Script(f"{name}:{begun}", "\n".join(fence) + "\n", dialect, folder, {})
            elif language in OTHERS:
                yield Script(f"{name}:{begun}", "\n".join(fence) + "\n", language, folder, {})
            fence = None
        elif fence is not None:
            fence.append(line.replace("…", UNKNOWN))
        else:
            for code in CODE.findall(line):
                text = code.replace("…", UNKNOWN) + "\n"
                yield Script(f"{name}:{number}", text, "posix", mentioned or folder, {}, mention=True)
        before = line
    if fence is not None:
        raise Trouble(f"{name}: the fence of line {begun - 1} does not end")


def make(folder, *words):
    return subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "-C", str(folder), *words],
        capture_output=True,
        text=True,
        timeout=60,
    )


def targets(folder):
    """What a Makefile calls phony, as make itself reads it."""
    done = make(folder, "--print-data-base", "--question")
    found = re.findall(r"^\.PHONY: (.*)$", done.stdout, re.M)
    if not found:
        raise Trouble(f"{folder}/Makefile has no .PHONY targets: {done.stderr}")
    return sorted({t for line in found for t in line.split()})


def makefile(folder, name):
    for target in targets(folder):
        done = make(folder, target, "CONFIRM=unknown")
        if done.returncode:
            raise Trouble(f"{name}: make {target}: {done.stderr.strip()}")
        yield Script(f"{name}: {target}", done.stdout, "posix", folder, {})


def expressions(text):
    return re.sub(r"\$\{\{.*?\}\}", UNKNOWN, text)


def github(path, name, root):
    workflow = yaml.safe_load(path.read_text())
    shell = workflow.get("defaults", {}).get("run", {}).get("shell", "bash")
    for job, body in workflow["jobs"].items():
        for number, step in enumerate(body.get("steps", []), 1):
            if "run" not in step:
                continue
            variables = {**workflow.get("env", {}), **body.get("env", {}), **step.get("env", {})}
            variables = {k: expressions(str(v)) for k, v in variables.items()}
            where = f"{name}: {job}, step {number}"
            dialect = "posix" if step.get("shell", shell) == "sh" else "bash"
            folder = root / step.get("working-directory", ".")
            yield Script(where, expressions(step["run"]), dialect, folder, variables)


def gitlab(path, name, root):
    pipeline = yaml.safe_load(path.read_text())
    for job, body in pipeline.items():
        if not isinstance(body, dict):
            continue
        base = pipeline.get(body.get("extends"), {})
        variables = {
            **pipeline.get("variables", {}),
            **base.get("variables", {}),
            **body.get("variables", {}),
        }
        for part in ("before_script", "script", "after_script"):
            lines = body.get(part, [])
            lines = [lines] if isinstance(lines, str) else lines
            if lines:
                text = "\n".join(lines) + "\n"
                variables = {k: str(v) for k, v in variables.items() if "$" not in str(v)}
                yield Script(f"{name}: {job}, {part}", text, "posix", root, variables)


def scripts(environment, folder, root):
    """Every piece of shell of one environment, of its copy in `folder`."""
    yield from markdown(folder / "RUNBOOK.md", f"{environment.name}/RUNBOOK.md", folder)
    yield from makefile(folder, f"{environment.name}/Makefile")
    for path in sorted((folder / "pipelines").glob("*.yml")):
        read = github if path.name.startswith("github") else gitlab
        yield from read(path, f"{environment.name}/pipelines/{path.name}", root)
