"""The shortest ways to meet each mistake of `broken.py`: the machine's own steps, in an order chosen by hand.

Devices 0, 1 and 2 are Anna's, 3 and 4 are Bruno's; texts are counted on each device from 0.
"""

from collections.abc import Callable
from typing import Final

from tests.sync.world import World

PHONE, TABLET, LAPTOP, BRUNO = 0, 1, 2, 3


def _everywhere(world: World) -> None:
    """One text that Anna's devices all have."""
    world.write(PHONE)
    for device in (PHONE, TABLET, LAPTOP):
        world.sync(device)


def killed_after_the_answer(world: World) -> None:
    world.write(PHONE)
    world.sync(PHONE, "kill-after")


def replaced_then_heard_again(world: World) -> None:
    world.write(PHONE)
    world.sync(PHONE)
    world.edit(PHONE, 0)
    world.sync(PHONE)
    world.late(PHONE, 0)


def sent_twice(world: World) -> None:
    _everywhere(world)
    world.edit(PHONE, 0)
    world.sync(PHONE, "unanswered")
    world.sync(TABLET)
    world.edit(TABLET, 0)
    world.sync(TABLET)
    world.sync(PHONE)


def taken_back(world: World) -> None:
    _everywhere(world)
    world.withdraw(PHONE, 0)


def edited_on_two_devices(world: World) -> None:
    _everywhere(world)
    world.edit(PHONE, 0)
    world.edit(TABLET, 0)


def many_texts(world: World) -> None:
    for _ in range(8):
        world.write(PHONE)


def deleted_on_one_of_two(world: World) -> None:
    _everywhere(world)
    world.remove(PHONE, 0)


def the_same_ids(world: World) -> None:
    world.write(PHONE)
    world.sync(PHONE)
    world.write_with_ids_of_another(BRUNO, 0)


def not_for_the_therapist(world: World) -> None:
    world.write(PHONE, audience="service")
    world.write(PHONE)


def fields_from_tomorrow(world: World) -> None:
    world.write(PHONE, more="from-tomorrow")


def edited_with_a_clock_behind(world: World) -> None:
    world.write(TABLET)
    world.sync(TABLET)
    world.sync(LAPTOP)
    world.edit(LAPTOP, 0)


def restored(world: World) -> None:
    _everywhere(world)
    world.backup()
    world.write(PHONE)
    world.sync(PHONE)
    world.restore(0)
    world.write(TABLET)


def put_in_place(world: World) -> None:
    _everywhere(world)
    world.backup()
    world.write(PHONE)
    world.sync(PHONE)
    world.restore(0, announced=False)
    world.write(TABLET)


def deleted_then_restored(world: World) -> None:
    _everywhere(world)
    world.backup()
    world.remove(PHONE, 0)
    world.sync(PHONE)
    world.restore(0)


def deleted_on_a_lost_phone_then_restored_twice(world: World) -> None:
    """The tablet is away all the while, and still has the text."""
    _everywhere(world)
    world.backup()
    world.remove(PHONE, 0)
    world.sync(PHONE)
    world.replace_device(PHONE)
    world.restore(0)
    world.restore(0, announced=False)


def edited_before_the_others_sent_it_again(world: World) -> None:
    """What the tablet writes in place of a lost text arrives first; the phone still has that text."""
    world.backup()
    _everywhere(world)
    world.restore(0)
    world.edit(TABLET, 0)
    world.sync(TABLET)
    world.sync(PHONE)
    world.sync(PHONE)


def _edited_in_two_tabs(world: World) -> None:
    _everywhere(world)
    world.begin(PHONE, 0)
    world.edit(PHONE, 0)
    world.finish(PHONE)


def edited_in_two_tabs_and_deleted_in_one(world: World) -> None:
    _edited_in_two_tabs(world)
    world.remove(PHONE, 0)


def edited_in_two_tabs_and_taken_back_in_one(world: World) -> None:
    _edited_in_two_tabs(world)
    world.withdraw(PHONE, 0)


def a_private_text_edited_in_two_tabs(world: World) -> None:
    world.write_privately(PHONE, 0)
    world.begin(PHONE, 0)
    world.write_privately(PHONE, 1)
    world.finish(PHONE)


