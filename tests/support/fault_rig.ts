/**
 * Watches a real camera, does something bad to it, and measures what is told of it, when
 * it is over, and what is left behind. What is done stands in rows (`fault_rows.ts`).
 * @module
 */
import assert from "node:assert/strict";
import { FrameMemory } from "../../app/frame_memory.ts";
import { AlertBoard } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { TestFolder } from "./clips.ts";
import { fileSizes } from "./fault_measure.ts";
import { NetworkSpace } from "./network_space.ts";
import { ownLoopback } from "./own_loopback.ts";
import { RecordingSink } from "./recording_sink.ts";
import { RtspCamera, type RtspCameraOptions } from "./rtsp_camera.ts";

/** One thing that can go wrong. */
export interface FaultRow {
  readonly name: string;
  /** So soon over that it is tried in every run. */
  readonly quick?: boolean;
  /** What the camera is at first; its clips are file names. */
  readonly camera: RtspCameraOptions;
  /** Frames before it happens; 8 without it. */
  readonly frames?: number;
  /** It is watched by keyframes only when it happens; `refused`: it must not be, though it is quiet. */
  readonly idle?: boolean | "refused";
  /** The camera stands behind a link of its own. */
  readonly linked?: boolean;
  /** The camera is wrong from the beginning: nothing is waited for before. */
  readonly fromStart?: boolean;
  /** Where it is looked for, if not where it is. */
  url?(camera: RtspCamera, rig: FaultRig): string;
  /** Brings it about. Without it the camera only is as it is. */
  fault?(rig: FaultRig): Promise<void> | void;
  /** The state and reason that must be told; without it pictures must go on. */
  readonly told?: string;
  /** … after so many seconds at most. */
  readonly toldWithinS: number;
  /** Ends it; without it the session is ended. */
  mend?(rig: FaultRig): Promise<void> | void;
  /** New pictures, told as online, so many seconds after that at most. */
  readonly backWithinS?: number;
  /** What else must be so, once it is back. */
  checkBack?(rig: FaultRig): Promise<void> | void;
  /** What else must be so, once it was told. */
  check?(rig: FaultRig): Promise<void> | void;
}

export interface FaultVerdict {
  readonly name: string;
  readonly told: string;
  readonly toldAfterS: number;
  readonly backAfterS: number | undefined;
  /** Child processes, and files of frames, that were there when all was over: none. */
  readonly left: number;
}

const START_MS = 15_000;

export class FaultRig implements AsyncDisposable {
  readonly row: FaultRow;
  readonly sink = new RecordingSink();
  readonly space: NetworkSpace | undefined;
  /** Frames go where the program would keep them. */
  readonly #folder = new TestFolder();
  readonly #memory = new FrameMemory(
    { camera: "gate", slots: 4, folder: this.#folder.path },
    { clock: systemClock, log: silentLog, alerts: new AlertBoard(systemClock) },
  );
  readonly #more: AsyncDisposable[] = [];
  readonly #pids = new Set<number>();
  /** It comes back on the same port. */
  readonly address = ownLoopback();
  #camera: RtspCamera | undefined;
  #session: CameraSession | undefined;
  #isOver = false;

  constructor(row: FaultRow) {
    this.row = row;
    this.space = row.linked ? new NetworkSpace() : undefined;
  }

  get camera(): RtspCamera {
    return this.#camera!;
  }

  get session(): CameraSession {
    return this.#session!;
  }

  /** Starts the camera, as it was at first but for `changes`, on the same port. */
  async start(changes: Partial<RtspCameraOptions> = {}): Promise<void> {
    const place = this.space
      ? { namespace: this.space.name, address: this.space.address }
      : { address: this.address };
    const port = this.#camera ? { port: this.#camera.port } : {};
    const { camera } = this.row;
    this.#camera = await RtspCamera.start({ ...camera, ...place, ...port, ...changes });
  }

  /** As a power cut does. */
  async end(): Promise<void> {
    await this.camera[Symbol.asyncDispose]();
  }

  /** Ends with the rig. */
  keep<T extends AsyncDisposable>(more: T): T {
    this.#more.push(more);
    return more;
  }

