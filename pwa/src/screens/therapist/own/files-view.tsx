// The two files themselves, for those who want them, with what is to be put right beside each.
import { Words } from "./inputs.tsx";
import { Sentences } from "./problems.tsx";
import type { Files, Problem } from "./types.ts";
import { ot } from "./words.ts";

type Props = { files: Files; problems: readonly Problem[]; change: (files: Files) => void };

export function FilesView({ files, problems, change }: Props) {
  const of = (file: string): Problem[] => problems.filter((one) => one.file === file);
  return (
    <div class="own-files">
      <div class="stack tight">
        <Words mono rows={24} most={40_000} label="en.md" hint={ot("own.files.words")} value={files.words} onInput={(words) => change({ ...files, words })} />
        <Sentences problems={of("en.md")} />
      </div>
      <div class="stack tight">
        <Words mono rows={24} most={60_000} label="exercise.toml" hint={ot("own.files.structure")} value={files.structure} onInput={(structure) => change({ ...files, structure })} />
        <Sentences problems={of("exercise.toml")} />
      </div>
    </div>
  );
}
