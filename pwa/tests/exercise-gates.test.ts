import assert from "node:assert/strict";
import { test } from "node:test";
import { asksBefore, type Contact, type Context, gateFor, isSetBack, keepsEyesOpen, lockedUntil, mayStart, type PastRun } from "../src/exercise/gates.ts";
import { isApproved } from "../src/exercise/approved.ts";
import type { Exercise, Step } from "../src/exercise/types.ts";
import { settingIn } from "../src/exercise/setting.ts";
import { shelves } from "../src/practise/shelves.ts";
import { pastRuns, serverTime, usesOf } from "../src/exercise/uses.ts";
import type { LocalRecord, Mark } from "../src/data/types.ts";
import { exercise, made, NOW, Run } from "./exercise-kit.ts";

const RUN = "019ac1b2-0000-7000-8000-000000000001";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const high = exercise("new-ending-recent");
const medium = made([{ id: "in", type: "imagine" }], { id: "medium-one", intensity: "medium" });
const low = exercise("feet-on-floor");

const assignment = (more: object = {}) => ({
  id: "a1",
  body: { exercise: high.id, version: 1, title: high.title, by: "Teresa", snapshot: high, set_on: "2026-11-20", expires_on: "2026-12-04", ...more },
});
const run = (more: Partial<PastRun> = {}): PastRun => ({
  exercise: high.id, assignment: "a1", intensity: "high", ended: "finished", started_at: NOW - 2 * DAY, ended_at: NOW - 2 * DAY,
  locked_until: NOW - DAY, ...more,
});
/** The server last answered at `server`, when the phone's clock showed `here`. */
const contact = (server: number, here = server): Contact => ({ server, here });
/** Midday in UTC, all in order for the high exercise. */
const calm: Context = {
  now: NOW, contact: contact(NOW - HOUR), offset: 0,
  approvals: [`${high.id}@1`, "medium-one@1"], assignment: assignment(), runs: [],
};
const mark = (body: Mark): LocalRecord<Mark> =>
  ({ id: `${body.what} ${body.run}`, body: { exercise: high.id, assignment: "a1", ...body } }) as LocalRecord<Mark>;
const why = (of: Exercise, more: Partial<Context> = {}): string => {
  const verdict = mayStart(of, { ...calm, ...more });
  return verdict.ok ? "ok" : verdict.why;
};
const until = (of: Exercise, more: Partial<Context> = {}): number | undefined => {
  const verdict = mayStart(of, { ...calm, ...more });
  return verdict.ok ? undefined : verdict.until;
};

test("a low exercise starts at once, approved or not, assigned or not", () => {
  assert.equal(why(low, { approvals: [], assignment: null, contact: null, distress: 10 }), "ok");
});

test("grounding is always open, also after a high exercise", () => {
  assert.equal(why(exercise("back-in-the-room"), { approvals: [], runs: [run({ ended_at: NOW - HOUR })] }), "ok");
});

test("a medium or high exercise the practice has not approved does not start", () => {
  assert.equal(why(medium, { approvals: [] }), "draft");
  assert.equal(why(high, { approvals: ["new-ending-recent@2"] }), "draft");
  assert.equal(isApproved(low, []), false);
});

test("a medium exercise asks for distress, which may be left open", () => {
  assert.equal(why(medium), "ask-distress");
  assert.equal(why(medium, { distress: null }), "ok");
});

for (const [distress, then] of [[6, "ok"], [7, "ok"], [8, "ground-first"], [10, "ground-first"]] as const) {
  test(`a medium exercise at ${distress}: ${then}`, () => {
    assert.equal(why(medium, { distress }), then);
  });
}

test("after the offer of grounding the choice stays with the person", () => {
  assert.equal(why(medium, { distress: 9, groundingOffered: true }), "ok");
});

test("a high exercise with all in order starts", () => {
  assert.equal(why(high), "ok");
});

