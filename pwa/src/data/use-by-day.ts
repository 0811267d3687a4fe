import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { onChanged } from "./changes.ts";
import { oneAtATime } from "./journal.ts";
import { pause } from "./rows.ts";

/**
 * What `read` answers, read again whenever records of these kinds change, in any tab; null until first read for `asked`.
 * `read` is told when it is no longer wanted. What was read ahead of time is drawn at once, as `first`.
 */
export function useReading<T>(
  kinds: readonly string[], asked: string, read: (gone: () => boolean, before: T | null) => Promise<T>, first: T | null = null,
): T | null {
  const [answer, setAnswer] = useState<{ asked: string; of: T } | null>(first === null ? null : { asked, of: first });
  const last = useRef<T | null>(null);
  // The reading begins before the frame around it is painted, not after; in a task of its own.
  useLayoutEffect(() => {
    let gone = false;
    last.current = answer?.asked === asked ? answer.of : null;
    const again = oneAtATime(async () => {
      const of = await read(() => gone, last.current);
      await pause(); // to draw is a task of its own
      if (gone || of === last.current) return;
      last.current = of;
      setAnswer({ asked, of });
    });
    void pause().then(() => gone || again());
    const stop = onChanged((changed) => kinds.some((kind) => changed.includes(kind)) && again());
    return () => {
      gone = true;
      stop();
    };
  }, [asked]);
  return answer?.asked === asked ? answer.of : null;
}
