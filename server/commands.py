"""What the commands do. Each opens the data folder, does one thing, and says in a sentence what it did."""

import getpass
import io
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec
import segno
from litestar import Litestar

from server import content, restoring, serving
from server.app import create_app, wall_clock
from server.demo import Demo, seed
from server.demo.seed import PASSWORD, PRACTICE, THERAPIST
from server.opening import Stores, open_stores
from server.reminders.vapid import first_key, rotated
from server.routes.invites import join_link
from server.settings import Settings
from server.store.people import StaffRole
from server.store.restored import Mended
from server.store.vapid_keys import VapidKeys

SHORTEST_PASSWORD: Final = 12


class Stop(Exception):
    """The command can't go on; its text says why and what to do."""


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Someone to add to a practice."""

    practice: str
    role: StaffRole
    name: str
    display_name: str
    password: str | None


async def serve(settings: Settings) -> None:
    """Answer requests until stopped."""
    settings = _with_port(settings)
    app = create_app(settings)
    async with app.lifespan():
        await serving.serve(app, settings, lambda: _say(f"Midweek is at {settings.origin}. Stop with Ctrl+C."))


async def demo(settings: Settings) -> None:
    """Serve the demo's people, made at the first start."""
    settings = _with_port(settings)
    app = create_app(settings)
    async with app.lifespan():
        links = await _demo_links(app, settings, await _seeded(app))
        await serving.serve(app, settings, lambda: _say(links))


async def migrate(settings: Settings) -> None:
    """Bring both databases up to date."""
    async with _opened(settings) as stores:
        _say(f"The {stores.db.engine} database and the keys database are up to date.")


async def vapid(settings: Settings, rotate: bool) -> None:
    """Show the public key, made if there is none, or made anew; the server may run."""
    async with _opened(settings) as stores:
        keys = VapidKeys(stores.keys)
        key = await (rotated if rotate else first_key)(keys, wall_clock())
        _say(f"{key.public}\nKey {key.kid}, for {settings.vapid_subject}. It is public; nothing needs to be set.")


def backup(settings: Settings, folder: Path, keys: bool) -> None:
    """Copy the database, or the keys, into a folder; the server may run."""
    if keys:
        _say(f"{restoring.back_up_keys(settings, folder)} holds the keys. Copies there older than a week are removed.")
        return
    path, made = restoring.back_up(settings, folder)
    _say(
        f"{path} holds {made.records:,} records of {made.clients} clients, and is whole. Texts and names in it are "
        "sealed; without the keys database and the master key file nobody can read them: keep those apart."
    )


async def check_backup(settings: Settings, path: Path) -> None:
    """Prove that a backup can be restored, in a place of its own."""
    drill = await restoring.drill(settings, path)
    if drill.closed and not drill.opened:
        raise Stop(f"Restorable: no. None of the texts in {path} opens with the keys there are now.")
    _say(
        f"Restorable: yes. Made {restoring.age(drill.backup.made_at)}: {drill.backup.records:,} records; texts of "
        f"{drill.opened} clients open{f', of {drill.closed} none does' if drill.closed else ''}. "
        f"{drill.mended.gone} deletes and withdrawals made since would be repeated."
    )


async def restore(settings: Settings, path: Path) -> None:
    """Put a backup in the place of the database."""
    mended, aside = await restoring.restore(settings, path)
    _say(_told(mended))
    if aside is not None:
        _say(f"What lay there before is at {aside} for a week.")


async def new_epoch(settings: Settings) -> None:
    """Tell a database that was restored by its own means."""
    _say(_told(await restoring.new_epoch(settings)))


async def create_practice(settings: Settings, name: str) -> None:
    """Add a practice."""
    async with _opened(settings) as stores:
        practice = await stores.people.create_practice(name, wall_clock())
        _say(
            f"Practice '{name}' is there; its id is {practice}.\nNext: midweek create-therapist --practice '{name}' ..."
        )


async def create_therapist(settings: Settings, person: NewPerson) -> None:
    """Add a therapist or an admin and print a first way in."""
    if person.password is not None and len(person.password) < SHORTEST_PASSWORD:
        raise Stop(
            f"The password needs at least {SHORTEST_PASSWORD} characters. Nothing was changed; try a longer one."
        )
    async with _opened(settings) as stores:
        now = wall_clock()
        practice = await stores.people.practice_named(person.practice)
        account = await stores.people.create_staff(
            practice, person.role, person.name, person.display_name, person.password, now
        )
        offer = await stores.invites.offer_staff(account.id, now)
        _say(
            f"{person.display_name} can sign in as '{person.name.strip().lower()}'.\n"
            f"A link that works once, for one day:\n  {join_link(settings, offer.secret)}"
        )


