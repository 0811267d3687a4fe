"""Whom a client can reach: the practice's crisis lines and its contact. Admins keep them, the whole practice reads."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.errors import Invalid
from server.models import Millis, Strict, Viewer
from server.routes.dependencies import admin_only
from server.routes.fields import Name
from server.store.crisis_lines import Contact, CrisisLine, CrisisLines

_NUMBER: Final = r"\+?\(?[0-9]([ ()./-]{0,2}[0-9]){1,19}\)?"
Number = Annotated[str, Meta(pattern=rf"^{_NUMBER}\Z", max_length=40)]
"""Something a phone can dial: digits, a plus before them, and what people put between them to read it."""
MaybeNumber = Annotated[str, Meta(pattern=rf"^({_NUMBER})?\Z", max_length=40)]
Chat = Annotated[str, Meta(pattern=r"^(https://[a-z0-9.-]+\.[a-z]{2,}(/[!-~]*)?)?\Z", max_length=300)]
"""An address in the web, reached safely; no name or password in it."""
Mail = Annotated[str, Meta(pattern=r"^([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?\Z", max_length=200)]
Hours = Annotated[
    str, Meta(min_length=1, max_length=160, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*\Z")
]
Country = Annotated[str, Meta(pattern=r"^([A-Z]{2})?\Z")]
"""ISO 3166-1; empty: whichever country the phone is in."""
How = Annotated[str, Meta(min_length=1, max_length=600, pattern=r"[^\s\x00][^\x00]*\Z")]


class CrisisLineList(msgspec.Struct, kw_only=True):
    """Whom the viewer can reach."""

    lines: list[CrisisLine]
    contact: Contact | None


class NewLine(Strict, frozen=True, kw_only=True):
    """A line that somebody (`checked_by`) called on that day."""

    name: Name
    number: Number
    hours: Hours
    checked_on: date
    checked_by: Name
    sms: MaybeNumber = ""
    chat: Chat = ""
    country: Country = ""


class NewCheck(Strict, frozen=True, kw_only=True):
    """The line was called on that day, and somebody answered."""

    on: date


class NewContact(Strict, frozen=True, kw_only=True):
    """How to reach the therapist, and when."""

    words: How
    number: MaybeNumber = ""
    mail: Mail = ""


@get("/api/crisis-lines")
async def list_crisis_lines(
    viewer: NamedDependency[Viewer], crisis_lines: NamedDependency[CrisisLines]
) -> CrisisLineList:
    """The lines and the contact of the viewer's practice."""
    return CrisisLineList(lines=await crisis_lines.all(viewer), contact=await crisis_lines.contact(viewer))


@put("/api/crisis-lines/{line_id:uuid}", guards=[admin_only])
async def put_crisis_line(
    line_id: FromPath[UUID],
    data: JSONBody[NewLine],
    viewer: NamedDependency[Viewer],
    crisis_lines: NamedDependency[CrisisLines],
    now: NamedDependency[Millis],
    today: NamedDependency[date],
) -> CrisisLine:
    """Add a line under an id the page made, or change the one there is."""
    line = CrisisLine(
        id=str(line_id),
        name=data.name.strip(),
        number=data.number,
        hours=data.hours.strip(),
        checked_on=_past(data.checked_on, today),
        checked_by=data.checked_by.strip(),
        sms=data.sms,
        chat=data.chat,
        country=data.country,
    )
    await crisis_lines.put(viewer, line, now)
    return line


@post("/api/crisis-lines/{line_id:uuid}/checks", guards=[admin_only], status_code=204)
async def check_crisis_line(
    line_id: FromPath[UUID],
    data: JSONBody[NewCheck],
    viewer: NamedDependency[Viewer],
    crisis_lines: NamedDependency[CrisisLines],
    today: NamedDependency[date],
) -> None:
    """Note that the viewer called the line."""
    await crisis_lines.check(viewer, str(line_id), _past(data.on, today), viewer.name)


@delete("/api/crisis-lines/{line_id:uuid}", guards=[admin_only])
async def remove_crisis_line(
    line_id: FromPath[UUID], viewer: NamedDependency[Viewer], crisis_lines: NamedDependency[CrisisLines]
) -> None:
    """Remove a line of the practice; phones let it go at their next look."""
    await crisis_lines.remove(viewer, str(line_id))


@put("/api/practice/contact", guards=[admin_only])
async def put_contact(
    data: JSONBody[NewContact], viewer: NamedDependency[Viewer], crisis_lines: NamedDependency[CrisisLines]
) -> Contact:
    """Say how clients can reach their therapist."""
    contact = Contact(words=data.words.strip(), number=data.number, mail=data.mail)
    await crisis_lines.put_contact(viewer, contact)
    return contact


@delete("/api/practice/contact", guards=[admin_only])
async def remove_contact(viewer: NamedDependency[Viewer], crisis_lines: NamedDependency[CrisisLines]) -> None:
    """Say nothing any more: clients are shown no contact."""
    await crisis_lines.remove_contact(viewer)


def _past(day: date, today: date) -> str:
    """The day, unless it is still to come."""
    if day > today:
        raise Invalid("The day of the check is still to come. Nothing was changed. Enter the day of the call.")
    return day.isoformat()


routes = (
    list_crisis_lines,
    put_crisis_line,
    check_crisis_line,
    remove_crisis_line,
    put_contact,
    remove_contact,
)
