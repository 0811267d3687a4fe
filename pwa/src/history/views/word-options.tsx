import { useMemo } from "preact/hooks";
import type { Vocabulary } from "../../exercise/types.ts";

/** Families first in their group, then their words; special answers last. */
export function WordOptions({ vocabulary }: { vocabulary: Vocabulary | null }) {
  return useMemo(() => (
    <>
      {vocabulary?.families.map((family) => (
        <optgroup key={family.id} label={family.label}>
          {[family, ...family.words].map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
        </optgroup>
      ))}
      {vocabulary?.shared && (
        <optgroup label={vocabulary.shared.label}>
          {vocabulary.shared.words.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
        </optgroup>
      )}
      {vocabulary?.special.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
    </>
  ), [vocabulary]);
}
