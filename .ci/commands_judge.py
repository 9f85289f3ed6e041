"""Every command that is handed over exists, with every flag and argument it is given.

The runbooks, makefiles and pipelines of all environments and README.md are taken apart by shfmt's parser, read
by sh and shellcheck, and each command is held against what it calls: `aws` against the AWS CLI's own tables and
the models of the API, `terraform`, `redis-cli` and `redis-benchmark` against their help, the commands of Redis
against a server, `make` against the makefile, `cachewright`, `cargo` and `jq` against themselves; snippets in
Python, JavaScript and JSON are parsed. Nothing is sent to anybody. A command that is not known here is a fault.
At every run mistakes are judged first, and each has to be found.
"""

import collections
import json
import re
import shutil
import subprocess
from pathlib import Path

import handed_over
from aws_model import AwsCli
from handed_over import Script
from out_tree import SCRATCH, Trouble, arguments, environments, run
from redis_judge import Server
from shell import UNKNOWN, commands

# What POSIX gives every shell, and tools whose arguments are files and text.
PLAIN = set(
    ". : [ apk cat cd chmod cp date echo exit export grep mkdir mv nc printf pwd rm sed set sleep tee test tr true "
    "umask unset docker yum".split()
)
# shellcheck: a variable for the reader, one of an earlier fence, a file that isn't there, a list in a variable,
# options that a command chooses, and `cd` where a person types
EXCLUDED = "SC2034,SC2154,SC1090,SC1091,SC2086,SC2046,SC2164"
# Mistakes, each with a word of what has to be said of it.
MISTAKES = {
    "aws elasticache create-replication-group --replication-group-id a --replication-group-description b "
    "--auth-token-enabled": "--auth-token-enabled",
    "aws elasticache wait replication-group-ready --replication-group-id a": "replication-group-ready",
    "aws elasticache describe-replication-groups --query 'ReplicationGroups[0].Endpint'": "Endpint",
    "aws elasticache describe-replication-groups --query 'ReplicationGroups[0'": "jmespath",
    "aws elasticache describe-replication-groups --replication-group a": "--replication-group",
    "aws elasticache describe-replication-group --replication-group-id a": "describe-replication-group",
    "aws elasticache test-failover --replication-group-id a": "--node-group-id",
    "aws elasticache modify-replication-group --replication-group-id a --auth-token-update-strategy SWAP": "SWAP",
    "aws elasticache modify-replication-group --cli-input-json "
    '\'{ "ReplicationGroupId": "a", "AuthTokens": "b" }\'': "AuthTokens",
    "aws elasticache modify-replication-group --cli-input-json file:///dev/stdin <<E\n{}\nE": "twice",
    "aws cloudwatch get-metric-statistics --namespace a --metric-name b --start-time 1 --end-time 2 --period 60 "
    "--statistics Mean": "Mean",
    "aws ec2 describe-security-group-rules --filters Nam=a,Values=b": "Nam",
    "aws cloudformation deploy --stack-name a --template-file b --capabilites C": "--capabilites",
    "aws cloudformation deploy --stack-name a": "--template-file",
    "T=$(aws secretsmanager get-secret-value --secret a)": "--secret",
    "terraform plan -outt=a": "-outt",
    "terraform plann": "plann",
    "redis-cli --tsl ping": "--tsl",
    "redis-cli -h a slowlg get": "slowlg",
    "redis-cli -h a get": "get",
    "redis-benchmark --tlss": "--tlss",
    "jq '.a['": "jq",
    "make cfn-deplpy": "cfn-deplpy",
    "cachewright synht": "synht",
    "cargo run --release -- synth --chekc": "--chekc",
    "cargo run --relaese -- synth": "--relaese",
    "wget a": "wget",
    "if true; then": "then",
    "aws s3 cp 'a b": "quote",
    "python3 - <<E\nprint(\nE": "python",
}


def said(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, **more)
    return done.returncode, done.stdout + done.stderr


