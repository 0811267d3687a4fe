// What is shown when a screen breaks. It relies on nothing that may have broken.
import { Component, type ComponentChildren } from "preact";
import { HelpLink } from "./shell.tsx";
import { t } from "./words.ts";

/** Catches errors of the screens inside, until the address changes. `quiet`: they leave nothing behind but a gap. */
export class ErrorBoundary extends Component<{ path: string; quiet?: boolean; children: ComponentChildren }, { failedAt: string | null }> {
  override state = { failedAt: null };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ failedAt: this.props.path });
  }

  override render() {
    if (this.state.failedAt !== this.props.path) return this.props.children;
    return this.props.quiet ? null : <ErrorPage title={t("foundation.error.title")} text={t("foundation.error.text")} />;
  }
}

/** A calm page that says what is safe. Its links load the app afresh. */
export function ErrorPage({ title, text }: { title: string; text: string }) {
  return (
    <div class="app">
      <div class="frame bare">
        <header class="top">
          <span class="brand">{t("foundation.name")}</span>
          <HelpLink />
        </header>
        <main id="main" class="main">
          <h1 tabIndex={-1}>{title}</h1>
          <p>{text}</p>
          <div class="row">
            <button type="button" class="primary" onClick={() => location.assign("/")}>
              {t("foundation.error.reload")}
            </button>
          </div>
        </main>
      </div>
    </div>
  );
}
