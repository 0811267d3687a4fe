import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** For a native dialog that is open as long as it is on screen: it keeps the focus, and however it goes, the focus is back
 *  where it was. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const box = useRef<HTMLDialogElement>(null);
  // Not an effect: those end when the dialog has left the page, and a dialog that has left gives no focus back.
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return box;
}
