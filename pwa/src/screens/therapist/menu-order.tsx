// Putting what is set into an order, by buttons that a keyboard reaches too. Nothing changes before Save.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { Menu, WireRecord } from "../../data/types.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { menuIn, menuRecord, moved, startingWith } from "./menu.ts";
import type { Set } from "./shared.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { client: Client; sets: readonly Set[]; records: readonly WireRecord[]; put: (record: WireRecord) => void; onClose: () => void };

export function MenuOrder({ client, sets, records, put, onClose }: Props) {
  const [menu, setMenu] = useState<Menu>(() => startingWith(sets.map(({ id }) => id), firstOf(sets, menuIn(records))));
  const [base] = useState(() => menuRecord(records)?.rev ?? null);
  const [told, setTold] = useState("");
  const tried = useRef<{ said: string; op: string } | null>(null);
  const saving = useAction(async () => {
    const said = JSON.stringify(menu);
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    put(await api<WireRecord>("PUT", `/api/clients/${client.id}/menu`, { ...menu, base, op: tried.current.op }));
    onClose();
  });
  const order = menu.order ?? [];
  const move = (id: string, by: -1 | 1): void => {
    const next = moved(order, id, by);
    const first = next[0] === menu.first ? menu.first : null;
    setMenu({ order: next, first: first ?? null });
    setTold(tt("therapist.menu.told", { title: own(titleOf(sets, id)), at: next.indexOf(id) + 1, of: next.length }));
  };
  return (
    <form class="card stack" aria-labelledby="menu-title" onSubmit={(event) => { event.preventDefault(); saving.run(); }}>
      <h3 id="menu-title">{tt("therapist.menu.title")}</h3>
      <p class="hint">{tt("therapist.menu.hint", { name: own(client.name) })}</p>
      <ol class="rows menu-rows">
        {order.map((id, at) => (
          <li key={id} class="menu-row">
            <span class="menu-name"><bdi>{titleOf(sets, id)}</bdi></span>
            <Move title={titleOf(sets, id)} by={-1} ends={at === 0} onMove={() => move(id, -1)} />
            <Move title={titleOf(sets, id)} by={1} ends={at === order.length - 1} onMove={() => move(id, 1)} />
          </li>
        ))}
      </ol>
      <label class="row desk-tick">
        <input type="checkbox" checked={menu.first != null} onChange={({ currentTarget: { checked } }) => setMenu(startingWith(order, checked ? (order[0] ?? null) : null))} />
        <span>{tt("therapist.menu.first", { title: own(titleOf(sets, order[0] ?? "")) })}</span>
      </label>
      <p class="visually-hidden" role="status">{told}</p>
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy}>{tt("therapist.menu.save")}</button>
        <button type="button" class="button" onClick={onClose}>{tt("therapist.menu.cancel")}</button>
      </div>
    </form>
  );
}

/** At its end a button stays where it is and does nothing, so that the focus is not lost. */
function Move({ title, by, ends, onMove }: { title: string; by: -1 | 1; ends: boolean; onMove: () => void }) {
  return (
    <button type="button" class={by === -1 ? "quiet round menu-up" : "quiet round menu-down"} aria-label={tt(by === -1 ? "therapist.menu.up" : "therapist.menu.down", { title })} aria-disabled={ends}
      onClick={() => ends || onMove()}>
      <Icon name="back" />
    </button>
  );
}

/** The one to begin with, while it is still set. */
function firstOf(sets: readonly Set[], menu: Menu | undefined): string | null {
  return sets.some(({ id }) => id === menu?.first) ? (menu?.first ?? null) : null;
}

function titleOf(sets: readonly Set[], id: string): string {
  return sets.find((one) => one.id === id)?.body.title ?? "";
}
