// Who accompanies the client and what they let them see; who may look for supervision; and letting everything rest.
import { useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { me } from "../../data/session.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { at, called, dayOf } from "../../sharing/accompanied-words.ts";
import { agreeTo, choose, freeze, useStanding } from "../../sharing/answering.ts";
import { type Answered, type Choice, CHOICES, type Standing } from "../../sharing/standing.ts";
import { type Action, useAction } from "../../ui/action.ts";
import { Tile } from "../../ui/inputs/tile.tsx";

export default function Accompanied() {
  const standing = useStanding();
  return (
    <Screen title={at("accompanied.title")} backTo="/settings/sharing">
      {standing !== null && (
        <>
          <Who standing={standing} />
          {standing.supervision !== null && <Supervision standing={standing} />}
          <Freeze standing={standing} />
        </>
      )}
    </Screen>
  );
}

type Props = { standing: Standing };

function Who({ standing }: Props) {
  const { accompanied } = standing;
  if (accompanied?.state === "asked") return <Choosing key={`${accompanied.id} ${standing.choice?.choice}`} standing={standing} />;
  if (accompanied?.state !== "ended") return <p class="lead">{me.value?.therapist ? at("accompanied.now", { therapist: called(me.value.therapist) }) : at("accompanied.nobody")}</p>;
  return (
    <>
      <p class="lead">{at("accompanied.nobody")}</p>
      <p>{at("accompanied.ended.text", { before: called(accompanied.before) })}</p>
      <p>{at("accompanied.ended.keep")}</p>
      <a class="button wide-button" href="/settings/leave">{at("accompanied.ended.copy")}</a>
    </>
  );
}

/** Nothing changes before Save; what holds is said, and can be changed. */
function Choosing({ standing: { accompanied, choice, waiting } }: Props) {
  const [wanted, want] = useState<Choice | null>(choice?.choice ?? null);
  const saving = useAction(async () => {
    if (wanted !== null) await choose(accompanied?.id ?? "", wanted, localDay(Date.now(), zoneHere()));
  });
  const [therapist, before] = [called(accompanied?.therapist ?? ""), called(accompanied?.before ?? "")];
  return (
    <>
      <p class="lead">{accompanied?.before ? at("accompanied.asked.from", { before, therapist }) : at("accompanied.asked.again", { therapist })}</p>
      <form class="card stack" onSubmit={(event) => { event.preventDefault(); saving.run(); }}>
        <p role="status">{choice === null ? at("accompanied.asked.until", { therapist }) : holds(choice, therapist)}</p>
        <Waits waiting={waiting} name="relationship" />
        <fieldset class="stack tight">
          <legend>{at("accompanied.asked.question", { therapist })}</legend>
          {CHOICES.map((one) => <Way key={one} choice={one} on={wanted === one} want={want} />)}
        </fieldset>
        <p class="hint">{at("accompanied.asked.facts", { therapist })}</p>
        <button type="submit" class="primary" disabled={saving.busy || wanted === null || wanted === choice?.choice}>{at("accompanied.asked.save")}</button>
        <Trouble of={saving} />
      </form>
    </>
  );
}

function Way({ choice, on, want }: { choice: Choice; on: boolean; want: (choice: Choice) => void }) {
  const hint = choice === "today" ? at("accompanied.asked.today_hint") : choice === "nothing" ? at("accompanied.asked.nothing_hint") : undefined;
  return <Tile type="radio" look="row" name="choice" label={at(`accompanied.asked.${choice}`)} description={hint} checked={on} onPick={() => want(choice)} />;
}

function holds({ choice, day }: NonNullable<Standing["choice"]>, therapist: string): string {
  if (choice === "today") return at("accompanied.asked.saved.today", { therapist, day: dayOf(Date.parse(`${day}T12:00`)) });
  return at(choice === "all" ? "accompanied.asked.saved.all" : "accompanied.asked.saved.nothing", { therapist });
}

function Supervision({ standing: { supervision, waiting } }: Props) {
  const { id = "", by = "", supervisor = "", until = 0, state } = supervision ?? {};
  const yes = useAction(() => agreeTo(id, true));
  const no = useAction(() => agreeTo(id, false));
  const who = { by: called(by), supervisor: called(supervisor) };
  return (
    <section class="card" aria-labelledby="supervision">
      <h2 id="supervision">{state === "agreed" ? at("accompanied.supervision.on", who) : at("accompanied.supervision.title")}</h2>
      <p>{at("accompanied.supervision.text", { ...who, supervisor: called(supervisor, false) })}</p>
      <p>{at("accompanied.supervision.sees", who)}</p>
      <p>{at("accompanied.supervision.until", { day: dayOf(until) })}</p>
      <p role="status">{state === "declined" ? at("accompanied.supervision.off", who) : ""}</p>
      <Waits waiting={waiting} name="supervision" />
      <div class="row">
        {state !== "agreed" && <button type="button" class="button" onClick={yes.run} disabled={yes.busy}>{at("accompanied.supervision.yes")}</button>}
        {state === "asked" && <button type="button" class="button" onClick={no.run} disabled={no.busy}>{at("accompanied.supervision.no")}</button>}
        {state === "agreed" && <button type="button" class="button" onClick={no.run} disabled={no.busy}>{at("accompanied.supervision.take_back")}</button>}
      </div>
      {state === "asked" && <p class="hint">{at("accompanied.supervision.free")}</p>}
      <Trouble of={yes} />
      <Trouble of={no} />
    </section>
  );
}

function Freeze({ standing: { frozen, waiting } }: Props) {
  const turn = useAction(() => freeze(frozen === null, frozen?.id ?? ""));
  const said = frozen === null ? at("accompanied.freeze.text") : frozen.by === "" ? at("accompanied.freeze.own") : at("accompanied.freeze.by", { by: called(frozen.by) });
  return (
    <section class={frozen === null ? "card" : "notice warm stack tight"} aria-labelledby="freeze">
      <h2 id="freeze">{at(frozen === null ? "accompanied.freeze.title" : "accompanied.freeze.on")}</h2>
      <p>{said}</p>
      {frozen !== null && <p>{at("accompanied.freeze.only")}</p>}
      <Waits waiting={waiting} name="freeze" />
      <button type="button" class="button" onClick={turn.run} disabled={turn.busy}>{at(frozen === null ? "accompanied.freeze.go" : "accompanied.freeze.end")}</button>
      <Trouble of={turn} />
    </section>
  );
}

function Waits({ waiting, name }: { waiting: ReadonlySet<Answered>; name: Answered }) {
  return <p class="muted" role="status">{waiting.has(name) ? at("accompanied.waits") : ""}</p>;
}

function Trouble({ of }: { of: Action }) {
  return of.trouble === null ? null : <p class="problem" role="alert">{of.trouble}</p>;
}
