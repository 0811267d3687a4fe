// The scenes a client shared: counted in a table of wish, expected answer and own move, and each of them whole.
import { useMemo, useRef, useState } from "preact/hooks";
import { zoneHere } from "../../history/days.ts";
import { EntryView, type Reader } from "./entry.tsx";
import { type Cell, formulation } from "./formulation.ts";
import { FormulationCard } from "./formulation-table.tsx";
import { jt } from "./journal-words.ts";
import { look, lookedFor } from "./looked.ts";
import type { PartProps } from "./part.tsx";
import { type Entry, entriesOf } from "./shared.ts";
import { shortDay } from "./times.ts";
import { toldIn } from "./told.ts";
import { useReader } from "./use-reader.ts";

const STEP = 10;

export function Scenes({ client, library, records, reading }: PartProps) {
  const reader = useReader(library, records);
  const all = useMemo(() => entriesOf(records, zoneHere()).filter(({ kind }) => kind === "scene"), [records]);
  const found = useMemo(() => formulation(toldIn(records), (wish) => reader.labels.any(wish) ?? wish), [records, reader]);
  const key = lookedFor(client.id).turn;
  const title = useRef<HTMLHeadingElement>(null);
  const chosen = found.wishes.flatMap(({ cells }) => cells).find((cell) => cell.key === key) ?? null;
  const show = (cell: Cell | null): void => {
    look(client.id, { turn: cell?.key ?? null });
    title.current?.focus();
  };
  if (all.length === 0) return <p class="muted">{jt("shared.scenes.none")}</p>;
  return (
    <div class="stack loose" aria-busy={reading}>
      <FormulationCard found={found} chosen={key} show={show} />
      <section class="stack" aria-labelledby="scenes-title">
        <h2 id="scenes-title" ref={title} tabIndex={-1}>{chosen === null ? jt("shared.scenes.list", { n: all.length }) : chosenWords(chosen)}</h2>
        {chosen !== null && <button type="button" class="button desk-start not-printed" onClick={() => show(null)}>{jt("shared.scenes.everything")}</button>}
        <Cards key={key} scenes={chosen === null ? all : all.filter(({ id }) => chosen.ids.has(id))} reader={reader} />
      </section>
    </div>
  );
}

function chosenWords({ wish, expected, move, ids: { size: n } }: Cell): string {
  return jt("shared.scenes.chosen", { wish, expected, move, n });
}

function Cards({ scenes, reader }: { scenes: readonly Entry[]; reader: Reader }) {
  const [most, setMost] = useState(STEP);
  return (
    <>
      <ul class="desk-cards">
        {scenes.slice(0, most).map((one) => <li key={one.id}><EntryView entry={one} reader={reader} level={3} under={shortDay(one.day, reader.today)} /></li>)}
      </ul>
      {scenes.length > most && <button type="button" class="button desk-start not-printed" onClick={() => setMost(most + STEP)}>{jt("shared.scenes.more")}</button>}
    </>
  );
}
