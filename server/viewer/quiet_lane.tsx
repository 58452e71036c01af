/**
 * What was kept quiet, and why: folded away until somebody wants to know.
 * @module
 */
import { useMemo } from "preact/hooks";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { Moment } from "./moment.tsx";
import { quietWords, type ToldLog } from "./told.ts";

export interface QuietLaneProps {
  readonly told: ToldLog;
  readonly named: boolean;
}

export function QuietLane({ told, named }: QuietLaneProps) {
  const quiet = useMemo(() => quietWords(told), [told]);
  if (quiet.length === 0) return null;
  return (
    <details class="quiet">
      <summary>
        <span>{words.keptQuiet}</span>
        <span class="count">{quiet.length}</span>
      </summary>
      <ol>
        {quiet.map(({ startedUtcMs, narration, reason }) => (
          <li key={`${startedUtcMs} ${narration.id}`}>
            <p class="quiet-why">
              <Moment utcMs={narration.utcMs} />
              {named && <span>{narration.camera}</span>}
              <span>{words.keptQuietWhy(reason)}</span>
            </p>
            {narration.text !== "" && <p class="quiet-text">{narration.text}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
