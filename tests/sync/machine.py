"""The state machine: Hypothesis chooses the steps, and when it finds a failure, the shortest that still fails."""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.sync.world import Fault, World

MOST_RESTARTS = 3
"""How often the server is started again in one example: that is what takes the time."""
who = st.integers(0, 29)
which = st.integers(0, 9)
limits = st.integers(1, 50)
kinds = st.sampled_from(["note", "note", "plan", "dream"])
audiences = st.sampled_from(["therapist", "therapist", "service"])
newer = st.sampled_from([None, "from-tomorrow"])
faults: st.SearchStrategy[Fault] = st.sampled_from(["none", "none", "lost", "unanswered", "unanswered", "twice", "cut"])
kills: st.SearchStrategy[Fault] = st.sampled_from(["kill-before", "kill-during", "kill-after"])
most = st.sampled_from([100, 100, 1, 2])


class Machine(RuleBasedStateMachine):
    """Two people with five devices, one server, a network that fails. `world_of` makes a new world for each example."""

    can_restore: ClassVar[bool] = True

    @staticmethod
    def world_of() -> World:
        """A new world."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.world = self.world_of()

    @rule(who=who, kind=kinds, audience=audiences, more=newer)
    def write(self, who: int, kind: str, audience: str, more: str | None) -> None:
        self.world.write(who, kind, audience, more)

    @rule(who=who, which=which)
    def write_with_ids_of_another(self, who: int, which: int) -> None:
        self.world.write_with_ids_of_another(who, which)

    @rule(who=who, which=which)
    def write_privately(self, who: int, which: int) -> None:
        self.world.write_privately(who, which)

    @rule(who=who, which=which, audience=audiences)
    def edit(self, who: int, which: int, audience: str) -> None:
        self.world.edit(who, which, audience)

    @rule(who=who, which=which)
    def edit_and_send(self, who: int, which: int) -> None:
        self.world.edit(who, which)
        self.world.sync(who)

    @rule(who=who, which=which)
    def begin(self, who: int, which: int) -> None:
        self.world.begin(who, which)

    @rule(who=who)
    def finish(self, who: int) -> None:
        self.world.finish(who)

    @rule(who=who, which=which)
    def remove(self, who: int, which: int) -> None:
        self.world.remove(who, which)

    @rule(who=who, which=which)
    def withdraw(self, who: int, which: int) -> None:
        self.world.withdraw(who, which)

    @rule(who=who, limit=limits)
    def sync(self, who: int, limit: int) -> None:
        self.world.sync(who, limit=limit)

    @rule(who=who, limit=limits, most=most, old=st.booleans())
    def sync_again(self, who: int, limit: int, most: int, old: bool) -> None:
        self.world.sync(who, "none", limit, most, old)

    @rule(who=who, fault=faults, limit=limits, most=most)
    def sync_on_a_bad_line(self, who: int, fault: Fault, limit: int, most: int) -> None:
        self.world.sync(who, fault, limit, most)

    @precondition(lambda self: self.world.restarts < MOST_RESTARTS)
    @rule(who=who, fault=kills)
    def sync_while_the_server_dies(self, who: int, fault: Fault) -> None:
        self.world.sync(who, fault)

    @rule(who=who, which=which)
    def late(self, who: int, which: int) -> None:
        self.world.late(who, which)

    @rule(who=who, limit=limits)
    def therapist(self, who: int, limit: int) -> None:
        self.world.assign(who)
        self.world.read(who, limit)

    @rule(who=who, limit=limits, page=limits)
    def rest(self, who: int, limit: int, page: int) -> None:
        if who < 3:
            self.world.rest(limit, page)
        else:
            self.world.sync(who, limit=limit)

    @precondition(lambda self: self.can_restore and len(self.world.backups) < MOST_RESTARTS)
    @rule()
    def backup(self) -> None:
        self.world.backup()

    @precondition(lambda self: self.world.backups and self.world.restarts < MOST_RESTARTS)
    @rule(which=which, announced=st.booleans())
    def restore(self, which: int, announced: bool) -> None:
        self.world.restore(which, announced)

    @precondition(lambda self: all(person.spare for person in self.world.people))
    @rule(who=who)
    def replace_device(self, who: int) -> None:
        self.world.replace_device(who)

    def teardown(self) -> None:
        """The end of each example: all comes to rest, and everything must hold."""
        try:
            self.world.rest(limit=7, page=3)
        finally:
            self.world.close()
