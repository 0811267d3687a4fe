// On Today, once an ending was read and nothing is set: what is true without a therapist. It stands below the check-in, since
// it comes a moment after the rest.
import { useEffect } from "preact/hooks";
import { at } from "../../sharing/accompanied-words.ts";
import { useStanding } from "../../sharing/answering.ts";
import { endingRead } from "../../sharing/ending-read.ts";
import { isAlone } from "../../sharing/standing.ts";

export default function TodayAlone() {
  const standing = useStanding();
  useEffect(() => void endingRead.load(), []);
  const read = endingRead.value.value;
  if (standing === null || read === undefined || !isAlone(standing, read)) return null;
  return (
    <section class="card" aria-labelledby="alone">
      <h2 id="alone">{at("accompanied.alone.title")}</h2>
      <p>{at("accompanied.alone.text")}</p>
      <p>{at("accompanied.alone.ask")} <a href="/settings/therapist">{at("accompanied.alone.link")}</a></p>
      <a class="button" href="/practise">{at("accompanied.alone.practise")}</a>
    </section>
  );
}
