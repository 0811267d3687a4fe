import { useEffect, useState } from "preact/hooks";

/** The time, told again every `every` milliseconds while `running`, and at once when a hidden tab comes back. */
export function useNow(running: boolean, every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const look = (): void => setNow(Date.now());
    look();
    const timer = setInterval(look, every);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [running, every]);
  return now;
}