test("without a live assignment with its snapshot a therapist's exercise does not start", () => {
  assert.equal(why(high, { assignment: null }), "assignment");
  assert.equal(why(high, { assignment: assignment({ ended_at: NOW - HOUR }) }), "assignment");
  assert.equal(why(high, { assignment: assignment({ exercise: "another" }) }), "assignment");
  assert.equal(why(high, { assignment: assignment({ snapshot: undefined }) }), "assignment");
});

test("an assignment holds through its last day, in the person's own time", () => {
  const last = assignment({ expires_on: "2026-11-22" });
  const evening = Date.UTC(2026, 10, 22, 19);
  assert.equal(why(high, { assignment: last, now: evening, contact: contact(evening) }), "ok");

  const tomorrow = Date.UTC(2026, 10, 23, 10);
  assert.equal(why(high, { assignment: last, now: tomorrow, contact: contact(tomorrow) }), "expired");
  assert.equal(why(high, { assignment: last, now: Date.UTC(2026, 10, 22, 23), offset: 120 }), "expired");
});

test("without a last day of its own an assignment of a high exercise ends after 14 days", () => {
  const set = assignment({ expires_on: undefined, set_on: "2026-11-08" });

  assert.equal(why(high, { assignment: set }), "ok");
  assert.equal(why(high, { assignment: assignment({ expires_on: undefined, set_on: "2026-11-07" }) }), "expired");
});

test("a clock set back does not open an assignment that is over", () => {
  const last = assignment({ expires_on: "2026-11-22" });
  const server = Date.UTC(2026, 10, 23, 10);

  assert.equal(why(high, { assignment: last, now: NOW, contact: contact(server) }), "expired");
});

test("after 72 hours without the server it asks to connect once", () => {
  const since = (ago: number): string => why(high, { contact: contact(NOW - ago) });

  assert.deepEqual([since(72 * HOUR - 1), since(72 * HOUR), since(72 * HOUR + 1)], ["ok", "ok", "connect"]);
  assert.equal(why(high, { contact: null }), "connect");
});

test("the 72 hours are the phone's own, however wrong its clock is", () => {
  const wrong = 3_650 * DAY;
  const since = (ago: number): string => why(high, { now: NOW - wrong, contact: contact(NOW - ago, NOW - ago - wrong) });

  assert.deepEqual([since(72 * HOUR), since(72 * HOUR + 1)], ["ok", "connect"]);
});

test("a clock set back since the server last answered asks to connect, and one put right by minutes does not", () => {
  const back = (by: number): string => why(high, { now: NOW - by, contact: contact(NOW) });

  assert.deepEqual([back(0), back(5 * MINUTE), back(5 * MINUTE + 1), back(HOUR)], ["ok", "ok", "connect", "connect"]);
});

test("a clock counts as set back from five minutes on", () => {
  assert.deepEqual([NOW, NOW - 5 * MINUTE, NOW - 5 * MINUTE - 1].map((now) => isSetBack(now, contact(NOW))), [false, false, true]);
  assert.equal(isSetBack(0, null), false);
});

test("a clock set back to before a time it had shown asks to connect", () => {
  const shown = (latest: number): string => why(high, { latest });

  assert.deepEqual([shown(NOW + 5 * MINUTE), shown(NOW + 5 * MINUTE + 1), shown(NOW + 4 * DAY)], ["ok", "connect", "connect"]);
  assert.equal(why(low, { latest: NOW + DAY }), "ok");
  assert.equal(why(medium, { latest: NOW + DAY, distress: 1 }), "ok");
});

test("a high exercise opens from 09:00 to 20:00 in the person's own time", () => {
  const at = (hour: number, minute: number, offset = 0): string => {
    const now = Date.UTC(2026, 10, 22, hour, minute);
    return why(high, { now, contact: contact(now), offset });
  };
  assert.deepEqual([at(8, 59), at(9, 0), at(19, 59), at(20, 0)], ["hours", "ok", "ok", "hours"]);
  assert.deepEqual([at(7, 59, 60), at(8, 0, 60), at(19, 0, 60)], ["hours", "ok", "hours"]);
});