def _shared_again(world: World, took_back: int, private: int) -> None:
    """One device took a text back, and on another it was written anew in private; then the tablet shares it again."""
    _everywhere(world)
    world.withdraw(took_back, 0)
    for device in (took_back, TABLET, private):
        world.sync(device)
    world.write_privately(private, 1)
    world.edit(TABLET, 0)
    world.sync(TABLET)


def deleted_in_private_and_shared_again_elsewhere(world: World) -> None:
    _shared_again(world, PHONE, private=PHONE)
    world.remove(PHONE, 0)
    world.sync(PHONE)


def shared_again_where_another_device_wrote_in_private(world: World) -> None:
    _shared_again(world, TABLET, private=LAPTOP)


def _shares_again_what_it_took_back_unseen(world: World) -> None:
    """The phone's change is on the server; the laptop has the older text."""
    world.edit(PHONE, 0)
    world.sync(PHONE)
    world.withdraw(LAPTOP, 0)
    world.edit(LAPTOP, 0)
    world.sync(LAPTOP)


def shared_again_by_who_took_back_what_they_had_not_seen(world: World) -> None:
    _everywhere(world)
    _shares_again_what_it_took_back_unseen(world)


def shared_again_over_the_unseen_after_a_restore(world: World) -> None:
    world.backup()
    _everywhere(world)
    world.restore(0)
    _shares_again_what_it_took_back_unseen(world)


def _an_edit_is_lost(world: World, *seen_on: int) -> None:
    """Made on the tablet, and by a restore gone from the server."""
    _everywhere(world)
    world.backup()
    world.edit(TABLET, 0)
    for device in (TABLET, *seen_on):
        world.sync(device)
    world.restore(0)


def deleted_by_who_never_saw_the_lost_edit(world: World) -> None:
    _an_edit_is_lost(world)
    world.remove(PHONE, 0)
    world.sync(PHONE)


def deleted_by_who_saw_the_lost_edit(world: World) -> None:
    """Anna deletes it on the laptop, where the copy's older text was changed by the phone already."""
    _an_edit_is_lost(world, LAPTOP)
    world.edit(PHONE, 0)
    world.sync(PHONE)
    world.remove(LAPTOP, 0)
    world.sync(LAPTOP)


def _all_is_lost(world: World, then: Callable[[World], object]) -> None:
    """Anna's phone does something to the older text, of which nobody hears; the laptop changes it, and a restore loses
    both texts. What the phone did arrives first."""
    world.backup()
    _everywhere(world)
    then(world)
    world.edit(LAPTOP, 0)
    world.sync(LAPTOP)
    world.restore(0)
    world.sync(PHONE)


def _takes_back(world: World) -> None:
    world.withdraw(PHONE, 0)


def _deletes(world: World) -> None:
    world.remove(PHONE, 0)


def taken_back_by_who_never_saw_the_lost_edit(world: World) -> None:
    _all_is_lost(world, _takes_back)


def deleted_before_the_lost_edit_is_back(world: World) -> None:
    _all_is_lost(world, _deletes)


def taken_back_before_all_is_lost_again(world: World) -> None:
    _all_is_lost(world, _takes_back)
    world.restore(0)
    world.sync(TABLET)


def deleted_before_all_is_lost_again(world: World) -> None:
    _all_is_lost(world, _deletes)
    world.restore(0)
    world.sync(TABLET)


def _a_conflict_copy_is_lost(world: World) -> None:
    """Made after the backup, and gone from the server with both of the edits; the laptop has never seen it."""
    _everywhere(world)
    world.backup()
    world.edit(PHONE, 0)
    world.edit(TABLET, 0)
    world.sync(PHONE)
    world.sync(TABLET)
    world.sync(PHONE)
    world.restore(0)


def a_lost_conflict_copy_is_sent_again(world: World) -> None:
    _a_conflict_copy_is_lost(world)
    world.replace_device(TABLET)
    world.sync(PHONE)
    world.sync(PHONE)


