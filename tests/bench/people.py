"""Clients for the load: invited and joined through the API, as people are."""

import json
import os
import time
import urllib.request
from collections.abc import Mapping
from http.client import HTTPResponse

import msgspec


class Device(msgspec.Struct, frozen=True):
    """One signed-in phone, and whose it is."""

    cookie: str
    client: str


def devices(origin: str, password: str, count: int) -> list[Device]:
    """`count` clients of the therapist `teresa`, each with one signed-in phone."""
    therapist = _sign_in(origin, {"with": "password", "name": "teresa", "password": password, "device": "bench"})
    return [_joined(origin, therapist, number) for number in range(count)]


def _joined(origin: str, therapist: str, number: int) -> Device:
    client, invite = uuid7(), uuid7()
    _post(origin, "/api/clients", {"id": client, "name": f"Client {number}"}, therapist)
    answer = json.loads(_post(origin, "/api/invites", {"id": invite, "client": client}, therapist).read())
    secret = str(answer["link"]).partition("#")[2]
    return Device(_sign_in(origin, {"with": "invite", "secret": secret, "device": "phone"}), client)


def _sign_in(origin: str, body: Mapping[str, object]) -> str:
    cookie = _post(origin, "/api/logins", body, "").headers["set-cookie"]
    return str(cookie).partition(";")[0]


def _post(origin: str, path: str, body: Mapping[str, object], cookie: str) -> HTTPResponse:
    headers = {"content-type": "application/json", "x-midweek": "1", "origin": origin, "cookie": cookie}
    request = urllib.request.Request(origin + path, json.dumps(body).encode(), headers, method="POST")
    answer = urllib.request.urlopen(request, timeout=20)
    assert isinstance(answer, HTTPResponse)
    return answer


def heads(origin: str, phones: list[Device]) -> list[tuple[str, int]]:
    """Where the journals of these phones stand."""
    return [cursor(origin, phone) for phone in phones]


def cursor(origin: str, device: Device) -> tuple[str, int]:
    """Where the device's journal stands: its epoch and its counter."""
    body: dict[str, object] = {"cursor": None, "limit": 1, "ops": []}
    while True:
        answer = json.loads(_post(origin, "/api/sync", body, device.cookie).read())
        if not answer["more"]:
            epoch, _, seq = str(answer["cursor"]).partition(".")
            return epoch, int(seq)
        body = {"cursor": answer["cursor"], "limit": 500, "ops": []}


def uuid7() -> str:
    """An id as phones make them: the time first, so that those made one after the other lie side by side."""
    made = f"{time.time_ns() // 1_000_000:012x}{os.urandom(9).hex()}"
    return f"{made[:8]}-{made[8:12]}-7{made[12:15]}-a{made[15:18]}-{made[18:30]}"
