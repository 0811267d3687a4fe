// A phone on the page: a frame with a document of its own, so that what is in it looks and scrolls as it does on a phone.
import { Component, type ComponentChildren, render } from "preact";
import { LocationProvider } from "preact-iso/router";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { tt } from "./words.ts";

/** As the device has it, or one of the app's own. */
export type Look = "device" | "light" | "dark" | "night";

type Props = {
  look: Look;
  /** Letters of twice their size. */
  large: boolean;
  /** Called instead of following a link. */
  onLink: () => void;
  children: ComponentChildren;
};

export function PreviewPhone({ look, large, onLink, children }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const body = useBody(frame);
  useLayoutEffect(() => {
    if (body) body.ownerDocument.documentElement.style.fontSize = large ? "200%" : "";
  }, [body, large]);
  useLayoutEffect(() => {
    if (body) paint(body.ownerDocument, look);
  }, [body, look]);
  useEffect(() => {
    if (body) render(<Inside onLink={onLink}>{children}</Inside>, body);
  });
  useEffect(() => () => {
    if (body) render(null, body);
  }, [body]);
  return <iframe ref={frame} class="preview-phone" title={tt("therapist.play.frame")} />;
}

/** The frame's own page, once it has the app's styles. A browser may put another page in its place while it starts. */
function useBody(frame: { current: HTMLIFrameElement | null }): HTMLElement | null {
  const [body, setBody] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let [gone, latest] = [false, frame.current?.contentDocument];
    const dress = async (): Promise<void> => {
      const page = frame.current?.contentDocument;
      latest = page;
      if (!page) return;
      const { lang, dir } = document.documentElement;
      Object.assign(page.documentElement, { lang, dir });
      await Promise.all(styles().map((style) => put(page, style)));
      if (!gone && page === latest) setBody(page.body);
    };
    const changed = (): void => {
      if (frame.current?.contentDocument !== latest) void dress();
    };
    void dress();
    frame.current?.addEventListener("load", changed);
    return () => {
      gone = true;
      frame.current?.removeEventListener("load", changed);
    };
  }, []);
  return body;
}

function styles(): Element[] {
  return [...document.querySelectorAll('link[rel="stylesheet"], style')];
}

/** A copy in the frame; there once it has loaded. */
function put(page: Document, style: Element): Promise<void> {
  const copy = page.importNode(style, true);
  const come = new Promise<void>((resolve) => {
    for (const event of ["load", "error"]) copy.addEventListener(event, () => resolve(), { once: true });
  });
  page.head.append(copy);
  return copy.localName === "link" ? come : Promise.resolve();
}

const asWritten = new WeakMap<MediaList, string>();

/** Turns the rules for dark devices on or off in the frame, whatever this device is set to. */
function paint(page: Document, look: Look): void {
  const root = page.documentElement;
  root.dataset["theme"] = look === "night" ? "night" : "";
  root.style.colorScheme = look === "device" ? "" : look === "light" ? "light" : "dark";
  for (const media of [...page.styleSheets].flatMap((sheet) => mediaIn(sheet))) {
    const written = asWritten.get(media) ?? media.mediaText;
    if (!written.includes("prefers-color-scheme")) continue;
    asWritten.set(media, written);
    const dark = written.includes("dark");
    media.mediaText = look === "device" ? written : (look === "light") === dark ? "not all" : "all";
  }
}

/** The conditions of all rules in a sheet, those inside layers too. */
function mediaIn({ cssRules }: { cssRules?: CSSRuleList }): MediaList[] {
  return [...(cssRules ?? [])].flatMap((rule) => [...("media" in rule ? [rule.media as MediaList] : []), ...mediaIn(rule as CSSGroupingRule)]);
}

/** Links and ways out lead nowhere; a step that breaks takes nothing else with it. */
class Inside extends Component<{ onLink: () => void; children: ComponentChildren }, { broken: ComponentChildren }> {
  override state = { broken: null };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: this.props.children });
  }

  override render() {
    const { onLink, children } = this.props;
    const here = { url: "/", path: "/", query: {}, route: onLink, back: onLink, forward: onLink };
    const stay = (event: MouseEvent): void => {
      if ((event.target as Element).closest("a[href]") === null) return;
      event.preventDefault();
      onLink();
    };
    return (
      <LocationProvider.ctx.Provider value={here}>
        <div onClickCapture={stay}>
          {this.state.broken === children && children !== null ? <p class="problem">{tt("therapist.play.broken")}</p> : children}
        </div>
      </LocationProvider.ctx.Provider>
    );
  }
}
