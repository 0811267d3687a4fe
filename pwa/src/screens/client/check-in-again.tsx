import { useLocation } from "preact-iso/router";
import { useMemo } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../history/entry-words.ts";
import { canSaveAgain, changed, draftOf, recordsAgain, type SavedCheckIn } from "../../checkin/again.ts";
import type { CheckInDraft } from "../../checkin/draft.ts";
import { useDraft } from "../../data/drafts.ts";
import { newId } from "../../data/ids.ts";
import { save } from "../../data/journal.ts";
import { useEntry } from "../../history/use-entry.ts";
import { readAgreement } from "../../sharing/agreed.ts";
import { savedIn } from "../../sharing/entries.ts";
import { useAction } from "../../ui/action.ts";
import { Form } from "./check-in-form.tsx";
import { kt, whenWords } from "../../app/keeping-words.ts";

/** A check-in that was saved, in its form. What is changed takes its place; its day and time stay. */
export function CheckInAgain({ id }: { id: string }) {
  const found = useEntry(id);
  if (found === null) return <Screen title={kt("keeping.change.title")} backTo="/history" />;
  return found.entry?.kind === "checkin" ? <Change saved={savedIn(found.entry)} /> : <Gone />;
}

function Gone() {
  return (
    <Screen title={kt("keeping.change.gone")} backTo="/history">
      <p>{kt("keeping.change.gone_text")}</p>
      <p><a class="button" href="/history">{t("history.detail.to_history")}</a></p>
    </Screen>
  );
}

/** Changes the text that was there when the change was begun: another one that comes meanwhile is kept beside it. */
function Change({ saved: now }: { saved: SavedCheckIn }) {
  const { route } = useLocation();
  const saved = useMemo(() => now, []);
  const before = useMemo(() => draftOf(saved, newId), []);
  const [key, back] = [`check-in:${saved.main.id}`, `/history/${saved.main.id}`];
  const kept = useDraft(key, before);
  const change = (some: Partial<CheckInDraft>) => kept.set(changed(kept.value.peek(), before, some));
  const keep = async (draft: CheckInDraft) => {
    const { items, gone } = recordsAgain(draft, saved, (await readAgreement()).fields);
    await save(items, key, gone);
    route(`/history/${items[0]?.id ?? ""}`, true);
  };
  const drop = useAction(async () => {
    await kept.clear();
    route(back, true);
  });
  return (
    <Screen title={kt("keeping.change.title")} backTo={back}>
      <p class="lead">{kt("keeping.change.lead", { when: whenWords(saved.main.felt_at ?? saved.main.saved_at) })}</p>
      <Form draft={kept.value.value} change={change} mayChangeWhen={false} ready={canSaveAgain} save={keep}>
        <button type="button" class="button wide-button" disabled={drop.busy} onClick={drop.run}>{kt("keeping.rewrite.leave")}</button>
      </Form>
    </Screen>
  );
}
