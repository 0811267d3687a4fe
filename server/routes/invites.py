"""`/api/invites`: how a therapist lets a client's phone in. Accepting one is `POST /api/logins`."""

import io
from uuid import UUID

import msgspec
import segno
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.models import Millis, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import Id
from server.settings import Settings
from server.store.invites import Invite, Invites


class NewInvite(Strict, frozen=True):
    """An invite for a client of the viewer, for their first phone or one more."""

    id: Id
    client: Id


class FreshInvite(msgspec.Struct, kw_only=True):
    """What to show in the room, once. `qr` is the link as SVG text. Nothing in it says what it is for."""

    id: str
    link: str
    code: str
    code_expires_at: Millis
    expires_at: Millis
    qr: str


class InvitesOfClient(msgspec.Struct):
    """What became of a client's invites, newest first."""

    invites: list[Invite]


@post("/api/invites", guards=[therapist_only])
async def offer(
    data: JSONBody[NewInvite],
    viewer: NamedDependency[Viewer],
    invites: NamedDependency[Invites],
    settings: NamedDependency[Settings],
    now: NamedDependency[Millis],
) -> FreshInvite:
    """Make an invite. The same id again gives a fresh link and code for it, and the ones before are void."""
    fresh = await invites.offer(viewer, data.id, data.client, now)
    link = join_link(settings, fresh.secret)
    return FreshInvite(
        id=fresh.id,
        link=link,
        code=fresh.code,
        code_expires_at=fresh.code_expires_at,
        expires_at=fresh.expires_at,
        qr=qr_svg(link),
    )


@get("/api/invites", guards=[therapist_only])
async def of_client(
    client: FromQuery[UUID],
    viewer: NamedDependency[Viewer],
    invites: NamedDependency[Invites],
    now: NamedDependency[Millis],
) -> InvitesOfClient:
    """The invites of one client of the viewer."""
    return InvitesOfClient(await invites.of_client(viewer, str(client), now))


@delete("/api/invites/{invite_id:uuid}", guards=[therapist_only], status_code=204)
async def revoke(
    invite_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    invites: NamedDependency[Invites],
    now: NamedDependency[Millis],
) -> None:
    """Take an invite back."""
    await invites.revoke(viewer, str(invite_id), now)


def join_link(settings: Settings, secret: str) -> str:
    """The link of an invite. Its secret is in the fragment, which browsers send to nobody."""
    return f"{settings.origin}/join#{secret}"


def qr_svg(link: str) -> str:
    """The link as a QR code, SVG text that scales."""
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, nl=False, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return out.getvalue().decode()


routes = [offer, of_client, revoke]
