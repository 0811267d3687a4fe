// While eyes are closed the whole screen is a Stop: a double tap anywhere, Escape, and the phone's own Back.
import { useEffect, useRef } from "preact/hooks";

/** Two taps are one double tap when they come this close, in milliseconds and in pixels. */
const SOON = 450;
const NEAR = 120;
const MARK = "eyes-closed";

export type Within = { readonly current: Element | null };

/** The page an element is on: a preview's frame has one of its own. */
export function pageOf(within: Within): Document {
  return within.current?.ownerDocument ?? document;
}

/** Calls `onStop` on a double tap anywhere on the page of `within`, Escape or Back, as long as `closed`. */
export function useClosedEyes(closed: boolean, onStop: () => void, within: Within): void {
  const stop = useRef(onStop);
  stop.current = onStop;
  useEffect(() => {
    if (!closed) return;
    const page = pageOf(within);
    let last = { timeStamp: Number.NEGATIVE_INFINITY, clientX: 0, clientY: 0 };
    const tap = ({ timeStamp, clientX, clientY }: PointerEvent): void => {
      const near = Math.hypot(clientX - last.clientX, clientY - last.clientY) < NEAR;
      if (near && timeStamp - last.timeStamp < SOON) stop.current();
      last = { timeStamp, clientX, clientY };
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape") stop.current();
    };
    page.addEventListener("pointerup", tap);
    page.addEventListener("keydown", key);
    const release = page === document ? holdBack(() => stop.current()) : undefined;
    return () => {
      page.removeEventListener("pointerup", tap);
      page.removeEventListener("keydown", key);
      release?.();
    };
  }, [closed]);
}

/** Puts an entry of its own on top of the history, so that Back takes that one and not the page. */
function holdBack(onBack: () => void): () => void {
  if (history.state !== MARK) history.pushState(MARK, "");
  let done = false;
  const back = (): void => {
    if (done) return;
    done = true;
    onBack();
  };
  addEventListener("popstate", back);
  return () => {
    removeEventListener("popstate", back);
    if (!done && history.state === MARK) history.back();
    done = true;
  };
}
