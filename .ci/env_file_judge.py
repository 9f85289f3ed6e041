"""The env file that is handed over opens a connection: a real client, a real server, TLS and a password.

Each environment's file is filled in as `make env` does, loaded by sh, by python-dotenv and as `docker run --env-file`
reads it, and has to say the same to all three. A redis-server of its own then waits on a loopback address with what
the file speaks of: TLS with a certificate made here for that address, a token or a user, cluster mode. redis-py
connects by URL and by the separate variables, with the pool and time-outs of the file, and so does the runbook's
own snippet, as it stands. Each is also tried wrongly: with another password, with none, without TLS, and with a
certificate that nobody vouches for.

Not judged here: a user who logs in by IAM has a token that only AWS can check. The server takes any, and the token
is looked at instead.
"""

import concurrent.futures
import datetime
import ipaddress
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import dotenv
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from out_tree import SCRATCH, Trouble, arguments, environments, run
from redis.backoff import NoBackoff
from redis.retry import Retry
from world import token

NUMBERS = {
    "REDIS_PORT": int,
    "REDIS_DB": int,
    "REDIS_MAX_CONNECTIONS": int,
    "REDIS_MIN_IDLE_CONNECTIONS": int,
    "REDIS_SOCKET_TIMEOUT": float,
    "REDIS_SOCKET_CONNECT_TIMEOUT": float,
}
ONCE = {"retry": Retry(NoBackoff(), 0)}
REFUSED = (redis.AuthenticationError, redis.exceptions.NoPermissionError)
# Stands for boto3 in the runbook's snippet: Secrets Manager and Systems Manager have what the judge says.
BOTO3 = """
import json, os

class client:
    def __init__(self, service, **_):
        self.service = service
        if service not in ("secretsmanager", "ssm"):
            raise ValueError(service)

    def get_secret_value(self, *, SecretId, VersionStage="AWSCURRENT"):
        assert self.service == "secretsmanager" and SecretId == os.environ["REDIS_PASSWORD_SECRET"], SecretId
        return {"SecretString": os.environ["JUDGE_SECRET"]}

    def get_parameter(self, *, Name, WithDecryption):
        assert self.service == "ssm" and Name == os.environ["REDIS_PASSWORD_PARAMETER"] and WithDecryption, Name
        return {"Parameter": {"Value": os.environ["JUDGE_SECRET"]}}
"""
# Goes after the runbook's snippet.
AFTERWARDS = """
import json as judge_json
assert cache.set("judge:snippet", "hello", ex=60)
assert cache.get("judge:snippet") == "hello"
cluster = isinstance(cache, redis.RedisCluster)
node = cache.get_redis_connection(cache.get_default_node()) if cluster else cache
pool = node.connection_pool
print(judge_json.dumps([pool.max_connections, pool.connection_kwargs["socket_timeout"],
    pool.connection_kwargs["socket_connect_timeout"], issubclass(pool.connection_class, redis.SSLConnection),
    pool.connection_kwargs.get("db", 0)]))
"""


