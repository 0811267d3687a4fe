// What an exercise is: its title and summary, what it trains, how strong it is, and what speaks against it.
import { Chips } from "../../../ui/inputs/index.ts";
import { named } from "../words.ts";
import { headed } from "./change.ts";
import { Line, Pick, Words } from "./inputs.tsx";
import { Lengths } from "./lengths.tsx";
import type { Form } from "./types.ts";
import { ot } from "./words.ts";

const FAMILIES = ["grounding-safety", "body-awareness", "emotion-labelling", "imagery", "mentalizing", "narrative-episode", "mastery"];
const FUNCTIONS = ["monitoring", "integration", "differentiation", "decentration", "mastery"];
const CODES = ["BREATH", "BODY", "DISS", "TRAUMA", "PSYCH", "CRISIS", "SUBST", "DRIVE", "GRIEF", "SHAME", "TINNITUS", "PARTNER-VIOLENCE"];

export function About({ form, change }: { form: Form; change: (form: Form) => void }) {
  const { head } = form;
  const list = (key: string): string[] => (Array.isArray(head[key]) ? (head[key] as string[]) : []);
  const codes = list("contraindications").length;
  const high = head["intensity"] === "high";
  return (
    <section class="card stack loose own-about" aria-labelledby="own-about">
      <h2 id="own-about">{ot("own.about.heading")}</h2>
      <Line label={ot("own.about.title")} value={form.title} most={120} onInput={(title) => change({ ...form, title })} />
      <Words label={ot("own.about.summary")} hint={ot("own.about.summary_hint")} rows={2} value={form.summary} onInput={(summary) => change({ ...form, summary })} />
      <Pick label={ot("own.about.family")} value={String(head["family"] ?? "")} options={FAMILIES.map((id) => [id, named("family", id)])}
        onPick={(family) => change(headed(form, { family }))} />
      <Chips label={ot("own.about.functions")} multi options={FUNCTIONS.map((id) => ({ id, label: named("function", id) }))} value={list("functions")}
        onChange={(functions) => change(headed(form, { functions }))} />
      <Pick label={ot("own.about.intensity")} hint={ot("own.about.intensity_hint")} value={String(head["intensity"] ?? "")}
        options={["low", "medium", "high"].map((id) => [id, named("intensity", id)])} onPick={(intensity) => change(headed(form, { intensity }))} />
      {high
        ? <p class="muted small">{ot("own.about.high")}</p>
        : (
          <Pick label={ot("own.about.access")} value={String(head["access"] ?? "")}
            options={[["self", ot("own.about.access_self")], ["therapist", ot("own.about.access_therapist")]]} onPick={(access) => change(headed(form, { access }))} />
        )}
      <details class="desk-more">
        <summary>{codes === 0 ? ot("own.about.no_codes") : ot("own.about.codes", { n: codes })}</summary>
        <Chips label={ot("own.about.against")} hideLabel multi rows options={CODES.map((id) => ({ id, label: named("caution", id) }))}
          value={list("contraindications")} onChange={(contraindications) => change(headed(form, { contraindications }))} />
      </details>
      {(list("contraindications").length > 0 || form.caution !== "") && (
        <Words label={ot("own.about.caution")} hint={ot("own.about.caution_hint")} rows={2} value={form.caution} onInput={(caution) => change({ ...form, caution })} />
      )}
      <Lengths form={form} change={change} />
      <p class="muted small">{ot("own.about.minutes", { n: Number(head["minutes"] ?? 0) })}</p>
    </section>
  );
}
