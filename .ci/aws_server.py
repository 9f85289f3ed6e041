"""The AWS CLI, started once: a judge that runs hundreds of its commands can't wait for each to start.

`aws_server.py SOCKET` reads the CLI and the models of the services in, and then gives every command a fork of
itself, with the folder, environment and open files of whoever asked. `client(socket)` is the program that asks.
"""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

from out_tree import Trouble

SERVICES = (
    "cloudformation",
    "elasticache",
    "secretsmanager",
    "cloudwatch",
    "ec2",
    "ecs",
    "logs",
    "ssm",
    "kms",
)
CLIENT = """#!{python} -IS
import json, os, socket, struct, sys
with socket.socket(socket.AF_UNIX) as s:
    s.connect({path!r})
    said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(s, [struct.pack("!I", len(said))], [0, 1, 2])
    s.sendall(said)
    answer = s.recv(4)
sys.exit(struct.unpack("!i", answer)[0] if len(answer) == 4 else 70)
"""


def client(path):
    """The text of a program that stands for `aws`."""
    return CLIENT.format(python=sys.executable, path=str(path))


class Server:
    """For `with`: the server, ready; stopped on every way out."""

    def __init__(self, path, log):
        self.path, self.log = Path(path), log

    def __enter__(self):
        self.path.unlink(missing_ok=True)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(self.path)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        for _ in range(600):
            if self.path.exists():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.__exit__()
        raise Trouble(f"the AWS CLI does not start, see {self.log}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def received(connection):
    head, files, _, _ = socket.recv_fds(connection, 4, 3)
    (length,) = struct.unpack("!I", head)
    said = b""
    while len(said) < length:
        said += connection.recv(length - len(said))
    return json.loads(said), files


def serve(path):
    from awscli.clidriver import create_clidriver

    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    driver = create_clidriver()
    commands = driver._get_command_table()
    for service in SERVICES:
        commands[service]._get_command_table()
        made = driver.session.create_client(
            service, region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
        )
        made.waiter_names  # noqa: B018, read for the file that it reads
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    ready = f"{path}.new"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(ready)
        listener.listen(64)
        os.rename(ready, path)  # it is there when it answers
        while True:
            connection, _ = listener.accept()
            with connection:
                if os.fork():
                    continue
                code = 70
                try:
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    (words, folder, environment), files = received(connection)
                    for number, file in enumerate(files):
                        os.dup2(file, number)
                    os.chdir(folder)
                    os.environ.clear()
                    os.environ.update(environment)
                    sys.argv = ["aws", *words]
                    code = driver.main(words)
                except SystemExit as end:
                    code = end.code if isinstance(end.code, int) else 1
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()
                    connection.sendall(struct.pack("!i", code or 0))
                    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
