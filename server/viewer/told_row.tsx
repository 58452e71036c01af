/**
 * One episode in words: the sentence that stands, its picture, who wrote it, and on
 * demand the sentences before it and the DSL lines that it stands on.
 * @module
 */
import { useId, useState } from "preact/hooks";
import { sessionWords } from "../../messages/session_en.ts";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { ClassMark } from "./class_mark.tsx";
import { DslLines } from "./dsl_lines.tsx";
import { Moment } from "./moment.tsx";
import { timeOfDay } from "./times.ts";
import type { ToldEpisode } from "./told.ts";
import { ToldPicture } from "./told_picture.tsx";

export interface ToldRowProps {
  readonly row: ToldEpisode;
  /** The newest: larger. */
  readonly first: boolean;
  readonly named: boolean;
  /** Undefined when there is no picture, or none any more. */
  readonly pictureAddress: string | undefined;
  /** Shows the episode where it can be played; its time is a button then. */
  readonly onShow?: () => void;
  /** It is being shown. */
  readonly shown?: boolean;
}

/** What is unfolded below the sentence. */
type Unfolded = "earlier" | "dsl" | undefined;

export function ToldRow(props: ToldRowProps) {
  const { row, first, named, pictureAddress, onShow, shown = false } = props;
  const [unfolded, setUnfolded] = useState<Unfolded>();
  const below = useId();
  const { stands, course, earlier } = row;
  const { dsl } = course ?? stands;
  const fold = (what: Unfolded) => () =>
    setUnfolded(unfolded === what ? undefined : what);
  const more = (what: Unfolded, text: string) => (
    <button
      type="button"
      class="fold"
      aria-expanded={unfolded === what}
      aria-controls={below}
      onClick={fold(what)}
    >
      {text}
    </button>
  );
  return (
    <li
      class={first ? "told-row first" : "told-row"}
      {...(shown ? { "aria-current": "true" } : {})}
    >
      {pictureAddress !== undefined && (
        <ToldPicture
          address={pictureAddress}
          words={words.toldPicture(row.stands.camera, timeOfDay(row.startMs))}
          large={first}
        />
      )}
      <div class="told-words">
        <p class="told-text">{stands.text}</p>
        {course && <p class="told-course muted">{course.text}</p>}
        <p class="told-facts muted">
          {onShow
            ? <ShowButton startMs={row.startMs} onShow={onShow} />
            : <Moment utcMs={row.startMs} />}
          <Length row={row} />
          {row.classified && <ClassMark classified={row.classified} />}
          {named && <span class="told-camera">{stands.camera}</span>}
          {stands.author.kind === "model" && (
            <span class="told-author">
              {words.byModel(stands.author.model, stands.author.tookMs)}
            </span>
          )}
          {earlier.length > 0 && more("earlier", words.earlierWords(earlier.length))}
          {dsl.length > 0 && more("dsl", words.dsl)}
        </p>
      </div>
      <div class="told-below" id={below} hidden={unfolded === undefined}>
        {unfolded === "dsl" && <DslLines text={dsl.join("\n")} />}
        {unfolded === "earlier" && (
          <ol class="told-earlier">
            {earlier.map(({ id, text, utcMs }) => (
              <li key={id}>
                <p>{text}</p>
                <Moment utcMs={utcMs} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </li>
  );
}

function ShowButton(
  { startMs, onShow }: { readonly startMs: number; readonly onShow: () => void },
) {
  return (
    <button
      type="button"
      class="show"
      aria-label={sessionWords.showIt(timeOfDay(startMs))}
      onClick={onShow}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M3 1.5l7 4.5-7 4.5z" />
      </svg>
      <Moment utcMs={startMs} />
    </button>
  );
}

/** Under a second it says nothing. */
const LENGTH_MS_MIN = 1_000;

function Length({ row }: { readonly row: ToldEpisode }) {
  const lengthMs = row.endMs - row.startMs;
  if (!row.closed) return <span class="told-going">{words.goesOn}</span>;
  return lengthMs < LENGTH_MS_MIN ? null : <span>{words.lengthText(lengthMs)}</span>;
}