class Certificates:
    """An authority, certificates of it, and one that nobody vouches for."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "an authority for tests")])
        self.authority = self.write("ca", self.certificate(self.name, self.key, None))

    def certificate(self, subject, key, address):
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=address is None, path_length=None), critical=True)
        )
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(a)) for a in address])
            made = made.add_extension(names, critical=False)
        return made.sign(self.key, hashes.SHA256())

    def write(self, name, certificate):
        path = self.folder / f"{name}.crt"
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)

    def of(self, addresses):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, addresses[0])])
        certificate = self.write(addresses[0], self.certificate(subject, key, addresses))
        path = self.folder / f"{addresses[0]}.key"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return certificate, str(path)


class Server:
    """redis-server on one address of loopback: on the port that the file names, as nobody else listens there."""

    def __init__(self, folder, address, port, password, user, tls, cluster):
        folder.mkdir(parents=True)
        lines = [f"bind {address}", f"dir {folder}", 'save ""', "appendonly no", "protected-mode no"]
        if tls:
            certificate, key = tls
            lines += [
                "port 0",
                f"tls-port {port}",
                f"tls-cert-file {certificate}",
                f"tls-key-file {key}",
                "tls-auth-clients no",
            ]
        else:
            lines.append(f"port {port}")
        if user:  # ElastiCache's default user is off where users are made
            rights = "nopass" if password is None else f">{password}"
            lines += ["user default off", f"user {user} on {rights} ~* &* +@all"]
        elif password:
            lines.append(f"requirepass {password}")
        if cluster:
            # a node is told of by the address that it calls from
            lines += ["cluster-enabled yes", f"cluster-announce-ip {address}", f"bind-source-addr {address}"]
            lines += [*(["tls-cluster yes", f"tls-ca-cert-file {cluster}"] if tls else [])]
        (folder / "redis.conf").write_text("\n".join(lines) + "\n")
        self.log = folder / "redis.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                ["redis-server", str(folder / "redis.conf")], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex((address, port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        raise Trouble(f"redis-server does not start on {address}:{port}:\n{self.log.read_text()[-800:]}")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def loaded(path):
    """The file as each of its readers has it; {reader: {name: value}}."""
    script = f"set -a; . {path}; exec env -0"
    done = subprocess.run(["env", "-i", "sh", "-ec", script], capture_output=True, text=True, timeout=30)
    if done.returncode:
        raise Trouble(f"sh does not take {path}: {done.stderr}")
    shell = dict(pair.split("=", 1) for pair in done.stdout.split("\0") if pair)
    lines = [x for x in path.read_text().splitlines() if x and not x.startswith("#")]
    return {
        "sh": {k: v for k, v in shell.items() if k not in ("PWD", "OLDPWD", "SHLVL", "_")},
        "python-dotenv": dict(dotenv.dotenv_values(path)),
        "docker": dict(line.split("=", 1) for line in lines),
    }


def snippet(environment):
    text = (environment.folder / "RUNBOOK.md").read_text()
    found = [s for s in re.findall(r"^```python\n(.*?)^```", text, re.M | re.S) if "import redis" in s]
    if len(found) != 1:
        raise Trouble(
            f"{environment.name}: the runbook has {len(found)} snippets in Python that import redis"
        )
    return found[0]


class Judge:
    def __init__(self, environment, number, args, certificates, stubs):
        self.environment, self.certificates, self.stubs = environment, certificates, stubs
        self.folder = (args.scratch / environment.slug).resolve()
        # an address of its own for each, so that all can have the port that their files name
        self.addresses = [f"127.77.{number // 60}.{number % 60 * 4 + n}" for n in (1, 2)]
        self.faults, self.checks, self.servers = [], 0, []

    def must(self, holds, message):
        self.checks += 1
        if not holds:
            self.faults.append(message)
        return holds

    def filled(self, tls):
        """The example with what is REQUIRED filled in."""
        text = (self.environment.folder / "cache.env.example").read_text()
        values = {
            "reader-endpoint": self.addresses[0],
            "endpoint": self.addresses[0],
            "scheme": "rediss" if tls else "redis",
            "ssl": "true" if tls else "false",
            "user-name": "judge",
        }
        lines = text.splitlines()
        for n, line in enumerate(lines):
            if line.startswith("#"):
                continue
            for what, value in values.items():
                line = line.replace(f"REQUIRED-{what}", value)
            lines[n] = re.sub(r"REQUIRED-[\w-]+", lambda m: m[0].removeprefix("REQUIRED-"), line)
        path = self.folder / "cache.env"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n")
        return path

    def serve(self, env, tls, password, user):
        """The servers; in cluster mode two, with half of the slots each."""
        cluster = env["REDIS_CLUSTER"] == "true"
        port = int(env["REDIS_PORT"])
        for n, address in enumerate(self.addresses[: 2 if cluster else 1]):
            pair = self.certificates.of([address]) if tls else None
            more = self.certificates.authority if cluster else None
            folder = self.folder / f"server-{n}"
            self.servers.append(Server(folder, address, port, password, user, pair, more))
        if not cluster:
            return
        login = {"username": user, "password": password or ("any" if user else None)}
        trust = {"ssl": True, "ssl_ca_certs": self.certificates.authority} if tls else {}
        nodes = [redis.Redis(address, port, **trust, **login) for address in self.addresses]
        for epoch, (node, slots) in enumerate(zip(nodes, ((0, 8191), (8192, 16383)), strict=True), 1):
            node.execute_command("CLUSTER", "SET-CONFIG-EPOCH", epoch)
            node.execute_command("CLUSTER", "ADDSLOTSRANGE", *slots)
        nodes[0].execute_command("CLUSTER", "MEET", self.addresses[1], port)
        for node in nodes:
            for _ in range(200):
                info = node.execute_command("CLUSTER", "INFO")
                info = (
                    info
                    if isinstance(info, dict)
                    else dict(line.split(":", 1) for line in info.decode().split())
                )
                if info["cluster_state"] == "ok" and str(info["cluster_known_nodes"]) == "2":
                    break
                time.sleep(0.05)
            else:
                raise Trouble(f"no cluster comes about: {info}")

    def clients(self, env, tls, **login):
        """{way: a client that isn't connected yet}"""
        cluster = env["REDIS_CLUSTER"] == "true"
        kind = redis.RedisCluster if cluster else redis.Redis
        settings = {
            "max_connections": int(env["REDIS_MAX_CONNECTIONS"]),
            "socket_timeout": float(env["REDIS_SOCKET_TIMEOUT"]),
            "socket_connect_timeout": float(env["REDIS_SOCKET_CONNECT_TIMEOUT"]),
            "decode_responses": True,
        }
        trust = {"ssl_ca_certs": self.certificates.authority} if tls else {}
        port, db = int(env["REDIS_PORT"]), {} if cluster else {"db": int(env["REDIS_DB"])}
        ssl_on = {"ssl": True} if env["REDIS_SSL"] == "true" else {}
        user = {"username": env["REDIS_USERNAME"]} if "REDIS_USERNAME" in env else {}
        yield "by URL", lambda: kind.from_url(env["REDIS_URL"], **settings, **trust, **login)
        hosts = {"by host": env["REDIS_HOST"], "by reader": env.get("REDIS_READER_HOST")}
        for way, host in hosts.items():
            if host:
                yield (
                    way,
                    lambda host=host: kind(
                        host=host, port=port, **db, **ssl_on, **trust, **settings, **user, **login
                    ),
                )

    def connected(self, way, make, env, tls):
        client = make()
        key = f"judge:{way}"
        self.must(
            client.set(key, "hello", ex=60) and client.get(key) == "hello", f"{way}: what is set isn't read"
        )
        cluster = isinstance(client, redis.RedisCluster)
        node = client.get_redis_connection(client.get_default_node()) if cluster else client
        pool = node.connection_pool
        self.held(
            way,
            env,
            tls,
            pool.max_connections,
            pool.connection_kwargs["socket_timeout"],
            pool.connection_kwargs["socket_connect_timeout"],
            issubclass(pool.connection_class, redis.SSLConnection),
            pool.connection_kwargs.get("db", 0),
        )
        client.close()

    def held(self, way, env, tls, most, timeout, connect, encrypted, db):
        """The settings of a pool against those of the file."""
        for name, found, wanted in (
            ("REDIS_MAX_CONNECTIONS", most, int(env["REDIS_MAX_CONNECTIONS"])),
            ("REDIS_SOCKET_TIMEOUT", timeout, float(env["REDIS_SOCKET_TIMEOUT"])),
            ("REDIS_SOCKET_CONNECT_TIMEOUT", connect, float(env["REDIS_SOCKET_CONNECT_TIMEOUT"])),
            ("REDIS_SSL", encrypted, tls),
            ("REDIS_DB", int(db or 0), int(env["REDIS_DB"])),
        ):
            self.must(found == wanted, f"{way}: {name} comes to {found}, not {wanted}")

    def refused(self, what, make, kinds):
        try:
            client = make()
            client.ping()
        except kinds:
            self.must(True, "")
        except (redis.RedisError, redis.exceptions.RedisClusterException) as error:
            # a cluster's client says in words alone why it reaches no node
            refused = isinstance(error.__cause__, kinds) or "invalid username-password" in str(error)
            self.must(refused, f"{what}: {type(error).__name__}: {error}")
        else:
            self.must(False, f"{what} is let in")

    def owners(self, env, tls, password):
        """The runbook's snippet, as it stands, in a program of its own."""
        path = self.folder / "snippet.py"
        path.write_text(snippet(self.environment) + AFTERWARDS)
        secret = (
            json.dumps({env["REDIS_PASSWORD_SECRET_KEY"]: password})
            if "REDIS_PASSWORD_SECRET_KEY" in env
            else password
        )
        by_reference = {"REDIS_PASSWORD_SECRET", "REDIS_PASSWORD_PARAMETER", "REDIS_IAM_CACHE"} & env.keys()
        variables = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(self.stubs),
            "SSL_CERT_FILE": self.certificates.authority,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "JUDGE_SECRET": secret or "",
            **({} if by_reference or password is None else {"REDIS_PASSWORD": password}),
            **env,
        }
        done = subprocess.run(
            [sys.executable, str(path)], capture_output=True, text=True, env=variables, timeout=60
        )
        if self.must(done.returncode == 0, f"the runbook's snippet: {done.stderr[-1500:]}"):
            self.held("the runbook's snippet", env, tls, *json.loads(done.stdout.splitlines()[-1]))
        if "REDIS_IAM_CACHE" in env:
            self.signed(env, variables)

    def signed(self, env, variables):
        """What of an IAM token can be seen."""
        text = snippet(self.environment).split("\ncache = ")[0] + "\nprint(*Login().get_credentials())\n"
        done = subprocess.run(
            [sys.executable, "-c", text], capture_output=True, text=True, env=variables, timeout=60
        )
        user, _, signed = done.stdout.strip().partition(" ")
        self.must(user == env["REDIS_USERNAME"], f"the token is for {user!r}: {done.stderr[-600:]}")
        for part in (
            f"{env['REDIS_IAM_CACHE']}/?Action=connect&User={user}&",
            f"%2F{env['REDIS_IAM_REGION']}%2Felasticache%2Faws4_request",
            "X-Amz-Expires=900&",
            "X-Amz-Signature=",
        ):
            self.must(part in signed, f"no {part} in the token {signed.split('X-Amz-Signature')[0]}")
        self.must(not signed.startswith("http"), "the token begins with a scheme")

    def judge(self):
        name = self.environment.name
        tls = any(
            r["Properties"].get("TransitEncryptionEnabled") not in (None, False, "false")
            for r in self.environment.template["Resources"].values()
            if r["Type"] == "AWS::ElastiCache::ReplicationGroup"
        )
        path = self.filled(tls)
        readers = loaded(path)
        env = readers["sh"]
        for reader, said in readers.items():
            self.must(said == env, f"{reader} reads {said}, sh reads {env}")
        for variable, kind in NUMBERS.items():
            try:
                self.must(kind(env[variable]) >= 0, f"{variable} is {env[variable]}")
            except (KeyError, ValueError):
                self.must(False, f"{variable} is {env.get(variable)!r}")
                return name
        url = urlsplit(env["REDIS_URL"])
        for what, found, wanted in (
            ("scheme", url.scheme, "rediss" if tls else "redis"),
            ("host", url.hostname, env["REDIS_HOST"]),
            ("port", str(url.port), env["REDIS_PORT"]),
            ("database", url.path, f"/{env['REDIS_DB']}"),
            ("user", url.username, env.get("REDIS_USERNAME")),
            ("password", url.password, None),
        ):
            self.must(found == wanted, f"the {what} of REDIS_URL is {found}, not {wanted}")
        self.must(env["REDIS_SSL"] == str(tls).lower(), f"REDIS_SSL is {env['REDIS_SSL']}, TLS is {tls}")
        self.must("REDIS_PASSWORD" not in env, "the file has a password")
        user, iam = env.get("REDIS_USERNAME"), "REDIS_IAM_CACHE" in env
        closed = user or {"REDIS_PASSWORD_SECRET", "REDIS_PASSWORD_PARAMETER"} & env.keys()
        password = token(name) if closed and not iam else None
        self.serve(env, tls, password, user)
        login = {"password": password or "any"} if closed else {}
        for way, make in self.clients(env, tls, **login):
            self.connected(way, make, env, tls)
        self.owners(env, tls, password)
        if closed and not iam:
            for way, make in self.clients(env, tls, password="wrong", **ONCE):
                self.refused(f"{way}: a wrong password", make, REFUSED)
            if not user:
                for way, make in self.clients(env, tls, **ONCE):
                    self.refused(f"{way}: no password", make, REFUSED)
        if tls:
            quick = {
                "socket_timeout": 1,
                "socket_connect_timeout": 1,
                **ONCE,
                **login,
                **({"username": user} if user else {}),
            }
            where = {"host": env["REDIS_HOST"], "port": int(env["REDIS_PORT"])}
            self.refused(
                "a client without TLS",
                lambda: redis.Redis(**where, **quick),
                (redis.ConnectionError, redis.TimeoutError),
            )
            self.refused(
                "a certificate that nobody vouches for",
                lambda: redis.Redis(**where, ssl=True, **quick),
                (ssl.SSLError, redis.ConnectionError),
            )
        return name


