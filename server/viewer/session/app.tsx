/**
 * A recorded session: what was told beside a player of what was seen.
 * @module
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { sessionWords as words } from "../../../messages/session_en.ts";
import { Mark } from "../mark.tsx";
import { QuietLane } from "../quiet_lane.tsx";
import { timeOfDay, utcText } from "../times.ts";
import { UnreportedLane } from "../unreported_lane.tsx";
import { type ToldEpisode, toldEpisodes } from "../told.ts";
import { Episodes } from "./episodes.tsx";
import { openingOf } from "./playback.ts";
import { Player } from "./player.tsx";
import type { RecordedCamera, Recording } from "./recording.ts";
import { InThisFile } from "./in_this_file.tsx";
import { usePlayback } from "./use_playback.ts";

export function SessionApp({ recording }: { readonly recording: Recording }) {
  const { cameras, span, told, pictures, unreported } = recording;
  const episodes = useMemo(() => inOrderOfStart(toldEpisodes(told)), [told]);
  const [name, setName] = useState(() => openingCamera(recording)?.camera);
  const camera = cameras.find(({ camera }) => camera === name);
  const reel = useMemo(() => ({ span, busy: camera?.busy ?? [] }), [span, camera]);
  const [playback, control] = usePlayback(openingOf(reel), reel);
  const from = dateText(span.startMs);
  useEffect(() => {
    document.title = words.title(from);
  }, [from]);
  const shown = episodes.findLast(({ stands, startMs, endMs }) =>
    stands.camera === name && startMs <= playback.atMs &&
    playback.atMs <= endMs + LINGER_MS
  );
  const named = cameras.length > 1;
  // The same element while one episode plays: it is drawn with every frame otherwise.
  const list = useMemo(() => {
    const onShow = ({ stands, startMs }: ToldEpisode) => {
      setName(stands.camera);
      control.playFrom(startMs - LEAD_MS);
    };
    return (
      <Episodes {...{ episodes, pictures, named, shown, onShow }}>
        <QuietLane told={told} named={named} />
      </Episodes>
    );
  }, [recording, shown]);
  return (
    <>
      <header class="bar">
        <h1>
          <Mark />
          {words.product} <span class="muted">{words.session}</span>
        </h1>
        <p class="session-times muted">
          <time title={utcText(span.startMs)}>{from}</time>
          <span>{words.length(span.endMs - span.startMs)}</span>
        </p>
      </header>
      <main class="page wordful session" style={{ "--banners-height": "0px" }}>
        {list}
        {camera && (
          <Player
            {...{ cameras, camera, episodes, span, playback, control }}
            onCamera={setName}
          />
        )}
        {unreported && <UnreportedLane log={unreported} named={named} />}
        <InThisFile recording={recording} />
      </main>
    </>
  );
}

export function Unreadable() {
  return (
    <main class="no-cameras unreadable">
      <p>{words.unreadable}</p>
      <p class="muted">{words.unreadableText}</p>
    </main>
  );
}

/** A sentence stays marked for a moment, also one about an instant. */
const LINGER_MS = 1_500;
/** What is seen before the episode begins. */
const LEAD_MS = 500;

/** The one of which there is most to see. */
function openingCamera({ cameras }: Recording): RecordedCamera | undefined {
  return cameras.toSorted((a, b) => b.frames.length - a.frames.length)[0];
}

function inOrderOfStart(episodes: readonly ToldEpisode[]): readonly ToldEpisode[] {
  return episodes.toSorted((a, b) => a.startMs - b.startMs);
}

/** `22 Nov 2026, 15:04`, of the reader's zone. */
function dateText(utcMs: number): string {
  const date = new Date(utcMs);
  const day = date.toLocaleDateString("en-GB", { dateStyle: "medium" });
  return `${day}, ${timeOfDay(utcMs).slice(0, 5)}`;
}
