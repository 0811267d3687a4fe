// The parts of a client's page that are made of what was shared. They load when the first is opened, the charts when one is.
import { useMemo } from "preact/hooks";
import { later } from "../../app/later.tsx";
import type { WireRecord } from "../../data/types.ts";
import type { Library } from "../../exercise/types.ts";
import { withShared } from "../../pair/shared-words.ts";
import { ChartLinks } from "./chart-links.tsx";
import { jt } from "./journal-words.ts";
import { type Chart, CHARTS, isChart, type Part } from "./parts.ts";
import { Scenes } from "./scenes.tsx";
import { Timeline } from "./timeline.tsx";
import type { Client } from "./types.ts";
import { own } from "./words.ts";

export type PartProps = {
  client: Client;
  library: Library | null;
  records: readonly WireRecord[];
  reading: boolean;
};
/** `base` is where the page is; without it the charts stand under one another. */
type Props = PartProps & { part: Exclude<Part, "overview">; base?: string };

const Charts = later(() => import("./charts.tsx"));

export default function SharedPart({ part, base, library, ...more }: Props) {
  const of = { ...more, library: useKnown(library, more.records) };
  if (isChart(part)) return <Charted part={part} {...(base !== undefined && { base })} {...of} />;
  return part === "scenes" ? <Scenes {...of} /> : <Timeline {...of} />;
}

/** The library, with the words that the two share among those of its vocabulary. */
function useKnown(library: Library | null, records: readonly WireRecord[]): Library | null {
  return useMemo(() => library && { ...library, vocabulary: withShared(library.vocabulary, records) ?? library.vocabulary }, [library, records]);
}

function Charted({ part, base, client, ...of }: PartProps & { part: Chart; base?: string }) {
  return (
    <div class="stack loose">
      {base !== undefined && <ChartLinks base={base} part={part} />}
      <Charts charts={base === undefined ? CHARTS : [part]} {...of}>
        <p class="muted small">{jt("shared.drawn", { name: own(client.name) })}</p>
      </Charts>
    </div>
  );
}
