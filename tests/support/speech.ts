/**
 * Narrations and sounds for tests of what speaks and what posts.
 * @module
 */
import type { Narration } from "../../llm/narration.ts";

/** A WAV as voices write it: 22,050 Hz, mono, 16 bit; a tone, or with 0 silence. */
export function makeWav(durationMs: number, loudness = 8_000): Uint8Array<ArrayBuffer> {
  const samples = Math.round(22.05 * durationMs);
  const bytes = new Uint8Array(44 + 2 * samples);
  const view = new DataView(bytes.buffer);
  const put = (at: number, name: string) => bytes.set(new TextEncoder().encode(name), at);
  put(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  put(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 22_050, true);
  view.setUint32(28, 44_100, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put(36, "data");
  view.setUint32(40, 2 * samples, true);
  for (let at = 0; at < samples; at++) {
    view.setInt16(44 + 2 * at, Math.round(loudness * Math.sin(at / 8)), true);
  }
  return bytes;
}

/** A narration by a template about the first episode, with what `more` says instead. */
export function makeNarration(more: Partial<Narration> = {}): Narration {
  return {
    id: 1,
    camera: "yard",
    episode: 1,
    track: 1,
    zone: null,
    moment: "opened",
    author: { kind: "template" },
    text: "Something came in from the left.",
    verdict: { kind: "speak" },
    utcMs: Date.UTC(2026, 0, 1, 12),
    startMs: Date.UTC(2026, 0, 1, 12) - 800,
    endMs: Date.UTC(2026, 0, 1, 12) - 100,
    dsl: ["EVENT type=ENTER blob=1 dir=LEFT"],
    hasPicture: false,
    ...more,
  };
}

/** The author of a model's sentence. */
export const MODEL = { kind: "model", model: "seer:3b", tookMs: 2_100 } as const;
