/**
 * What a camera's state means to its owner and what to do about it. Pure.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import type { CameraState, StateReason } from "../analysis/dsl/camera_state.ts";

export interface StatePlace {
  readonly camera: string;
  /** The source without credentials. */
  readonly source: string;
  /** For `lost`: how often in a row. */
  readonly times?: number;
}

const OFFLINE: Partial<Record<StateReason, string>> = {
  refused:
    "refuses the connection: is its streaming turned on, is the port right, and are " +
    "no other viewers taking all its places?",
  dns:
    "has a host name that nobody knows, or no name server answers: check its spelling " +
    "and the network, or use the address",
  tls: "does not answer with TLS: turn it on in the camera and check the port, or use " +
    "rtsp:// or http://",
  auth: "does not accept user and password: check both, and that the user may view; so " +
    "that it locks nobody out it is asked ever more seldom, up to 15 minutes apart, and " +
    "at once when streamware is started again",
  not_found: "does not know this stream: check the path of the URL in its manual",
  codec: "sends video that cannot be read: set it to H.264 or H.265, and turn the " +
    "encryption of its stream off",
  no_bytes: "does not answer: check its power, its cable and the address",
};

const DOUBTFUL: Partial<Record<StateReason, string>> = {
  gap: "loses pictures on the way: check its network, or lower its bit rate",
  no_keyframe: "sends no whole picture: set its keyframe interval to 1 or 2 seconds",
  decoder: "sends pictures that are damaged: check its network and its firmware",
};

const RUNG: Partial<Record<StateReason, string>> = {
  quiet: "as nothing moves",
  cpu: "as the box has too much to do: use a sub-stream, or fewer cameras",
  heat: "as the box is too hot: give it air, or a cooler",
  power: "as the box gets too little power: use its own power supply and a short cable",
  memory: "as the box is short of memory: use fewer cameras, or a smaller model",
};

/** One sentence, without a period. */
export function stateWords(
  state: CameraState,
  why: StateReason | undefined,
  place: StatePlace,
): string {
  const name = `Camera ${place.camera}`;
  switch (state) {
    case "connecting":
      return `${name}: connecting to ${place.source}`;
    case "online":
      if (why === "lost") return `${name} is online, but ${lostWords(place)}`;
      return why === undefined
        ? `${name} is online`
        : `${name} is online; only its keyframes are looked at, ${RUNG[why] ?? ""}`;
    case "offline":
      if (why === "lost") return `${name} ${lostWords(place)} (${place.source})`;
      return `${name} ${
        OFFLINE[why ?? "no_bytes"] ?? OFFLINE.no_bytes
      } (${place.source})`;
    case "stalled":
      return `${name} is connected but sends no pictures: a new connection is tried`;
    case "doubtful":
      return `${name} ${DOUBTFUL[why ?? "gap"] ?? DOUBTFUL.gap}`;
    case "frozen":
      return `${name} sends the same picture again and again: restart the camera`;
    default:
      return `${name}: ${state}`;
  }
}

/**
 * Why a camera cannot be watched that was not even asked, as a program could not be
 * started; to stand after its name.
 */
export function notAskedWords(thrown: unknown): string {
  const hint = thrown instanceof Fault && thrown.hint ? `; ${thrown.hint}` : "";
  return `was not asked, as this box has a trouble of its own: ${wordsOf(thrown)}${hint}`;
}

function lostWords({ times = 0 }: StatePlace): string {
  return `was lost ${times} times in a row soon after its first pictures: restart it; ` +
    "check its power, its cable, and who else takes its places";
}
