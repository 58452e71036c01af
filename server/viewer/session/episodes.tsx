/**
 * What was told in the session, in the order in which it happened; each can be played.
 * @module
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { sessionWords as words } from "../../../messages/session_en.ts";
import { viewerWords } from "../../../messages/viewer_en.ts";
import { KindChoice, useKind } from "../kind_choice.tsx";
import type { ToldEpisode } from "../told.ts";
import { ToldRow } from "../told_row.tsx";

export interface EpisodesProps {
  /** In order of their start. */
  readonly episodes: readonly ToldEpisode[];
  readonly pictures: ReadonlyMap<number, string>;
  readonly named: boolean;
  /** The one that is being played. */
  readonly shown: ToldEpisode | undefined;
  onShow(episode: ToldEpisode): void;
  readonly children: ComponentChildren;
}

export function Episodes(props: EpisodesProps) {
  const { episodes, pictures, named, shown, onShow } = props;
  const { kind, setKind, rows } = useKind(episodes);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => keepInView(list.current), [shown]);
  return (
    <section class="words" aria-labelledby="words-title">
      <header class="words-head">
        <h2 id="words-title">{viewerWords.told}</h2>
        <p class="muted">
          {episodes.length > 0 && viewerWords.episodes(episodes.length)}
        </p>
      </header>
      <KindChoice rows={episodes} kind={kind} onChoose={setKind} />
      {episodes.length === 0
        ? (
          <div class="words-empty">
            <p>{words.nothingTold}</p>
            <p class="muted">{words.nothingToldText}</p>
          </div>
        )
        : (
          <ol class="told-rows all" ref={list}>
            {rows.map((row) => (
              <ToldRow
                key={row.key}
                row={row}
                first={false}
                named={named}
                pictureAddress={addressOf(row, pictures)}
                onShow={() => onShow(row)}
                shown={row === shown}
              />
            ))}
          </ol>
        )}
      {props.children}
    </section>
  );
}

/** Scrolls the list, never the page. */
function keepInView(list: HTMLElement | null): void {
  const row = list?.querySelector<HTMLElement>("[aria-current]");
  if (!list || !row || list.scrollHeight <= list.clientHeight) return;
  const [top, bottom] = [row.offsetTop - list.offsetTop, row.offsetHeight];
  if (top < list.scrollTop || top + bottom > list.scrollTop + list.clientHeight) {
    list.scrollTo({ top: top - bottom, behavior: "smooth" });
  }
}

function addressOf(
  { stands, earlier }: ToldEpisode,
  pictures: ReadonlyMap<number, string>,
): string | undefined {
  const jpeg = [stands, ...earlier]
    .map(({ id }) => pictures.get(id)).find((jpeg) => jpeg !== undefined);
  return jpeg && `data:image/jpeg;base64,${jpeg}`;
}
