import type { ComponentChildren } from "preact";

type DataTableProps = { caption: string; columns: readonly string[]; rows: readonly (readonly ComponentChildren[])[] };

/** The values of a chart as a table; the first cell of a row names it. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    <table>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map(([first, ...others], at) => (
          <tr key={at}>
            <th scope="row">{first}</th>
            {others.map((cell, place) => <td key={place}>{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
