"""An emulated AWS on loopback: starts it, empties it, stops it; and is it.

As a program it becomes the emulator itself, completed by what the modules moto_*.py add:
`emulator.py MOTO_PLUS -H 127.0.0.1 -p PORT`.
"""

import importlib.util
import itertools
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

from out_tree import Trouble


PORTS = itertools.count(random.randrange(20000, 30000))


def free_port():
    """A port that nobody else here gets: below those that the system gives to outgoing connections."""
    for port in itertools.islice(PORTS, 1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise Trouble("no free port")


class Emulator:
    """One emulator on a port of its own, for `with`. It is stopped on every way out."""

    def __init__(self, moto_plus, folder, region):
        self.moto_plus, self.folder, self.region = moto_plus, folder, region
        self.calls = folder / "calls.jsonl"

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": self.region,
            "AWS_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_MAX_ATTEMPTS": "2",
            "AWS_PAGER": "",
        }
        with open(self.folder / "emulator.log", "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(self.moto_plus), "-H", "127.0.0.1", "-p", str(port)],
                env={**self.environment, "MOTO_PLUS_CALLS": str(self.calls)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def wait(self):
        for _ in range(300):
            if self.process.poll() is not None:
                raise Trouble(f"the emulator did not start, see {self.folder}/emulator.log")
            try:
                with urllib.request.urlopen(self.endpoint + "/moto-api/", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise Trouble(f"the emulator does not answer, see {self.folder}/emulator.log")

    def reset(self):
        """An empty account again."""
        request = urllib.request.Request(self.endpoint + "/moto-api/reset", method="POST")
        with urllib.request.urlopen(request, timeout=30):
            self.forget_calls()

    def forget_calls(self):
        self.calls.unlink(missing_ok=True)  # the emulator opens the file anew for each call


def serve(moto_plus, words):
    """Loads the emulator as a module, not as a program, so that it can be completed before it starts."""
    import moto_alarms  # here, since whoever only starts an emulator has no use for all of moto
    import moto_lifecycle
    import moto_mends
    import moto_scaling
    import moto_users

    specification = importlib.util.spec_from_file_location("moto_plus", moto_plus)
    plus = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(plus)
    more = [*moto_users.install(plus), *moto_alarms.install(plus), *moto_scaling.install()]
    moto_mends.install(plus, more)
    moto_lifecycle.install(plus)
    os.environ["MOTO_PLUS_SELF"] = f"http://127.0.0.1:{words[words.index('-p') + 1]}"  # it calls itself
    from moto.server import main

    return main(words)


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1], sys.argv[2:]))
