// Reminders in the person's own calendar: a file to take along, and an address that follows changes.
import { useState } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import { calendarFile, endFeed, type Feed, makeFeed } from "../../data/reminders.ts";
import { dateFormat } from "../../history/formats.ts";
import { whenShort } from "../../reminders/when.ts";
import { rt } from "../../reminders/reaching-words.ts";
import { type Action, useAction } from "../../ui/action.ts";
import { saveFile } from "../../ui/save-file.ts";

export function Calendars({ feed, again }: { feed: Feed | null; again: () => void }) {
  const [saved, setSaved] = useState(false);
  const add = useAction(async () => {
    saveFile(rt("reaching.calendar.file"), await calendarFile());
    setSaved(true);
  });
  return (
    <section class="card" aria-labelledby="calendars">
      <h2 id="calendars">{rt("reaching.calendar.title")}</h2>
      <p class="muted">{rt("reaching.calendar.lead")}</p>
      <button type="button" class="button" onClick={add.run} disabled={add.busy}>{rt("reaching.calendar.add")}</button>
      <p class="muted" role="status">{saved && rt("reaching.calendar.saved")}</p>
      <Trouble action={add} />
      <FeedPart feed={feed} again={again} />
    </section>
  );
}

function FeedPart({ feed, again }: { feed: Feed | null; again: () => void }) {
  const [link, setLink] = useState<string | null>(null);
  const [ended, setEnded] = useState(false);
  const make = useAction(async () => {
    setLink((await makeFeed()).link);
    setEnded(false);
    again();
  });
  const end = useAction(async () => {
    await endFeed();
    setLink(null);
    setEnded(true);
    again();
  });
  const there = feed !== null && !ended;
  return (
    <div class="stack">
      <h3>{rt("reaching.feed.title")}</h3>
      <p>{rt("reaching.feed.warn")}</p>
      {link !== null && <Address link={link} />}
      {there && <Standing feed={feed} />}
      <div class="chips">
        <button type="button" class="button" onClick={make.run} disabled={make.busy}>{rt(there ? "reaching.feed.again" : "reaching.feed.make")}</button>
        {there && <button type="button" class="quiet" onClick={end.run} disabled={end.busy}>{rt("reaching.feed.end")}</button>}
      </div>
      {there && <p class="hint">{rt("reaching.feed.again.hint")}</p>}
      <p class="muted" role="status">{ended && rt("reaching.feed.ended")}</p>
      <Trouble action={make} />
      <Trouble action={end} />
    </div>
  );
}

function Address({ link }: { link: string }) {
  const [copied, setCopied] = useState(false);
  const copy = useAction(() => navigator.clipboard.writeText(link).then(() => setCopied(true)));
  return (
    <div class="field">
      <p>{rt("reaching.feed.made")}</p>
      <label for="feed-address">{rt("reaching.feed.address")}</label>
      <input id="feed-address" class="input" type="text" readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
      <button type="button" class="button" onClick={copy.run}>{rt("reaching.feed.copy")}</button>
      <p class="muted" role="status">{copied && rt("reaching.feed.copied")}</p>
    </div>
  );
}

function Standing({ feed }: { feed: Feed }) {
  const day = (at: number) => dateFormat(dates, { dateStyle: "long" }).format(at);
  return (
    <p class="muted">
      {rt("reaching.feed.there", { made: day(feed.created_at), ends: day(feed.expires_at) })}{" "}
      {feed.read_at === null ? rt("reaching.feed.unread") : rt("reaching.feed.read", { when: whenShort(feed.read_at, Date.now()) })}
    </p>
  );
}

function Trouble({ action }: { action: Action }) {
  return action.trouble === null ? null : <p class="problem" role="alert">{action.trouble}</p>;
}
