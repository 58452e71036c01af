/**
 * Does this box decode pictures in hardware, rightly and for less than in software?
 * @module
 */
import { runProgram } from "../../base/subprocess.ts";
import {
  bestOf,
  boardName,
  decodingWords,
  type RunFfmpeg,
  tryBox,
} from "../../capture/hardware.ts";
import type { CameraStatus } from "../../server/control_protocol.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "decoding", timeoutMs: 40_000, run };

async function run({ signal, program }: CheckContext): Promise<readonly Finding[]> {
  const limits = { timeoutMs: 8_000, outputBytesMax: 1_000_000, signal };
  const ffmpeg: RunFfmpeg = (args) => runProgram(["ffmpeg", ...args], limits);
  const found = await judgeDecoding(ffmpeg, boardName());
  return [...found, ...judgeInUse(program?.cameras ?? [])];
}

/** Of the cameras that hardware decodes, or no more; of the others nothing. */
export function judgeInUse(
  cameras: readonly Pick<CameraStatus, "camera" | "decoding">[],
): readonly Finding[] {
  return cameras.flatMap(({ camera, decoding }): Finding[] => {
    if (!decoding) return [];
    const { by, words } = decoding;
    if (by !== "software") {
      return [{ level: "good", words: `${camera}: ${by}, ${words}` }];
    }
    if (!/ failed: /.test(words)) return [];
    const toDo = `streamware logs, or set cameras.${camera}.decode: software`;
    return [{ level: "warning", words: `${camera}: ${words}`, toDo }];
  });
}

/** Decodes a clip that FFmpeg draws. @param board what the kernel calls this box */
export async function judgeDecoding(
  ffmpeg: RunFfmpeg,
  board: string | undefined,
): Promise<readonly Finding[]> {
  const tried = await tryBox(ffmpeg);
  if (!tried) {
    const words = "hardware was not tried, as this FFmpeg has no encoder for a clip to " +
      "try it with: software is used";
    return [{ level: "note", words }];
  }
  const { decode } = bestOf(tried);
  const words = decodingWords(tried, board);
  const facts = { decode };
  if (decode === "software") return [{ level: "good", words, facts }];
  const toDo = `set cameras.NAME.decode: ${decode}, or auto, and look at it for a day`;
  return [{ level: "note", words, toDo, facts }];
}
