/**
 * The page: bar, banners, cameras, events. Shows the state that it is given.
 * @module
 */
import { useEffect, useMemo } from "preact/hooks";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { groupAlerts } from "./alert_groups.ts";
import { Banners, bannersHeight } from "./banners.tsx";
import { CameraCard } from "./camera_card.tsx";
import { EventLog } from "./event_log.tsx";
import { Mark } from "./mark.tsx";
import { sightOf } from "./sight.ts";
import { eventsSeen, type Link, type ViewerState } from "./state.ts";
import { UnreportedLane } from "./unreported_lane.tsx";
import { WordsPanel } from "./words_panel.tsx";

export interface AppProps {
  readonly state: ViewerState;
  onRetry(): void;
  onDismiss(key: string): void;
}

/** With more cameras than this none is played unasked: each costs a decoder. */
const VIDEOS_MAX = 4;

export function App({ state, onRetry, onDismiss }: AppProps) {
  const { cameras, link, nowMs, log, startedUtcMs, told, said } = state;
  const named = cameras.length > 1;
  const wordful = state.wordful || told.length > 0;
  // The same element while nothing happens: 200 lines are not compared 10 times a second.
  const seen = eventsSeen(state);
  const events = useMemo(
    () => <EventLog log={log} seen={seen} named={named} startedUtcMs={startedUtcMs} />,
    [log, seen, named, startedUtcMs],
  );
  const panel = useMemo(
    () => <WordsPanel {...{ told, said, named, startedUtcMs }} />,
    [told, said, named, startedUtcMs],
  );
  const { unreported } = state;
  const lane = useMemo(
    () => <UnreportedLane log={unreported} named={named} />,
    [unreported, named],
  );
  const groups = groupAlerts(state.alerts, cameras.map(({ view }) => view.camera));
  const trouble = troubleOf(state);
  useEffect(() => {
    document.title = words.title(trouble);
  }, [trouble]);
  return (
    <>
      <a class="skip" href="#events">{words.skipToEvents}</a>
      <header class="bar">
        <h1>
          <Mark />
          {words.product}
        </h1>
        <p class={`link ${link.kind}`} role="status">
          <span class="dot" aria-hidden="true" />
          {linkWords(link)}
        </p>
        {state.login && <a class="log-out" href="/logout">{words.logOut}</a>}
      </header>
      <Banners {...{ state, groups, onRetry, onDismiss }} />
      <main
        class={wordful ? "page wordful" : "page"}
        style={{ "--banners-height": `${bannersHeight(state, groups)}px` }}
      >
        {wordful && panel}
        <div class={named ? "cameras several" : "cameras"}>
          {cameras.map((camera) => (
            <CameraCard
              key={camera.view.camera}
              camera={camera}
              link={link}
              nowMs={nowMs}
              alerts={groups.cameras.get(camera.view.camera) ?? []}
              first={cameras.length > VIDEOS_MAX ? "stills" : "video"}
            />
          ))}
          {cameras.length === 0 && <NoCameras link={link} />}
          {lane}
        </div>
        {events}
      </main>
    </>
  );
}

function NoCameras({ link }: { readonly link: Link }) {
  return (
    <div class="no-cameras">
      <p>{link.kind === "live" ? words.noCameras : words.waiting}</p>
      {link.kind === "live" && <p class="muted">{words.noCamerasText}</p>}
    </div>
  );
}

/** For the title of the window, which one sees among others. */
function troubleOf({ cameras, link, nowMs }: ViewerState): string | undefined {
  if (link.kind === "lost") return words.lost;
  const bad = cameras
    .map((camera) => ({ name: camera.view.camera, sight: sightOf(camera, link, nowMs) }))
    .find(({ sight }) => sight.level === "bad");
  return bad && `${bad.name}: ${bad.sight.badge}`;
}

function linkWords(link: Link): string {
  switch (link.kind) {
    case "connecting":
      return words.connecting;
    case "live":
      return words.live;
    case "lost":
      return words.lost;
  }
}
