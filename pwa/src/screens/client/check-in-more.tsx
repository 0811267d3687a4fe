import { t } from "../../app/words.ts";
import { someoneInvolved } from "../../checkin/draft.ts";
import { library } from "../../data/library.ts";
import type { Named, Vocabulary } from "../../exercise/types.ts";
import { BodyMap, Chips, Sensations, Switch } from "../../ui/inputs/index.ts";
import { Fold } from "./check-in-fold.tsx";
import type { Part } from "./check-in-form.tsx";
import { NoteField } from "./check-in-note.tsx";

/** "A bit more?": body, context, wish, note and what becomes of it, all optional. */
export function CheckInMore({ draft, change }: Part) {
  if (!draft.more) {
    return (
      <button type="button" class="button" aria-expanded={false} onClick={() => change({ more: true })}>
        {t("checkin.more")}
      </button>
    );
  }
  const vocabulary = library.value?.vocabulary;
  return (
    <section class="stack" aria-label={t("checkin.more")}>
      <h2>{t("checkin.more")}</h2>
      {vocabulary !== undefined && <Asked draft={draft} change={change} vocabulary={vocabulary} />}
      <NoteField draft={draft} change={change} label={t("checkin.note")} />
      <div>
        <Switch label={t("checkin.bring")} description={t("checkin.bring_hint")} on={draft.bring} onChange={(bring) => change({ bring })} />
        <Switch label={t("checkin.just_me")} description={t("checkin.just_me_hint")} on={draft.just_me} onChange={(just_me) => change({ just_me })} />
      </div>
    </section>
  );
}

type AskedProps = Part & { vocabulary: Vocabulary };

function Asked({ draft, change, vocabulary }: AskedProps) {
  const { regions, sensations, contexts } = vocabulary;
  const people = new Set([...contexts.with, ...contexts.people].map((one) => one.id));
  return (
    <div class="folds">
      <Fold title={t("checkin.body")} answer={labels([...regions, ...sensations], [...draft.regions, ...draft.sensations])}>
        <BodyMap label={t("checkin.body")} hideLabel hint={t("checkin.body_hint")} regions={regions} max={3}
          value={draft.regions} onChange={(value) => change({ regions: value })} />
        <Sensations label={t("checkin.sensations")} sensations={sensations} max={3} value={draft.sensations.map((id) => ({ id }))}
          onChange={(value) => change({ sensations: value.map(({ id }) => id) })} />
      </Fold>
      <Fold title={t("checkin.around")} answer={labels([...contexts.where, ...contexts.with, ...contexts.people], draft.contexts)}>
        <Context label={t("checkin.around.where")} options={contexts.where} draft={draft} change={change} />
        <Context label={t("checkin.around.with")} options={contexts.with} alone={["not_said"]} draft={draft} change={change} />
        <Context label={t("checkin.around.people")} options={contexts.people} alone={["nothing_special", "unknown"]} draft={draft} change={change} />
      </Fold>
      {(someoneInvolved(draft.contexts, people) || draft.wish !== null) && <Wish draft={draft} change={change} vocabulary={vocabulary} />}
    </div>
  );
}

function Context({ label, options, alone = [], draft, change }: Part & { label: string; options: readonly Named[]; alone?: readonly string[] }) {
  const ids = new Set(options.map((option) => option.id));
  const others = draft.contexts.filter((id) => !ids.has(id));
  return (
    <Chips label={label} options={options} multi alone={alone} value={draft.contexts.filter((id) => ids.has(id))}
      onChange={(value) => change({ contexts: [...others, ...value] })} />
  );
}

function Wish({ draft, change, vocabulary }: AskedProps) {
  const chosen = draft.wish === null ? [] : [draft.wish];
  return (
    <Fold title={t("checkin.wish")} answer={labels(vocabulary.wishes, chosen)}>
      <Chips label={t("checkin.wish")} hideLabel options={vocabulary.wishes} value={chosen} onChange={([id]) => change({ wish: id ?? null })} />
      {draft.wish !== null && !draft.just_me && (
        <Switch label={t("checkin.share_wish")} description={t("checkin.share_wish_hint")} on={draft.choice.wish === true}
          onChange={(wish) => change({ choice: { ...draft.choice, wish } })} />
      )}
    </Fold>
  );
}

function labels(options: readonly Named[], ids: readonly string[]): string {
  return ids.map((id) => options.find((option) => option.id === id)?.label ?? id).join(", ");
}
