/**
 * The voice of espeak-ng: small, quick, on every Debian, and it sounds like a machine.
 * @module
 */
import { findProgram } from "../base/subprocess.ts";
import { sayBy, type Voice } from "./voice.ts";

/** Our sentences are English, whatever the box speaks. */
const VOICE = "en-us";

/**
 * @param voice name of a voice: a row of `espeak-ng --voices`
 * @throws Fault unavailable when espeak-ng is not installed.
 */
export function espeakVoice(voice = VOICE): Voice {
  const path = findProgram("espeak-ng");
  const program = {
    name: "espeak-ng",
    // -b 1: the text is UTF-8.
    command: [path, "--stdin", "--stdout", "-b", "1", "-v", voice],
    hint: `espeak-ng --voices; is "${voice}" (speech.voice) among them?`,
  };
  return {
    name: `espeak-ng (${voice})`,
    say: (text, limits) => sayBy(program, text, limits),
  };
}
