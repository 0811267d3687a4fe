// The newest scenes in the person's own words, and how often each turn came: counting, and nothing but.
import { sceneLines } from "../exercise/forms.ts";
import type { Labels } from "../screens/therapist/labels.ts";
import { shortDay } from "../screens/therapist/times.ts";
import { spoken } from "./lines.ts";
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
            <p class="muted small">{shortDay(day, today)}</p>
            <dl class="desk-said">
              {sceneLines({ ...scene }).map(({ label, text }) => <div key={label}><dt>{label}</dt><dd dir="auto">{text}</dd></div>)}
            </dl>
            {beside.entry?.(id)}
          </li>
        ))}
      </ul>
      {n > told.length && <p class="muted small">{bt("brief.scenes.more", { n: n - told.length })}</p>}
      {isEnough(turns) && turns.table.length > 0 && <TurnTable table={turns.table} labels={labels} />}
    </>
  );
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
