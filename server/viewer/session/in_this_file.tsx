/**
 * Who wrote the page, what is recorded and what had to be left out.
 * @module
 */
import { sessionWords as words } from "../../../messages/session_en.ts";
import type { Recording } from "./recording.ts";

export function InThisFile({ recording }: { readonly recording: Recording }) {
  const { program, complete, leftOut } = recording;
  const kinds = [
    "frames",
    "stills",
    "events",
    "narrations",
    "pictures",
    "unreported",
  ] as const;
  const lost = kinds.map((what) => [what, leftOut[what] ?? 0] as const)
    .filter(([, count]) => count > 0);
  return (
    <footer class="in-file muted">
      <h2>{words.inFile}</h2>
      <p>{words.version(program)}. {words.inFileText}</p>
      {!complete && <p class="in-file-open">{words.unfinished}</p>}
      {lost.length === 0 ? <p>{words.nothingLeftOut}</p> : (
        <p class="in-file-lost">
          {words.leftOutTitle}{" "}
          {lost.map(([what, count]) => words.leftOut(words[what], count)).join(", ")}.
        </p>
      )}
    </footer>
  );
}
