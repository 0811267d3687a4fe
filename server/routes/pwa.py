"""Everything that is not the API: the built PWA from memory, with 304, precompressed files, the page as fallback.

Paths are only looked up in an index made at start; none ever reaches the file system.
"""

import mimetypes
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from litestar import Request, Response, route
from litestar.datastructures import Headers, State
from litestar.handlers import HTTPRouteHandler

from server.errors import NotFound
from server.routes.dependencies import PUBLIC
from server.routes.exercises import unchanged

_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_NOT_BUILT: Final = (
    b"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    b"<title>Midweek</title><main><h1>The app is not built yet</h1>"
    b"<p>Nothing is lost. Run <code>make pwa</code>, then start the server again.</p></main></html>"
)
_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class File(msgspec.Struct, frozen=True):
    """A file as it is served; `bodies` by content coding, the plain one under an empty name."""

    type: str
    cache: str
    etag: str
    bodies: dict[str, bytes]


def read_folder(folder: Path) -> dict[str, File]:
    """The files of a built PWA by path; empty when it is not built."""
    if not (folder / "index.html").is_file():
        return {}
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".br", ".gz")]
    return {"/" + path.relative_to(folder).as_posix(): _read(folder, path) for path in paths}


def pwa_handler(folder: Path) -> HTTPRouteHandler:
    """The handler of every path that no other handler has."""
    files = read_folder(folder)

    @route(
        ["/", "/{path:path}"], http_method=["GET", "HEAD"], opt=PUBLIC, include_in_schema=False, sync_to_thread=False
    )
    def pwa(request: Request[object, object, State]) -> Response[bytes]:
        return _answer(request.headers, _find(files, request.scope["path"]))

    return pwa


def _read(folder: Path, path: Path) -> File:
    plain = path.read_bytes()
    bodies = {"": plain}
    for coding, suffix in _ENCODINGS:
        packed = path.with_name(path.name + suffix)
        if packed.is_file():
            bodies[coding] = packed.read_bytes()
    hashed = path.relative_to(folder).parts[0] == "assets"
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(kind, _IMMUTABLE if hashed else "no-cache", sha256(plain).hexdigest()[:20], bodies)


def _find(files: dict[str, File], path: str) -> File | None:
    """The file at a path, or the page for a path of the app's own navigation; None when the PWA is not built.
    `NotFound` for a file that is not there, so that a missing script is never answered with a page."""
    if not files:
        return None
    if found := files.get(path):
        return found
    if "." in path.rpartition("/")[2] or path.startswith("/assets/"):
        raise NotFound("There is no such file.")
    return files["/index.html"]


def _answer(asked: Headers, file: File | None) -> Response[bytes]:
    if file is None:
        return Response(_NOT_BUILT, status_code=503, media_type="text/html")
    coding = _coding(asked.get("accept-encoding", ""), file)
    etag = f'"{file.etag}{"-" if coding else ""}{coding}"'
    headers = {"cache-control": file.cache, "etag": etag, "vary": "accept-encoding"}
    if unchanged(asked.get("if-none-match", ""), etag):
        return Response(b"", status_code=304, headers=headers, media_type=file.type)
    if coding:
        headers["content-encoding"] = coding
    return Response(file.bodies[coding], headers=headers, media_type=file.type)


def _coding(accepts: str, file: File) -> str:
    """The smallest coding the browser accepts and the build made."""
    accepted = {name.strip().lower() for part in accepts.split(",") if (name := _wanted(part))}
    return next((coding for coding, _ in _ENCODINGS if coding in accepted and coding in file.bodies), "")


def _wanted(part: str) -> str | None:
    """The name of an accepted coding; None when its weight says no."""
    name, _, weight = part.partition(";")
    refused = weight.replace(" ", "").rstrip("0").rstrip(".") in ("q=", "q=0")
    return None if weight and refused else name
