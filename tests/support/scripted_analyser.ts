/**
 * Stands for an analyser in tests of the seat around it: says what frames it was given
 * and keeps what it was told to keep. Looks at no pixel.
 * @module
 */
import type { Header, Observation } from "../../analysis/dsl/observation.ts";
import { keepAnalysis, openKept, ownerOf } from "../../analysis/kept_analysis.ts";
import type { SnapshotParts } from "../../analysis/snapshot.ts";
import type { Attachment, FrameFaults } from "../../analysis/worker_protocol.ts";
import type { SeatAnalyser, SeatFrame } from "../../analysis/worker_seats.ts";
import { frameBytes } from "../../capture/frame/frame.ts";
import type { HeatMap } from "../../analysis/heat.ts";
import { observation } from "./server_parts.ts";

export class ScriptedAnalyser implements SeatAnalyser {
  readonly header: Header;
  readonly frames: SeatFrame[] = [];
  readonly faults: Record<keyof FrameFaults, number> = {
    ...{ size: 0, repeated: 0, back: 0, leap: 0, held: 0, damaged: 0 },
  };
  nextTrack: number;
  /** Ids in the next observations. */
  ids: readonly number[] = [];
  /** In the next observations. */
  causes: Observation["causes"] = [];
  /** Whether something moves in the next glances. */
  moves = false;
  /** Thrown by the next `step`, `snapshot` or `restore`. */
  fault:
    | { readonly in: "step" | "snapshot" | "restore"; readonly thrown: Error }
    | undefined;
  /** What it was restored with. */
  restored: ReturnType<typeof openKept> | undefined;
  readonly #buffer: Uint8Array;

  constructor({ camera, format, fps }: Attachment, firstTrack: number) {
    const { width, height } = format;
    this.nextTrack = firstTrack;
    this.#buffer = new Uint8Array(frameBytes(format));
    this.header = {
      version: 1,
      ...{ camera, width, height, workWidth: width, workHeight: height },
      clock: "utc",
      ...{ fps, analyser: "scripted", settings: "0" },
    };
  }

  frameBuffer(): Uint8Array {
    return this.#buffer;
  }

  heat(): HeatMap {
    return { columns: 0, rows: 0, cells: new Uint8Array() };
  }

  stirs(): boolean {
    return this.moves;
  }

  step(frame: SeatFrame): Observation {
    this.#trip("step");
    this.frames.push({ ...frame, pixels: frame.pixels.slice() });
    const { number, tMs, ptsUs, skipped } = frame;
    const place = { x: 0.5, y: 0.5, w: 0.1, h: 0.2, coast: 0 };
    const still = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
    const blobs = this.ids.map((id) => ({ id, ...place, ...still }));
    this.nextTrack = Math.max(this.nextTrack, ...this.ids.map((id) => id + 1));
    return observation(number, { tMs, ptsUs, skipped, blobs, causes: this.causes });
  }

  snapshot(): SnapshotParts {
    this.#trip("snapshot");
    const sizes = { valid: false, aspect: 0.4, fill: 0.5, slope: 0, base: 40 };
    const { tMs = 0, number: frame = 0 } = this.frames.at(-1) ?? {};
    const tracker = { nextId: this.nextTrack, tracks: [], sizes };
    const known = { learnedS: 0, tracker, lives: [], absorbed: [], drawn: "" };
    const data = { tMs, frame, ...known };
    const kept = { data, planes: [Uint8Array.of(1, 2, 3)] };
    return keepAnalysis(ownerOf(this.header), kept);
  }

  restore(bytes: Uint8Array): boolean {
    this.#trip("restore");
    this.restored = openKept(bytes, ownerOf(this.header));
    return "kept" in this.restored;
  }

  #trip(place: "step" | "snapshot" | "restore"): void {
    if (this.fault?.in === place) throw this.fault.thrown;
  }
}
