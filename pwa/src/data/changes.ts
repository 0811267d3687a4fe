// Tells every tab that records changed.
import { afterPaint } from "./after-paint.ts";

type Listener = (kinds: readonly string[]) => void;

const listeners = new Set<Listener>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("midweek");
if (channel) channel.onmessage = ({ data }: MessageEvent<string[]>) => hear(data);

function hear(kinds: readonly string[]): void {
  for (const listener of listeners) listener(kinds);
}

/** Say that records of these kinds changed: to the other tabs at once, in this one after what it is about to paint. */
export function changed(kinds: Iterable<string>): void {
  const named = [...new Set(kinds)];
  if (named.length === 0) return;
  channel?.postMessage(named);
  afterPaint(() => hear(named));
}

/** Hear of changes; returns what ends it. */
export function onChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
