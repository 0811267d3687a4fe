"""Crisis lines on each engine: one practice's stay its own, and those nobody checked are counted."""

from datetime import date

import msgspec
import pytest

from server.database import Database, Tx
from server.errors import NotFound
from server.models import Viewer
from server.store.crisis_lines import Contact, CrisisLine, CrisisLines
from tests.store.journals import NOW

ADA = Viewer(id="ada", role="admin", practice="p", login="l")
DORA = Viewer(id="dora", role="admin", practice="q", login="l")
LINE = CrisisLine(id="one", name="Night line", number="00 116", hours="nights", checked_on="2026-09-20", checked_by="A")
CONTACT = Contact(words="Weekdays.", number="00 555")


@pytest.fixture
async def lines(database: Database) -> CrisisLines:
    def work(tx: Tx) -> None:
        for practice in ("p", "q"):
            tx.run("INSERT INTO practice (id, name, created_at) VALUES (:id, 'Practice', 0)", id=practice)

    await database.write(work)
    return CrisisLines(database)


async def test_a_line_is_kept_changed_checked_and_removed(lines: CrisisLines) -> None:
    await lines.put(ADA, LINE, NOW)
    changed = msgspec.structs.replace(LINE, number="00 117")
    await lines.put(ADA, changed, NOW + 1)
    await lines.check(ADA, "one", "2026-09-21", "B")

    assert await lines.all(ADA) == [msgspec.structs.replace(changed, checked_on="2026-09-21", checked_by="B")]
    await lines.remove(ADA, "one")
    assert await lines.all(ADA) == []


async def test_another_practices_line_is_not_there(lines: CrisisLines) -> None:
    await lines.put(ADA, LINE, NOW)

    with pytest.raises(NotFound):
        await lines.put(DORA, LINE, NOW)
    with pytest.raises(NotFound):
        await lines.check(DORA, "one", "2026-09-21", "D")
    await lines.remove(DORA, "one")
    assert (await lines.all(DORA), await lines.all(ADA)) == ([], [LINE])


async def test_a_contact_takes_the_place_of_the_one_before(lines: CrisisLines) -> None:
    await lines.put_contact(ADA, Contact(words="Never."))
    await lines.put_contact(ADA, CONTACT)

    assert (await lines.contact(ADA), await lines.contact(DORA)) == (CONTACT, None)


@pytest.mark.parametrize(("checked_on", "overdue"), [("2026-06-23", 0), ("2026-06-22", 1)])
async def test_s15_after_90_days_a_line_is_overdue(lines: CrisisLines, checked_on: str, overdue: int) -> None:
    await lines.put(ADA, msgspec.structs.replace(LINE, checked_on=checked_on), NOW)

    assert await lines.overdue(date(2026, 9, 21)) == overdue
