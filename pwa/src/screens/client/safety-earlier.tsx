// What the plan said before: looked up when it is asked for. Only its author sees it.
import { useEffect, useRef, useState } from "preact/hooks";
import { kt, whenWords } from "../../app/keeping-words.ts";
import { earlierVersions, type History, staysHere } from "../../data/earlier.ts";
import type { LocalRecord } from "../../data/types.ts";
import { Parts } from "../../safety/parts.tsx";
import { planOf } from "../../safety/plan.ts";
import { sentence } from "../../ui/action.ts";

/** For a plan the server has or had: what stayed on this phone has no versions. */
export function SafetyEarlier({ plan }: { plan: LocalRecord }) {
  const [open, setOpen] = useState(false);
  if (staysHere(plan)) return null;
  if (open) return <Found key={plan.rev} id={plan.id} />;
  return <p><button type="button" class="button" onClick={() => setOpen(true)}>{kt("keeping.earlier.show")}</button></p>;
}

function Found({ id }: { id: string }) {
  const [history, setHistory] = useState<History | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    let gone = false;
    heading.current?.focus({ preventScroll: true });
    earlierVersions(id).then(
      (found) => gone || setHistory(found),
      (error: unknown) => gone || setTrouble(sentence(error)),
    );
    return () => {
      gone = true;
    };
  }, [id]);
  return (
    <section class="stack" aria-labelledby="earlier">
      <h2 id="earlier" tabIndex={-1} ref={heading}>{kt("keeping.earlier.title")}</h2>
      <p class="muted" role="status">{history === null ? (trouble ?? kt("keeping.earlier.looking")) : said(history)}</p>
      {history?.versions.map(({ rev, saved_at, body }) => (
        <div key={rev} class="stack tight">
          <h3>{kt("keeping.earlier.version", { when: whenWords(saved_at) })}</h3>
          <Parts plan={planOf(body)} level={4} />
        </div>
      ))}
    </section>
  );
}

function said({ versions: { length: n }, complete }: History): string {
  if (n === 0) return kt(complete ? "keeping.earlier.none" : "keeping.earlier.none_here");
  return kt(complete ? "keeping.earlier.all" : "keeping.earlier.here", { n });
}
