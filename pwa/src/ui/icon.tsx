// Drawn for Midweek on a 24-unit square, in one stroke weight.
const shapes = {
  today: "M3 18h18M6.5 18a5.5 5.5 0 0 1 11 0M12 5.5v3M4.9 9.4l2 1.8M19.1 9.4l-2 1.8",
  practise: "M12 20.5V12M12 13.5C12 9 8.8 6.2 4.2 6c0 4.8 3 7.5 7.8 7.5ZM12 11c0-4 2.8-6.8 7.8-7 0 4.6-2.9 7.3-7.8 7.3",
  checkIn: "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-5.5L9 21v-3.5H5A1.5 1.5 0 0 1 3.5 16V7A1.5 1.5 0 0 1 5 5.5ZM8 10h8M8 13.5h5",
  history: "M4 6.5h16v13H4zM4 10.5h16M8.5 4v4M15.5 4v4M8 15l2.5-1.5L13 16l3-2.5",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4",
  help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM9.6 9.6 5.7 5.7M14.4 9.6l3.9-3.9M14.4 14.4l3.9 3.9M9.6 14.4l-3.9 3.9",
  hide: "M3.5 12s3-6 8.5-6 8.5 6 8.5 6-3 6-8.5 6-8.5-6-8.5-6ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM5 19.5l14-15",
  back: "M14.5 5.5 8 12l6.5 6.5",
  forward: "M9.5 5.5 16 12l-6.5 6.5",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  done: "M5 12.5l4.5 4.5L19 7.5",
  call: "M6.2 3.8h2.6l1.6 4.4-2 1.6a12 12 0 0 0 5.8 5.8l1.6-2 4.4 1.6v2.6a2 2 0 0 1-2.2 2A16.4 16.4 0 0 1 4.2 6a2 2 0 0 1 2-2.2Z",
  phone: "M8 3.5h8A1.5 1.5 0 0 1 17.5 5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5ZM11 17.5h2",
} as const;

export type IconName = keyof typeof shapes;

/** A decorative sign: say the same in words beside it. `turns` mirrors it where text runs from the right. */
export function Icon({ name, turns = false }: { name: IconName; turns?: boolean }) {
  return (
    <svg class={turns ? "icon turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

/** The mark: a week of days with the middle one lit. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="9" />
      <circle class="mark-day" cx="7.5" cy="16" r="2.5" />
      <circle class="mark-mid" cx="16" cy="16" r="4.75" />
      <circle class="mark-day" cx="24.5" cy="16" r="2.5" />
    </svg>
  );
}
