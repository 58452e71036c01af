/**
 * Reads the frame of a WAV: is it whole, is there sound in it, how long is it. Pure.
 * Decodes nothing; a player that is given anything else plays it as noise.
 * @module
 */

/** A WAV whose header says what is there. */
export interface Wav {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly durationMs: number;
}

export type WavReading =
  | { readonly kind: "whole"; readonly wav: Wav }
  | { readonly kind: "unusable"; readonly why: string };

/** Writers that cannot seek put a huge length in the header: espeak-ng 0x7ffff000. */
const UNKNOWN_LENGTH_MIN = 0x4000_0000;
/** Nothing that a person says is shorter. */
const DURATION_MS_MIN = 50;

/**
 * Takes the bytes as a WAV when they are one, whole and audible. A length that the writer
 * did not know is put right.
 */
export function readWav(bytes: Uint8Array<ArrayBuffer>): WavReading {
  if (bytes.length === 0) return unusable("it is empty");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (nameAt(bytes, 0) !== "RIFF" || nameAt(bytes, 8) !== "WAVE") {
    return unusable("it does not begin as a WAV does");
  }
  const format = chunkNamed("fmt ", view);
  if (!format || format.length < 16 || format.at + 16 > bytes.length) {
    return unusable("it does not say its format");
  }
  const bytesPerSecond = view.getUint32(format.at + 8, true);
  const frameBytes = view.getUint16(format.at + 12, true);
  if (bytesPerSecond === 0 || frameBytes === 0) return unusable("its format is damaged");
  const sound = chunkNamed("data", view);
  if (!sound) return unusable("it holds no sound");
  const there = bytes.length - sound.at;
  if (!isUnknown(sound.length) && sound.length > there) {
    return unusable(`it was cut off: ${there} of ${sound.length} bytes of sound`);
  }
  const length = isUnknown(sound.length) ? there - there % frameBytes : sound.length;
  const durationMs = Math.round(1_000 * length / bytesPerSecond);
  if (durationMs < DURATION_MS_MIN) return unusable("it holds no sound");
  if (isSilent(bytes.subarray(sound.at, sound.at + length))) {
    return unusable("it holds silence only");
  }
  const whole = bytes.slice(0, sound.at + length);
  const header = new DataView(whole.buffer);
  header.setUint32(4, whole.length - 8, true);
  header.setUint32(sound.at - 4, length, true);
  return { kind: "whole", wav: { bytes: whole, durationMs } };
}

function unusable(why: string): WavReading {
  return { kind: "unusable", why };
}

function isUnknown(length: number): boolean {
  return length === 0 || length >= UNKNOWN_LENGTH_MIN;
}

/** 16-bit silence is all 0x00, 8-bit all 0x80. */
function isSilent(sound: Uint8Array): boolean {
  return sound.every((byte) => byte === sound[0]);
}

interface Chunk {
  /** Where its content begins. */
  readonly at: number;
  readonly length: number;
}

function chunkNamed(name: string, view: DataView<ArrayBuffer>): Chunk | undefined {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (nameAt(bytes, at) === name) return { at: at + 8, length };
    at += 8 + length + length % 2;
  }
  return undefined;
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
