import { st } from "../../safety/words.ts";

/** In Settings: the way to the plan. */
export function SafetyLink() {
  return (
    <section class="card">
      <h2>{st("safety.plan.title")}</h2>
      <p>{st("safety.settings.text")}</p>
      <a class="button" href="/safety-plan">{st("safety.plan.title")}</a>
    </section>
  );
}
