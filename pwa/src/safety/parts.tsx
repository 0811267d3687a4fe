// The parts of a plan as they are read: those that say something, in their order. The therapist reads them so too.
import { Dial } from "./dial.tsx";
import { filledParts, type Part, type Reachable, type SafetyPlan } from "./plan.ts";
import { st } from "./words.ts";

interface PartsProps {
  plan: SafetyPlan;
  /** That of the parts' headings on the page they are on. */
  level?: 2 | 3 | 4;
  /** Whether a tap on a number calls: those are the person's own people, and nobody else's to call by mistake. */
  calls?: boolean;
}

export function Parts({ plan, level = 2, calls = true }: PartsProps) {
  return <>{filledParts(plan).map((part) => <OnePart key={part} part={part} said={plan[part]} level={level} calls={calls} />)}</>;
}

interface PartProps {
  part: Part;
  said: string | readonly Reachable[];
  level: 2 | 3 | 4;
  calls: boolean;
}

function OnePart({ part, said, level, calls }: PartProps) {
  const Heading = `h${level}` as const;
  return (
    <div class="plan-part">
      <Heading>{st(`safety.part.${part}`)}</Heading>
      {typeof said === "string" ? <p class="plan-words" dir="auto">{said}</p> : <Names list={said} texts={part === "people"} calls={calls} />}
    </div>
  );
}

/** People may be written to; a service's number is for calls. */
function Names({ list, texts, calls }: { list: readonly Reachable[]; texts: boolean; calls: boolean }) {
  return (
    <ul class="reach-list">
      {list.map(({ name, number }) => (
        <li key={`${name} ${number}`} class="stack tight">
          {name !== "" && <p class="plan-words" dir="auto">{name}</p>}
          {number !== "" && !calls && <p dir="auto">{number}</p>}
          {number !== "" && calls && <Dial name={name} number={number} sms={texts ? number : undefined} />}
        </li>
      ))}
    </ul>
  );
}
