"""How often one device may ask, by a clock that the test moves."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from server.rates import Rates
from tests.cast import ANNA, START, Stage, on_stage, settings_in

SECOND = 1_000


def test_a_burst_goes_through_and_then_one_each_interval() -> None:
    rates = Rates(a_minute=60, burst=5)

    assert [rates.wait("phone", START) for _ in range(7)] == [0] * 5 + [SECOND] * 2
    assert rates.wait("phone", START + 400) == 600
    assert [rates.wait("phone", START + SECOND) for _ in range(2)] == [0, SECOND]


def test_a_pause_fills_the_bucket_and_never_more() -> None:
    rates = Rates(a_minute=60, burst=5)
    for _ in range(5):
        rates.wait("phone", START)

    later = START + 3_600 * SECOND

    assert [rates.wait("phone", later) for _ in range(6)] == [0] * 5 + [SECOND]


def test_each_device_has_its_own() -> None:
    rates = Rates(a_minute=60, burst=1)

    assert [rates.wait(phone, START) for phone in ("one", "two", "one")] == [0, 0, SECOND]


def test_a_clock_that_is_put_back_locks_nobody_out() -> None:
    rates = Rates(a_minute=60, burst=5)
    rates.wait("phone", START + 10 * 365 * 86_400 * SECOND)

    assert rates.wait("phone", START) <= SECOND
    assert rates.wait("phone", START + SECOND) == 0


def test_no_more_devices_are_remembered_than_said() -> None:
    rates = Rates(a_minute=60, burst=1, most=10)
    for number in range(1_000):
        rates.wait(f"phone {number}", START)

    assert len(rates) == 10
    assert rates.wait("phone 999", START) > 0
    assert rates.wait("phone 0", START) == 0


@given(st.lists(st.integers(0, 5_000), max_size=200), st.integers(1, 20), st.integers(1, 600))
def test_never_more_than_the_burst_and_the_pace_and_what_is_told_is_true(
    pauses: list[int], burst: int, a_minute: int
) -> None:
    rates, now, passed = Rates(a_minute, burst), START, 0
    for pause in pauses:
        now += pause
        wait = rates.wait("phone", now)
        passed += wait == 0
        if wait:
            now += wait
            assert rates.wait("phone", now) == 0
            passed += 1
        assert passed <= burst + (now - START) * a_minute / 60_000 + 1


async def test_a_phone_that_asks_on_and_on_is_told_when_to_come_back(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path, syncs_a_minute=2)) as stage:
        phone, tablet = await stage.signed_in(ANNA), await stage.signed_in(ANNA)
        answers = [await phone.post("/api/sync", json={}) for _ in range(6)]

        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[-1].headers["retry-after"] == "30"
        assert (answers[-1].json()["type"], answers[-1].json()["retry_after"]) == ("/problems/too-often", 30)
        assert "Nothing is lost" in answers[-1].json()["detail"]
        assert (await tablet.post("/api/sync", json={})).status_code == 200
        stage.clock.forward(30_000)
        assert (await phone.post("/api/sync", json={})).status_code == 200


async def test_a_phone_with_120_waiting_entries_never_meets_it_even_one_by_one_on_a_bad_line(stage: Stage) -> None:
    phone = await stage.signed_in(ANNA)

    answers = [await phone.post("/api/sync", json={"limit": 1}) for _ in range(240)]

    assert {answer.status_code for answer in answers} == {200}