test("outside the hours it says when it opens again", () => {
  const night = Date.UTC(2026, 10, 22, 22);
  const early = Date.UTC(2026, 10, 22, 5);

  assert.equal(until(high, { now: night, contact: contact(night) }), Date.UTC(2026, 10, 23, 9));
  assert.equal(until(high, { now: early, contact: contact(early) }), Date.UTC(2026, 10, 22, 9));
});

test("it is locked for 24 hours after each use, to the millisecond", () => {
  const used = (ago: number): PastRun => run({ ended_at: NOW - ago, locked_until: lockedUntil(high, NOW - ago) });

  assert.equal(why(high, { runs: [used(DAY - 1)] }), "locked");
  assert.equal(until(high, { runs: [used(DAY - 1)] }), NOW + 1);
  assert.equal(why(high, { runs: [used(DAY)] }), "ok");
});

test("a clock set back does not end a lock, and one set forward before the server answered does neither", () => {
  const locked = run({ ended_at: NOW - HOUR, locked_until: NOW + 23 * HOUR });

  assert.equal(why(high, { runs: [locked], now: NOW - 5 * MINUTE, contact: contact(NOW) }), "locked");
  assert.equal(why(high, { runs: [locked], now: NOW + DAY, contact: contact(NOW, NOW + DAY) }), "locked");
  assert.equal(why(high, { runs: [locked], now: NOW + 24 * HOUR, contact: contact(NOW + HOUR) }), "ok");
});

test("a clock set forward before the server answered opens no hours and ends no day of rest", () => {
  const night = Date.UTC(2026, 10, 22, 22);
  const morning = Date.UTC(2026, 10, 23, 10);
  const other = run({ exercise: "two-chairs-solo", ended_at: night - 5 * HOUR, locked_until: night });

  assert.equal(why(high, { now: morning, contact: contact(night, morning) }), "hours");
  assert.equal(why(medium, { now: morning, contact: contact(night, morning), runs: [other], distress: 1 }), "after-high");
});

test("two uses in seven days are the most", () => {
  const at = (days: number): PastRun => run({ ended_at: NOW - days * DAY, locked_until: NOW - (days - 1) * DAY });

  assert.equal(why(high, { runs: [at(2)] }), "ok");
  assert.equal(why(high, { runs: [at(2), at(6)] }), "often");
  assert.equal(until(high, { runs: [at(2), at(6)] }), NOW + DAY);
  assert.equal(why(high, { runs: [at(2), at(7)] }), "ok");
  assert.equal(why(high, { runs: [at(2), { ...at(7), ended_at: NOW - 7 * DAY + 1 }] }), "often");
  assert.equal(why(high, { runs: [at(2), run({ ended: "left", locked_until: undefined as never, ended_at: NOW - 3 * DAY })] }), "ok");
});

test("a run stopped after its gate counts as a use", () => {
  const stopped = run({ ended: "stopped", ended_at: NOW - 2 * DAY });

  assert.equal(why(high, { runs: [stopped, run({ ended_at: NOW - 5 * DAY })] }), "often");
});

test("after a hard rating it waits for a new assignment", () => {
  const hard = run({ reopen: true });

  assert.equal(why(high, { runs: [hard] }), "reopen");
  assert.equal(why(high, { runs: [hard], assignment: { ...assignment(), id: "a2" } }), "ok");
});

test("after a high exercise only low ones that day", () => {
  const other = run({ exercise: "two-chairs-solo", ended_at: NOW - 3 * HOUR, locked_until: NOW + 21 * HOUR });

  assert.equal(why(high, { runs: [other] }), "after-high");
  assert.equal(why(medium, { runs: [other], distress: 1 }), "after-high");
  assert.equal(until(medium, { runs: [other], distress: 1 }), Date.UTC(2026, 10, 23));
  assert.equal(why(low, { runs: [other] }), "ok");
  const yesterday = { ...other, ended_at: NOW - 13 * HOUR };
  assert.equal(why(high, { runs: [yesterday] }), "ok");
});

