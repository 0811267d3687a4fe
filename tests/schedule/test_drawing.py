"""Drawn times: every moment of the stretch as likely as another, known to nobody without the secret."""

from typing import Final

from server.schedule import GAP, Hours, Occasion, Plan, occasions

PLANS: Final = 10_000
BINS: Final = 20
CHI_SQUARE_0_1_PERCENT: Final = 43.82
"""For 19 degrees of freedom: one fair series in a thousand is above. The draws here are always the same ones."""
SECRET: Final = b"a secret of the server, 32 bytes"
MINUTE: Final = 60_000


def stretch(number: int, times: int, to: str = "12:15") -> Plan:
    return Plan(
        id=f"plan {number}",
        at="10:00",
        to=to,
        kind="window",
        times=times,
        days=frozenset(range(1, 8)),
        zone="Europe/Rome",
        quiet=Hours("21:00", "08:00"),
    )


def drawn(plan: Plan, secret: bytes = SECRET) -> list[Occasion]:
    return occasions(plan, "2026-06-01", 1, secret)


def chi_square(offsets: list[int], room: int) -> float:
    """How far the counts of equal parts of the room are from equal."""
    counts = [0] * BINS
    for offset in offsets:
        counts[offset * BINS // room] += 1
    fair = len(offsets) / BINS
    return sum((count - fair) ** 2 / fair for count in counts)


def test_over_ten_thousand_plans_every_part_of_the_stretch_is_drawn_as_often() -> None:
    start = drawn(stretch(0, 1))[0].end_at - 135 * MINUTE
    offsets = [drawn(stretch(n, 1))[0].due_at - start for n in range(PLANS)]

    assert chi_square(offsets, 120 * MINUTE) < CHI_SQUARE_0_1_PERCENT


def test_with_a_gap_every_combination_that_keeps_it_is_as_likely() -> None:
    start = drawn(stretch(0, 1))[0].end_at - 135 * MINUTE
    offsets = [
        one.due_at - start - slot * GAP for n in range(PLANS) for slot, one in enumerate(drawn(stretch(n, 3, "14:15")))
    ]

    assert chi_square(offsets, (240 - 90) * MINUTE) < CHI_SQUARE_0_1_PERCENT


def test_another_secret_draws_other_times() -> None:
    same = sum(drawn(stretch(n, 1)) == drawn(stretch(n, 1), b"the secret of another server....") for n in range(100))

    assert same <= 1
