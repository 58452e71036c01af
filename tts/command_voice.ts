/**
 * A voice that the user brings: a program that reads a sentence on standard input and
 * writes a WAV to standard output. No shell is put around it.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { findProgram } from "../base/subprocess.ts";
import { sayBy, type Voice } from "./voice.ts";

/**
 * @param command program and arguments
 * @throws Fault config without a command, unavailable when its program is not there.
 */
export function commandVoice(command: readonly string[] | undefined): Voice {
  const [name, ...args] = command ?? [];
  if (name === undefined) {
    const words = "Cannot speak: speech.engine is command, and speech.command is not set";
    const hint = 'set speech.command, such as ["my-voice", "--wav"], or another engine';
    throw new Fault("config", words, { hint });
  }
  const program = {
    name,
    command: [findProgram(name), ...args],
    // Not its arguments: they may hold a key.
    hint: `try speech.command by hand: echo Hello | ${name} … | aplay`,
  };
  return { name, say: (text, limits) => sayBy(program, text, limits) };
}
