// "When the answer of step 2 is 8 or more": which answer is looked at, and what it is compared with.
import type { Test } from "../../../exercise/types.ts";
import { Chips } from "../../../ui/inputs/index.ts";
import { useLibrary } from "../library.ts";
import { own } from "../words.ts";
import { answersOf, askedAbove, asking, endsOf, freshTest, type How, howOf, howsOf } from "./asked.ts";
import { Count, Pick } from "./inputs.tsx";
import { stepWords } from "./naming.ts";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

/** Which answer above a step is looked at. */
export function Looks({ form, step, label, value, onPick }: { form: Form; step: FormStep; label: string; value: string; onPick: (key: string) => void }) {
  const above = askedAbove(form, step.id);
  if (above.length === 0 && value === "") return <p class="notice warm small">{ot("own.fork.nothing_above")}</p>;
  const there = above.map((one) => [one.key, stepWords(form, one.step)] as const);
  const known = above.some(({ key }) => key === value);
  return <Pick label={label} value={value} options={known ? there : [[value, elsewhere(form, value)], ...there]} onPick={onPick} />;
}

/** What the answer is compared with. */
export function Compared({ form, asked, test, onTest }: { form: Form; asked: string; test: Test; onTest: (test: Test) => void }) {
  const step = asking(form, asked);
  const how = howOf(test);
  const usual = howsOf(step);
  const hows = how === null || usual.includes(how) ? usual : [how, ...usual];
  return (
    <>
      <Pick label={ot("own.fork.when")} value={how ?? ""} options={hows.map((one) => [one, ot(`own.how.${one}`)] as const)}
        onPick={(id) => onTest(freshTest(step, id as How))} />
      {(how === "at_least" || how === "at_most") && (
        <Count label={ot("own.fork.number")} {...endsOf(step)} value={test[how] ?? null}
          onCount={(count) => onTest({ [how]: count ?? endsOf(step).min })} />
      )}
      {(how === "is" || how === "has" || how === "lacks") && <Answers form={form} step={step} how={how} test={test} label={ot("own.fork.answers")} onTest={onTest} />}
    </>
  );
}

type AnswersProps = { form: Form; step: FormStep | undefined; how: "is" | "has" | "lacks"; test: Test; label: string; onTest: (test: Test) => void };

function Answers({ form, step, how, test, label, onTest }: AnswersProps) {
  const words = useLibrary()?.vocabulary;
  const looked = how === "is" ? test.is ?? [] : [test[how] ?? ""];
  const options = answersOf(form, step, looked, words).map((one) => ({ id: one.id, label: one.label ?? ot("own.fork.answer_gone", { id: own(one.id) }) }));
  if (how === "is") return <Chips label={label} multi options={options} value={looked} onChange={(is) => onTest({ is })} />;
  return <Pick label={label} value={looked[0] ?? ""} options={options.map(({ id, label: each }) => [id, each] as const)} onPick={(id) => onTest({ [how]: id })} />;
}

/** An answer that is not above: it is below now, or gone. */
function elsewhere(form: Form, key: string): string {
  const step = asking(form, key);
  if (key === "") return ot("own.fork.pick");
  return step === undefined ? ot("own.fork.asked_gone", { id: own(key) }) : ot("own.fork.asked_below", { step: stepWords(form, step) });
}
