"""What a therapist asks for when they set an exercise or change what was agreed, and the assignment that it makes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from server import assigned, bodies, gates, tailoring
from server.assigned import Fields
from server.content import Card, Library, is_own
from server.content.together import TEXTS
from server.errors import Invalid
from server.models import Millis, Strict, Viewer
from server.routes.ops import Id, NewId, Revision

EXPIRES_AFTER_DAYS: Final = 14
"""A therapist-only assignment ends by itself after this many days when nothing else was agreed."""
MOST_REASON: Final = 500
MOST_SCENE: Final = 2_000
Written = Annotated[str, Meta(max_length=20_000)]
"""A text that may be too long to be saved, which is then said in a sentence."""


class Texts(Strict, frozen=True):
    """What client and therapist wrote together, each as far as it was written."""

    calm_image: Written = ""
    healthy_self: Written = ""
    rehearsed_reply: Written = ""

    def of(self, names: Sequence[str]) -> dict[str, str]:
        """Those of these names that were written."""
        return {name: text for name in names if (text := str(getattr(self, name)).strip())}


class Suggested(Strict, frozen=True):
    """When the therapist suggests to be reminded."""

    at: bodies.Clock
    days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)]


class Terms(Strict, frozen=True, kw_only=True):
    """What can be agreed anew while it is set. `tailored` are other words, by step."""

    op: Id
    locale: Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?\Z")] = "en"
    reason: Written = ""
    times_a_week: Annotated[int, Meta(ge=1, le=21)] | None = None
    until: date | None = None
    distress_limit: Annotated[int, Meta(ge=0, le=gates.HIGHEST_START)] | None = None
    suggested: Suggested | None = None
    tailored: Annotated[dict[bodies.StepId, Written], Meta(max_length=20)] = {}


class NewAssignment(Terms, frozen=True, kw_only=True):
    """What a therapist sends. `id` and `op` are made in the browser, so sending it twice changes nothing."""

    id: NewId
    exercise: bodies.ExerciseId
    rehearsed_on: date | None = None
    scene: Written | None = None
    texts: Texts = Texts()
    written_together: bool = False


class ChangedTerms(Terms, frozen=True, kw_only=True):
    """The terms of the assignment that was on screen at revision `base`, whole. Of what was done and written together,
    what is left out stays as it is; `texts` are all of them."""

    base: Revision
    rehearsed_on: date | None = None
    scene: Written | None = None
    texts: Texts | None = None
    written_together: bool = False

    @property
    def rewrites(self) -> bool:
        """Whether anything of what was done or written together is said anew."""
        return not (self.rehearsed_on is None and self.scene is None and self.texts is None)


def wanted(data: NewAssignment, card: Card, approved: set[str], today: date) -> gates.Wanted:
    return gates.Wanted(
        intensity=card.intensity,
        access=card.access,
        approved=f"{card.id}@{card.version}" in approved,
        until=data.until,
        rehearsed_on=data.rehearsed_on,
        scene=data.scene,
        needs_scene=card.needs_scene,
        expires=_expiry(card, today),
        needs_texts=bool(card.texts),
        texts=list(data.texts.of(card.texts).values()),
        together=data.written_together,
    )


def _expiry(card: Card, set_on: date) -> date | None:
    """The day on which a therapist-only assignment ends by itself; None for others."""
    if card.access != "therapist":
        return None
    return set_on + timedelta(days=card.limits.expires_days if card.limits else EXPIRES_AFTER_DAYS)


def body_of(data: NewAssignment, card: Card, library: Library, viewer: Viewer, today: date) -> bodies.Assignment:
    guarded = card.access == "therapist"
    texts = data.texts.of(card.texts) if card.texts else None
    whole = library.snapshot(card.id, data.locale, texts) or b"null"
    return bodies.Assignment(
        exercise=card.id,
        version=card.version,
        title=card.title,
        by=viewer.name,
        reason=data.reason.strip(),
        times_a_week=data.times_a_week,
        until=data.until.isoformat() if data.until else None,
        rehearsed_on=data.rehearsed_on.isoformat() if guarded and data.rehearsed_on else None,
        scene=data.scene if guarded else None,
        distress_limit=data.distress_limit if guarded else None,
        set_on=today.isoformat(),
        suggested=_suggested(data),
        expires_on=_last(_expiry(card, today), data.until),
        snapshot=msgspec.Raw(whole) if guarded or is_own(card.id) else None,
        tailored=_tailored(data.tailored, whole, library.snapshot(card.id, data.locale)),
    )


def changed(body: Fields, data: ChangedTerms, library: Library, approved: set[str], now: Millis, today: date) -> Fields:
    """The assignment with these terms; `Invalid` when they can't be."""
    said = assigned.read(body)
    if not assigned.is_live(said, today):
        raise Invalid("This has ended meanwhile, so it can't be changed. Nothing was saved. Set it again instead.")
    card, guarded = library.card(said.exercise, data.locale), said.expires_on is not None
    set_on = date.fromisoformat(said.set_on) if said.set_on else today
    expires = _expiry(card, set_on) if card and guarded else None
    refuse(gates.last_day_wrong(data.until, expires, today))
    if data.rewrites:
        body = _rewritten(body, data, _card_of(said, card), library, approved, now, today)
    every_step = library.snapshot(said.exercise, data.locale)
    whole = assigned.text_of(body) or every_step
    terms = {
        "reason": data.reason.strip() or None,
        "times_a_week": data.times_a_week,
        "until": data.until.isoformat() if data.until else None,
        "distress_limit": data.distress_limit if guarded else None,
        "suggested": msgspec.to_builtins(_suggested(data)),
        "expires_on": _last(expires, data.until) if expires else said.expires_on,
        "tailored": msgspec.to_builtins(_tailored(data.tailored, whole, every_step)),
    }
    return assigned.changed(body, terms)


