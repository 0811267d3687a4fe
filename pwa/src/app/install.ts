// Adding the app to the home screen: the browser's own prompt where there is one, else words.
import { signal } from "@preact/signals";
import { isApple, isInstalled } from "../data/device.ts";

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** How this browser can install: by its prompt, by the person's own taps, or not at all (or already done). */
export const installBy = signal<"prompt" | "apple" | null>(null);
let prompt: InstallPrompt | null = null;

export function watchInstall(): void {
  if (isInstalled()) return;
  if (isApple()) installBy.value = "apple";
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event as InstallPrompt;
    installBy.value = "prompt";
  });
  addEventListener("appinstalled", () => {
    installBy.value = null;
  });
}

export async function install(): Promise<void> {
  await prompt?.prompt();
  prompt = null;
  installBy.value = null;
}
