import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

type Props = { title: string; onClose: () => void; wide?: boolean; children: ComponentChildren };

/** A native dialog over the page: it keeps the focus, Escape closes it, and the focus goes back where it was. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} class={wide ? "sheet desk-dialog wide" : "sheet desk-dialog"} aria-labelledby={name} onClose={onClose}>
      <h2 id={name} tabIndex={-1}>{title}</h2>
      {children}
    </dialog>
  );
}
