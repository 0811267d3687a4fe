import { useState } from "preact/hooks";
import { sentence } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/index.ts";
import { agree } from "../../sharing/agreed.ts";
import { AGREED, type Agreed, type Agreement } from "../../sharing/agreement.ts";
import { names, st } from "../../sharing/words.ts";

/** A switch for each thing that is agreed once. Each is kept as it is moved. */
export function SharingFields({ agreed }: { agreed: Agreement }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const change = (field: Agreed, on: boolean) => {
    setTrouble(null);
    agree({ fields: { [field]: on } }).catch((error: unknown) => setTrouble(sentence(error)));
  };
  return (
    <section class="card" aria-labelledby="sharing-fields">
      <h2 id="sharing-fields">{st("sharing.fields")}</h2>
      <div>
        {AGREED.map((field) => (
          <Switch key={field} label={st(`sharing.field.${field}`)} on={agreed.fields[field]} onChange={(on) => change(field, on)}
            description={field === "runs" ? st("sharing.field.runs_hint", names()) : undefined} />
        ))}
      </div>
      {trouble !== null && <p class="problem" role="alert">{trouble}</p>}
      <p>{st("sharing.private")}</p>
      <p class="hint">{st("sharing.therapist_only", names())}</p>
    </section>
  );
}
