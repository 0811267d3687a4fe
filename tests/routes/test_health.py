"""Whether the process runs, and whether it can do its work."""

from tests.cast import Stage


async def test_a_running_server_is_healthy_and_ready(stage: Stage) -> None:
    browser = stage.browser()

    assert (await browser.get("/healthz")).json() == {"status": "ok"}
    assert (await browser.get("/readyz")).json() == {"status": "ok"}


async def test_a_server_that_is_stopping_is_healthy_and_not_ready(stage: Stage) -> None:
    stage.app.state.stopping = True

    assert (await stage.browser().get("/healthz")).status_code == 200
    assert (await stage.browser().get("/readyz")).status_code == 503


async def test_a_server_without_its_database_is_not_ready(stage: Stage) -> None:
    await stage.stores.db.close()

    answer = await stage.browser().get("/readyz")

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")


async def test_a_server_without_its_keys_is_not_ready(stage: Stage) -> None:
    await stage.stores.keys.database.close()

    assert (await stage.browser().get("/readyz")).status_code == 503
