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
import { History } from "./history-ahead.ts";
import { Hidden, hidden, openWhileHidden } from "./hidden.tsx";
import { later } from "./later.tsx";
import { NotFound } from "./not-found.tsx";
import { Snacks } from "./notices.tsx";
import { screen, Waiting } from "./shell.tsx";

const Practise = screen(() => import("../screens/client/practise.tsx"));
const Play = screen(() => import("../screens/client/play.tsx"));
const CheckIn = screen(() => import("../screens/client/check-in.tsx"));
const FirstSharing = screen(() => import("../screens/client/first-sharing.tsx"));
const Rest = screen(() => import("./rest.tsx"));
const Therapist = later(() => import("../screens/therapist/index.tsx"));

export function Root() {
  return (
    <LocationProvider>
      <Screens />
      {!hidden.value && <Snacks />}
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
          <Route path="/practise/:id/not-today" component={Rest} />
          <Route path="/play/:id" component={Play} />
          <Route path="/check-in" component={CheckIn} />
          <Route path="/history" component={History} />
          <Route path="/history/:id" component={History} />
          <Route path="/history/:id/:page" component={Rest} />
          <Route path="/safety-plan/:page?" component={Rest} />
          <Route path="/settings/:area?/:page?" component={Rest} />
          <Route path="/gone" component={Rest} />
          <Route path="/join" component={Join} />
          <Route path="/help" component={Help} />
          <Route path="/sign-in" component={Therapist} />
          <Route path="/clients" component={Therapist} />
          <Route path="/clients/:id" component={Therapist} />
          <Route path="/clients/:id/:page/:one?" component={Therapist} />
          <Route path="/crisis-lines" component={Therapist} />
          <Route path="/exercises" component={Therapist} />
          <Route path="/exercises/:id" component={Therapist} />
          <Route path="/exercises/:id/:page" component={Therapist} />
          <Route default component={NotFound} />
        </Router>
      </Who>
    </ErrorBoundary>
  );
}

/** What anyone may open, also signed out and when the store is broken; no lock will ever stand before it. */
export const forEveryone = /^\/(help|safety-plan|join|gone|sign-in|play\/(back-in-the-room|five-senses))$/;
const forTherapists = /^\/(clients|exercises|crisis-lines)(\/|$)/;

/** Lets through what the person here may see; everyone reaches help, the plan, grounding, joining and
 *  signing in. */
function Who({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const now = me.value;
  if (hidden.value && !openWhileHidden.test(path)) return <Hidden />;
  if (forEveryone.test(path)) return <>{children}</>;
  if (now === undefined) return <Waiting />;
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
