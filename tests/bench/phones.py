"""How long one phone waits for its save, three ways to ask 64 of them at once."""

import uvloop

from tests.bench.load import ROW, all_at_once, at_random, measure
from tests.bench.people import heads
from tests.bench.requests import push
from tests.bench.servers import SECONDS, running, warm

PHONES = 64
MOST_P99 = 100


def phones() -> None:
    """Print the three rows; which is which is said under them."""
    with running(PHONES) as (server, devices):
        ask = push(devices, heads(server.origin, devices), 1)
        warm(server, PHONES, ask)
        port, pid = server.port, server.pid
        print(f"\nOne check-in a push from {PHONES} phones\n{ROW}")
        paced = uvloop.run(at_random(port, pid, PHONES, 1.0, SECONDS * 2, ask))
        print(paced.row("each once a second, at random moments"), flush=True)
        crowd = uvloop.run(all_at_once(port, pid, PHONES, round(SECONDS * 4), 0.5, ask))
        print(crowd.row("all in the same instant, twice a second"), flush=True)
        full = uvloop.run(measure(port, pid, PHONES, SECONDS, ask))
        print(full.row("each again as soon as it was answered"), flush=True)
    print(
        f"The first row is the bar (p99 {paced.p99:.0f} ms; to reach: {MOST_P99}): 64 a second is the peak of a\n"
        "hundred thousand people who save five entries a day, at ten times their average. The second is a reminder\n"
        "that reaches all at once. The third is a full server: there the wait is 64 / rate."
    )
