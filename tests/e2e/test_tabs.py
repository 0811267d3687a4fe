"""Two tabs of one phone: one of them sends, both show the same, and neither takes the other's words away."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.network import Network
from tests.e2e.people import (
    answer,
    button,
    check_in,
    opened,
    play_on,
    start,
    status,
    turn_away,
    until_locks,
    write_note,
)
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
NOTE = "Anything you want to note?"
OWN = "A word of your own"
PRIVATE = """async () => {
    const { save } = await import("/assets/journal.js");
    const [{ id }] = await save([{ kind: "note", audience: "me", felt_at: Date.now(), body: { text: "Slept." } }]);
    return id;
}"""
"""A note that is only for her; its id."""


async def two_tabs(anna: Client) -> tuple[Page, Page]:
    first = await anna.handset()
    second = await first.context.new_page()
    for tab in (first, second):
        await opened(tab, "/check-in")
    return first, second


async def waits_for_its_turn(page: Page) -> None:
    """This tab wants to send while another does."""
    sends = "(one => one.name === 'midweek-sync')"
    await until_locks(page, f"({{held, pending}}) => held.some{sends} && pending.some{sends}")


async def test_of_two_tabs_one_sends_and_nothing_goes_out_twice(anna: Client) -> None:
    first, second = await two_tabs(anna)
    network = await Network.of(first.context)
    network.holds()

    await answer(first, 3)
    await network.has_held(1)
    await answer(second, 5)
    await waits_for_its_turn(second)

    assert network.held == 1
    await expect(status(second)).to_contain_text("On this phone.")
    network.releases()
    await expect(status(first)).to_have_text(SENT)
    await expect(status(second)).to_have_text(SENT)
    assert len(network.left) == len(set(network.left)) == 2
    records = await (await anna.tablet()).records("checkin")
    assert sorted(str((one.body or {})["distress"]) for one in records) == ["3", "5"]


async def test_when_the_sending_tab_is_closed_the_other_sends_what_it_left(anna: Client) -> None:
    first, second = await two_tabs(anna)
    network = await Network.of(first.context)
    network.holds()
    await answer(first, 3)
    await network.has_held(1)
    await answer(second, 5)
    await waits_for_its_turn(second)

    await first.close()
    network.releases()

    await expect(status(second)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 2


async def test_what_one_tab_saves_the_other_shows(anna: Client) -> None:
    first, second = await two_tabs(anna)
    await second.goto("/history")

    await answer(first, 6)

    await expect(second.get_by_text("hard to carry: 6")).to_be_visible()


async def test_a_save_in_one_tab_leaves_what_is_typed_in_the_other(anna: Client) -> None:
    first, second = await two_tabs(anna)
    await write_note(first, "from the first")
    await write_note(second, "from the second")

    await button(first, "Save").click()
    await expect(first.get_by_text("Saved on this phone.")).to_be_visible()
    await second.reload()

    await expect(second.get_by_label(NOTE)).to_have_value("from the second")
    await button(second, "Save").click()
    await expect(second.get_by_text("Saved on this phone.")).to_be_visible()
    assert await words_in_history(second) == {"from the first", "from the second"}


async def test_a_draft_open_in_two_tabs_and_changed_in_both_is_saved_as_two_entries(anna: Client) -> None:
    first, second = await two_tabs(anna)
    await write_note(first, "as I began it")
    await second.reload()
    await expect(second.get_by_label(NOTE)).to_have_value("as I began it")

    await write_note(second, "as I went on in the other window")
    await button(first, "Save").click()
    await expect(first.get_by_text("Saved on this phone.")).to_be_visible()
    await button(second, "Save").click()
    await expect(second.get_by_text("Saved on this phone.")).to_be_visible()

    assert await words_in_history(second) == {"as I began it", "as I went on in the other window"}


async def words_in_history(page: Page) -> set[str]:
    """The notes of every entry, each opened."""
    await page.goto("/history")
    entries = page.locator("a.entry")
    await expect(entries.first).to_be_visible()
    addresses = [await entry.get_attribute("href") or "" for entry in await entries.all()]
    words: set[str] = set()
    for address in addresses:
        await page.goto(address)
        await expect(page.locator("dl.answers")).to_be_visible()
        words |= {text.strip() for text in await page.locator("dl.answers dd").all_inner_texts()}
    return words


async def test_the_draft_of_a_closed_tab_comes_back_in_the_next_and_once_saved_it_is_over(anna: Client) -> None:
    first = await anna.handset()
    context = first.context
    for words in ("begun", "begun, and more"):
        await opened(first, "/check-in")
        await write_note(first, words)
        await stored(first, words)
        await first.close()
        first = await context.new_page()
        await opened(first, "/check-in")
        await expect(first.get_by_label(NOTE)).to_have_value(words)

    await button(first, "Save").click()
    await expect(first.get_by_text("Saved on this phone.")).to_be_visible()

    await first.goto("/")
    await expect(button(first, "Check in")).to_have_count(2)
    await expect(first.get_by_text("You began a check-in.", exact=False)).to_have_count(0)
    assert await words_in_history(first) == {"begun, and more"}


async def stored(page: Page, words: str) -> None:
    """What is typed is on disk: a tab that opens now would show it."""
    other = await page.context.new_page()
    while True:
        await other.goto("/check-in")
        await expect(button(other, "Save")).to_be_visible()
        if await other.get_by_label(NOTE).is_visible() and await other.get_by_label(NOTE).input_value() == words:
            break
    await other.close()


async def test_after_a_save_the_next_check_in_begins_empty_whatever_another_tab_has_begun(anna: Client) -> None:
    first, second = await two_tabs(anna)
    await write_note(second, "only begun")

    await answer(first, 3)
    await button(first, "Check in again").click()

    await expect(button(first, "A bit more?")).to_be_visible()
    await expect(button(first, "Save")).to_be_disabled()


async def type_own_word(page: Page) -> None:
    """Anna types a word of her own and stays in the field, as a tap beside it leaves her on some phones."""
    await page.evaluate("() => addEventListener('mousedown', event => event.preventDefault(), true)")
    await page.get_by_label(OWN).press_sequentially("wobbly")


async def test_a_word_of_ones_own_that_was_typed_and_not_added_is_saved(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/check-in")
    await page.get_by_role("radio", name="4", exact=True).check(force=True)
    await type_own_word(page)

    await button(page, "Save").click()

    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()
    await page.goto("/history")
    await page.locator("a.entry").first.click()
    await expect(page.locator("dl.answers")).to_contain_text("wobbly")


async def test_a_word_of_ones_own_is_in_the_draft_of_a_tab_that_was_put_away_and_killed(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/check-in")
    await type_own_word(page)

    await turn_away(page, "hidden")

    await expect(page.get_by_label(OWN)).to_have_value("")
    other = await page.context.new_page()
    await page.close()
    await other.goto("/check-in")
    await expect(button(other, "Remove wobbly")).to_be_visible()


async def test_a_run_gone_on_with_in_two_tabs_and_ended_differently_is_kept_as_two(anna: Client) -> None:
    first = await anna.handset()
    await start(first, "name-it-gently")
    await first.locator("button.on").click()
    second = await first.context.new_page()
    await opened(second, "/")
    await button(second, "Go on").click()
    for tab, clear in ((first, 2), (second, 9)):
        await tab.get_by_role("radio", name=str(clear), exact=True).check(force=True)
        await play_on(tab)
        await button(tab, "Done").click()
        await expect(tab.get_by_text("Saved on this phone.")).to_be_visible()

    assert {"2 of 10", "9 of 10"} <= await words_in_history(second)
    await expect(status(second)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("run")) == 2


async def test_who_deletes_an_entry_that_two_tabs_have_changed_reads_that_the_other_text_is_there(anna: Client) -> None:
    first = await anna.handset()
    await check_in(first, 5)
    await expect(status(first)).to_have_text(SENT)
    (entry,) = await (await anna.tablet()).records("checkin")
    second = await first.context.new_page()
    for tab in (first, second):
        await opened(tab, f"/check-in?entry={entry.id}")
    await first.context.set_offline(True)
    for tab, distress in ((first, 7), (second, 2)):
        await tab.get_by_role("radio", name=str(distress), exact=True).check(force=True)
        await button(tab, "Save").click()
        await expect(tab.locator("dl.answers")).to_contain_text(f"{distress} of 10")

    await delete(second)

    await expect(second.get_by_role("status").filter(has_text="That text is kept")).to_be_visible()
    await expect(second.locator("dl.answers")).to_contain_text("7 of 10")
    assert await findings(second) == []
    await delete(second)
    await expect(second.get_by_role("heading", name="What you save will be here")).to_be_visible()


async def test_a_private_note_that_two_tabs_change_keeps_both_texts(anna: Client) -> None:
    first = await anna.handset()
    note = await first.evaluate(PRIVATE)
    second = await first.context.new_page()
    for tab in (first, second):
        await opened(tab, f"/history/{note}/change")
    for tab, words in ((first, "Slept badly."), (second, "Dreamt of the sea.")):
        await tab.get_by_label("Note", exact=True).fill(words)
        await button(tab, "Save the change").click()
        await expect(tab.get_by_text(words)).to_be_visible()

    for tab in (first, second):
        await expect(tab.get_by_role("heading", name="Also written at the same time")).to_be_visible()
        await expect(tab.locator("dl.answers", has_text="Slept badly.")).to_have_count(1)
        await expect(tab.locator("dl.answers", has_text="Dreamt of the sea.")).to_have_count(1)
    assert await (await anna.tablet()).records("note") == []


async def delete(page: Page) -> None:
    """On an entry's page, with the keyboard: asked once, thought better of it, asked again and done."""
    await button(page, "Delete").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(button(page, "Delete")).to_be_focused()
    await page.keyboard.press("Enter")
    await button(page, "Delete it").click()
