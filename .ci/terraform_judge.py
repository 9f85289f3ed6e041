"""terraform init, validate and, with --plan, plan of every environment, in copies.

Which provider that is with, is the business of whoever calls (TF_CLI_CONFIG_FILE). The copies stay
where they are: the apply judge goes on with those that the real provider has initialised.
"""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess

from out_tree import SCRATCH, Trouble, arguments, environments, run
from world import Paper

# Written beside the configuration, which it overrides: state on disk, no credentials, no metadata service.
# The account id must be asked for, or the provider can't tell that a referenced group is in its own account
# and the second plan wants to change it.
OVERRIDE = """\
terraform {
  backend "local" {}
}

provider "aws" {
  access_key                  = "testing"
  secret_key                  = "testing"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
"""

# A plan that nothing is applied after needs no account, and must not ask for one: there is nobody to answer.
NO_ACCOUNT = """\
provider "aws" {
  skip_requesting_account_id = true
}
"""

NO_SUCH_VERSION = "no available releases match the given constraints"


def terraform(folder, *words, environment=None, timeout=300):
    """Runs terraform; gives (exit code, output). Nothing may be asked for, nothing may call home."""
    environment = {
        **(environment or os.environ),
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }
    errors = (
        subprocess.PIPE if "-json" in words else subprocess.STDOUT
    )  # JSON must not be mixed with anything
    done = subprocess.run(
        ["terraform", *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        timeout=timeout,
    )
    return done.returncode, done.stdout


def copy(environment, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in environment.terraform.glob("*.tf"):
        shutil.copy(path, folder)
    (folder / "ci_override.tf").write_text(OVERRIDE)
    return folder


def judge(environment, folder, plan):
    """None, or what is wrong. An environment that does not admit this provider is said to be so."""
    copy(environment, folder)
    # what is looked up would be asked of AWS; the judge that applies plans those against an emulator
    asks = os.environ["TF_JUDGE"].startswith("real") and any(
        re.search(r'(?m)^(?:data|ephemeral) "', path.read_text()) for path in folder.glob("*.tf")
    )
    plan = plan and not asks
    if plan:
        (folder / "ci_plan_override.tf").write_text(NO_ACCOUNT)
    code, text = terraform(folder, "init", "-no-color", "-input=false")
    if code:
        return (
            "other provider"
            if NO_SUCH_VERSION in " ".join(text.replace("│", " ").split())
            else f"init failed:\n{text}"
        )
    code, text = terraform(folder, "validate", "-json")
    found = json.loads(text)["diagnostics"]
    if code or found:  # warnings, too: what is deprecated today is refused tomorrow
        return "validate:\n" + "\n".join(
            f"  {d['severity']}: {d['summary']}: {d['detail']} ({d.get('range', {}).get('filename')})"
            for d in found
        )
    if plan:
        values = environment.terraform_values(
            Paper(environment.system, environment.region).values(environment.needs())
        )
        (folder / "ci.auto.tfvars.json").write_text(json.dumps(values))
        code, text = terraform(folder, "plan", "-no-color", "-input=false", "-detailed-exitcode")
        if code != 2 or "Warning:" in text:  # 0 would mean that there is nothing to create
            return f"plan ended with {code}:\n{text}"
    return None


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--plan"], {"action": "store_true"}),
        (["--strict"], {"action": "store_true", "help": "an environment must admit this provider"}),
    )
    label = os.environ.get("TF_JUDGE", "")
    if not label.startswith(
        ("real", "stand-in")
    ):  # without a local one, terraform would look for it elsewhere
        raise Trouble("no provider to judge with")
    everything = environments(args.out)
    faults, others = 0, []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        verdicts = pool.map(lambda e: judge(e, args.scratch / e.slug, args.plan), everything)
        for environment, verdict in zip(everything, verdicts, strict=True):
            if verdict == "other provider" and not args.strict:
                others.append(environment.name)
            elif verdict:
                faults += 1
                print(f"{environment.name}: {verdict}")
    if others:
        print("not admitted by", ", ".join(others))
    if len(others) == len(everything):
        raise Trouble(f"no environment admits {label}")
    done = "init, validate, plan" if args.plan else "init, validate"
    print(f"terraform ({label}): {done} of {len(everything) - len(others)} environments, {faults} faults")
    return bool(faults)


if __name__ == "__main__":
    run(main)
