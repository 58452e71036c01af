/**
 * Lets a player go on with the screen's own rhythm while it plays.
 * @module
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { advance, type Playback, seek, type Speed, toggle } from "./playback.ts";
import type { Reel } from "./spans.ts";

/** What can be done with a player. */
export interface PlaybackControl {
  toggle(): void;
  seek(toMs: number): void;
  playFrom(atMs: number): void;
  speed(speed: Speed): void;
  passQuiet(passesQuiet: boolean): void;
}

/** The state of playing, moved on by the browser's own frames. */
export function usePlayback(
  opening: Playback,
  reel: Reel,
): [playback: Playback, control: PlaybackControl] {
  const [playback, setPlayback] = useState(opening);
  const newestReel = useRef(reel);
  newestReel.current = reel;
  useEffect(() => {
    if (!playback.plays) return;
    let beforeMs = performance.now();
    let frame = requestAnimationFrame(function turn(nowMs) {
      // Taken now: what is set is worked out later, when the next turn may have begun.
      const elapsedMs = Math.max(0, nowMs - beforeMs);
      beforeMs = nowMs;
      setPlayback((was) => advance(was, elapsedMs, newestReel.current));
      frame = requestAnimationFrame(turn);
    });
    return () => cancelAnimationFrame(frame);
  }, [playback.plays]);
  const control = useMemo((): PlaybackControl => ({
    toggle: () => setPlayback((was) => toggle(was, newestReel.current)),
    seek: (toMs) => setPlayback((was) => seek(was, toMs, newestReel.current)),
    playFrom: (atMs) =>
      setPlayback((was) => ({ ...seek(was, atMs, newestReel.current), plays: true })),
    speed: (speed) => setPlayback((was) => ({ ...was, speed })),
    passQuiet: (passesQuiet) => setPlayback((was) => ({ ...was, passesQuiet })),
  }), []);
  return [playback, control];
}
