/**
 * What has to be said of a session that runs on, and whether it is ended: by silence, by
 * packets that become no pictures, by times that stand still. Pure.
 *
 * What each picture tells at once (frozen, a gap) is not judged here: `camera_session.ts`.
 * @module
 */

/** A camera that was asked and gives no packet for so long is given up, ms. */
const CONNECT_MS = 12_000;
/** Without a packet for so long a camera is called stalled, ms. */
const STALLED_MS = 3_000;
/** And for so long its session is ended, ms. FFmpeg would wait on for ever. */
const SILENT_MS = 6_000;
/** Waiting longer for a keyframe is worth a word, ms. */
const KEYFRAME_MS = 10_000;
/** A stream that is later than this against its own best minute begins anew, ms. */
const LATE_MS = 10_000;

/** Of a session, now. Times in ms; the first four say for how long there was none. */
export interface SessionFacts {
  /** Since its last packet, or since it began. */
  readonly silentMs: number;
  readonly keylessMs: number;
  /** Without a packet whose picture is to be analysed. */
  readonly unwantedMs: number;
  /** Without a picture; before the first, since its first packet. */
  readonly picturelessMs: number;
  readonly hasPictures: boolean;
  readonly hasPackets: boolean;
  /** Behind the best of its last minute. */
  readonly lateMs: number;
  /** Usually between its pictures; 0: not known. */
  readonly intervalMs: number;
  /** Usually between its keyframes; 0: not known. */
  readonly keyIntervalMs: number;
  readonly decodesKeysOnly: boolean;
  /** Pictures analysed a second. */
  readonly fps: number;
}

export interface SessionVerdict {
  readonly say: "nothing" | "stalled" | "no_keyframe" | "decoder" | "undecodable";
  readonly end: boolean;
}

const FINE: SessionVerdict = { say: "nothing", end: false };

export function judgeSession(of: SessionFacts): SessionVerdict {
  const { silentMs, intervalMs } = of;
  if (!of.hasPackets) return { say: "nothing", end: silentMs > CONNECT_MS };
  if (silentMs > Math.max(STALLED_MS, 3 * intervalMs)) {
    return { say: "stalled", end: silentMs > Math.max(SILENT_MS, 6 * intervalMs) };
  }
  const lacking = lacksKeyframe(of);
  const patienceMs = picturePatienceMs(of);
  if (!of.hasPictures) {
    if (lacking) return { say: "no_keyframe", end: false };
    const isLate = of.picturelessMs > Math.max(CONNECT_MS, patienceMs);
    return isLate ? { say: "undecodable", end: false } : FINE;
  }
  // Their times stand still, or run away from the clock.
  if (of.unwantedMs > patienceMs || of.lateMs > LATE_MS) {
    return { say: "stalled", end: true };
  }
  if (of.picturelessMs <= patienceMs) return FINE;
  // A decoder that began anew waits for a keyframe: a new session begins with one.
  return { say: "decoder", end: lacking };
}

/** Longer without a whole picture than is this camera's way. */
export function lacksKeyframe(
  of: Pick<SessionFacts, "keylessMs" | "keyIntervalMs">,
): boolean {
  return of.keylessMs > Math.max(KEYFRAME_MS, 3 * of.keyIntervalMs);
}

function picturePatienceMs(of: SessionFacts): number {
  // At low rates frames are that far apart by our own wish.
  const wantedMs = 6_000 / of.fps;
  const keysMs = of.decodesKeysOnly ? Math.max(4 * KEYFRAME_MS, 3 * of.keyIntervalMs) : 0;
  return Math.max(SILENT_MS, 6 * of.intervalMs, wantedMs, keysMs);
}
