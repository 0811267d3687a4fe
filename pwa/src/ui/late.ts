import { useEffect, useState } from "preact/hooks";

/** Whether a second has passed: what waits so that nothing moves under a finger waits no longer for what can't be read. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setLate, 1_000, true);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
