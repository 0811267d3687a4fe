import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useModal } from "../../ui/modal.ts";

type Props = { title: string; onClose: () => void; wide?: boolean; children: ComponentChildren };

/** A native dialog over the page: it keeps the focus, Escape closes it, and the focus goes back where it was. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const [dialog, name] = [useModal(), useId()];
  return (
    <dialog ref={dialog} class={wide ? "sheet desk-dialog wide" : "sheet desk-dialog"} aria-labelledby={name} onClose={onClose}>
      <h2 id={name} tabIndex={-1}>{title}</h2>
      {children}
    </dialog>
  );
}
