"""The AWS CLI as a judge of its own command lines. It parses each with its own tables; nothing is sent.

What it is asked for is then held against the model of the API: names, types, required members, literal
values of enumerations, and that a --query finds what an answer has.
"""

import contextlib
import io
import re

import jmespath
from awscli import clidriver
from awscli.customizations.commands import BasicCommand
from awscli.customizations.waiters import WaitCommand, WaiterCaller
from botocore.validate import ParamValidator
from jmespath import functions
from shell import UNKNOWN

NUMBERS = ("integer", "long", "float", "double")
FUNCTIONS = functions.Functions.FUNCTION_TABLE
SAME_LIST = ("sort", "sort_by", "reverse")
ONE_OF_LIST = ("max_by", "min_by", "max", "min")


class Query:
    """Goes through a JMESPath with the shape of what it is asked of. What a shape can't tell is None."""

    def __init__(self, text, shape):
        self.text, self.faults = text, []
        self.ask(jmespath.compile(text).parsed, shape)

    def ask(self, node, given):
        kind, children = node["type"], node["children"]
        if kind == "field":
            return self.member(node["value"], given)
        if kind in ("subexpression", "index_expression", "pipe"):
            for child in children:
                given = self.ask(child, given)
            return given
        if kind == "index":
            return self.element(given)
        if kind == "slice" or kind in ("current", "identity"):
            return given
        if kind == "projection":
            return [self.ask(children[1], self.element(self.ask(children[0], given)))]
        if kind == "filter_projection":
            element = self.element(self.ask(children[0], given))
            self.ask(children[2], element)
            return [self.ask(children[1], element)]
        if kind == "flatten":
            element = self.element(self.ask(children[0], given))
            return [self.element(element)] if is_list(element) else [element]
        if kind == "multi_select_dict":
            return {child["value"]: self.ask(child["children"][0], given) for child in children}
        if kind == "multi_select_list":
            for child in children:
                self.ask(child, given)
            return None
        if kind == "function_expression":
            return self.function(node["value"], children, given)
        for child in children:  # comparisons, and, or, not, values of objects
            self.ask(child, given)
        return None

    def function(self, name, children, given):
        if name not in FUNCTIONS:
            self.faults.append(f"--query {self.text}: JMESPath has no function {name}")
            return None
        first = None
        for number, child in enumerate(children):
            if child["type"] == "expref":
                self.ask(child["children"][0], self.element(first))
                continue
            found = self.ask(child, given)
            first = found if number == 0 else first
        return first if name in SAME_LIST else self.element(first) if name in ONE_OF_LIST else None

    def member(self, name, given):
        if given is None:
            return None
        if isinstance(given, dict):
            known = given
        elif getattr(given, "type_name", None) == "structure":
            known = given.members
        elif getattr(given, "type_name", None) == "map":
            return given.value
        else:
            what = "a list" if is_list(given) else f"a {given.type_name}"
            self.faults.append(f"--query {self.text}: {name} is asked of {what}, which has no members")
            return None
        if name not in known:
            self.faults.append(f"--query {self.text}: no {name} among {', '.join(sorted(known))}")
            return None
        return known[name]

    def element(self, given):
        if given is None:
            return None
        if isinstance(given, list):
            return given[0]
        if getattr(given, "type_name", None) == "list":
            return given.member
        self.faults.append(f"--query {self.text}: an element is asked of what is no list")
        return None


def is_list(given):
    return isinstance(given, list) or getattr(given, "type_name", None) == "list"


