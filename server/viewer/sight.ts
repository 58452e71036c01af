/**
 * How much of what a camera shows can be believed now, and in which words. Pure.
 * @module
 */
import type { CameraState } from "../../analysis/dsl/camera_state.ts";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { frameAgeMs, freshness } from "./frame_age.ts";
import type { CameraLive, Link } from "./state.ts";

export interface Sight {
  /** `good` is green, `warn` amber, `bad` red; `waiting` has no colour yet. */
  readonly level: "good" | "warn" | "bad" | "waiting";
  /** The badge. */
  readonly badge: string;
  /** Of the newest frame; undefined before the first. */
  readonly ageMs: number | undefined;
  /** What is drawn is not how it looks now: grey it, draw no blobs. */
  readonly old: boolean;
}

/** While only keyframes are decoded: one every two seconds is usual, four are not late. */
const KEYS_PER_S = 0.5;

/** Ways of not being online in which there are no pictures at all. */
const BLIND: readonly CameraState[] = ["offline", "stalled"];

export function sightOf(camera: CameraLive, link: Link, nowMs: number): Sight {
  const { state, rung } = camera.view.state;
  const ageMs = frameAgeMs(camera.age, nowMs);
  const perSecond = rung === "keys" ? KEYS_PER_S : camera.view.header?.fps;
  const fresh = freshness(ageMs, perSecond);
  const badge = words.stateText(state);
  if (link.kind === "lost") return { level: "bad", badge: words.lost, ageMs, old: true };
  if (BLIND.includes(state)) return { level: "bad", badge, ageMs, old: true };
  if (fresh === "stale") {
    const said = state === "online" ? words.noNewFrames : badge;
    return { level: "bad", badge: said, ageMs, old: true };
  }
  if (fresh === "none") return { level: "waiting", badge, ageMs, old: true };
  if (fresh === "late") return { level: "warn", badge, ageMs, old: false };
  return { level: state === "online" ? "good" : "warn", badge, ageMs, old: false };
}
