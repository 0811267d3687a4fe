// The frame of every screen: header with Need help now, title, content, status line, tabs.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";
import { me } from "../data/session.ts";
import { Icon, type IconName, Mark } from "../ui/icon.tsx";
import { HideButton } from "./hidden.tsx";
import { type Later, later } from "./later.tsx";
import { StatusLine } from "./status-line.tsx";
import { t } from "./words.ts";

export interface ScreenProps {
  /** The h1, and the name of the browser tab. */
  title: string;
  /** Which of its parts a screen shows, where it has several: to come to another is an arrival too. */
  part?: string;
  /** Where the back link goes; without it the header shows the mark. */
  backTo?: string;
  /** client: tabs and status line. bare: neither (before joining, in the player). therapist: wide, no tabs. */
  frame?: "client" | "bare" | "therapist";
  /** In the header, before Need help now. */
  extra?: ComponentChildren;
  children?: ComponentChildren;
}

/** One screen. On arrival the focus goes to its title, so that a screen reader starts there. */
export function Screen({ title, part, backTo, frame = "client", extra, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = useLocation();
  useTitle(title, part, heading);
  return (
    <div class="app">
      <a class="skip button" href="#main" onClick={() => heading.current?.focus()}>
        {t("foundation.skip")}
      </a>
      <div class={`frame ${frame === "therapist" ? "wide therapist" : frame}`}>
        <header class={extra || me.value?.role === "client" ? "top crowded" : "top"}>
          {backTo === undefined ? <Brand /> : <BackLink to={backTo} />}
          <div class="row">
            {extra}
            <HideButton />
            {frame !== "therapist" && path !== "/help" && <HelpLink />}
          </div>
        </header>
        <main id="main" class="main">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {children}
        </main>
        {frame === "client" && foot}
      </div>
    </div>
  );
}

/** It stays as it is while the screen above it is drawn again. */
const foot = (
  <div class="foot">
    <StatusLine />
    <Tabs />
  </div>
);

/** Before it is known who is here, or while a screen is coming: help and out of sight are there already, and the tabs stay. */
export function Waiting() {
  const { path } = useLocation();
  const isClient = me.value?.role === "client";
  const tabbed = isClient && !path.startsWith("/play/");
  return (
    <div class="app">
      <div class={`frame ${tabbed ? "client" : "bare"}`}>
        <header class={isClient ? "top crowded" : "top"}>
          <Brand />
          <div class="row">
            <HideButton />
            <HelpLink />
          </div>
        </header>
        <main id="main" class="main" aria-busy="true" />
        {tabbed && foot}
      </div>
    </div>
  );
}

/** A screen that comes with its code; help is there before it. */
export function screen(load: Parameters<typeof later>[0]): Later<object> {
  return later(load, Waiting);
}

function useTitle(title: string, part: string | undefined, heading: { current: HTMLHeadingElement | null }): void {
  useEffect(() => {
    document.title = title === t("foundation.name") ? title : `${title} · ${t("foundation.name")}`;
  }, [title]);
  const { path } = useLocation();
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [path, part]);
}

function Brand() {
  return (
    <a class="brand" href="/">
      <Mark />
      <span class="wordmark">{t("foundation.name")}</span>
    </a>
  );
}

function BackLink({ to }: { to: string }) {
  return (
    <a class="quiet back" href={to}>
      <Icon name="back" turns />
      {t("foundation.back")}
    </a>
  );
}

/** Always there, also signed out and offline. */
export function HelpLink() {
  return (
    <a class="help" href="/help">
      <Icon name="help" />
      {t("foundation.help.link")}
    </a>
  );
}

const tabs: ReadonlyArray<{ href: string; icon: IconName; label: () => string }> = [
  { href: "/", icon: "today", label: () => t("foundation.tab.today") },
  { href: "/practise", icon: "practise", label: () => t("foundation.tab.practise") },
  { href: "/check-in", icon: "checkIn", label: () => t("foundation.tab.checkIn") },
  { href: "/history", icon: "history", label: () => t("foundation.tab.history") },
];

function Tabs() {
  const { path } = useLocation();
  const here = (href: string): boolean => path === href || (href !== "/" && path.startsWith(`${href}/`));
  return (
    <nav class="tabs" aria-label={t("foundation.tab.all")}>
      {tabs.map(({ href, icon, label }) => (
        <a key={href} class="tab" href={href} aria-current={here(href) ? "page" : undefined}>
          <Icon name={icon} />
          {label()}
        </a>
      ))}
    </nav>
  );
}
