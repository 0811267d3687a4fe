// The scenes counted, as a table: on a narrow screen each row stands by itself under its wish.
import { periodWords } from "../../ui/charts/said.ts";
import type { Cell, Formulation, Wish } from "./formulation.ts";
import { jt } from "./journal-words.ts";

type Props = { found: Formulation; chosen: string | null; show: (cell: Cell) => void };

export function FormulationCard({ found, chosen, show }: Props) {
  const { wishes, n, few, days } = found;
  return (
    <section class="card stack" aria-labelledby="formulation-title">
      <h2 id="formulation-title">{jt("shared.scenes")}</h2>
      {days === null ? <p class="muted">{jt("shared.scenes.noTurn")}</p> : (
        <>
          <p class="hint">{periodWords(jt("shared.scenes.count", { n }), days)}. {jt("shared.scenes.what")}</p>
          {few !== null && <p class="muted">{jt("shared.scenes.few", few)}</p>}
          <Table wishes={wishes} chosen={chosen} show={show} />
          <button type="button" class="button desk-start not-printed" onClick={() => print()}>{jt("shared.print")}</button>
        </>
      )}
    </section>
  );
}

/** The roles are said again: where rows are drawn as blocks, browsers forget that this is a table. */
function Table({ wishes, chosen, show }: { wishes: readonly Wish[]; chosen: string | null; show: (cell: Cell) => void }) {
  return (
    <table class="desk-turns" role="table">
      <caption class="visually-hidden">{jt("shared.scenes.caption")}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(["expected", "move", "which"] as const).map((column) => <th key={column} scope="col" role="columnheader">{jt(`shared.scenes.${column}`)}</th>)}
        </tr>
      </thead>
      {wishes.map(({ wish, n, cells }) => (
        <tbody key={wish} role="rowgroup">
          <tr role="row">
            <th scope="rowgroup" role="rowheader" colSpan={3} class="desk-wish">
              <span class="desk-wish-name">{jt("shared.scenes.wish")}</span> <bdi>{wish}</bdi> <span class="desk-wish-n">{jt("shared.scenes.show", { n })}</span>
            </th>
          </tr>
          {cells.map((cell) => <Row key={cell.key} cell={cell} chosen={cell.key === chosen} show={show} />)}
        </tbody>
      ))}
    </table>
  );
}

function Row({ cell, chosen, show }: { cell: Cell; chosen: boolean; show: (cell: Cell) => void }) {
  const { wish, expected, move, ids: { size: n } } = cell;
  return (
    <tr role="row" class={chosen ? "chosen" : undefined}>
      <td role="cell"><Name of="expected" /><span dir="auto">{expected}</span></td>
      <td role="cell"><Name of="move" /><span dir="auto">{move}</span></td>
      <td role="cell">
        <button type="button" class="quiet" aria-label={jt("shared.scenes.show_which", { wish, expected, move, n })} onClick={() => show(cell)}>{jt("shared.scenes.show", { n })}</button>
      </td>
    </tr>
  );
}

/** The name of a column where its heading is not over it; for the eye alone. */
function Name({ of }: { of: "expected" | "move" }) {
  return <span class="desk-cell-name" aria-hidden="true">{jt(`shared.scenes.${of}`)}</span>;
}
