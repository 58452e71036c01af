/**
 * Can it speak: a voice that makes sound, a player, a sound card? Plays nothing.
 * @module
 */
import { findProgram } from "../../base/subprocess.ts";
import { chooseVoice } from "../../tts/choose_voice.ts";
import type { Check, CheckContext, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

export const check: Check = { name: "voice", timeoutMs: 40_000, run };

async function run({ configuration, signal }: CheckContext): Promise<readonly Finding[]> {
  const { speech } = configuration.settings;
  if (speech.engine === "off") {
    return [{ level: "good", words: "off, by the settings" }];
  }
  const [player = "aplay"] = speech.player;
  try {
    const voice = await chooseVoice(speech, { signal });
    findProgram(player);
    await voice.say("StreamWare can speak.", signal);
    return [judgeVoice({
      voice: voice.name,
      player,
      cards: cardsOf(readOr("/proc/asound/cards")),
    })];
  } catch (thrown) {
    return [faultFinding(thrown)];
  }
}

export interface VoiceFound {
  readonly voice: string;
  readonly player: string;
  readonly cards: readonly string[];
}

/** A player other than aplay may need no card of this box: a sound server's, or a file. */
export function judgeVoice({ voice, player, cards }: VoiceFound): Finding {
  const facts = { voice, player, cards: cards.length };
  const isAlsa = /(^|\/)aplay$/.test(player);
  if (isAlsa && cards.length === 0) {
    const words = `${voice} speaks, but this box has no sound card`;
    const toDo = "aplay -l; plug one in, or set speech.player to what plays elsewhere";
    return { level: "broken", words, toDo, facts };
  }
  const card = isAlsa ? ` on ${cards.join(", ")}` : "";
  return { level: "good", words: `${voice} speaks, ${player} plays${card}`, facts };
}

/** Names in the text of /proc/asound/cards. */
export function cardsOf(text: string): string[] {
  return [...text.matchAll(/^\s*\d+ \[[^\]]*\]: (.+)$/gm)].map(([, name = ""]) =>
    name.replace(/^.* - /, "")
  );
}

function readOr(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return ""; // no sound in this kernel
  }
}
