"""How long the server takes for the page before a session, for a client with five years of entries.

`python -m tests.bench.brief` prints the middle and the slowest of many, by the therapist's clock on the same machine.
"""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Final

import httpx

from tests.bench.people import Device, uuid7
from tests.bench.requests import CHECK_IN
from tests.bench.servers import running

DAYS: Final = 1830
"""Five years of three check-ins a day, an exercise every fourth day and a scene every tenth."""
TIMES: Final = 40
BATCH: Final = 50
HOUR_MS: Final = 3_600_000
RUN: Final[dict[str, object]] = {
    "exercise": "name-it-gently",
    "version": 1,
    "ended": "finished",
    "ratings": {"hard_before": 5, "hard_after": 4},
}
SCENE: Final[dict[str, object]] = {
    "other": "a friend",
    "wish": "to be heard",
    "expected": "they laugh",
    "my_move": "I go quiet",
}

Op = dict[str, object]


def journal(today: datetime) -> Iterator[Op]:
    """All that was shared, oldest first."""
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        bodies: list[tuple[str, Op]] = []
        for n in range(3):
            bodies.append(("checkin", {**CHECK_IN, "distress": (ago + n) % 11}))
        bodies += [("run", RUN)] if ago % 4 == 0 else []
        bodies += [("scene", SCENE)] if ago % 10 == 0 else []
        for n, (kind, body) in enumerate(bodies):
            felt_at = int(day.timestamp() * 1000) + n * HOUR_MS
            yield {
                "action": "put",
                "id": uuid7(),
                "record": uuid7(),
                "kind": kind,
                "schema": 1,
                "base": None,
                "audience": "therapist",
                "felt_at": felt_at,
                "zone": "Europe/Rome",
                "day": day.date().isoformat(),
                "body": body,
            }


def fill(origin: str, phone: Device) -> int:
    """The phone sends five years; how many entries."""
    ops = list(journal(datetime.now(UTC).replace(hour=8)))
    headers = {"x-midweek": "1", "origin": origin, "cookie": phone.cookie}
    with httpx.Client(base_url=origin, headers=headers, timeout=60) as http:
        for at in range(0, len(ops), BATCH):
            said = {"cursor": None, "limit": 1, "zone": "Europe/Rome", "ops": ops[at : at + BATCH]}
            answer = http.post("/api/sync", content=json.dumps(said), headers={"content-type": "application/json"})
            answer.raise_for_status()
            assert all(one["status"] == "applied" for one in answer.json()["results"])
    return len(ops)


def _asked(teresa: httpx.Client, path: str, since: str) -> tuple[float, int]:
    """The milliseconds until the page was there, and of how many check-ins it tells."""
    start = time.perf_counter()
    page = teresa.get(path, params={"since": since})
    took = (time.perf_counter() - start) * 1000
    page.raise_for_status()
    return took, int(page.json()["how"]["entries"])


def main() -> None:
    """Print the figures."""
    with running(1) as (server, (phone,)), closing(server.signed_in("teresa")) as teresa:
        entries = fill(server.origin, phone)
        since = (datetime.now(UTC) - timedelta(days=14)).date().isoformat()
        asked = [_asked(teresa, f"/api/clients/{phone.client}/brief", since) for _ in range(TIMES)]
    took, shown = [one for one, _ in asked], asked[0][1]
    said = f"{median(took):.0f} ms, {max(took):.0f} at most"
    print(f"The page before a session, {shown} check-ins of {entries} entries: {said}")


if __name__ == "__main__":
    main()
