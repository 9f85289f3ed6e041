"""What the judges need to know about out/: which environments it holds, and what each asks for.

Nothing here knows how cachewright works. It reads the files that ship, as a user would.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PHYSICAL_ID = re.compile(r"\b(?:vpc|subnet|sg)-[0-9a-f]{8,17}\b")


class Trouble(Exception):
    """A judge could not do its work, or found a fault; the message is for people."""


def snake(name):
    """VPCStackName -> vpc_stack_name, the spelling of the same name in Terraform."""
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


@dataclass(frozen=True)
class Environment:
    system: str
    stage: str
    folder: Path

    @property
    def name(self):
        return f"{self.system}/{self.stage}"

    @property
    def slug(self):
        return f"{self.system}-{self.stage}"

    @property
    def template_path(self):
        return self.folder / "cloudformation" / "template.json"

    @property
    def terraform(self):
        return self.folder / "terraform"

    @property
    def template(self):
        try:
            return json.loads(self.template_path.read_text())
        except ValueError as error:
            raise Trouble(f"{self.template_path}: {error}") from error

    @property
    def region(self):
        """A template has no region of its own, so Terraform's provider block says it for both."""
        text = "".join(p.read_text() for p in self.terraform.glob("*.tf"))
        literal = re.search(r'^provider "aws" \{.*?^  region\s*=\s*"([a-z0-9-]+)"', text, re.M | re.S)
        if literal:
            return literal[1]
        variable = re.search(
            r'^variable "(?:aws_)?region" \{.*?^  default\s*=\s*"([a-z0-9-]+)"', text, re.M | re.S
        )
        if variable:
            return variable[1]
        raise Trouble(f"{self.name}: no region in the provider block of {self.terraform}")

    def parameters(self):
        """{name in Terraform's spelling: (CloudFormation name, type, has a default)}"""
        declared = self.template.get("Parameters", {})
        return {snake(n): (n, d["Type"], "Default" in d) for n, d in declared.items()}

    def variables(self):
        """{name: (type expression, has a default)}; relies on the files being in canonical format."""
        found = {}
        for path in sorted(self.terraform.glob("*.tf")):
            for name, body in re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', path.read_text(), re.M | re.S):
                type_ = re.search(r"^  type\s*=\s*(.+)$", body, re.M)
                found[name] = (type_[1] if type_ else "any", bool(re.search(r"^  default\s*=", body, re.M)))
        return found

    def needs(self):
        """{name: type} of every value that whoever deploys must give to at least one of the languages."""
        parameters, variables = self.parameters(), self.variables()
        needed = {n: t for n, (t, given) in variables.items() if not given}
        needed.update({n: t for n, (_, t, given) in parameters.items() if not given})
        return needed

    def terraform_values(self, values):
        return {n: values[n] for n in self.variables() if n in values}

    def physical_ids(self):
        """Ids of VPCs, subnets and groups that are written out literally, in either language."""
        texts = [self.template_path.read_text(), *(p.read_text() for p in self.terraform.glob("*.tf"))]
        return sorted({i for t in texts for i in PHYSICAL_ID.findall(t)})


def environments(root):
    """Every environment under `root`; a folder with only one of the two languages is an error."""
    found = []
    for folder in sorted(p for p in Path(root).glob("*/*") if p.is_dir()):
        halves = [
            (folder / "cloudformation" / "template.json").is_file(),
            (folder / "terraform" / "main.tf").is_file(),
        ]
        if any(halves) and not all(halves):
            raise Trouble(f"{folder} has only one of CloudFormation and Terraform")
        if all(halves):
            found.append(Environment(folder.parent.name, folder.name, folder))
    if not found:
        raise Trouble(f"no environment under {root}")
    return found


SCRATCH = (["--scratch"], {"required": True, "type": Path, "help": "a folder for copies and logs"})


def arguments(description, *more):
    """A judge's arguments. CACHEWRIGHT_OUT lets one judge a tree that isn't committed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", default=os.environ.get("CACHEWRIGHT_OUT", "out"), help="the tree to judge")
    for names, options in more:
        parser.add_argument(*names, **options)
    return parser.parse_args()


def run(judge):
    """Runs a judge's main function; what keeps it from judging is a message and exit code 1, not a stack trace."""
    try:
        sys.exit(judge())
    except (Trouble, OSError, subprocess.SubprocessError) as trouble:
        sys.exit(f"error: {trouble}")
