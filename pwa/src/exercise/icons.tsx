// Drawn as those in ui/icon.tsx.
const shapes = {
  stop: "M7 7h10v10H7z",
  pause: "M9 6v12M15 6v12",
  play: "M8.5 6v12l9.5-6z",
  voice: "M4.5 9.5v5h3.5l4.5 3.5V6L8 9.5ZM16 9.5a3.5 3.5 0 0 1 0 5M18.5 7a7 7 0 0 1 0 10",
  quiet: "M4.5 9.5v5h3.5l4.5 3.5V6L8 9.5ZM16.5 10l4 4M20.5 10l-4 4",
} as const;

/** A decorative sign: the words stand beside it. */
export function Sign({ name }: { name: keyof typeof shapes }) {
  return (
    <svg class={name === "stop" ? "icon sign-stop" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
