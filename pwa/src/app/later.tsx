// Screens that load when they are first opened. Offline they come from the worker's store.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { NotLoaded } from "./not-loaded.tsx";

type Loaded<P> = { default: ComponentType<P> };
/** A component that can be loaded before it is drawn. */
export type Later<P> = ComponentType<P> & { load(): Promise<void> };
/** Nothing at all: for what may be missing. */
export const Nothing = () => null;

/** A component that arrives with `load`; while it is missing nothing is shown, and if it can't come, that is said; or what
 *  else is given for the two. */
export function later<P extends object>(load: () => Promise<Loaded<P>>, Coming: ComponentType = Nothing, Failed: ComponentType = NotLoaded): Later<P> {
  let ready: ComponentType<P> | undefined;
  let coming: Promise<void> | undefined;
  const fetchOnce = (): Promise<void> => {
    coming ??= load().then((module) => {
      ready = module.default;
    }).catch((error: unknown) => {
      coming = undefined; // it is tried again when the screen is opened
      throw error;
    });
    return coming;
  };
  return Object.assign(function Later(props: P) {
    const [state, setState] = useState<"coming" | "here" | "failed">(ready ? "here" : "coming");
    useEffect(() => {
      let gone = false;
      fetchOnce().then(
        () => gone || setState("here"),
        () => gone || setState("failed"),
      );
      return () => {
        gone = true;
      };
    }, []);
    const Ready = ready;
    if (Ready) return <Ready {...props} />;
    return state === "failed" ? <Failed /> : <Coming />;
  }, { load: fetchOnce });
}
