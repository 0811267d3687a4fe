"""Opening what the server works with: the databases, the keys, and the stores above them."""

from contextlib import AsyncExitStack
from typing import Final

import msgspec

from server.database import KEY_MIGRATIONS, Database, open_database
from server.models import Millis
from server.security import Passwords
from server.settings import Settings
from server.store.approvals import Approvals
from server.store.assignments import Assignments
from server.store.attempts import Attempts
from server.store.briefs import Briefs
from server.store.calendars import Calendars
from server.store.clients import Clients
from server.store.crisis_lines import CrisisLines
from server.store.erasures import Erasures
from server.store.exports import Exports
from server.store.high_water import HighWater
from server.store.invites import Invites
from server.store.keys import Keys
from server.store.ledger import Ledger
from server.store.lifetimes import Lifetimes
from server.store.logins import Logins
from server.store.master_key import master_key
from server.store.messages import Messages
from server.store.own_exercises import OwnExercises
from server.store.people import People
from server.store.reach import Reaches
from server.store.readiness import Readiness, Room, free_in
from server.store.readings import Readings
from server.store.recordings import Recordings
from server.store.relationships import Relationships
from server.store.reminder_log import ReminderLogs
from server.store.replies import Replies
from server.store.restored import Restored
from server.store.shared_journals import SharedJournals
from server.store.shared_words import SharedWords
from server.store.staff import Staff
from server.store.supervisions import Supervisions
from server.store.sync import Sync
from server.store.templates import Templates
from server.store.therapist_records import TherapistRecords
from server.store.vapid_keys import VapidKeys
from server.store.versions import Versions
from server.store.weeks import Weeks


class Stores(msgspec.Struct, frozen=True, kw_only=True):
    """Every store, under the name by which handlers ask for it."""

    db: Database
    keys: Keys
    lifetimes: Lifetimes
    approvals: Approvals
    assignments: Assignments
    attempts: Attempts
    briefs: Briefs
    calendars: Calendars
    clients: Clients
    crisis_lines: CrisisLines
    erasures: Erasures
    exports: Exports
    high_water: HighWater
    ledger: Ledger
    messages: Messages
    reaches: Reaches
    recordings: Recordings
    relationships: Relationships
    reminder_logs: ReminderLogs
    replies: Replies
    restored: Restored
    invites: Invites
    logins: Logins
    own_exercises: OwnExercises
    people: People
    readiness: Readiness
    readings: Readings
    room: Room
    shared_journals: SharedJournals
    shared_words: SharedWords
    staff: Staff
    supervisions: Supervisions
    sync: Sync
    templates: Templates
    therapist_records: TherapistRecords
    versions: Versions
    weeks: Weeks


NAMES: Final = tuple(field.name for field in msgspec.structs.fields(Stores))


async def open_stores(settings: Settings, stack: AsyncExitStack, now: Millis) -> Stores:
    """The stores, with their tables up to date and the keys proved to open; a database that was put back is mended.
    They close with the stack. What is wrong is raised as a sentence: `BadSetting`, `CannotOpen` or `Unreadable`."""
    db, keys = await open_databases(settings, stack)
    await Restored(db, keys).look(now)
    passwords = Passwords()
    stack.callback(passwords.close)
    return _stores(settings, db, keys, passwords)


async def open_databases(settings: Settings, stack: AsyncExitStack) -> tuple[Database, Keys]:
    """The database and the keys alone; nobody has looked yet whether it was put back."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys_database = await open_database(settings.keys_database, migrations=KEY_MIGRATIONS)
    stack.push_async_callback(keys_database.close)
    keys = Keys(keys_database, await master_key(keys_database, settings.master_key_file))
    await keys.secret("invite-code")
    db = await open_database(settings.database, grouping=settings.grouping)
    stack.push_async_callback(db.close)
    return db, keys


def _stores(settings: Settings, db: Database, keys: Keys, passwords: Passwords) -> Stores:
    ledger = Ledger(keys.database)
    attempts = Attempts(db, keys)
    room = Room(settings.min_free, free_in([file.parent for file in settings.files]))
    return Stores(
        db=db,
        keys=keys,
        lifetimes=Lifetimes(db, ledger, VapidKeys(keys)),
        approvals=Approvals(db),
        assignments=Assignments(db, keys),
        attempts=attempts,
        briefs=Briefs(db, keys),
        calendars=Calendars(db, keys),
        clients=Clients(db, keys),
        crisis_lines=CrisisLines(db),
        erasures=Erasures(db, keys),
        exports=Exports(db, keys),
        high_water=HighWater(db, keys.database),
        ledger=ledger,
        messages=Messages(db, keys, ledger),
        reaches=Reaches(db, keys),
        recordings=Recordings(db, keys),
        relationships=Relationships(db, keys),
        reminder_logs=ReminderLogs(db, keys),
        replies=Replies(db),
        restored=Restored(db, keys),
        invites=Invites(db, keys, attempts),
        logins=Logins(db, ledger, settings.staff_idle),
        own_exercises=OwnExercises(db),
        people=People(db, keys, passwords, attempts),
        readiness=Readiness(db, keys.database, room),
        readings=Readings(db),
        room=room,
        shared_journals=SharedJournals(db, keys),
        shared_words=SharedWords(db, keys),
        staff=Staff(db, keys, ledger),
        supervisions=Supervisions(db, keys),
        sync=Sync(db, keys),
        templates=Templates(db),
        therapist_records=TherapistRecords(db, keys),
        versions=Versions(db, keys),
        weeks=Weeks(db, keys),
    )
