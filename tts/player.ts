/**
 * Plays a WAV with a program that reads it from standard input. Its exit code tells
 * whether it was heard: without a sound card aplay fails, while espeak-ng's own playing
 * ends with 0. Knows no queue and does not try again.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { runProgram } from "../base/subprocess.ts";
import type { Wav } from "./wav.ts";

export interface PlayLimits {
  readonly signal: AbortSignal;
  /**
   * What a player may take beyond the sound itself, ms: a card that wakes up, a full
   * buffer. Without it, 10 s.
   */
  readonly lateMsMax?: number;
}

/**
 * Done when it was played.
 * @param command speech.player
 * @throws Fault unavailable, with what to do, when it was not heard.
 */
export async function play(
  wav: Wav,
  command: readonly string[],
  { signal, lateMsMax = 10_000 }: PlayLimits,
): Promise<void> {
  const { code, signal: killedBy, stderr } = await runProgram(command, {
    input: wav.bytes,
    timeoutMs: wav.durationMs + lateMsMax,
    outputBytesMax: 100_000,
    stderrLinesMax: 20,
    group: true,
    signal,
  });
  if (code === 0) return;
  const name = command.find((word) => word.endsWith("aplay")) ?? command[0];
  const { state, hint } = diagnosis(stderr);
  const why = state ?? stderr.at(-1) ?? `it ended with code ${code ?? killedBy}`;
  throw new Fault("unavailable", `Cannot play speech with ${name}: ${why}`, { hint });
}

interface Diagnosis {
  /** In our words; undefined: the player's own last ones are better. */
  readonly state?: string;
  readonly hint: string;
}

/** What players say about the ways in which a box is mute; ALSA's words, mostly. */
const DIAGNOSES: readonly (readonly [RegExp, Diagnosis])[] = [
  [/permission denied|operation not permitted/i, {
    state: "the sound card may not be used by this user",
    hint: "sudo usermod -a -G audio USER (the service's user is streamware), then " +
      "start again",
  }],
  [/resource busy/i, {
    state: "another program holds the sound card",
    hint:
      "sudo fuser -v /dev/snd/* shows who; dmix in /etc/asound.conf lets several play",
  }],
  [/cannot find card|no soundcards|unknown pcm|no such (file|device)|invalid card/i, {
    state: "no sound card was found",
    hint:
      "aplay -l lists the cards; name the default one in /etc/asound.conf; the user " +
      "must be in group audio",
  }],
  [/connection refused|host is down/i, {
    state: "its sound server does not answer",
    hint: 'set speech.player to ["aplay", "-q", "-D", "plughw:0", "-"], or start the ' +
      "sound server",
  }],
];

function diagnosis(lines: readonly string[]): Diagnosis {
  const text = lines.join("\n");
  const found = DIAGNOSES.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? { hint: "aplay -l; speaker-test -c 2 -t sine" };
}
