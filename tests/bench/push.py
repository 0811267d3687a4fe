"""`python -m tests.bench.push`: how many notifications a second leave, over TLS on loopback to a sink that takes all.

The plain `webpush()` loop, npm web-push with a keep-alive agent, and Midweek's sender: equal size and concurrency, each
in a process of its own, in turns. Nothing here judges.
"""

import os
import platform
import secrets
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from server.reminders.payload import SIZE
from tests.bench.peers import install
from tests.bench.processes import cpu_model
from tests.bench.push_senders import AT_ONCE, Given
from tests.push.push_service import base64url
from tools.node import node

COUNT: Final = int(os.environ.get("BENCH_PUSHES", "1000"))
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "5"))
DEVICES: Final = 64
BARS: Final = {"plain": 5.0, "npm": 1.3}


def main() -> None:
    """Measure in turns and print."""
    modules = install.web_push()
    print(f"{cpu_model()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    print(f"Python {platform.python_version()}, {COUNT} messages of {SIZE} bytes, {AT_ONCE} at once, {ROUNDS} rounds")
    seen: dict[str, list[tuple[float, float]]] = {"plain": [], "npm": [], "midweek": []}
    with TemporaryDirectory() as folder, sink(Path(folder)) as port:
        (Path(folder) / "given.json").write_bytes(msgspec.json.encode(given()))
        python = [sys.executable, "-m", "tests.bench.push_senders"]
        script = [str(node()), str(Path(__file__).with_name("push_peer.js")), str(modules)]
        commands = {"plain": [*python, "plain"], "npm": script, "midweek": [*python, "midweek"]}
        environ = os.environ | {"REQUESTS_CA_BUNDLE": f"{folder}/authority.pem"}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                words = [*command, str(port), folder, str(COUNT)]
                done = subprocess.run(words, check=True, capture_output=True, text=True, env=environ)
                seconds, cpu = map(float, done.stdout.split())
                seen[name].append((COUNT / seconds, cpu * 1e6 / COUNT))
    print(f"{'':40}{'/s':>8}{'CPU us':>9}{'Midweek is':>22}{'bar':>6}")
    for name, runs in seen.items():
        print(_row(name, runs, seen["midweek"]))


def _row(name: str, runs: list[tuple[float, float]], ours: list[tuple[float, float]]) -> str:
    ratios = sorted(one[0] / other[0] for one, other in zip(ours, runs, strict=True))
    said = f"{median(ratios):.1f}x ({ratios[0]:.1f} to {ratios[-1]:.1f})"
    rate, cpu = median(run[0] for run in runs), median(run[1] for run in runs)
    return f"{NAMES[name]:40}{rate:8.0f}{cpu:9.0f}{said:>22}{BARS.get(name, ''):>6}"


NAMES: Final = {
    "plain": "webpush() in a loop",
    "npm": "npm web-push 3.6.7, keep-alive",
    "midweek": "Midweek's sender",
}


def given() -> Given:
    """Subscriptions nobody can read, and a key."""
    private = ec.generate_private_key(ec.SECP256R1())
    point = base64url(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    raw = base64url(private.private_numbers().private_value.to_bytes(32, "big"))
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).hex()
    return Given([device_keys() for _ in range(DEVICES)], public=point, raw=raw, der=der, text="x" * SIZE)


def device_keys() -> dict[str, str]:
    """What a browser subscribes with; nobody can read what is sent to it."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"p256dh": base64url(point), "auth": base64url(secrets.token_bytes(16))}


@contextmanager
def sink(folder: Path) -> Generator[int, None, None]:
    """The port of a running sink."""
    words = [sys.executable, "-m", "tests.bench.push_sink", str(folder)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.communicate()


if __name__ == "__main__":
    main()
