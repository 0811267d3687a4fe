// Whom a person can reach, as their practice and their own plan say: on Help and on the cards. Everything here may be missing.
import { useState } from "preact/hooks";
import { country } from "../data/flags.ts";
import { contacts, type Line } from "./contacts.ts";
import { Dial } from "./dial.tsx";
import { usePlans } from "./kept-plan.ts";
import { dial, linesFor } from "./lines.ts";
import { planOf, type Reachable } from "./plan.ts";
import { dayInWords, st } from "./words.ts";
import "../styles/safety.css";

/** One part of what Help shows besides the emergency number. */
export default function Reach({ part }: { part: "lines" | "people" }) {
  if (part === "lines") return <PracticeLines />;
  return (
    <>
      <MyPeople />
      <TherapistContact />
    </>
  );
}

/** The practice's crisis lines for the country of this phone. */
export function PracticeLines() {
  const lines = linesFor(contacts.value.lines, country.value.value ?? "");
  if (lines.length === 0) return null;
  return (
    <section class="card" aria-labelledby="lines">
      <h2 id="lines">{st("safety.lines")}</h2>
      <ul class="reach-list">{lines.map((line) => <li key={line.id}><OneLine line={line} /></li>)}</ul>
    </section>
  );
}

function OneLine({ line }: { line: Line }) {
  return (
    <div class="stack tight">
      <h3 dir="auto">{line.name}</h3>
      <p dir="auto">{line.hours}</p>
      <Dial name={line.name} number={line.number} sms={line.sms} chat={line.chat} />
      <p class="hint">{st("safety.checked", { day: dayInWords(line.checked_on) })}</p>
    </div>
  );
}

/** Those of the person's own plan who have a number. */
export function usePeople(): Reachable[] {
  const plan = planOf(usePlans()?.[0]?.body ?? null);
  return plan.people.filter(({ number }) => dial(number) !== null);
}

function MyPeople() {
  const people = usePeople();
  if (people.length === 0) return null;
  return (
    <section class="card" aria-labelledby="people">
      <h2 id="people">{st("safety.people")}</h2>
      <People people={people} />
    </section>
  );
}

export function People({ people }: { people: readonly Reachable[] }) {
  return (
    <ul class="reach-list">
      {people.map(({ name, number }) => (
        <li key={name + number} class="stack tight">
          {name !== "" && <p dir="auto"><strong>{name}</strong></p>}
          <Dial name={name} number={number} sms={number} />
        </li>
      ))}
    </ul>
  );
}

/** How to reach the therapist, and when; nothing where the practice said nothing. */
export function TherapistContact() {
  const { contact } = contacts.value;
  if (contact === null) return null;
  return (
    <section class="card" aria-labelledby="contact">
      <h2 id="contact">{st("safety.contact")}</h2>
      <p class="as-written" dir="auto">{contact.words}</p>
      <div class="row">
        <Dial name={st("safety.contact")} number={contact.number ?? ""} />
        {contact.mail && <a class="button" href={`mailto:${contact.mail}`}>{st("safety.contact_mail")}</a>}
      </div>
    </section>
  );
}

/** "Someone I can call": the people of the plan open on the spot; where there is none, it leads to Help. */
export function SomeoneToCall({ label }: { label: string }) {
  const people = usePeople();
  const [open, setOpen] = useState(false);
  if (people.length === 0) return <a class="button wide-button" href="/help">{label}</a>;
  return (
    <>
      <button type="button" class="button wide-button" aria-expanded={open} onClick={() => setOpen(!open)}>{label}</button>
      {open && (
        <div class="stack">
          <People people={people} />
          <a class="button wide-button" href="/help">{st("safety.more_help")}</a>
        </div>
      )}
    </>
  );
}
