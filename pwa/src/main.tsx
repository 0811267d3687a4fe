// The start: the store first, then the screen, then the network.
import { render } from "preact";
import { ErrorPage } from "./app/error-page.tsx";
import { watchInstall } from "./app/install.ts";
import { forEveryone, Root } from "./app/root.tsx";
import { watchSecret } from "./app/secret.ts";
import { watchTap } from "./app/tapped.ts";
import { t } from "./app/words.ts";
import { registerWorker } from "./app/worker.ts";
import { loadFlags } from "./data/flags.ts";
import { loadLibrary, refreshLibrary } from "./data/library.ts";
import { startSession } from "./data/session.ts";
import { startSync } from "./data/sync.ts";
import "./styles/index.css";

const page = document.getElementById("page") as HTMLElement;

async function start(): Promise<void> {
  watchSecret();
  watchTap();
  watchInstall();
  render(<Root />, page);
  try {
    await Promise.all([loadFlags(), loadLibrary(), startSession()]);
    await startSync();
  } catch (error) {
    console.error(error);
    if (!forEveryone.test(location.pathname)) render(<ErrorPage title={t("foundation.noStore.title")} text={t("foundation.noStore.text")} />, page);
  }
  void import("./safety/contacts.ts").then(({ startContacts }) => startContacts()).catch(console.error);
  void refreshLibrary().catch(() => undefined);
  await registerWorker().catch(() => undefined);
  const { startPush } = await import("./data/push.ts");
  await startPush();
  const { startRecordings } = await import("./data/recordings.ts");
  await startRecordings();
}

void start().catch(console.error);