test("the day of a high exercise ends at midnight where the person is", () => {
  const midnight = Date.UTC(2026, 10, 22, 23);
  const rome = { offset: 60, distress: 1 };
  const at = (now: number): string => why(medium, {
    ...rome, now, contact: contact(now), runs: [run({ exercise: "two-chairs-solo", ended_at: midnight - 4 * HOUR, locked_until: midnight })],
  });

  assert.deepEqual([at(midnight - 1), at(midnight)], ["after-high", "ok"]);
});

test("an exercise that looks at scenes opens with as many as it needs", () => {
  const film: Exercise = { ...medium, needs_scenes: 3 };
  const with_ = (scenes?: number): string => why(film, { distress: 1, ...(scenes === undefined ? {} : { scenes }) });

  assert.deepEqual([with_(), with_(0), with_(2), with_(3), with_(4)], ["scenes", "scenes", "scenes", "ok", "ok"]);
});

test("a high run cut off or deleted holds its rest by its mark", () => {
  const use = mark({ what: "use", run: "r1", at: NOW - DAY + 1, locked_until: NOW + 1 });
  const rest = (marks: LocalRecord<Mark>[], runs: LocalRecord<PastRun>[] = []): string => why(high, { runs: pastRuns(runs, marks) });

  assert.equal(rest([use]), "locked");
  assert.equal(why(high, { runs: pastRuns([], [use]), now: NOW + 1 }), "ok");
  assert.equal(rest([mark({ what: "use", run: "r1", at: NOW - 2 * DAY }), mark({ what: "use", run: "r2", at: NOW - 3 * DAY })]), "often");
  assert.equal(rest([mark({ what: "use", run: "r1", at: NOW - 2 * DAY }), mark({ what: "reopen", run: "r1" })]), "reopen");
  assert.equal(why(medium, { distress: 1, runs: pastRuns([], [use]), now: NOW + 1 }), "ok");
  assert.equal(why(medium, { distress: 1, runs: pastRuns([], [mark({ what: "use", run: "r1", at: NOW - HOUR })]) }), "after-high");
});

test("a run and its mark are one use", () => {
  const recorded = { id: "r1", body: run({ ended_at: NOW - 2 * DAY }) } as LocalRecord<PastRun>;
  const use = mark({ what: "use", run: "r1", at: NOW - 2 * DAY, locked_until: NOW - DAY });

  assert.equal(why(high, { runs: pastRuns([recorded], [use]) }), "ok");
  assert.equal(why(high, { runs: pastRuns([recorded], [use, mark({ what: "use", run: "r2", at: NOW - 3 * DAY })]) }), "often");
});

test("other marks and the private parts of runs are no use", () => {
  const part = { id: "p1", body: { ...run(), part_of: "r1" } } as unknown as LocalRecord<PastRun>;

  assert.deepEqual(pastRuns([part], [mark({ what: "done", plan: "p", day: "2026-11-22" } as never)]), []);
});

test("only a high run past its gate leaves a mark, and after a hard rating one more", async () => {
  const told = async (of: Run): Promise<(string | undefined)[]> =>
    (await usesOf(of.exercise, RUN, "a1", of.state, NOW)).map(({ body }) => body.what);
  assert.deepEqual(await told(new Run(high).to("eyes")), []);
  assert.deepEqual(await told(new Run(exercise("calm-place")).to("mid")), []);
  assert.deepEqual(await told(new Run(high).to("eyes").answer("open")), ["use"]);
  assert.deepEqual(await told(new Run(high).to("distress_after").answer(8)), ["use", "reopen"]);

  const [use] = await usesOf(high, RUN, "a1", new Run(high).to("mid_1").state, NOW);
  assert.deepEqual(use?.body, { what: "use", exercise: high.id, run: RUN, assignment: "a1", at: NOW, locked_until: NOW + DAY });
  assert.equal(use?.audience, "service");
});

