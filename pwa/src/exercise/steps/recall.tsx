import type { OldScene } from "../saved.ts";
import type { Recall } from "../types.ts";
import { pt } from "../words.ts";
import type { StepProps } from "./props.ts";

const SCENES = "scenes";

/** Something saved before, in its own words; or the newest scenes side by side. */
export function RecallStep({ step, saved }: StepProps<Recall>) {
  const fallback = <p class="lead">{step.words["fallback"] ?? pt("player.recall.nothing")}</p>;
  if (step.from !== SCENES) {
    const text = saved.texts[step.from];
    return text === undefined ? fallback : <blockquote class="recall" dir="auto">{text}</blockquote>;
  }
  const most = step.count ?? 1;
  return (
    <>
      {saved.scenes.length < most && fallback}
      {saved.scenes.length > 0 && <div class="scenes">{saved.scenes.slice(0, most).map((scene) => <Scene key={scene.id} scene={scene} />)}</div>}
    </>
  );
}

function Scene({ scene }: { scene: OldScene }) {
  const id = `scene-${scene.id}`;
  return (
    <section class="scene" aria-labelledby={id}>
      <h2 id={id} dir="auto">{scene.title}</h2>
      <dl>
        {scene.lines.map(({ label, text }) => <div key={label}><dt>{label}</dt><dd dir="auto">{text}</dd></div>)}
      </dl>
    </section>
  );
}
