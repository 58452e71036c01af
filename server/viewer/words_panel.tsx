/**
 * What was told, the newest first: a row for each episode, and below them what was kept
 * quiet. Text is given to the browser as text, whatever a model wrote.
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import type { Narration } from "../../llm/narration.ts";
import { KindChoice, useKind } from "./kind_choice.tsx";
import { QuietLane } from "./quiet_lane.tsx";
import { toldEpisodes, type ToldLog } from "./told.ts";
import { ToldRow } from "./told_row.tsx";

export interface WordsPanelProps {
  readonly told: ToldLog;
  readonly said: Narration | undefined;
  /** Several cameras: each row names its own. */
  readonly named: boolean;
  /** Of the program that we hear: it has pictures of its own start only. */
  readonly startedUtcMs: number | undefined;
}

/** On a narrow screen the live picture shall not be far below. */
const FIRST_ROWS = 3;

export function WordsPanel({ told, said, named, startedUtcMs }: WordsPanelProps) {
  const [all, setAll] = useState(false);
  const everyRow = useMemo(() => toldEpisodes(told), [told]);
  const { kind, setKind, rows } = useKind(everyRow);
  return (
    <section class="words" id="words" aria-labelledby="words-title" tabIndex={-1}>
      <header class="words-head">
        <h2 id="words-title">{words.told}</h2>
        <p class="muted">{everyRow.length > 0 && words.episodes(everyRow.length)}</p>
      </header>
      <p class="for-readers" role="status">
        {said && words.saidAloud(said.text, named ? said.camera : undefined)}
      </p>
      <KindChoice rows={everyRow} kind={kind} onChoose={setKind} />
      {everyRow.length === 0 && (
        <div class="words-empty">
          <p>{words.nothingTold}</p>
          <p class="muted">{words.nothingToldText}</p>
        </div>
      )}
      {rows.length > 0 && (
        <ol class={all ? "told-rows all" : "told-rows"}>
          {rows.map((row, i) => (
            <ToldRow
              key={row.key}
              row={row}
              first={i === 0}
              named={named}
              pictureAddress={row.startedUtcMs === startedUtcMs
                ? addressOf(row.pictured, row.startedUtcMs)
                : undefined}
            />
          ))}
        </ol>
      )}
      {rows.length > FIRST_ROWS && !all && (
        <button
          type="button"
          class="more-rows"
          onClick={() => setAll(true)}
        >
          {words.earlierEpisodes(rows.length - FIRST_ROWS)}
        </button>
      )}
      <QuietLane told={told} named={named} />
    </section>
  );
}

/** The start stands in it, so that no picture of an earlier start is taken for it. */
function addressOf(
  pictured: Narration | undefined,
  startedUtcMs: number,
): string | undefined {
  return pictured && `/picture/${pictured.id}.jpg?start=${startedUtcMs}`;
}
