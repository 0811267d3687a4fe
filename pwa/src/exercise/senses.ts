// What a person with closed eyes can hear and feel: a soft tone, a short buzz. Where a phone can't, nothing happens.

const SOFT = 0.06;
const BUZZ = 30;

let context: AudioContext | undefined;

/** A soft tone: the same note at the start of a part, a lower one at its end. */
export function tone(end = false): void {
  try {
    context ??= new AudioContext();
    if (context.state !== "running") void context.resume().catch(() => undefined);
    const [note, volume] = [context.createOscillator(), context.createGain()];
    const at = context.currentTime;
    note.frequency.value = end ? 264 : 396;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(SOFT, at + 0.15);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 1.4);
    note.connect(volume).connect(context.destination);
    note.start(at);
    note.stop(at + 1.5);
  } catch {
    // A phone without sound still shows the words.
  }
}

/** No tone any more, now. */
export function endTone(): void {
  void context?.close().catch(() => undefined);
  context = undefined;
}

/** A short buzz. */
export function buzz(): void {
  navigator.vibrate?.(BUZZ);
}

/** Keeps the screen awake until the returned function is called. The phone may let go of it in between; it is taken again. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let over = false;
  const take = async (): Promise<void> => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    lock = await navigator.wakeLock.request("screen").catch(() => undefined);
    if (over) await lock?.release();
  };
  const again = (): void => void take();
  document.addEventListener("visibilitychange", again);
  again();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", again);
    void lock?.release().catch(() => undefined);
  };
}
