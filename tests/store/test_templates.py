"""Lists of exercises on each engine: of several changes at once none is lost unseen."""

import asyncio

from server.database import Database
from server.errors import Conflict
from server.models import Viewer
from server.store.templates import Template, Templates
from tests.store.journals import NOW

TERESA = Viewer(id="teresa", role="therapist", practice="p", login="")


def named(name: str, rev: int) -> Template:
    return Template(id="tuesday", name=name, items=[], rev=rev)


async def test_of_changes_at_the_same_moment_one_is_saved_and_the_others_are_told(database: Database) -> None:
    await database.write(lambda tx: tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Practice', 0)"))
    templates = Templates(database)
    await templates.put(TERESA, named("Tuesday group", 0), NOW)

    for rev in range(1, 6):
        puts = [templates.put(TERESA, named(f"Change {n}", rev), NOW) for n in range(6)]
        at_once = await asyncio.gather(*puts, return_exceptions=True)

        assert sum(isinstance(one, Conflict) for one in at_once) == len(puts) - 1
        assert [one for one in at_once if isinstance(one, Template)] == await templates.all(TERESA)
