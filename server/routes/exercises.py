"""`GET /api/exercises`: every exercise open to all, and the words to pick from, in one answer that keeps well."""

from typing import Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromQuery

from server.content import Library, Payload
from server.models import Viewer
from server.routes.dependencies import PUBLIC

_HEADERS: Final = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


@get("/api/exercises", opt=PUBLIC, media_type=MediaType.JSON, sync_to_thread=False)
def exercises(
    request: Request[Viewer, object, State], public_library: NamedDependency[Library], locale: FromQuery[str] = "en"
) -> Response[bytes]:
    """The exercises in a language, in English where it is not there. 304 when the asker has them already."""
    payload = public_library.public(locale)
    coding = "br" if accepts_brotli(request.headers.get("accept-encoding", "")) else ""
    headers = _HEADERS | {"ETag": tag(payload, coding), "Content-Language": payload.locale}
    if unchanged(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(b"", status_code=304, headers=headers)
    if coding:
        return Response(payload.brotli, headers=headers | {"Content-Encoding": coding})
    return Response(payload.body, headers=headers)


def tag(payload: Payload, coding: str) -> str:
    """The strong tag of one coding of it: another for the compressed bytes."""
    return f'{payload.etag[:-1]}-{coding}"' if coding else payload.etag


def accepts_brotli(header: str) -> bool:
    """Whether `Accept-Encoding` names br, or everything, with a weight above 0."""
    weights = dict(_weight(part) for part in header.split(","))
    return weights.get("br", weights.get("*", 0)) > 0


def unchanged(if_none_match: str, etag: str) -> bool:
    """Whether the tag, or `*`, is among those the asker has."""
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return etag in known or "*" in known


def _weight(part: str) -> tuple[str, float]:
    name, _, weight = part.lower().replace(" ", "").partition(";q=")
    try:
        return name, float(weight or 1)
    except ValueError:
        return name, 0


routes = [exercises]
