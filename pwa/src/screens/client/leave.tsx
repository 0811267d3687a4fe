// Leaving with everything: the copy, bringing entries in, deleting everything, and what is said when all is gone.
import { useLocation, useRoute } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { list, status } from "../../data/journal.ts";
import { makeCopy, type Copy } from "../../leaving/copy.ts";
import { lt } from "../../leaving/words.ts";
import { entriesOf } from "../../history/entries.ts";
import { useAction } from "../../ui/action.ts";
import { saveFile } from "../../ui/save-file.ts";
import { Delete } from "./leave-delete.tsx";
import { Gone } from "./leave-gone.tsx";
import { Import } from "./leave-import.tsx";

export default function Leave() {
  const { path } = useLocation();
  const { page } = useRoute().params;
  if (path === "/gone") return <Gone />;
  if (page === "import") return <Import />;
  if (page === "delete") return <Delete />;
  return <Overview />;
}

function Overview() {
  return (
    <Screen title={lt("leaving.title")} backTo="/settings">
      <p>{lt("leaving.lead")}</p>
      <SaveCopy />
      <Way to="import" name={lt("leaving.import.link")} hint={lt("leaving.import.hint")} />
      <Way to="delete" name={lt("leaving.delete.link")} hint={lt("leaving.delete.hint")} />
    </Screen>
  );
}

function Way({ to, name, hint }: { to: string; name: string; hint: string }) {
  return (
    <section class="card">
      <h2>{name}</h2>
      <p>{hint}</p>
      <a class="button" href={`/settings/leave/${to}`}>{name}</a>
    </section>
  );
}

const PARTS = ["report", "json", "tables", "fhir", "server"] as const;

function SaveCopy() {
  const entries = useEntryCount();
  const { copy, action } = useCopy();
  return (
    <section class="card" aria-labelledby="copy">
      <h2 id="copy">{lt("leaving.copy.title")}</h2>
      {entries !== null && <p>{lt("leaving.copy.text", { n: entries })}</p>}
      <p><strong>{lt("leaving.copy.open")}</strong></p>
      <h3>{lt("leaving.copy.what")}</h3>
      <ul>{PARTS.map((part) => <li key={part}>{lt(`leaving.copy.what.${part}`)}</li>)}</ul>
      <button type="button" class="primary wide-button" onClick={action.run} disabled={action.busy}>
        {lt(action.busy ? "leaving.copy.making" : "leaving.copy.make")}
      </button>
      <div role="status" class="stack tight">
        {copy && <p>{lt("leaving.copy.saved", { file: copy.file.name })}</p>}
        {copy && <p>{lt(copy.server ? "leaving.copy.with_server" : "leaving.copy.without_server")}</p>}
      </div>
      {copy && <ShareCopy file={copy.file} />}
      {action.trouble && <p class="problem" role="alert">{lt("leaving.copy.failed")}</p>}
    </section>
  );
}

/** The copy that was made and saved last, on this screen. */
export function useCopy() {
  const [copy, setCopy] = useState<Copy | null>(null);
  const action = useAction(async () => {
    setCopy(null);
    const made = await makeCopy();
    saveFile(made.file.name, made.file);
    setCopy(made);
  });
  return { copy, action };
}

/** Only where the phone can hand a file to another app. */
function ShareCopy({ file }: { file: File }) {
  if (!navigator.canShare?.({ files: [file] })) return null;
  const share = () => void navigator.share({ files: [file] }).catch(() => undefined); // closing the sheet is no failure
  return <button type="button" class="button wide-button" onClick={share}>{lt("leaving.copy.share")}</button>;
}

/** How many entries this phone holds; null until counted, and again when that changes. */
export function useEntryCount(): number | null {
  const [count, setCount] = useState<number | null>(null);
  const { onlyHere, waiting } = status.value;
  useEffect(() => {
    let gone = false;
    void list({}).then((records) => gone || setCount(entriesOf(records).length)).catch(console.error);
    return () => {
      gone = true;
    };
  }, [onlyHere, waiting]);
  return count;
}
