/**
 * The child's side: loads the detector, says so, and answers crop after crop until its
 * input ends. A process of its own, as its memory (100 MB and more) goes back to the
 * system only with it: docs/adr/0018-classes.md. Decides no label.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import {
  answerLine,
  type ChildAnswer,
  HEAD_BYTES_MAX,
  PROTOCOL_VERSION,
  readRequestHead,
  type RefusalReason,
} from "./child_protocol.ts";
import { type Detector, loadDetector } from "./detector.ts";

/** What a child is given of the world. */
export interface ChildWorld {
  readonly clock: Clock;
  /** Fills some of `into`; null at the end of the input. */
  read(into: Uint8Array): Promise<number | null>;
  /** Writes all of it. */
  say(line: string): void;
  /** The folder of the built files, where it is not the usual one. */
  readonly folder?: URL;
  /** The folder of a model of the user's own, which looks instead of the built-in one. */
  readonly modelFolder?: string;
}

/** Ends when the input ends, or with a refusal. Throws nothing but bugs of its world. */
export async function runClassifierChild(world: ChildWorld): Promise<void> {
  const say = (answer: ChildAnswer) => world.say(answerLine(answer));
  try {
    const detector = await loadFor(world);
    say({ kind: "ready", protocol: PROTOCOL_VERSION, facts: detector.facts });
    for (;;) {
      const answer = await answerNext(world, detector);
      if (answer === undefined) return;
      say(answer);
    }
  } catch (thrown) {
    say({ kind: "refused", reason: reasonOf(thrown), words: wordsOf(thrown) });
  }
}

async function loadFor({ folder, modelFolder }: ChildWorld): Promise<Detector> {
  if (modelFolder === undefined) return await loadDetector(folder);
  // Only where it is wanted: the built-in detector is ready sooner without it.
  const { loadOwnDetector } = await import("./own_detector.ts");
  return await loadOwnDetector(modelFolder);
}

/** Undefined at the end of the input. */
async function answerNext(
  world: ChildWorld,
  detector: Detector,
): Promise<ChildAnswer | undefined> {
  const length = await readWhole(world, 4);
  if (length === undefined) return undefined;
  const headBytes = new DataView(length.buffer).getUint32(0, true);
  if (headBytes > HEAD_BYTES_MAX) throw badRequest(`a head of ${headBytes} bytes`);
  const json = await readWhole(world, headBytes);
  const head = json && readRequestHead(json);
  if (head === undefined) throw badRequest("no head");
  const pixels = await readWhole(world, frameBytes(head.format));
  if (pixels === undefined) throw badRequest("no pixels");
  const by = head.opinion === "first" ? detector : await detector.second?.();
  if (by === undefined) throw badRequest("an opinion that nobody has");
  const startedMs = world.clock.monotonicMs();
  const scores = by.look({ ...head, pixels });
  const tookMs = Math.round(10 * (world.clock.monotonicMs() - startedMs)) / 10;
  return { kind: "looked", scores: scores.map(inThousandths), tookMs };
}

function inThousandths(score: number): number {
  return Math.round(1_000 * score) / 1_000;
}

/** Undefined when the input ends before, or amid them. */
async function readWhole(
  world: ChildWorld,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await world.read(bytes.subarray(at));
    if (count === null) return undefined;
    at += count;
  }
  return bytes;
}

function badRequest(state: string): Fault {
  return new Fault("bug", `Cannot read what is to be classified: ${state}`);
}

function reasonOf(thrown: unknown): RefusalReason {
  if (!(thrown instanceof Fault)) return "failed";
  if (thrown.kind === "corrupt") return "damaged";
  if (thrown.kind === "config") return "unfit";
  return thrown.cause instanceof Deno.errors.NotFound ? "missing" : "failed";
}
