/**
 * One camera: what it is, what it shows, what moves, and how old all that is.
 * @module
 */
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { type AlertGroup, alertKey } from "./alert_groups.ts";
import { MotionChart } from "./motion_chart.tsx";
import { sightOf } from "./sight.ts";
import { Stage } from "./stage.tsx";
import {
  type CameraLive,
  frameRate,
  inViewCount,
  type Link,
  movingCount,
} from "./state.ts";

export interface CameraCardProps {
  readonly camera: CameraLive;
  readonly link: Link;
  readonly nowMs: number;
  /** What is wrong with it, and what that causes. */
  readonly alerts: readonly AlertGroup[];
  /** What is shown before somebody chose. */
  readonly first: "video" | "stills";
}

export function CameraCard({ camera, link, nowMs, alerts, first }: CameraCardProps) {
  const { camera: name, header, state, words: stateWords } = camera.view;
  const sight = sightOf(camera, link, nowMs);
  const ageText = sight.ageMs === undefined
    ? words.never
    : words.ago(words.ageText(sight.ageMs));
  return (
    <article class="camera" data-camera={name} data-level={sight.level}>
      <header class="camera-head">
        <h2>{name}</h2>
        <p class={`badge ${sight.level}`} role="status">
          <span class="dot" aria-hidden="true" />
          {sight.badge}
        </p>
        <p class="vitals">
          {header && (
            <span class="size muted">{words.size(header.width, header.height)}</span>
          )}
          <span class={`age ${sight.level}`}>
            <span class="muted">{words.frameAge}</span> {ageText}
          </span>
        </p>
        {(state.state !== "online" || state.rung === "keys") && !sight.old && (
          <p class="camera-words muted">{stateWords}</p>
        )}
        <CameraAlerts groups={alerts} known={stateWords} />
      </header>
      <Stage
        camera={camera}
        sight={sight}
        nowMs={nowMs}
        reachable={link.kind === "live"}
        first={first}
      />
      {camera.view.looksBack && link.kind === "live" && <LookBack camera={name} />}
      <Facts camera={camera} old={sight.old} />
      <MotionChart history={camera.history} nowMs={nowMs} />
    </article>
  );
}

const CLIP_S = 10;

/** What the camera itself sent; the page's own picture is as small as it is analysed. */
function LookBack({ camera }: { readonly camera: string }) {
  const name = encodeURIComponent(camera);
  return (
    <p class="look-back">
      <a href={`/full/${name}.jpg`} target="_blank" rel="noreferrer">
        {words.fullPicture}
      </a>
      <a href={`/clip/${name}.mp4?seconds=${CLIP_S}`} download={`${camera}.mp4`}>
        {words.saveClip(CLIP_S)}
      </a>
    </p>
  );
}

/** What to do about it; its words too, where the card does not say them anyway. */
function CameraAlerts(
  { groups, known }: { readonly groups: readonly AlertGroup[]; readonly known: string },
) {
  const all = groups.flatMap(({ alert, causes }) => [alert, ...causes]);
  return all.map((alert) => (
    <p key={alertKey(alert)} class={`camera-words camera-alert ${alert.severity}`}>
      {alert.words !== known && `${alert.words}. `}
      <span class="muted">{alert.toDo}</span>
    </p>
  ));
}

function Facts({ camera, old }: { readonly camera: CameraLive; readonly old: boolean }) {
  const observation = old ? undefined : camera.observation;
  const rate = old ? undefined : frameRate(camera);
  const facts: readonly (readonly [string, string])[] = [
    [words.inView, observation ? String(inViewCount(observation)) : words.unknown],
    [words.moving, observation ? String(movingCount(observation)) : words.unknown],
    [words.motion, observation ? words.percent(observation.motionPct) : words.unknown],
    [words.rate, rate === undefined ? words.unknown : words.perSecond(rate)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