def enumerations(value, shape, path=""):
    """Literal values that an enumeration does not have."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, inner in value.items():
            if name in shape.members:
                yield from enumerations(inner, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for inner in value:
            yield from enumerations(inner, shape.member, path)
    elif getattr(shape, "enum", None) and isinstance(value, str):
        if value not in shape.enum and UNKNOWN not in value:
            yield f"{path[1:]} is {value}, not one of {', '.join(shape.enum)}"


def shortest(argument):
    """How many characters a text must have."""
    shape = getattr(argument, "argument_model", None)
    return shape.metadata.get("min", 0) if shape is not None and shape.type_name == "string" else 0


class AwsCli:
    """`faults(words)` says what is wrong with `aws words…`, as a list of texts."""

    def __init__(self):
        self.driver = clidriver.create_clidriver()
        self.globals = {f"--{name}" for name in self.driver._get_argument_table()} | {"--no-verify-ssl"}
        self.commands = self.driver._get_command_table()
        self.found, self.silenced, self.known = [], set(), {}
        self.operations = set()
        judge = self

        def invoke(_, service, operation, parameters, parsed_globals):
            judge.judge(service, operation, parameters, parsed_globals)
            return 0

        def wait(waiter, service, operation, parameters, parsed_globals):
            if parsed_globals.query is not None:
                judge.found.append("a waiter answers nothing that --query could ask")
            judge.judge(service, operation, parameters, None)
            return 0

        for caller in (clidriver.CLIOperationCaller, *clidriver.CLIOperationCaller.__subclasses__()):
            caller.invoke = invoke
        WaiterCaller.invoke = wait

    def judge(self, service, operation, parameters, parsed_globals):
        model = self.driver.session.get_service_model(service).operation_model(operation)
        self.operations.add((service, operation))
        if model.input_shape:
            report = ParamValidator().validate(parameters, model.input_shape)
            if report.has_errors():
                self.found.append(report.generate_report())
            self.found += enumerations(parameters, model.input_shape)
        elif parameters:
            self.found.append(f"{operation} takes nothing")
        if parsed_globals is not None and parsed_globals.query is not None:
            if model.output_shape is None:
                self.found.append(f"{operation} answers nothing that --query could ask")
            else:
                self.found += Query(parsed_globals.query.expression, model.output_shape).faults

    def command(self, words):
        """The object behind a command line, and the options it knows; None where there is no such command."""
        table, found = self.commands, None
        for word in words:
            if word.startswith("-") or table is None or word not in table:
                break
            found = table[word]
            if isinstance(found, clidriver.ServiceCommand):
                table = found._get_command_table()
            elif isinstance(found, BasicCommand):
                table = found.subcommand_table
            else:
                table = None
        return found

    def silence(self, command):
        """A command of the CLI's own is parsed, and not begun."""
        if (
            isinstance(command, BasicCommand)
            and not command.SUBCOMMANDS
            and not isinstance(command, WaitCommand)
        ):
            kind = type(command)
            if kind not in self.silenced:
                kind._run_main = lambda *_: 0
                self.silenced.add(kind)

    def completed(self, words, table):
        """An unknown value in the spelling of its type."""
        option = ""
        for word in words:
            if word.startswith("--"):
                option = word[2:]
            elif UNKNOWN in word and option in table:
                kind = getattr(table[option], "cli_type_name", "string")
                word = "1" if kind in NUMBERS else "2026-01-01T00:00:00Z" if kind == "timestamp" else word
                word = word.ljust(shortest(table[option]), "0")
            yield word

    def faults(self, words, mention=False):
        key = (tuple(words), mention)
        if key not in self.known:
            self.known[key] = self.ask(words, mention)
        return self.known[key]

    def ask(self, words, mention):
        command = self.command(words)
        if isinstance(command, (clidriver.ServiceCommand, WaitCommand)):
            return [f"there is no aws {' '.join(words[: 3 if isinstance(command, WaitCommand) else 2])}"]
        table = getattr(command, "arg_table", {})
        known = self.globals | {f"--{name}" for name in table}
        invented = [w for w in words if re.match(r"--[a-z]", w) and w not in known]
        if command is not None and invented:  # the CLI would take a part of a name for the whole
            return [f"there is no {', '.join(invented)}"]
        self.silence(command)
        self.found, said = [], io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            try:
                code = self.driver.main(list(self.completed(words, table)))
            except SystemExit as end:
                code = end.code
        text = [
            line for line in said.getvalue().splitlines() if line.strip() and not line.startswith("  aws ")
        ]
        if code and mention and any("are required" in line for line in text):
            return []
        return [*self.found, *(text[-4:] or ["refused without a word"])] if code else self.found
