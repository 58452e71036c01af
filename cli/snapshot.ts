/**
 * `streamware snapshot CAMERA`: the newest picture as a JPEG, whole or not at all; of an
 * rtsp:// camera at the size that it sends.
 * @module
 */
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import {
  connectControl,
  type ControlClient,
  controlPlaces,
  type Snapshot,
  SOCKET_FLAG,
} from "./control_client.ts";
import { OutputFile } from "./output_file.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { ageWords } from "./terminal_text.ts";
import { typedText } from "./typed_flags.ts";

/** As in `/healthz`: a camera whose newest frame is older gives none. */
const FRESH_MS = 10_000;

export const snapshotCommand: Subcommand = {
  name: "snapshot",
  summary: "Take a picture: the newest one of a camera, as JPEG, at its full size.",
  argument: { name: "camera", doc: "Its name; streamware status lists them." },
  flags: [
    {
      flag: "--output",
      value: "FILE",
      doc: "Write it to this file; - or nothing is standard output.",
    },
    {
      flag: "--small",
      doc: "Take the frame as it is analysed, as always of what is no rtsp:// camera.",
    },
    { flag: "--old", doc: "Take the last picture of a camera that gives none now." },
    SOCKET_FLAG,
  ],
  examples: [
    "streamware snapshot gate --output gate.jpg",
    "ssh box streamware snapshot gate > gate.jpg",
  ],
  run: (camera, typed) => takeSnapshot(camera, typed, standardOutput()),
};

/** @throws Fault usage for an unknown camera, unavailable without a fresh picture */
export async function takeSnapshot(
  camera: string,
  typed: Typed,
  output: Output,
): Promise<number> {
  const asked = typedText(typed, "--output");
  const path = asked === "-" ? undefined : asked;
  if (path === undefined && output.isTerminal) {
    const words = "Cannot print a picture: standard output is a terminal";
    const hint = `streamware snapshot ${camera} --output ${camera}.jpg`;
    throw new Fault("usage", words, { hint });
  }
  const client = await connectControl(controlPlaces(typed), systemClock);
  const { jpeg, ageMs, ...what } = await takenBy(client, camera, typed);
  if (ageMs > FRESH_MS && !typed["--old"]) {
    const age = ageWords(ageMs);
    const words = `Cannot take a picture of ${camera}: its newest is ${age} old`;
    throw new Fault("unavailable", words, {
      hint: "streamware status says why; --old takes the old one",
    });
  }
  if (what.size !== undefined) {
    const kind = what.isFull ? "as the camera sends it" : "as it is analysed";
    output.remark(`${camera}: ${what.size.replace("x", " × ")}, ${kind}`);
  }
  if (path === undefined) {
    output.bytes(jpeg);
    return 0;
  }
  using file = new OutputFile(path);
  file.bytes(jpeg);
  file.keep();
  return 0;
}

async function takenBy(
  client: ControlClient,
  camera: string,
  typed: Typed,
): Promise<Snapshot> {
  if (typed["--small"]) return await client.snapshot(camera, "analysed");
  try {
    return await client.snapshot(camera, "full");
  } catch (thrown) {
    // What nobody answered has a hint of its own.
    if (!(thrown instanceof Fault) || thrown.kind !== "unavailable" || thrown.hint) {
      throw thrown;
    }
    const hint = "--small takes the one that is analysed";
    throw new Fault(thrown.kind, thrown.message, { hint, cause: thrown });
  }
}
