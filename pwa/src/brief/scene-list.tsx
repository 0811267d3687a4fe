// The newest scenes in the person's own words, and how often each turn came: counting, and nothing but.
import type { Labels } from "../screens/therapist/labels.ts";
import { shortDay } from "../screens/therapist/times.ts";
import { spoken, turnLines } from "./lines.ts";
import type { Beside } from "./sheet.tsx";
import { isEnough, type Scenes } from "./types.ts";
import { bt } from "./words.ts";

type Props = { scenes: Scenes; labels: Labels; today: string; beside: Beside };

export function SceneList({ scenes: { told, n, turns }, labels, today, beside }: Props) {
  if (told.length === 0) return <p>{bt("brief.scenes.none")}</p>;
  return (
    <>
      <ul class="desk-cards">
        {told.map(({ id, day, scene }) => (
          <li key={id} class="desk-entry">
            <p class="muted small">{[shortDay(day, today), scene.title?.trim()].filter(Boolean).join(" · ")}</p>
            <dl class="desk-said">
              {turnLines(scene, labels).map(({ label, text }) => <div key={label}><dt>{label}</dt><dd dir="auto">{text}</dd></div>)}
            </dl>
            {beside.entry?.(id)}
          </li>
        ))}
      </ul>
      {n > told.length && <p class="muted small">{bt("brief.scenes.more", { n: n - told.length })}</p>}
      {isEnough(turns) && saysMore(turns.table, n, told.length) && <TurnTable table={turns.table} labels={labels} />}
    </>
  );
}

/** Of scenes that are all above, each with a turn of its own, a table would say the same again. */
function saysMore(table: readonly { n: number }[], n: number, shown: number): boolean {
  return table.length > 0 && (n > shown || table.some((turn) => turn.n > 1));
}

function TurnTable({ table, labels }: { table: readonly { wish: string; expected: string; move: string; n: number }[]; labels: Labels }) {
  return (
    <table class="brief-turns">
      <caption class="small">{bt("brief.scenes.turns")}</caption>
      <thead>
        <tr>{(["wish", "expected", "move", "n"] as const).map((column) => <th key={column} scope="col">{bt(`brief.scenes.${column}`)}</th>)}</tr>
      </thead>
      <tbody>
        {table.map((turn) => {
          const { wish, expected, move } = spoken(turn, labels);
          return <tr key={`${wish}|${expected}|${move}`}><td dir="auto">{wish}</td><td dir="auto">{expected}</td><td dir="auto">{move}</td><td>{turn.n}</td></tr>;
        })}
      </tbody>
    </table>
  );
}