test("a moment is told by the server's clock", () => {
  assert.equal(serverTime(NOW, contact(NOW - 10 * DAY, NOW - HOUR)), NOW - 10 * DAY + HOUR);
  assert.equal(serverTime(NOW - 2 * HOUR, contact(NOW, NOW - HOUR)), NOW - HOUR);
  assert.equal(serverTime(NOW, null), NOW);
});

test("the therapist may lower the gate, and no one may raise it", () => {
  const limit = (distress_limit?: number): number => gateFor(high, assignment(distress_limit === undefined ? {} : { distress_limit }));
  assert.deepEqual([limit(), limit(3), limit(9)], [5, 3, 5]);

  const wide: Exercise = { ...high, limits: { ...high.limits!, gate: 9 } };
  assert.equal(gateFor(wide, null), 6);
});

test("a high exercise without a gate of its own asks first, and needs an answer at the limit or under it", () => {
  const bare: Exercise = { ...high, steps: high.steps.filter((step) => step.id !== "distress_before") };
  assert.equal(asksBefore(high), false);

  assert.equal(why(bare), "ask-distress");
  assert.equal(why(bare, { distress: null }), "ask-distress");
  assert.deepEqual([5, 6].map((distress) => why(bare, { distress })), ["ok", "distress"]);
  assert.equal(why(bare, { distress: 5, assignment: assignment({ distress_limit: 4 }) }), "distress");
});

test("an exercise that opens after a word from the therapist needs an assignment once", () => {
  const after = { ...medium, access: "after-ok" as const };

  assert.equal(why(after, { assignment: null, distress: 1 }), "needs-ok");
  assert.equal(why(after, { assignment: { id: "a3", body: { ...assignment().body, exercise: after.id } }, distress: 1 }), "ok");
});

const unreal = made([{ id: "in", type: "imagine" }], { id: "unreal-one", intensity: "low", contraindications: ["DISS", "PSYCH"] });
const breath = made([{ id: "in", type: "imagine" }], { id: "breath-one", intensity: "low", contraindications: ["BREATH"] });
const set = (of: Exercise, more: object = {}) => ({ id: "a2", body: { exercise: of.id, version: 1, title: of.title, by: "Teresa", set_on: "2026-11-20", ...more } });

test("what the therapist keeps closed for a person does not start by itself, approved or not", () => {
  assert.equal(why(unreal, { assignment: null, blocks: ["PSYCH"] }), "blocked");
  assert.equal(why(unreal, { assignment: null, blocks: ["GRIEF"] }), "ok");
});

test("what the therapist sets comes with their yes, and no longer than it is set", () => {
  assert.equal(why(unreal, { assignment: set(unreal), blocks: ["PSYCH"] }), "ok");
  assert.equal(why(unreal, { assignment: set(unreal, { ended_at: NOW - DAY }), blocks: ["PSYCH"] }), "blocked");
  assert.equal(why(unreal, { assignment: set(low), blocks: ["PSYCH"] }), "blocked");
});

test("an exercise that does itself otherwise for such a person stays open", () => {
  assert.equal(why(breath, { assignment: null, blocks: ["BREATH"] }), "ok");
});

test("who often feels unreal does what is short and asks for no closed eyes", () => {
  const eyes: Partial<Step> = { id: "eyes", type: "choice", sets: "eyes", options: ["open", "closed"] };
  const closed = made([eyes], { id: "closed-eyes", intensity: "low", contraindications: ["DISS"] });
  const of = (one: Exercise) => why(one, { assignment: null, blocks: ["DISS"] });

  assert.deepEqual([of({ ...unreal, minutes: 5 }), of({ ...unreal, minutes: 6 }), of({ ...closed, minutes: 2 })], ["ok", "blocked", "blocked"]);
});

test("grounding is never kept closed", () => {
  assert.equal(why(exercise("back-in-the-room"), { assignment: null, blocks: ["BREATH", "BODY", "DISS", "PSYCH"] }), "ok");
});

test("s6 eyes stay open by the therapist's word, or by what is known of the person", () => {
  assert.deepEqual([keepsEyesOpen([], false), keepsEyesOpen([], true), keepsEyesOpen(["DISS"], false), keepsEyesOpen(["GRIEF"], false)],
    [false, true, true, false]);
});