def a_lost_conflict_copy_is_edited_before_anyone_sent_it_again(world: World) -> None:
    _a_conflict_copy_is_lost(world)
    for which in (0, 1):
        world.edit(PHONE, which)
    world.sync(PHONE)


def an_edit_moves_to_a_conflict_copy_that_is_lost(world: World) -> None:
    """The phone hears only with its second try that its first edit became a copy; by then it was edited once more."""
    _everywhere(world)
    world.backup()
    world.edit(TABLET, 0)
    world.sync(TABLET)
    world.edit(PHONE, 0)
    world.sync(PHONE, "unanswered")
    world.edit(PHONE, 0)
    world.sync(PHONE)
    world.restore(0)
    world.sync(PHONE)


def _a_copy_that_is_too_old(world: World, then: Callable[[], object]) -> None:
    """Two backups with something said between them; the older one is restored, `then` it goes on, and the newer one is
    restored after all."""
    _everywhere(world)
    world.backup()
    for _ in range(3):
        world.edit(PHONE, 0)
        world.sync(PHONE)
    world.backup()
    world.restore(0)
    then()
    world.sync(LAPTOP)
    world.restore(1)


def written_after_a_copy_that_was_too_old(world: World) -> None:
    _a_copy_that_is_too_old(world, lambda: world.write(LAPTOP))


def edited_after_a_copy_that_was_too_old(world: World) -> None:
    _a_copy_that_is_too_old(world, lambda: world.edit(LAPTOP, 0))


def edited_when_the_right_copy_was_back(world: World) -> None:
    _a_copy_that_is_too_old(world, lambda: world.write(LAPTOP))
    world.sync(PHONE)
    world.edit(PHONE, 0)
    world.sync(PHONE)


Scenario = Callable[[World], None]
CAUGHT: Final[dict[str, tuple[str, Scenario]]] = {
    "answers before it commits": ("I1", killed_after_the_answer),
    "what came before is not known": ("I2", sent_twice),
    "withdrawals do nothing": ("I2", taken_back),
    "own copies are not sent": ("I3", edited_on_two_devices),
    "the base is ignored": ("I4", edited_on_two_devices),
    "pages leave one out": ("I5", many_texts),
    "tombstones are dropped": ("I6", deleted_on_one_of_two),
    "the ledger is not kept": ("I6", deleted_on_a_lost_phone_then_restored_twice),
    "results of others count": ("I7", the_same_ids),
    "therapists read everything": ("I7", not_for_the_therapist),
    "restores are not told": ("I8", restored),
    "older data is not noticed": ("I5", put_in_place),
    "epochs are one line": ("I4", written_after_a_copy_that_was_too_old),
    "unknown fields are dropped": ("I9", fields_from_tomorrow),
    "the phone's clock decides": ("I10", edited_with_a_clock_behind),
    "only the first result is told": ("liveness", many_texts),
}
"""For each defect, the invariant it breaks and a way to meet it."""
SCENARIOS: Final[tuple[Scenario, ...]] = (
    *dict.fromkeys(scenario for _, scenario in CAUGHT.values()),
    replaced_then_heard_again,
    deleted_then_restored,
    edited_in_two_tabs_and_deleted_in_one,
    edited_in_two_tabs_and_taken_back_in_one,
    a_private_text_edited_in_two_tabs,
    deleted_in_private_and_shared_again_elsewhere,
    shared_again_where_another_device_wrote_in_private,
    shared_again_by_who_took_back_what_they_had_not_seen,
    shared_again_over_the_unseen_after_a_restore,
    taken_back_by_who_never_saw_the_lost_edit,
    deleted_before_the_lost_edit_is_back,
    taken_back_before_all_is_lost_again,
    deleted_before_all_is_lost_again,
    edited_before_the_others_sent_it_again,
    deleted_by_who_never_saw_the_lost_edit,
    deleted_by_who_saw_the_lost_edit,
    a_lost_conflict_copy_is_sent_again,
    a_lost_conflict_copy_is_edited_before_anyone_sent_it_again,
    an_edit_moves_to_a_conflict_copy_that_is_lost,
    edited_after_a_copy_that_was_too_old,
    edited_when_the_right_copy_was_back,
)
