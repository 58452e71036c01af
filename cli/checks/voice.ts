/**
 * Can it speak? The voice makes a sentence, and the player plays silence: a card that is
 * missing, taken or forbidden shows without a sound.
 * @module
 */
import { chooseVoice } from "../../tts/choose_voice.ts";
import { play } from "../../tts/player.ts";
import type { Wav } from "../../tts/wav.ts";
import type { Check, CheckContext, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

export const check: Check = { name: "voice", timeoutMs: 60_000, run };

async function run(context: CheckContext): Promise<readonly Finding[]> {
  const { signal, configuration: { settings: { speech } }, program } = context;
  if (speech.engine === "off") return [{ level: "good", words: "off, by the settings" }];
  try {
    const voice = await chooseVoice(speech, { signal });
    const { durationMs } = await voice.say("It can speak.", {
      timeoutMs: 30_000,
      signal,
    });
    await play(silence(), speech.player, { signal });
    const words = `${voice.name} speaks, and ${speech.player[0]} plays`;
    return [{ level: "good", words, facts: { voice: voice.name, durationMs } }];
  } catch (thrown) {
    // Where the running program speaks at this moment, the card may be taken by it.
    return [faultFinding(thrown, program ? "warning" : "broken")];
  }
}

const SAMPLES_PER_SECOND = 16_000;
const SILENCE_MS = 100;
/** Of RIFF, `fmt ` and the head of `data`. */
const HEADER_BYTES = 44;

/** A tenth of a second of nothing: 16 bit, one channel. */
export function silence(): Wav {
  const soundBytes = 2 * SAMPLES_PER_SECOND * SILENCE_MS / 1_000;
  const bytes = new Uint8Array(HEADER_BYTES + soundBytes);
  const view = new DataView(bytes.buffer);
  const name = (at: number, text: string) =>
    new TextEncoder().encodeInto(text, bytes.subarray(at));
  name(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  name(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, SAMPLES_PER_SECOND, true);
  view.setUint32(28, 2 * SAMPLES_PER_SECOND, true);
  view.setUint16(32, 2, true); // bytes a sample
  view.setUint16(34, 16, true); // bits
  name(36, "data");
  view.setUint32(40, soundBytes, true);
  return { bytes, durationMs: SILENCE_MS };
}
