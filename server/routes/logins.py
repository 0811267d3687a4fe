"""`/api/logins`: signing in by invite, code or password; who is signed in; which devices are; signing out."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server import security
from server.models import Millis, Role, Strict, Viewer
from server.routes.dependencies import PUBLIC, login_token, network
from server.routes.fields import Device, Secret
from server.settings import Settings
from server.store.approvals import Approvals
from server.store.invites import Invites
from server.store.logins import Entry, Login, Logins, Signed
from server.store.people import People


class _SignIn(Strict, tag_field="with", frozen=True, kw_only=True):
    device: Device = ""


class WithInvite(_SignIn, tag="invite", frozen=True, kw_only=True):
    """By the secret of an invite's link."""

    secret: Secret


class WithCode(_SignIn, tag="code", frozen=True, kw_only=True):
    """By the short code of an invite."""

    code: Secret


class WithPassword(_SignIn, tag="password", frozen=True, kw_only=True):
    """By name and password: therapists and admins."""

    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*\Z")]
    password: Annotated[str, Meta(min_length=1, max_length=1_000)]


SignIn = WithInvite | WithCode | WithPassword


class Me(msgspec.Struct, kw_only=True):
    """Who is signed in on this device."""

    role: Role
    id: str
    name: str
    practice: str
    therapist: str
    login: str
    now: Millis
    approvals: list[str]


class MyLogins(msgspec.Struct):
    """The viewer's devices, the one used last first."""

    logins: list[Login]


@post("/api/logins", opt=PUBLIC)
async def sign_in(
    data: JSONBody[SignIn],
    request: Request[object, object, State],
    settings: NamedDependency[Settings],
    people: NamedDependency[People],
    logins: NamedDependency[Logins],
    invites: NamedDependency[Invites],
    approvals: NamedDependency[Approvals],
    now: NamedDependency[Millis],
) -> Response[Me]:
    """Sign in on this device. The login the device had before, if any, ends."""
    entry = Entry(device=data.device, replaces=login_token(request.cookies, settings))
    signed = await _signed(data, entry, network(request.client), people, logins, invites, now)
    life = security.lifetime(signed.viewer.role) // 1000
    cookie = security.cookie(settings.origin, signed.token, life)
    me = await _me(signed.viewer, people, approvals, now)
    return Response(me, status_code=201, headers={"set-cookie": cookie})


@get("/api/logins/current")
async def current(
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    approvals: NamedDependency[Approvals],
    now: NamedDependency[Millis],
) -> Me:
    """Who is signed in on this device."""
    return await _me(viewer, people, approvals, now)


@delete("/api/logins/current", status_code=204)
async def sign_out(
    viewer: NamedDependency[Viewer],
    settings: NamedDependency[Settings],
    logins: NamedDependency[Logins],
    now: NamedDependency[Millis],
) -> Response[None]:
    """Sign this device out."""
    await logins.revoke(viewer, viewer.login, now)
    return _without_cookie(settings)


@get("/api/logins")
async def mine(
    viewer: NamedDependency[Viewer], logins: NamedDependency[Logins], now: NamedDependency[Millis]
) -> MyLogins:
    """The devices the viewer is signed in on."""
    return MyLogins(await logins.all(viewer, now))


@delete("/api/logins/{login_id:uuid}", status_code=204)
async def revoke(
    login_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    settings: NamedDependency[Settings],
    logins: NamedDependency[Logins],
    now: NamedDependency[Millis],
) -> Response[None]:
    """Sign one of the viewer's devices out; its next request is answered 401."""
    await logins.revoke(viewer, str(login_id), now)
    return _without_cookie(settings) if str(login_id) == viewer.login else Response(None, status_code=204)


async def _signed(
    said: SignIn, entry: Entry, address: str, people: People, logins: Logins, invites: Invites, now: Millis
) -> Signed:
    match said:
        case WithInvite():
            return await invites.accept(said.secret, entry, now)
        case WithCode():
            return await invites.accept_code(said.code, address, entry, now)
        case WithPassword():
            account = await people.with_password(said.name, said.password, address, now)
            return await logins.sign_in(account, entry, now)


async def _me(viewer: Viewer, people: People, approvals: Approvals, now: Millis) -> Me:
    profile = await people.profile(viewer)
    return Me(
        role=viewer.role,
        id=viewer.id,
        name=profile.name,
        practice=profile.practice,
        therapist=profile.therapist,
        login=viewer.login,
        now=now,
        approvals=await approvals.of(viewer),
    )


def _without_cookie(settings: Settings) -> Response[None]:
    return Response(None, status_code=204, headers={"set-cookie": security.cookie(settings.origin, "", 0)})


routes = [sign_in, current, sign_out, mine, revoke]
