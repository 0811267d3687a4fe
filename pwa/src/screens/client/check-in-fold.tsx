import type { ComponentChildren } from "preact";
import { Icon } from "../../ui/icon.tsx";

type FoldProps = { title: string; answer: string; slim?: boolean; children: ComponentChildren };

/** A question that opens on a tap. Closed, it shows what was answered. */
export function Fold({ title, answer, slim = false, children }: FoldProps) {
  return (
    <details class={slim ? "fold slim" : "fold"}>
      <summary>
        <span class="fold-words">
          <span class="fold-title">{title}</span>
          <span class="fold-answer">{answer}</span>
        </span>
        <Icon name="forward" turns />
      </summary>
      <div class="fold-inside stack">{children}</div>
    </details>
  );
}