class Judge:
    def __init__(self, program):
        self.program = str(Path(program).resolve())
        self.aws, self.known, self.counts = AwsCli(), {}, collections.Counter()
        server = shutil.which("redis-server")
        if not server:
            raise Trouble("no redis-server to ask; `bash .ci/packages.sh` installs it")
        self.server = Server(server)

    def once(self, *key, ask):
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]

    def command(self, command, mention):
        """What is wrong with one command."""
        program, words = command.words[0], command.words[1:]
        if UNKNOWN in program:
            return [f"can't tell what {program} runs"]
        ask = getattr(self, "ask_" + program.replace("-", "_"), None)
        if ask is None:
            if program not in PLAIN:
                return [f"{program} is unknown: teach .ci/commands_judge.py what it takes"]
            self.counts["plain"] += 1
            return []
        self.counts[program] += 1
        return ask(words, command, mention)

    def ask_aws(self, words, command, mention):
        """Files are there, and the here-document too."""
        for option, value in zip(words, words[1:], strict=False):
            if (option, value) == ("--cli-input-json", "file:///dev/stdin"):
                return [
                    "--cli-input-json reads its file twice, and a pipe is empty the second time: name a file"
                ]
        for n, word in enumerate(words):
            if word == "file:///dev/stdin" and command.stdin is not None:
                path = self.files / "stdin"
                path.write_text(command.stdin)
                words = [*words[:n], f"file://{path}", *words[n + 1 :]]
            elif word.startswith("file://"):
                path = command.folder / word.removeprefix("file://")
                if not path.is_file():
                    made = self.files / path.name  # by a redirect
                    made.write_text(UNKNOWN)
                    path = made
                words = [*words[:n], f"file://{path}", *words[n + 1 :]]
        if command.stdin is not None:  # another text in the same file
            self.aws.known.pop((tuple(words), mention), None)
        return self.aws.faults(words, mention)

    def ask_terraform(self, words, command, mention):
        overall = [w for w in words[: next((n for n, w in enumerate(words) if w[0] != "-"), 0)]]
        rest = words[len(overall) :]
        if not rest:
            return ["terraform without a subcommand"]

        def help_of(*sub):
            return self.once("terraform", *sub, ask=lambda: said("terraform", *sub, "-help"))

        faults = [f"terraform has no {w}" for w in overall if w.split("=")[0] not in help_of()[1]]
        sub = rest[:1]
        code, text = help_of(*sub)
        if code or f"terraform [global options] {sub[0]}" not in text:
            return [*faults, f"terraform has no {sub[0]}"]
        if len(rest) > 1 and re.search(rf"^    {re.escape(rest[1])} ", text, re.M):
            text = help_of(*sub, rest[1])[1]
        if sub[0] in ("apply", "destroy"):  # takes what a plan takes
            text += help_of("plan")[1] + help_of("apply")[1]
        for word in rest[1:]:
            name = word.split("=")[0]
            if word.startswith("-") and not re.search(rf"^\s+{re.escape(name)}\b", text, re.M):
                faults.append(f"terraform {sub[0]} has no {name}")
        return faults

    def redis_tool(self, tool, words):
        """What is wrong with the options, and what comes after them."""
        text = self.once(tool, ask=lambda: said(tool, "--help"))[1]
        options = {}
        for option, value in re.findall(r"^ +(-{1,2}[\w-]+) ?(<[^>]+>)?", text, re.M):
            options.setdefault(option, value)  # a later line may begin with one that it speaks of
        while words and (words[0].startswith("-") or words[0] == UNKNOWN):  # an option or none
            if words[0] == UNKNOWN:
                words = words[1:]
                continue
            if words[0] not in options:
                return [f"{tool} has no {words[0]}"], []
            words = words[2 if options[words[0]].startswith("<") else 1 :]
        return [], words

    def ask_redis_cli(self, words, command, mention):
        faults, words = self.redis_tool("redis-cli", words)
        if faults or not words:
            return faults
        name = words[0].lower()
        found = self.server.ask("COMMAND", "INFO", name)[0]
        if not isinstance(found, list):
            return [f"a Redis server has no command {name}"]
        if len(words) > 1:
            inner = self.server.ask("COMMAND", "INFO", f"{name}|{words[1].lower()}")[0]
            if isinstance(inner, list):
                found = inner
            elif found[-1]:
                return [f"{name} has no {words[1]}"]
        arity = int(found[1])
        if len(words) != arity if arity > 0 else len(words) < -arity:
            return [f"{name} takes {abs(arity) - 1} arguments{'' if arity > 0 else ' or more'}"]
        return []

    def ask_redis_benchmark(self, words, command, mention):
        faults, words = self.redis_tool("redis-benchmark", words)
        return faults

    def ask_jq(self, words, command, mention):
        """A filter is compiled, and gets nothing to filter. The files of --rawfile and its kin are empty."""

        def ask():
            given = [
                "/dev/null" if n > 1 and words[n - 2] in ("--rawfile", "--slurpfile") else word
                for n, word in enumerate(words)
            ]
            code, text = said("jq", *given, stdin=subprocess.DEVNULL)
            return [f"jq: {text.strip()}"] if code in (2, 3) else []

        return self.once("jq", *words, ask=ask)

    def ask_make(self, words, command, mention):
        folder = command.folder
        if "-C" in words:
            at = words.index("-C")
            folder, words = folder / words[at + 1], words[:at] + words[at + 2 :]
        if not (folder / "Makefile").is_file():
            return [f"there is no Makefile in {folder}"]
        wanted = [w for w in words if "=" not in w and not w.startswith("-")]
        there = self.once("make", folder, ask=lambda: handed_over.targets(folder))
        missing = [w for w in wanted if w not in there]
        if missing:
            return [f"make has no target {', '.join(missing)}"]
        done = self.once(
            "make", folder, *words, ask=lambda: handed_over.make(folder, *words, "CONFIRM=unknown")
        )
        return [done.stderr.strip()] if done.returncode else []

    def ask_python3(self, words, command, mention):
        if words != ["-"] or command.stdin is None:
            return ["python3 with something else than a here-document"]
        return self.syntax("python", command.stdin)

    def ask_cachewright(self, words, command, mention):
        code, text = self.once("cachewright", *words, ask=lambda: said(self.program, *words, "--help"))
        return [text.strip().splitlines()[0]] if code or "Usage:" not in text else []

    def ask_cargo(self, words, command, mention):
        if "--" in words:
            at = words.index("--")
            faults = self.ask_cachewright(words[at + 1 :], command, mention)
            words = words[:at]
        else:
            faults = []
        # an unknown option is told of before the help is given
        code, text = self.once("cargo", *words, ask=lambda: said("cargo", *words, "-h"))
        return faults + ([text.strip().splitlines()[0]] if code else [])

    def syntax(self, language, text):
        """What a language's own parser says of a piece of it."""
        self.counts[language] += 1
        if language == "js":
            path = self.files / "fence.mjs"
            path.write_text(text)
            code, answer = self.once("js", text, ask=lambda: said("node", "--check", str(path)))
            return [answer.strip()] if code else []
        try:
            if language == "python":
                compile(text, "fence", "exec")
            else:  # or a few members of an object
                json.loads(text if text.lstrip()[0] in "{[" else "{" + text.rstrip().rstrip(",") + "}")
        except (SyntaxError, ValueError) as error:
            return [f"{language}: {error}"]
        return []

    def script(self, script):
        """What is wrong with a piece of shell and the commands in it, or with one of another language."""
        if script.dialect in handed_over.OTHERS:
            return self.syntax(script.dialect, script.text)
        self.counts["scripts"] += 1
        dialect = {"posix": "sh"}.get(script.dialect, script.dialect)
        code, text = self.once(dialect, script.text, ask=lambda: said(dialect, "-n", input=script.text))
        faults = [text.strip()] if code else []
        try:
            found = commands(script.text, script.dialect, script.folder, script.variables)
        except Trouble as trouble:
            return [*faults, str(trouble)]
        for command in found:
            faults += [f"{fault}\n    {command}" for fault in self.command(command, script.mention)]
        return faults


