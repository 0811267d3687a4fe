import type { ComponentChildren } from "preact";

type DataTableProps = { caption: string; columns: readonly string[]; rows: readonly (readonly ComponentChildren[])[] };

/** The values of a chart as a table; the first cell of a row names it. The roles are said, since where there is no room for
 *  columns the rows are laid out one under the other, and a browser may no longer call that a table. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    <table role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">{columns.map((column) => <th key={column} role="columnheader" scope="col">{column}</th>)}</tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(([first, ...others], at) => (
          <tr key={at} role="row">
            <th role="rowheader" scope="row">{first}</th>
            {others.map((cell, place) => <td key={place} role="cell" data-column={columns[place + 1]}>{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
