import { pt } from "./words.ts";
import type { Between } from "./state.ts";
import { supportWords } from "./heading.ts";
import { SupportCard } from "./steps/support.tsx";
import type { Step } from "./types.ts";
import type { Send } from "./use-player.ts";

/** The words of a small screen that a rule put in between: its title, and a line under it. */
export function betweenWords(between: Between, step: Step): { title: string; text: string } {
  switch (between.kind) {
    case "too-much": return { title: pt("player.too_much.title"), text: pt("player.too_much.text") };
    case "unsaid": return { title: pt("player.unsaid.title"), text: pt("player.unsaid.text") };
    case "change": return { title: step.words["change"] ?? pt("player.change.title"), text: "" };
    case "gate": return { title: pt("player.gate.title"), text: pt("player.gate.text") };
    case "support": return supportWords(between.level);
  }
}

/** Its buttons. The gentler way is always the main one. */
export function BetweenView({ between, send }: { between: Between; send: Send }) {
  const pick = (id: string) => (): void => send({ type: "pick", id });
  switch (between.kind) {
    case "too-much":
      return <Buttons main={[pt("player.too_much.stop"), pick("stop")]} others={[[pt("player.too_much.carry_on"), pick("carry")]]} />;
    case "unsaid":
      return <Buttons main={[pt("player.too_much.stop"), pick("stop")]} others={[[pt("player.unsaid.say"), pick("say")]]} />;
    case "change":
      return (
        <Buttons main={[pt("player.change.open"), pick("open")]}
          others={[[pt("player.change.change"), pick("change")], [pt("player.change.outside"), pick("outside")]]} />
      );
    case "gate":
      return <Buttons main={[pt("player.gate.go"), pick("go")]} others={[[pt("player.gate.leave"), pick("leave")]]} />;
    case "support":
      return <SupportCard level={between.level} onGround={pick("ground")} onHelp={pick("help")} onDone={pick("done")} />;
  }
}

type Button = [label: string, onClick: () => void];

function Buttons({ main, others }: { main: Button; others: Button[] }) {
  return (
    <div class="stack tight">
      <button type="button" class="primary wide-button" onClick={main[1]}>{main[0]}</button>
      {others.map(([label, onClick]) => (
        <button key={label} type="button" class="button wide-button" onClick={onClick}>{label}</button>
      ))}
    </div>
  );
}