def shellcheck(scripts, folder):
    """All of them in one call."""
    folder.mkdir()
    places = {}
    for number, script in enumerate(scripts):
        path = folder / f"{number}.{'sh' if script.dialect == 'posix' else 'bash'}"
        path.write_text(f"#!/usr/bin/env {path.suffix[1:]}\n{script.text}")
        places[str(path)] = script.where
    code, text = said(
        "shellcheck", "--norc", "--severity=warning", f"--exclude={EXCLUDED}", "--format=json", *places
    )
    if code not in (0, 1):
        raise Trouble(f"shellcheck ended with {code}: {text}")
    for found in json.loads(text):
        yield f"{places[found['file']]}: SC{found['code']}: {found['message']} (line {found['line'] - 1})"


def self_test(judge, folder):
    """The mistakes that aren't found."""
    for text, word in MISTAKES.items():
        faults = judge.script(Script("", text + "\n", "posix", folder, {}))
        if not any(word in fault for fault in faults):
            yield f"the judge is blind: it finds nothing of {word} in {text}, only {faults}"
    judge.counts.clear()
    judge.aws.operations.clear()


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--program"], {"required": True, "help": "the cachewright that commands are held against"}),
        (["--readme"], {"type": Path, "help": "a document of the project, read the same way"}),
    )
    shutil.rmtree(args.scratch, ignore_errors=True)
    root = args.scratch.resolve() / "root"
    root.mkdir(parents=True)
    everything = environments(args.out)
    copies = {e: handed_over.copy(e, root) for e in everything}
    judge = Judge(args.program)
    judge.files = args.scratch.resolve()
    try:
        faults = list(self_test(judge, next(iter(copies.values()))))
        scripts = [s for e, folder in copies.items() for s in handed_over.scripts(e, folder, root)]
        if args.readme:
            scripts += handed_over.markdown(args.readme, args.readme.name, root, next(iter(copies.values())))
        for script in scripts:
            faults += [f"{script.where}: {fault}" for fault in judge.script(script)]
    finally:
        judge.server.stop()
    faults += shellcheck(
        [s for s in scripts if not s.mention and s.dialect not in handed_over.OTHERS],
        args.scratch / "shellcheck",
    )
    for fault in faults:
        print(fault)
    counts = judge.counts
    missing = [p for p in ("aws", "make", "terraform", "redis-cli", "cargo", "cachewright") if not counts[p]]
    if missing:
        faults.append("")
        print(f"no command of {', '.join(missing)}: nothing was judged")
    each = ", ".join(f"{count} {name}" for name, count in counts.most_common() if name != "scripts")
    print(
        f"commands: {counts['scripts']} scripts of {len(everything)} environments; {each}; "
        f"{len(judge.aws.operations)} operations of AWS; {len(MISTAKES)} mistakes found in the self-test; "
        f"{len(faults)} faults"
    )
    return bool(faults)


if __name__ == "__main__":
    run(main)
