"""What can go wrong, by name, and the one mapping to RFC 9457 problem+json.

Every `detail` is a sentence a person can act on: what happened, what is safe, what to do. It never holds
another person's data, an identifier that was guessed, or an exception's text.
"""

import secrets
import traceback
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException

from server.database.errors import StorageFailed
from server.database.sqlite_tx import lacked_room

MEDIA_TYPE: Final = "application/problem+json"


class Problem(Exception):
    """A named failure. Subclasses fix the status and the slug; `detail` is the sentence shown."""

    status = 500
    slug = "internal"
    title = "Something went wrong on the server"
    retry_after: int | None = None
    """Seconds until asking again makes sense, where that is known."""

    def __init__(self, detail: str, **extra: str | int | float) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra


class NotFound(Problem):
    """Not there, or not the viewer's: the same answer."""

    status = 404
    slug = "not-found"
    title = "Not found"

    def __init__(self, detail: str = "There is nothing here for you.") -> None:
        super().__init__(detail)


class NotSignedIn(Problem):
    """No login, an expired one, or one that was revoked."""

    status = 401
    slug = "not-signed-in"
    title = "Not signed in"

    def __init__(
        self,
        detail: str = "You are not signed in. What is on this device stays here; sign in again to send it.",
    ) -> None:
        super().__init__(detail)


class LoginRevoked(NotSignedIn):
    """The login was ended on purpose: this device was signed out from another one."""

    slug = "login-revoked"
    title = "Signed out"

    def __init__(self) -> None:
        super().__init__("This device was signed out. To use it again, ask for a new invite.")


class Erased(Problem):
    """Everything of this person was erased, at their word."""

    status = 410
    slug = "erased"
    title = "Everything was erased"

    def __init__(self) -> None:
        super().__init__(
            "Everything the server held of you was erased, as you asked. Nothing of it is kept. To use Midweek again, "
            "ask for a new invite."
        )


class SignInFailed(Problem):
    """Wrong password, unknown name and disabled account: the same answer."""

    status = 401
    slug = "sign-in-failed"
    title = "That did not work"

    def __init__(self) -> None:
        super().__init__(
            "The name and the password don't belong together. Nothing was changed. Check both and try again."
        )


class InviteNotValid(Problem):
    """Unknown, used, expired and revoked: the same answer."""

    status = 410
    slug = "invite-not-valid"
    title = "This invite doesn't work"

    def __init__(self) -> None:
        super().__init__(
            "This link or code is not valid. It may be mistyped, used already, or too old. Nothing was changed. "
            "Check it, or ask for a new one."
        )


class Unavailable(Problem):
    """The server can't work just now."""

    status = 503
    slug = "unavailable"
    title = "Not ready"


class Invalid(Problem):
    """The request is well-formed and says something that can't be."""

    status = 422
    slug = "invalid"
    title = "That can't be saved as it is"


class Malformed(Problem):
    """The request can't be read."""

    status = 400
    slug = "malformed"
    title = "The request can't be read"


class Refused(Problem):
    """Understood, and not allowed from here (cross-site, wrong role for this action)."""

    status = 403
    slug = "refused"
    title = "Not allowed"


class Conflict(Problem):
    """What is on screen is no longer current."""

    status = 409
    slug = "conflict"
    title = "Someone changed this first"


class TooLarge(Problem):
    """The request is larger than the server reads."""

    status = 413
    slug = "too-large"
    title = "Too large"


class TooMany(Problem):
    """Too many tries; `retry_after` is in seconds."""

    status = 429
    slug = "too-many"
    title = "Too many tries"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail, retry_after=retry_after)
        self.retry_after = retry_after


class TooOften(TooMany):
    """A device asks more often than it needs to."""

    slug = "too-often"
    title = "A short pause"

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "This device asked very often, so the server takes a short pause with it. Nothing is lost: what you wrote "
            "is safe on this device, and goes out by itself in a moment.",
            retry_after,
        )


class NoRoom(Problem):
    """The server's disk is full, or nearly."""

    status = 507
    slug = "no-room"
    title = "The server has no room left"
    retry_after = 60

    def __init__(self) -> None:
        super().__init__(
            "The server's disk is almost full, so this was not saved there. Nothing is lost: what you wrote is safe on "
            "this device, and is sent when there is room again. Deleting, taking back a share and signing out work."
        )


# The mapping

_log = structlog.get_logger("midweek.errors")
_Request = Request[object, object, State]
_BY_STATUS: Final[Mapping[int, type[Problem]]] = {
    400: Malformed,
    401: NotSignedIn,
    403: Refused,
    404: NotFound,
    413: TooLarge,
    415: Malformed,
    422: Invalid,
}
_SENTENCES: Final[Mapping[int, str]] = {
    400: "The server can't read this request. Nothing was changed.",
    401: "You are not signed in. What is on this device stays here; sign in again to send it.",
    403: "This is not allowed from here. Nothing was changed.",
    404: "There is nothing here for you.",
    405: "This address does not do that. Nothing was changed.",
    413: "This is more than 1 MB, the most the server reads at once. Nothing of it was saved, and nothing is lost: it "
    "is still on this device. The app sends what waits in smaller parts by itself.",
    415: "The server reads only JSON. Nothing was changed.",
    422: "The server can't save this as it is. Nothing was changed.",
}


