// How clients can reach their therapist, and when, in the practice's own words.
import { useId, useState } from "preact/hooks";
import type { Contact } from "../../safety/contacts.ts";
import { Dial } from "../../safety/dial.tsx";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { Field } from "./crisis-line-form.tsx";
import { tt } from "./words.ts";

interface ContactProps {
  contact: Contact | null;
  admin: boolean;
  changed: () => void;
}

export function PracticeContact({ contact, admin, changed }: ContactProps) {
  return (
    <section class="card" aria-labelledby="practice-contact">
      <h2 id="practice-contact">{tt("therapist.contact.title")}</h2>
      <p class="muted">{tt("therapist.contact.text")}</p>
      {admin ? <ContactForm contact={contact} changed={changed} /> : <Shown contact={contact} />}
    </section>
  );
}

function Shown({ contact }: { contact: Contact | null }) {
  if (contact === null) return <p>{tt("therapist.contact.none")}</p>;
  return (
    <>
      <p class="as-written" dir="auto">{contact.words}</p>
      <Dial name="" number={contact.number ?? ""} />
      {contact.mail && <p>{contact.mail}</p>}
    </>
  );
}

function ContactForm({ contact, changed }: Omit<ContactProps, "admin">) {
  const [fields, setFields] = useState<Required<Contact>>({ words: "", number: "", mail: "", ...contact });
  const [said, setSaid] = useState<"missing" | "saved" | null>(null);
  const id = useId();
  const set = (some: Partial<Contact>): void => {
    setSaid(null);
    setFields({ ...fields, ...some });
  };
  const saving = useAction(async () => {
    await api("PUT", "/api/practice/contact", fields);
    setSaid("saved");
    changed();
  });
  const removing = useAction(async () => {
    await api("DELETE", "/api/practice/contact");
    setFields({ words: "", number: "", mail: "" });
    changed();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setSaid(fields.words.trim() === "" ? "missing" : null);
    if (fields.words.trim() !== "") saving.run();
  };
  return (
    <form class="stack desk-form" noValidate onSubmit={submit}>
      <div class="field">
        <label for={id}>{tt("therapist.contact.words")}</label>
        <textarea id={id} class="input" maxLength={600} value={fields.words} onInput={(event) => set({ words: event.currentTarget.value })} />
      </div>
      <Field label={tt("therapist.contact.number")} value={fields.number} most={40} tel onInput={(number) => set({ number })} />
      <Field label={tt("therapist.contact.mail")} value={fields.mail} most={200} onInput={(mail) => set({ mail })} />
      {said === "missing" && <p class="problem" role="alert">{tt("therapist.contact.missing")}</p>}
      {said === "saved" && <p role="status">{tt("therapist.contact.saved")}</p>}
      <Trouble text={saving.trouble ?? removing.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy}>{tt("therapist.contact.save")}</button>
        {contact !== null && <button type="button" class="quiet" disabled={removing.busy} onClick={() => removing.run()}>{tt("therapist.contact.remove")}</button>}
      </div>
    </form>
  );
}
