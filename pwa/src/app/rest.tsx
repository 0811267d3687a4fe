// The screens behind the tabs, by their address. They are named here, so that the first load need not name them.
import type { ComponentType } from "preact";
import { useLocation } from "preact-iso/router";
import { NotFound } from "./not-found.tsx";
import { screen } from "./shell.tsx";

const SCREENS: readonly (readonly [address: RegExp, ComponentType])[] = [
  [/^\/history\/[^/]+\/sharing$/, screen(() => import("../screens/client/history-sharing.tsx"))],
  [/^\/practise\/[^/]+\/not-today$/, screen(() => import("../screens/client/not-today.tsx"))],
  [/^\/history\/[^/]+\/change$/, screen(() => import("../screens/client/history-change.tsx"))],
  [/^\/safety-plan$/, screen(() => import("../screens/client/safety-plan.tsx"))],
  [/^\/safety-plan\/change$/, screen(() => import("../screens/client/safety-edit.tsx"))],
  [/^\/settings$/, screen(() => import("../screens/client/settings.tsx"))],
  [/^\/settings\/sharing$/, screen(() => import("../screens/client/sharing.tsx"))],
  [/^\/settings\/therapist$/, screen(() => import("../screens/client/accompanied.tsx"))],
  [/^\/settings\/brief$/, screen(() => import("../screens/client/brief.tsx"))],
  [/^\/settings\/seen$/, screen(() => import("../screens/client/seen.tsx"))],
  [/^\/settings\/notes$/, screen(() => import("../screens/client/notes.tsx"))],
  [/^\/settings\/words$/, screen(() => import("../screens/client/shared-words.tsx"))],
  [/^\/settings\/reminders$/, screen(() => import("../screens/client/reaching.tsx"))],
  [/^\/settings\/unsent$/, screen(() => import("../screens/client/unsent.tsx"))],
  [/^\/settings\/leave(\/[^/]+)?$|^\/gone$/, screen(() => import("../screens/client/leave.tsx"))],
  [/^\/settings\/kept$/, screen(() => import("../screens/client/kept.tsx"))],
];

export default function Rest() {
  const { path } = useLocation();
  const Screen = SCREENS.find(([address]) => address.test(path))?.[1] ?? NotFound;
  return <Screen key={path} />;
}
