// Every address and its screen. What the first screen does not need is loaded when it is opened.
import type { ComponentChildren } from "preact";
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { noticed, sharingSeen } from "../data/flags.ts";
import { me } from "../data/session.ts";
import FirstRun from "../screens/client/first-run.tsx";
import Help from "../screens/client/help.tsx";
import Join from "../screens/client/join.tsx";
import Today from "../screens/client/today.tsx";
import { ErrorBoundary } from "./error-page.tsx";
import { later } from "./later.tsx";
import { NotFound } from "./not-found.tsx";
import { Snacks } from "./notices.tsx";

const Practise = later(() => import("../screens/client/practise.tsx"));
const Play = later(() => import("../screens/client/play.tsx"));
const CheckIn = later(() => import("../screens/client/check-in.tsx"));
const History = later(() => import("../screens/client/history.tsx"));
const HistorySharing = later(() => import("../screens/client/history-sharing.tsx"));
const Settings = later(() => import("../screens/client/settings.tsx"));
const Sharing = later(() => import("../screens/client/sharing.tsx"));
const Seen = later(() => import("../screens/client/seen.tsx"));
const FirstSharing = later(() => import("../screens/client/first-sharing.tsx"));
const Unsent = later(() => import("../screens/client/unsent.tsx"));
const Kept = later(() => import("../screens/client/kept.tsx"));
const Therapist = later(() => import("../screens/therapist/index.tsx"));

export function Root() {
  return (
    <LocationProvider>
      <Screens />
      <Snacks />
    </LocationProvider>
  );
}

function Screens() {
  const { path } = useLocation();
  return (
    <ErrorBoundary path={path}>
      <Who>
        <Router>
          <Route path="/" component={Today} />
          <Route path="/practise" component={Practise} />
          <Route path="/practise/:id" component={Practise} />
          <Route path="/play/:id" component={Play} />
          <Route path="/check-in" component={CheckIn} />
          <Route path="/history" component={History} />
          <Route path="/history/:id" component={History} />
          <Route path="/history/:id/sharing" component={HistorySharing} />
          <Route path="/settings" component={Settings} />
          <Route path="/settings/sharing" component={Sharing} />
          <Route path="/settings/seen" component={Seen} />
          <Route path="/settings/unsent" component={Unsent} />
          <Route path="/settings/kept" component={Kept} />
          <Route path="/join" component={Join} />
          <Route path="/help" component={Help} />
          <Route path="/sign-in" component={Therapist} />
          <Route path="/clients" component={Therapist} />
          <Route path="/clients/:id" component={Therapist} />
          <Route path="/clients/:id/assign" component={Therapist} />
          <Route path="/exercises" component={Therapist} />
          <Route path="/exercises/:id" component={Therapist} />
          <Route path="/exercises/:id/preview" component={Therapist} />
          <Route default component={NotFound} />
        </Router>
      </Who>
    </ErrorBoundary>
  );
}

/** What anyone may open, also signed out and when the store is broken. */
export const forEveryone = /^\/(help|join|sign-in|play\/(back-in-the-room|five-senses))$/;
const forTherapists = /^\/(clients|exercises)(\/|$)/;

/** Lets through what the person here may see; everyone reaches help, grounding, joining and signing in. */
function Who({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const now = me.value;
  if (forEveryone.test(path)) return <>{children}</>;
  if (now === undefined) return null;
  if (now === null) return forTherapists.test(path) ? <Go to="/sign-in" /> : <Join />;
  if (now.role !== "client") return forTherapists.test(path) ? <>{children}</> : <Go to="/clients" />;
  if (noticed.value.value === undefined || sharingSeen.value.value === undefined) return null;
  if (!noticed.value.value) return <FirstRun />;
  return sharingSeen.value.value ? <>{children}</> : <FirstSharing />;
}

function Go({ to }: { to: string }) {
  const { route } = useLocation();
  useEffect(() => route(to, true), [to]);
  return null;
}
