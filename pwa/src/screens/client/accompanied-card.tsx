// On Today: that somebody else comes, that it ended, that everything rests, or that a colleague asks to look. One at a time.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { at, called } from "../../sharing/accompanied-words.ts";
import { useStanding } from "../../sharing/answering.ts";
import { endingRead } from "../../sharing/ending-read.ts";
import { type Standing, toTell } from "../../sharing/standing.ts";
import { useAction } from "../../ui/action.ts";

export default function AccompaniedCard() {
  const standing = useStanding();
  useEffect(() => void endingRead.load(), []);
  const known = endingRead.value.value;
  if (standing === null || known === undefined) return null;
  const what = toTell(standing, known);
  if (what === "asked") return <Asked standing={standing} />;
  if (what === "ended") return <Ended standing={standing} />;
  if (what === "supervision") return <Supervision standing={standing} />;
  return what === "frozen" ? <Frozen standing={standing} /> : null;
}

type Props = { standing: Standing };

function Asked({ standing: { accompanied } }: Props) {
  const [therapist, before] = [called(accompanied?.therapist ?? ""), called(accompanied?.before ?? "")];
  return (
    <Card title={at("accompanied.asked.title", { therapist })} go={at("accompanied.asked.go")}>
      <p>{accompanied?.before ? at("accompanied.asked.from", { before, therapist }) : at("accompanied.asked.again", { therapist })}</p>
      <p>{at("accompanied.asked.until", { therapist })}</p>
    </Card>
  );
}

function Ended({ standing: { accompanied } }: Props) {
  const before = called(accompanied?.before ?? "");
  const done = useAction(() => endingRead.set(accompanied?.id ?? ""));
  return (
    <section class="card" aria-labelledby="accompanied">
      <h2 id="accompanied">{at("accompanied.ended.title", { before })}</h2>
      <p>{at("accompanied.ended.text", { before })}</p>
      <p>{at("accompanied.ended.keep")} <a href="/settings/leave">{at("accompanied.ended.copy")}</a></p>
      <p class="muted">{at("accompanied.ended.help")}</p>
      <button type="button" class="button" onClick={done.run} disabled={done.busy}>{at("accompanied.ended.ok")}</button>
      {done.trouble && <p class="problem" role="alert">{done.trouble}</p>}
    </section>
  );
}

function Frozen({ standing: { frozen } }: Props) {
  return (
    <Card title={at("accompanied.freeze.on")} go={at("accompanied.freeze.look")}>
      <p>{at("accompanied.freeze.by", { by: called(frozen?.by ?? "") })}</p>
    </Card>
  );
}

function Supervision({ standing: { supervision } }: Props) {
  const [by, supervisor] = [called(supervision?.by ?? ""), called(supervision?.supervisor ?? "", false)];
  return (
    <Card title={at("accompanied.supervision.title")} go={at("accompanied.supervision.look")}>
      <p>{at("accompanied.supervision.text", { by, supervisor })}</p>
    </Card>
  );
}

function Card({ title, go, children }: { title: string; go: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby="accompanied">
      <h2 id="accompanied">{title}</h2>
      {children}
      <a class="button" href="/settings/therapist">{go}</a>
    </section>
  );
}
