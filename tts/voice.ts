/**
 * A voice: a program that reads a sentence and writes a WAV. Text goes in by standard
 * input only: never through a shell, never as an argument. Plays nothing.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { runForBytes } from "../base/subprocess.ts";
import { readWav, type Wav } from "./wav.ts";

export interface Voice {
  /** For the log and `doctor`: "Piper (en_US-lessac-medium.onnx)". */
  readonly name: string;
  /** Why another voice, which was asked for, does not speak. */
  readonly note?: string;
  /**
   * @param text one line, as `spokenText` makes it
   * @throws Fault unavailable, with what to do
   */
  say(text: string, limits: SayLimits): Promise<Wav>;
}

export interface SayLimits {
  /** After this nobody wants to hear it any more. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The longest sentence takes 40 s; at 48 kHz, two channels, 16 bit, that is 8 MB. */
const WAV_BYTES_MAX = 16_000_000;

interface VoiceProgram {
  /** What the user calls it, for faults. */
  readonly name: string;
  readonly command: readonly string[];
  /** What to do when it fails, in words or as a command. */
  readonly hint: string;
}

/**
 * Runs a voice's program for one sentence.
 * @throws Fault unavailable: not installed, failed, too slow, or what it wrote is no WAV.
 */
export async function sayBy(
  program: VoiceProgram,
  text: string,
  limits: SayLimits,
): Promise<Wav> {
  const { name, command, hint } = program;
  const outcome = await runForBytes(command, {
    // Some voices speak line by line: without its end, a line is never spoken.
    input: new TextEncoder().encode(`${text}\n`),
    outputBytesMax: WAV_BYTES_MAX,
    stderrLinesMax: 5,
    group: true,
    ...limits,
  });
  const lastWords = outcome.stderr.at(-1);
  if (outcome.code !== 0) {
    const state = lastWords ?? `it ended with code ${outcome.code ?? outcome.signal}`;
    throw new Fault("unavailable", `Cannot speak with ${name}: ${state}`, { hint });
  }
  const reading = readWav(outcome.stdout);
  if (reading.kind === "whole") return reading.wav;
  const more = lastWords === undefined ? "" : ` (${lastWords})`;
  const words = `Cannot use what ${name} wrote: ${reading.why}${more}`;
  throw new Fault("unavailable", words, { hint });
}
