/**
 * What `decode: auto` means on this box, kept beside its other state. Wiring; how it is
 * found out is `capture/decode_choice.ts`.
 * @module
 */
import { join } from "node:path";
import { logFor } from "../base/log.ts";
import { runProgram } from "../base/subprocess.ts";
import { DecodeChoice } from "../capture/decode_choice.ts";
import type { DecodeChooser } from "../capture/source.ts";
import { readStateFile, writeStateFile } from "../server/state_file.ts";

/** Niced beside cameras that begin, each way may take longer than for `streamware doctor`. */
const TRIAL_MS = 20_000;

/** Tries nothing before it is asked. Disposing it ends what is being tried. */
export function openDecodeChoice(stateFolder: string): DecodeChooser & Disposable {
  const closing = new AbortController();
  const path = join(stateFolder, "decoding.json");
  const limits = { timeoutMs: TRIAL_MS, outputBytesMax: 1_000_000, nice: true };
  const { signal } = closing;
  const choice = new DecodeChoice({
    signal,
    log: logFor("capture"),
    memory: {
      read: () => readStateFile(path),
      write: (text) => writeStateFile(path, text),
    },
    ffmpeg: (args) => runProgram(["ffmpeg", ...args], { ...limits, signal }),
  });
  return {
    of: (codec) => choice.of(codec),
    [Symbol.dispose]: () => closing.abort(),
  };
}