  async run(): Promise<FaultVerdict> {
    const { row, sink } = this;
    await this.start();
    this.#watch();
    if (!row.fromStart) await this.#settle();
    let fromMs = performance.now();
    const [states, frames] = [sink.states.length, sink.frames.length];
    await row.fault?.(this);
    const told = await this.#told(row.fromStart ? 0 : states, frames);
    const toldAfterS = (performance.now() - fromMs) / 1_000;
    await row.check?.(this);
    fromMs = performance.now();
    await row.mend?.(this);
    if (row.mend) await this.#back(fromMs);
    const backAfterS = row.mend && (performance.now() - fromMs) / 1_000;
    await row.checkBack?.(this);
    assert.equal(fileSizes(this.#folder.path).length, this.#isShown() ? 1 : 0, "rings");
    await this.#close();
    const left = [...this.#pids].filter(isAlive).length +
      fileSizes(this.#folder.path).length;
    await this[Symbol.asyncDispose]();
    return { name: row.name, told, toldAfterS, backAfterS, left };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#close();
    this.#folder[Symbol.dispose]();
    await this.#camera?.[Symbol.asyncDispose]();
    for (const more of this.#more) await more[Symbol.asyncDispose]();
    this.space?.[Symbol.dispose]();
  }

  async #close(): Promise<void> {
    await this.#session?.[Symbol.asyncDispose]();
    this.#memory[Symbol.dispose]();
  }

  /** A frame has come. */
  #isShown(): boolean {
    return this.sink.frames.length > 0;
  }

  #watch(): void {
    const { row, sink } = this;
    const url = row.url?.(this.camera, this) ?? this.camera.url;
    const options = { camera: "gate", url, fps: 10, width: 640, loop: false, seed: 1 };
    const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
    const session = new CameraSession(parseSourceUrl(url) as StreamUrl, {
      options: { ...options, ...(row.idle ? { idleAfterS: 1 } : {}) },
      sink: {
        format: (format) => {
          sink.format(format);
          this.#memory.open(format);
        },
        frame: (pixels, stamp) => {
          sink.frame(pixels, stamp);
          this.#memory.write(pixels, stamp);
          for (const pid of session.children) this.#pids.add(pid);
          if (row.idle) session.ladder.looked(true, stamp.ptsUs);
        },
        state: (state, words) => {
          for (const pid of this.#session?.children ?? []) this.#pids.add(pid);
          sink.state(state, words);
        },
        ended: (fault) => sink.ended(fault),
      },
      parts,
    });
    this.#session = session;
  }

  async #settle(): Promise<void> {
    await this.sink.untilState("online", 0, START_MS);
    await this.sink.moreFrames(this.row.frames ?? 8, START_MS);
    const isIdle = () => this.sink.states.at(-1)!.rung === "keys";
    if (this.row.idle === true) await this.sink.until("keyframes only", isIdle, START_MS);
  }

  /** Waits for what has to be told; for pictures where nothing has to be. */
  async #told(states: number, frames: number): Promise<string> {
    const { row: { told, toldWithinS }, sink } = this;
    const words = (at: number) => {
      const { state, why } = sink.states[at]!;
      return why === undefined ? state : `${state} ${why}`;
    };
    const find = () =>
      sink.states.findIndex((_, at) => at >= states && words(at) === told);
    const goesOn = () =>
      sink.frames.length >= frames + 10 && sink.states.at(-1)!.state === "online";
    const isDone = () => told === undefined ? goesOn() : find() >= 0;
    await sink.until(told ?? "pictures", isDone, toldWithinS * 1_000);
    return told ?? "nothing: pictures go on";
  }

  async #back(fromMs: number): Promise<void> {
    const { row, sink } = this;
    const isBack = () =>
      sink.states.at(-1)!.state === "online" && sink.frames.at(-1)!.arrivalMs > fromMs;
    await sink.until("return", isBack, row.backWithinS! * 1_000);
    const seen = sink.frames.length;
    await sink.until("more pictures", () => sink.frames.length > seen, 10_000);
  }
}

/** Runs one row; the rig is cleared away whatever happens. */
export async function runFault(row: FaultRow): Promise<FaultVerdict> {
  await using rig = new FaultRig(row);
  try {
    const result = await rig.run();
    assert.equal(result.left, 0, "children or files are left");
    return result;
  } catch (thrown) {
    throw new Error(`${row.name}: ${thrown instanceof Error ? thrown.message : thrown}`, {
      cause: thrown,
    });
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
