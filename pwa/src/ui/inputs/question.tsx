import type { ComponentChildren } from "preact";

type QuestionProps = {
  label: string;
  /** The words are on the screen already: keep them for screen readers only. */
  hideLabel?: boolean | undefined;
  hint?: string | undefined;
  class?: string | undefined;
  children: ComponentChildren;
};

/** A group of inputs with its question as the legend. */
export function Question({ label, hideLabel = false, hint, class: name = "", children }: QuestionProps) {
  return (
    <fieldset class={`question ${name}`}>
      <legend class={hideLabel ? "question-label visually-hidden" : "question-label"}>{label}</legend>
      {hint !== undefined && <p class="question-hint">{hint}</p>}
      {children}
    </fieldset>
  );
}
