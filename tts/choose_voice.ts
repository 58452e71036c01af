/**
 * Which voice speaks, by settings and by what is on the box. Looks again each time it is
 * asked, as programs come and go.
 * @module
 */
import { Fault } from "../base/fault.ts";
import type { SpeechSettings } from "../config/schema.ts";
import { commandVoice } from "./command_voice.ts";
import { espeakVoice } from "./espeak_voice.ts";
import { type PiperPlaces, piperVoice, usualPiperPlaces } from "./piper_voice.ts";
import type { Voice } from "./voice.ts";

export interface ChooseOptions {
  readonly signal: AbortSignal;
  /** Where Piper may be; without it, the usual places. */
  readonly places?: PiperPlaces;
}

/**
 * The voice that `settings` ask for; auto: Piper when its program and a voice file are
 * there, else espeak-ng.
 * @throws Fault unavailable or config, with what to do, when there is none.
 */
export async function chooseVoice(
  settings: SpeechSettings,
  { signal, places = usualPiperPlaces() }: ChooseOptions,
): Promise<Voice> {
  const { engine, voice } = settings;
  const piper = () => piperVoice(voice, { signal, places });
  switch (engine) {
    case "off":
      throw new Fault("config", "Cannot speak: speech.engine is off", {
        hint: "set speech.engine to auto",
      });
    case "command":
      return commandVoice(settings.command);
    case "piper":
      return await piper();
    case "espeak-ng":
      return espeakVoice(voice);
    case "auto":
      return await anyVoice(voice, piper);
  }
}

async function anyVoice(
  voice: string | undefined,
  piper: () => Promise<Voice>,
): Promise<Voice> {
  // Any other name is one of espeak-ng's.
  const isFile = voice?.endsWith(".onnx") ?? true;
  if (!isFile) return espeakVoice(voice);
  try {
    return await piper();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    // Whoever named a file wants Piper; espeak-ng speaks until it is there.
    const espeak = espeakVoice();
    return voice === undefined ? espeak : { ...espeak, note: thrown.message };
  }
}