class FieldError(msgspec.Struct, frozen=True):
    """One field that is wrong: its path in the request, and why."""

    field: str
    message: str


def problem_response(problem: Problem, **more: object) -> Response[bytes]:
    """The problem as an answer."""
    body: dict[str, object] = {
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        **problem.extra,
        **more,
    }
    headers = {"retry-after": str(problem.retry_after)} if problem.retry_after is not None else None
    return Response(msgspec.json.encode(body), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def _named(_: _Request, problem: Problem) -> Response[bytes]:
    return problem_response(problem)


def _field(_: _Request, error: ValidationException) -> Response[bytes]:
    errors = _fields(error.extra)
    return problem_response(_told(errors), errors=errors)


def _unfit(_: _Request, error: msgspec.ValidationError) -> Response[bytes]:
    message, _at, path = str(error).partition(" - at `$")
    errors = [FieldError(path.rstrip("`").removeprefix(".data").lstrip("."), message)]
    return problem_response(_told(errors), errors=errors)


def _storage(request: _Request, error: StorageFailed) -> Response[bytes]:
    if _full(error):
        _log.error("disk-full", method=request.method)
        return problem_response(NoRoom())
    _log.error("storage", method=request.method, error=_kinds(error))
    return problem_response(
        Unavailable(
            "The server can't reach its storage just now. What you wrote is still on this device. Try again soon."
        )
    )


def _full(error: StorageFailed) -> bool:
    """Whether the storage failed for want of room: what was saved before is safe, and deleting may still work."""
    return lacked_room(error) or "DiskFull" in str(error)  # PostgreSQL's name for it


def _unreadable(_: _Request, __: Exception) -> Response[bytes]:
    return problem_response(Malformed("The request is not JSON the server can read. Nothing was changed."))


def _http(request: _Request, error: HTTPException) -> Response[bytes]:
    status = error.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _own_fault(request, error)
    kind = _BY_STATUS.get(status, Malformed)
    problem = NotFound() if kind is NotFound else kind(_SENTENCES.get(status, _SENTENCES[400]))
    if status not in _BY_STATUS:
        problem.status, problem.slug, problem.title = status, *_phrase(status)
    response = problem_response(problem)
    passed_on = {k: v for k, v in (error.headers or {}).items() if k.lower() in ("allow", "retry-after")}
    response.headers.update(passed_on)
    return response


def _own_fault(request: _Request, error: HTTPException) -> Response[bytes]:
    """What Litestar calls its own fault, without two cases that are not: a phone that went away while sending, and a
    wrong field of the body that is called like something handlers are given."""
    if error.detail == "client disconnected prematurely":
        return _unreadable(request, error)
    cause = error.__cause__
    if isinstance(cause, msgspec.ValidationError) and "`$.data" in str(cause):
        return _unfit(request, cause)
    return _unknown(request, error)


def _unknown(request: _Request, error: Exception) -> Response[bytes]:
    incident = secrets.token_hex(4)
    _log.error("unhandled", incident=incident, method=request.method, error=_kinds(error), where=_frames(error))
    detail = (
        "Something went wrong on the server. What you wrote is still on this device. Try again in a minute; "
        f"if it stays, tell whoever runs this server: {incident}."
    )
    return problem_response(Problem(detail, incident=incident))


def _told(errors: Sequence[FieldError]) -> Invalid:
    first = errors[0]
    where = f" (`{first.field}`)" if first.field else ""
    return Invalid(f"Something in this request is not as it must be: {first.message}{where}. Nothing was saved.")


def _fields(extra: object) -> list[FieldError]:
    try:
        found = msgspec.convert(extra, list[_Wrong])
    except msgspec.ValidationError:
        found = []
    return [FieldError(wrong.key, wrong.message) for wrong in found or [_Wrong()]]


class _Wrong(msgspec.Struct):
    message: str = "a value is missing or of the wrong kind"
    key: str = ""


def _phrase(status: int) -> tuple[str, str]:
    phrase = HTTPStatus(status).phrase
    return phrase.lower().replace(" ", "-"), phrase


def _kinds(error: BaseException) -> list[str]:
    """The names of the exception and its causes, never their texts: those may hold what people wrote."""
    kinds: list[str] = []
    at: BaseException | None = error
    while at is not None and len(kinds) < 5:
        kinds.append(type(at).__qualname__)
        at = at.__cause__ or at.__context__
    return kinds


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


problem_handlers: Final[dict[int | type[Exception], Callable[..., Response[bytes]]]] = {
    Problem: _named,
    ValidationException: _field,
    msgspec.ValidationError: _unfit,
    msgspec.DecodeError: _unreadable,
    RecursionError: _unreadable,
    UnicodeDecodeError: _unreadable,
    StorageFailed: _storage,
    HTTPException: _http,
    Exception: _unknown,
}
"""For Litestar's `exception_handlers`: every failure becomes problem+json, and nothing of it is left to chance."""
