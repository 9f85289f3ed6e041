"""Every command of every STEPS.md is one that the AWS CLI takes: service, operation, options, their form.

The CLI itself parses each of them and goes on until it would speak to AWS, which isn't there: an address of
loopback where nobody listens. A command that gets so far is well-formed; whatever else it says is a fault. Two
commands that are wrong on purpose go along, and the CLI must object to them.
"""

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
from pathlib import Path

from out_tree import SCRATCH, Trouble, arguments, run

NOBODY = "http://127.0.0.1:9"
UNREACHABLE = "Could not connect to the endpoint URL"
WRONG = [
    "aws elasticache wait replication-group-ready --region us-east-1 --replication-group-id shop",
    "aws elasticache modify-replication-group --region us-east-1 --replication-group-id shop --auth-token-strategy SET",
]


def blocks(text):
    return re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)


def commands(block):
    """What a block asks the AWS CLI, also within a pipe."""
    lines = block.replace("\\\n", " ").replace("|\n", "| ").splitlines()
    pieces = [piece.strip() for line in lines for piece in line.split(" | ")]
    return [piece for piece in pieces if piece.startswith("aws ")]


def words(command):
    command = re.sub(r'"\$\(date[^)]*\)"', "2026-11-01T00:00:00Z", command)
    return [re.sub(r"^\$(\w+)$", r"the-\1", word) for word in shlex.split(command, comments=True)[1:]]


def said(driver, command):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            driver.main(words(command))
        except SystemExit:
            pass
    return (err.getvalue() + out.getvalue()).strip()


def main():
    args = arguments(__doc__.splitlines()[0], SCRATCH)
    documents = sorted(Path(args.out).glob("*/STEPS.md"))
    if not documents:
        raise Trouble(f"no STEPS.md under {args.out}")
    os.environ.update(
        AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_ENDPOINT_URL=NOBODY,
        AWS_MAX_ATTEMPTS="1", AWS_EC2_METADATA_DISABLED="true", AWS_PAGER="",
    )  # fmt: skip
    from awscli.clidriver import create_clidriver

    driver = create_clidriver()
    faults, asked = [], {}
    for path in documents:
        text = path.read_text()
        shell = subprocess.run(["bash", "-n"], input="\n".join(blocks(text)), capture_output=True, text=True)
        if shell.returncode:
            faults.append(f"{path}: {shell.stderr}")
        there = Path.cwd()
        os.chdir(path.parent)
        # the parameter file is the user's own; only its name is in the document
        own = Path("parameters.json")
        own.write_text("[]")
        try:
            for block in blocks(text):
                for command in commands(block):
                    file = re.search(r"--template-file (\S+)|file://(\d\S+)", command)
                    if file and not Path(file[1] or file[2]).exists():
                        continue  # the same command with a file that is there is in another document
                    key = re.sub(r"/tmp/\S+", "", command)
                    if key not in asked:
                        asked[key] = said(driver, command)
                        if UNREACHABLE not in asked[key]:
                            faults.append(f"{path}: {command}\n    {asked[key]}")
        finally:
            own.unlink()
            os.chdir(there)
    for command in WRONG:
        if UNREACHABLE in said(driver, command):
            faults.append(f"the AWS CLI takes what is wrong on purpose: {command}")
    for fault in faults:
        print(f"error: {fault}")
    print(f"migrations: {len(documents)} documents, {len(asked)} commands, {len(faults)} faults")
    return 1 if faults or not asked else 0


run(main)
