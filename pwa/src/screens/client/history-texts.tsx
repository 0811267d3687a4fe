// What an entry says; and where it was changed on two devices at once, what both texts say. Nothing is asked.
import { t } from "../../history/entry-words.ts";
import { type Entry, isShared } from "../../history/entries.ts";
import { fieldsOf } from "../../history/fields.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { exerciseIn } from "./history-list.tsx";
import { kt, whenWords } from "../../app/keeping-words.ts";

/** The questions with their answers. */
export function Answers({ entry }: { entry: Entry }) {
  const fields = fieldsOf(entry, vocabulary.value, exerciseIn(entry));
  if (fields.length === 0) return null;
  return (
    <dl class="card answers">
      {fields.map((field) => (
        <div key={field.label}>
          <dt>
            {field.label} {field.private && isShared(entry) && <span class="private-mark">{t("history.private_part")}</span>}
          </dt>
          <dd>{field.text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Both texts, newest first; `entry` is the one this page is about. */
export function Texts({ entry, texts }: { entry: Entry; texts: readonly Entry[] }) {
  return (
    <>
      <p class="notice">{kt("keeping.both")}</p>
      {texts.map((one) => <Text key={one.id} entry={one} here={one.id === entry.id} />)}
    </>
  );
}

function Text({ entry, here }: { entry: Entry; here: boolean }) {
  const title = `text-${entry.id}`;
  return (
    <section class="stack tight" aria-labelledby={title}>
      <h2 id={title}>{kt(here ? "keeping.both.this" : "keeping.both.other")}</h2>
      <p class="muted">{kt("keeping.both.saved", { when: whenWords(entry.main.saved_at) })}</p>
      <Answers entry={entry} />
      {!here && <p><a class="button" href={`/history/${entry.id}`}>{kt("keeping.both.open")}</a></p>}
    </section>
  );
}