async def approve(settings: Settings, practice: str, exercise: str, by: str) -> None:
    """Note that a clinician approved the version of an exercise that is on disk."""
    card = content.load(settings.exercises).card(exercise, "en")
    if card is None:
        raise Stop(f"There is no exercise '{exercise}' in {settings.exercises}. Nothing was changed; check its id.")
    async with _opened(settings) as stores:
        practice_id = await stores.people.practice_named(practice)
        day = datetime.now().astimezone().date().isoformat()
        await stores.approvals.add(practice_id, exercise, card.version, by, day)
        _say(f"'{card.title}', version {card.version}, is approved for this practice by {by}.")


def asked_password(environ: Mapping[str, str]) -> str | None:
    """The password in MIDWEEK_PASSWORD, or the one typed twice; None when there is neither."""
    if given := environ.get("MIDWEEK_PASSWORD"):
        return given
    if not sys.stdin.isatty():
        return None
    typed = getpass.getpass(f"Password, at least {SHORTEST_PASSWORD} characters (empty: only the link): ")
    if typed and getpass.getpass("Again: ") != typed:
        raise Stop("The two are not the same. Nothing was changed; try again.")
    return typed or None


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncGenerator[Stores, None]:
    async with AsyncExitStack() as stack:
        yield await open_stores(settings, stack, wall_clock())


def _with_port(settings: Settings) -> Settings:
    """With a port that is free: 0 stands for any, and the default origin follows it."""
    port = serving.free_port(settings)
    follows = settings.origin == f"http://localhost:{settings.port}"
    origin = f"http://localhost:{port}" if follows else settings.origin
    return msgspec.structs.replace(settings, port=port, origin=origin)


def _told(mended: Mended) -> str:
    return (
        f"Restored. {mended.journals} journals began a new epoch: phones send again what is missing when they next "
        f"sync. {mended.gone} deletes and withdrawals made since were repeated, and what was said since of who may see "
        f"what ({mended.agreed}). {mended.suspended} therapist-only assignments wait until their therapist confirms "
        "them. Open invites are void, supervisions are over, and therapists and admins sign in again."
    )


async def _seeded(app: Litestar) -> Demo:
    stores: Stores = app.state.stores
    others = [name for name in await stores.people.practices() if name != PRACTICE]
    if others:
        raise Stop(
            f"The demo brings a therapist whose password everyone knows, and this data holds '{others[0]}'. "
            "Nothing was changed. Set MIDWEEK_DATA to another folder, or use midweek serve."
        )
    return await seed(stores, app.state.library, wall_clock())


async def _demo_links(app: Litestar, settings: Settings, shown: Demo) -> str:
    stores: Stores = app.state.stores
    invites, now = stores.invites, wall_clock()
    teresa = await invites.offer_staff(shown.therapist.id, now)
    lines = [
        f"Midweek is at {settings.origin}, with invented people.",
        "Each link works once. Open each in a browser window of its own, a private one for instance.",
        f"  {'Teresa, therapist':<20}{join_link(settings, teresa.secret)}",
        f"  {'':<20}or at {settings.origin}/sign-in: {THERAPIST} / {PASSWORD}",
    ]
    for name, client_id in shown.clients.items():
        offer = await invites.offer(shown.therapist, str(uuid4()), client_id, now)
        link = join_link(settings, offer.secret)
        lines.append(f"  {f'{name}, client':<20}{link}")
        lines.append(f"  {'':<20}or the code {offer.code}, for 15 minutes")
        if settings.secure:
            lines.append(_qr(link))
    if not settings.secure:
        port = settings.port
        lines.append(
            f"On an Android phone on a cable: adb reverse tcp:{port} tcp:{port}, then open {settings.origin} there."
        )
    return "\n".join([*lines, "Stop with Ctrl+C."])


def _qr(link: str) -> str:
    out = io.StringIO()
    segno.make(link, micro=False).terminal(out, compact=True)
    return out.getvalue()


def _say(text: str) -> None:
    """Also at once where the output is a pipe."""
    print(text, flush=True)