def judge(environment, number, args, certificates, stubs):
    one = Judge(environment, number, args, certificates, stubs)
    try:
        one.judge()
    except Exception as trouble:  # whatever it is, the other environments are judged all the same
        one.faults.append(f"{type(trouble).__name__}: {trouble}")
    finally:
        for server in one.servers:
            server.stop()
    return one


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--more"], {"type": Path, "action": "append", "default": [], "help": "other trees"}),
        (["--jobs"], {"type": int, "default": 4}),
    )
    if not shutil.which("redis-server"):
        raise Trouble("no redis-server; `bash .ci/packages.sh` installs it")
    shutil.rmtree(args.scratch, ignore_errors=True)
    certificates = Certificates(args.scratch.resolve() / "certificates")
    stubs = args.scratch.resolve() / "stubs"
    stubs.mkdir()
    (stubs / "boto3.py").write_text(BOTO3)
    everything = [e for tree in (args.out, *args.more) for e in environments(tree)]
    faults = checks = 0
    kinds = {"TLS": 0, "a password": 0, "a user": 0, "IAM": 0, "cluster mode": 0, "none of them": 0}
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for one in pool.map(
            lambda pair: judge(pair[1], pair[0], args, certificates, stubs), enumerate(everything)
        ):
            faults, checks = faults + len(one.faults), checks + one.checks
            for fault in one.faults:
                print(f"{one.environment.name}: {fault}", flush=True)
            text = (one.folder / "cache.env").read_text() if (one.folder / "cache.env").exists() else ""
            has = {
                "TLS": "=rediss:" in text,
                "a password": "REDIS_PASSWORD_" in text,
                "a user": "REDIS_USERNAME=" in text,
                "IAM": "REDIS_IAM_CACHE=" in text,
                "cluster mode": "REDIS_CLUSTER=true" in text,
            }
            has["none of them"] = not any(has.values())
            for kind, there in has.items():
                kinds[kind] += there
    said = ", ".join(f"{count} with {kind}" for kind, count in kinds.items())
    missing = [kind for kind in ("TLS", "a password") if not kinds[kind]]
    if missing:
        faults += 1
        print(f"no env file with {', '.join(missing)}: nothing was judged")
    print(f"env-file: {len(everything)} files ({said}), {checks} checks, {faults} faults")
    return bool(faults)


if __name__ == "__main__":
    run(main)
