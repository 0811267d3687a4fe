import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { library } from "../../data/library.ts";
import { exerciseFor, useAssignment } from "../../exercise/context.ts";
import { StartGate } from "../../exercise/start-gate.tsx";

/** The page an exercise starts from, with its assignment when one holds. */
export function PractiseStart({ id }: { id: string }) {
  const assignment = useAssignment(id);
  const exercise = exerciseFor(id, assignment);
  if (assignment === undefined) return <Screen title={t("practise.title")} backTo="/practise" />;
  if (exercise === undefined) return <Gone />;
  return (
    <Screen title={exercise.title} backTo="/practise">
      <StartGate exercise={exercise} assignment={assignment} />
    </Screen>
  );
}

function Gone() {
  return (
    <Screen title={t("practise.gone")} backTo="/practise">
      <p>{t(library.value === null ? "practise.not_here" : "practise.gone_text")}</p>
      <p><a class="button" href="/practise">{t("practise.to_list")}</a></p>
    </Screen>
  );
}