test("what is kept closed is on no shelf", () => {
  assert.deepEqual(shelves([unreal, breath], [], { blocks: ["PSYCH"] }).flatMap((shelf) => shelf.exercises.map((one) => one.exercise.id)), ["breath-one"]);
});

test("with a list only what is on it opens, and what steadies, and what the therapist sets", () => {
  const only = { allowed: [low.id] };
  const other = exercise("calm-place");

  assert.equal(why(low, only), "ok");
  assert.equal(why(other, only), "blocked");
  assert.equal(why(exercise("my-safety-plan"), only), "ok");
  assert.equal(why(exercise("five-senses"), only), "ok");
  assert.equal(why(other, { ...only, assignment: assignment({ exercise: other.id, snapshot: null }) }), "ok");
  assert.deepEqual(shelves([low, other], [], only).flatMap((shelf) => shelf.exercises.map((one) => one.exercise.id)), [low.id]);
});

test("what waits for the therapist's yes opens with it, once the practice approved it", () => {
  const companion = made([{ id: "in", type: "imagine" }], { id: "kind-companion", intensity: "medium", access: "after-ok" });
  const yes = { ok: ["kind-companion"], assignment: null, approvals: ["kind-companion@1"], distress: 3 };

  assert.equal(why(companion, { ...yes, ok: [] }), "needs-ok");
  assert.equal(why(companion, yes), "ok");
  assert.equal(why(companion, { ...yes, allowed: [low.id] }), "ok");
  assert.equal(why(companion, { ...yes, approvals: [] }), "draft");
  assert.equal(why({ ...companion, intensity: "high" }, yes), "needs-ok");
  assert.equal(why({ ...companion, contraindications: ["PSYCH"] }, { ...yes, blocks: ["PSYCH"] }), "blocked");
  assert.deepEqual(shelves([companion], yes.approvals, yes).flatMap((shelf) => shelf.exercises.map((one) => one.exercise.id)), ["kind-companion"]);
  assert.deepEqual(shelves([companion], yes.approvals), []);
});

for (const [clock, then] of [[10, "hours"], [11, "ok"], [15.99, "ok"], [16, "hours"]] as const) {
  test(`set to open from 11 to 16 a high exercise at ${clock}: ${then}`, () => {
    assert.equal(why(high, { hours: ["11:00", "16:00"], now: NOW + (clock - 12) * HOUR, contact: contact(NOW + (clock - 12) * HOUR - MINUTE) }), then);
  });
}

test("hours set for a person never reach past those of the exercise", () => {
  const early = NOW - 4 * HOUR;

  assert.equal(why(high, { hours: ["07:00", "22:00"], now: early, contact: contact(early - MINUTE) }), "hours");
});

test("hours hold for whatever only a therapist sets, and for nothing else", () => {
  const set = made([{ id: "in", type: "imagine" }], { id: "medium-one", intensity: "medium", access: "therapist" });
  const context = { hours: ["13:00", "16:00"] as const, now: NOW, contact: contact(NOW - MINUTE), distress: 2 };
  const given = assignment({ exercise: "medium-one", snapshot: set, set_on: undefined, expires_on: undefined });

  assert.equal(why(set, { ...context, assignment: given }), "hours");
  assert.equal(why(set, { ...context, assignment: given, hours: null }), "ok");
  assert.equal(why(medium, context), "ok");
  assert.equal(why(low, context), "ok");
});

test("a setting says what it says, and what is not of its shape sets nothing", () => {
  const odd = settingIn({ blocks: "all", allowed: [1, "a"], ok: null, hours: { from: "20:00", to: "09:00" }, open_only: "yes" });

  assert.deepEqual(odd, { blocks: [], openOnly: false, allowed: ["a"], ok: [], hours: null });
  assert.deepEqual(settingIn({ hours: { from: "10:00", to: "17:30" } }).hours, ["10:00", "17:30"]);
});