def _card_of(said: bodies.Assignment, card: Card | None) -> Card:
    """The exercise as it is now, for other texts in it; `Invalid` when it is another by now, or none."""
    if card is None:
        raise Invalid("This exercise is not there any more, so its texts can't be changed. Nothing was saved.")
    if card.texts and card.version != said.version:
        raise Invalid(
            f"\u201c{card.title}\u201d is at version {card.version} by now, and this was set with version "
            f"{said.version}, so its texts can't be changed. Nothing was saved. End it and set it again."
        )
    return card


def _rewritten(
    body: Fields, data: ChangedTerms, card: Card, library: Library, approved: set[str], now: Millis, today: date
) -> Fields:
    """The assignment with what was done and written together said anew; checked as when it is set."""
    said = assigned.read(body)
    before = _texts_in(body)
    texts = before if data.texts is None else data.texts.of(card.texts)
    rehearsed = data.rehearsed_on or (date.fromisoformat(said.rehearsed_on) if said.rehearsed_on else None)
    scene = said.scene if data.scene is None or card.access != "therapist" else data.scene.strip()
    wanted = gates.Wanted(
        intensity=card.intensity,
        access=card.access,
        approved=f"{card.id}@{card.version}" in approved,
        until=None,
        rehearsed_on=rehearsed,
        scene=scene,
        needs_scene=card.needs_scene,
        needs_texts=bool(card.texts),
        texts=list(texts.values()),
        together=data.written_together or data.texts is None,
    )
    refuse(gates.why_not(wanted, today))
    guarded = card.access == "therapist"
    if guarded and card.texts and texts != before:
        body = assigned.retold(body, library.snapshot(card.id, data.locale, texts) or b"null")
    news = (scene, texts) != (said.scene, before)
    return assigned.changed(
        body,
        {
            "rehearsed_on": rehearsed.isoformat() if guarded and rehearsed else None,
            "scene": scene or None,
            "rewritten_at": now if news else said.rewritten_at,
        },
    )


class _Texts(msgspec.Struct):
    texts: dict[str, str] = {}


def _texts_in(body: Fields) -> dict[str, str]:
    """What was written together, as it is held inside the assignment."""
    return msgspec.json.decode(assigned.text_of(body) or b"{}", type=_Texts).texts


def _suggested(data: Terms) -> bodies.Suggested | None:
    return bodies.Suggested(data.suggested.at, sorted(set(data.suggested.days))) if data.suggested else None


def _last(expires: date | None, until: date | None) -> str | None:
    return min(expires, until or expires).isoformat() if expires else None


def _tailored(words: Mapping[str, str], whole: bytes | None, every_step: bytes | None) -> bodies.Tailored | None:
    """The words as they are kept, for the version they were written for; `Invalid` when they can't be put into it.
    `every_step` is the exercise with the steps that the client does not get."""
    clean = {step: tailoring.cleaned(text) for step, text in words.items()}
    if not clean:
        return None
    if whole is None:
        raise Invalid("This exercise is not there any more, so its words can't be changed. Nothing was saved.")
    exercise = msgspec.json.decode(whole, type=tailoring.Whole)
    refuse(tailoring.why_not(clean, exercise, _left_out(exercise, every_step)))
    return bodies.Tailored(exercise.version, clean)


def _left_out(exercise: tailoring.Whole, every_step: bytes | None) -> set[str]:
    """The steps of this version that are not in it, for want of their text."""
    known = msgspec.json.decode(every_step, type=tailoring.Whole) if every_step else exercise
    if known.version != exercise.version:
        return set()
    return {step.id for step in known.steps} - {step.id for step in exercise.steps}


def named(data: Terms) -> Iterator[tuple[str, str, int]]:
    """The texts of a request, each with what it is called and how long it may be."""
    yield "The reason", data.reason.strip(), MOST_REASON
    if isinstance(data, NewAssignment | ChangedTerms):
        yield "The scene", (data.scene or "").strip(), MOST_SCENE
        for name, text in (data.texts or Texts()).of(list(TEXTS)).items():
            yield f"The text \u201c{name.replace('_', ' ')}\u201d", text, TEXTS[name]


def refuse(sentence: str | None) -> None:
    if sentence is not None:
        raise Invalid(sentence)
