// Ways to reach someone: plain links that the phone opens. Nothing about a tap is noted anywhere.
import { Icon } from "../ui/icon.tsx";
import { chatAddress, dial, write } from "./lines.ts";
import { st } from "./words.ts";

interface DialProps {
  name: string;
  number: string;
  sms?: string | undefined;
  chat?: string | undefined;
}

/** Call, text and chat, as far as there is something to dial; a number that can't be dialled is shown as it was written. */
export function Dial({ name, number, sms = "", chat }: DialProps) {
  const [call, text, address] = [dial(number), write(sms), chatAddress(chat)];
  const named = name !== "";
  return (
    <div class="row dial">
      {call !== null && (
        <a class="button" href={call} {...(named && { "aria-label": st("safety.call_named", { name, number }) })}>
          <Icon name="call" />
          {st("safety.call", { number })}
        </a>
      )}
      {call === null && number !== "" && <p dir="auto">{number}</p>}
      {text !== null && (
        <a class="button" href={text} {...(named && { "aria-label": st("safety.text_named", { name, number: sms }) })}>
          {st("safety.text", { number: sms })}
        </a>
      )}
      {address !== null && (
        <a class="button" href={address} target="_blank" rel="noreferrer noopener" aria-label={st("safety.chat_named", { name })}>
          {st("safety.chat")}
        </a>
      )}
    </div>
  );
}
