// An exercise that came as a file: a .zip, or its two files. What can't be taken is said with its name, and nothing is added.
import { useLocation } from "preact-iso/router";
import { useId, useState } from "preact/hooks";
import { Problem } from "../../../data/api.ts";
import { Trouble, useAction } from "../action.tsx";
import { own } from "../words.ts";
import { begin, newOwnId, sendZip } from "./api.ts";
import { filesIn, NotTaken } from "./parcel.ts";
import type { OwnExercise } from "./types.ts";
import { ot } from "./words.ts";

/** Statuses of an answer that is about the file. */
const REFUSED = [413, 422];

export function BringIn() {
  const { route } = useLocation();
  const field = useId();
  const [wrong, setWrong] = useState<string | null>(null);
  const bringing = useAction(async (files: readonly File[]) => {
    if (files.length === 0) return;
    try {
      route(`/exercises/${(await brought(files)).id}/edit`);
    } catch (error) {
      const why = whyNot(error, files);
      if (why === null) throw error;
      setWrong(why);
    }
  });
  return (
    <section class="card stack desk-form" aria-labelledby="own-bring">
      <h2 id="own-bring">{ot("own.bring.title")}</h2>
      <p class="muted">{ot("own.bring.text")}</p>
      <div class="field">
        <label for={field}>{ot("own.bring.file")}</label>
        <input id={field} class="input own-file" type="file" accept=".zip,.toml,.md" multiple disabled={bringing.busy}
          onChange={(event) => {
            setWrong(null);
            bringing.run([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }} />
      </div>
      {bringing.busy && <p role="status">{ot("own.bring.busy")}</p>}
      {wrong !== null && <p class="notice warm own-wrong" role="alert">{wrong}</p>}
      <Trouble text={bringing.trouble} />
    </section>
  );
}

async function brought(files: readonly File[]): Promise<OwnExercise> {
  const id = newOwnId();
  const [zip] = files;
  if (files.length === 1 && zip !== undefined && /\.zip$/i.test(zip.name)) return sendZip(id, zip);
  return begin(id, { files: await filesIn(files), brought: true });
}

/** The sentence about these files; null when the trouble is another one. */
function whyNot(error: unknown, files: readonly File[]): string | null {
  if (error instanceof NotTaken) return notTaken(error);
  if (!(error instanceof Problem) || !REFUSED.includes(error.status)) return null;
  return files.length === 1 ? ot("own.bring.says", { name: own(files[0]?.name ?? ""), says: error.detail }) : error.detail;
}

function notTaken({ why, file, line, most }: NotTaken): string {
  const name = own(file);
  if (why === "large") return ot("own.bring.large", { name, most });
  return why === "encoding" || why === "nul" ? ot(`own.bring.${why}`, { name, n: line }) : ot(`own.bring.${why}`, { name });
}
