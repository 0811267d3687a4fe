import { AffectStep } from "./steps/affect.tsx";
import { BodyMapStep } from "./steps/body-map.tsx";
import { BreatheStep } from "./steps/breathe.tsx";
import { ChecklistStep } from "./steps/checklist.tsx";
import { ChoiceStep } from "./steps/choice.tsx";
import { CompareStep } from "./steps/compare.tsx";
import { EmotionsStep } from "./steps/emotions.tsx";
import { DialogueStep } from "./steps/dialogue.tsx";
import { FormStep } from "./steps/form.tsx";
import { CloseStep, OffersStep } from "./steps/offers.tsx";
import { PauseStep } from "./steps/pause.tsx";
import type { StepProps } from "./steps/props.ts";
import { Quotes } from "./steps/quotes.tsx";
import { RateStep } from "./steps/rate.tsx";
import { RecallStep } from "./steps/recall.tsx";
import { SensationsStep } from "./steps/sensations.tsx";
import { Spoken } from "./steps/spoken.tsx";
import { SupportStep } from "./steps/support.tsx";
import { TextStep } from "./steps/text.tsx";

type Props = StepProps & { recorded: boolean; waits: boolean };

/** What a step shows again, and what it asks for, under its words. */
export function StepView(props: Props) {
  return (
    <>
      <Quotes {...props} />
      <Asked {...props} />
    </>
  );
}

/** A type this version does not know shows its words alone. */
function Asked({ step, ...rest }: Props) {
  switch (step.type) {
    case "pause": return <PauseStep step={step} {...rest} />;
    case "breathe": return <BreatheStep step={step} {...rest} />;
    case "choice": return <ChoiceStep step={step} {...rest} />;
    case "rate": return <RateStep step={step} {...rest} />;
    case "affect": return <AffectStep step={step} {...rest} />;
    case "emotions": return <EmotionsStep step={step} {...rest} />;
    case "body_map": return <BodyMapStep step={step} {...rest} />;
    case "sensations": return <SensationsStep step={step} {...rest} />;
    case "text": return <TextStep step={step} {...rest} />;
    case "checklist": return <ChecklistStep step={step} {...rest} />;
    case "recall": return <RecallStep step={step} {...rest} />;
    case "branch": return <OffersStep step={step} {...rest} />;
    case "close": return <CloseStep step={step} {...rest} />;
    case "episode":
    case "plan": return <FormStep step={step} {...rest} />;
    case "dialogue": return <DialogueStep step={step} {...rest} />;
    case "compare": return <CompareStep step={step} {...rest} />;
    case "support": return <SupportStep step={step} {...rest} />;
    default: return <Spoken step={step} {...rest} />;
  }
}
