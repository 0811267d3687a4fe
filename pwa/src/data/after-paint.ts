// What can wait until the screen has answered.

const AT_MOST = 200;

/** Runs `work` once what is on its way to the screen was painted; at once where nothing is painted, as in a worker. */
export function afterPaint(work: () => void): void {
  const { document: page, requestAnimationFrame: draws } = globalThis as Partial<Screen>;
  if (draws === undefined || page?.visibilityState !== "visible") {
    work();
    return;
  }
  let open = true;
  const once = (): void => {
    if (open) work();
    open = false;
  };
  draws(() => draws(once)); // the frame after the one that shows it
  setTimeout(once, AT_MOST); // a page that is put away meanwhile is never painted
}

interface Screen {
  document: { visibilityState: string };
  requestAnimationFrame(drawn: () => void): unknown;
}
