/**
 * The kernels in WebAssembly with SIMD: `assembly/`, compiled into `motion.wasm`. Gives
 * each camera a memory and an instance of its own, so that both go when its planes do,
 * and a frame can be read straight into that memory. Computes nothing itself.
 * @module
 */
import { assert } from "../../base/assert.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import type { WorkSize } from "../work_size.ts";
import type { Kernels } from "./kernels.ts";
import { layOutPlanes, type PlaneMemory, type Planes } from "./planes.ts";

/** Where `assembly/address.ts` looks for its table, and where planes may begin. */
const TABLE_AT = 64;
const PLANES_AT = 1_024;
/** Passes read vectors a little past the end of what they mean. */
const GUARD_BYTES = 64;
const ALIGNMENT = 16;
const PAGE_BYTES = 65_536;

/** What the module offers; addresses are bytes of the memory. */
interface Passes {
  readonly memory: WebAssembly.Memory;
  loadFrame(frame: number, width: number, height: number, divisor: number): void;
  seed(): void;
  compensate(turn: number): number;
  match(): void;
  findShadows(): void;
  dropShadows(): void;
  vote(): void;
  fillHoles(): void;
  releaseGhosts(): number;
  adapt(): void;
  learn(turn: number, rate: number, shift: number): void;
  sumChanges(least: number): void;
  measureCells(least: number): number;
}

/** One camera's instance, and its room for a frame. */
interface Instance {
  readonly passes: Passes;
  readonly frame: Uint8Array;
}

/**
 * Reads and compiles the module. Undefined where WebAssembly has no SIMD.
 * @throws Deno's errors when `motion.wasm` cannot be read
 */
export function loadKernelsWasm(): Kernels | undefined {
  const bytes = Deno.readFileSync(new URL("./motion.wasm", import.meta.url));
  if (!WebAssembly.validate(bytes)) return undefined;
  return kernelsOf(new WebAssembly.Module(bytes));
}

function kernelsOf(module: WebAssembly.Module): Kernels {
  const instances = new WeakMap<Planes, Instance>();
  const instanceOf = (planes: Planes): Instance => {
    const instance = instances.get(planes);
    assert(instance !== undefined, "planes belong to the kernels that allocated them");
    return instance;
  };
  const passesOf = (planes: Planes) => instanceOf(planes).passes;
  return {
    name: "wasm",
    allocate: (work) => {
      const { planes, instance } = instantiate(module, work);
      instances.set(planes, instance);
      return planes;
    },
    frameBuffer: (planes, bytes) => instanceOf(planes).frame.subarray(0, bytes),
    load: (planes, pixels, format, divisor) =>
      load(instanceOf(planes), pixels, format, divisor),
    seed: (planes) => passesOf(planes).seed(),
    compensate: (planes, turn) => passesOf(planes).compensate(turn),
    match: (planes) => passesOf(planes).match(),
    findShadows: (planes) => passesOf(planes).findShadows(),
    dropShadows: (planes) => passesOf(planes).dropShadows(),
    vote: (planes) => passesOf(planes).vote(),
    fillHoles: (planes) => passesOf(planes).fillHoles(),
    releaseGhosts: (planes) => passesOf(planes).releaseGhosts(),
    adapt: (planes) => passesOf(planes).adapt(),
    learn: (planes, { turn, rate, shift }) => passesOf(planes).learn(turn, rate, shift),
    sumChanges: (planes, least) => passesOf(planes).sumChanges(least),
    measureCells: (planes, least) => passesOf(planes).measureCells(least),
  };
}

/** Copies the frame into its room unless it was put there in the first place. */
function load(
  { passes, frame }: Instance,
  pixels: Uint8Array,
  format: FrameFormat,
  divisor: number,
): void {
  const bytes = frameBytes(format);
  assert(pixels.length >= bytes, "a frame has the bytes of its format");
  const isInside = pixels.buffer === frame.buffer;
  if (!isInside) frame.set(pixels.subarray(0, bytes));
  const at = isInside ? pixels.byteOffset : frame.byteOffset;
  passes.loadFrame(at, format.width, format.height, divisor);
}

function instantiate(module: WebAssembly.Module, work: WorkSize) {
  const { width, height } = work;
  const planesBytes = bytesOfPlanes(width, height);
  const frameMax = frameBytesMax(work);
  const pages = Math.ceil((planesBytes + frameMax + GUARD_BYTES) / PAGE_BYTES);
  const { exports } = new WebAssembly.Instance(module);
  // The module is compiled from our sources: its exports are the passes named there.
  const passes = exports as unknown as Passes;
  const { memory } = passes;
  memory.grow(pages - memory.buffer.byteLength / PAGE_BYTES);
  const planes = layOutPlanes(width, height, within(memory.buffer));
  const frame = new Uint8Array(memory.buffer, planesBytes, frameMax);
  const table = tableOf(planes);
  new Uint32Array(memory.buffer, TABLE_AT, table.length).set(table);
  return { planes, instance: { passes, frame } };
}

/** The most bytes that a frame with this work size can have. */
function frameBytesMax({ width, height, divisor }: WorkSize): number {
  return frameBytes({ width: (width + 1) * divisor, height: (height + 1) * divisor });
}

/** The table of `assembly/address.ts`, in its order. */
function tableOf(planes: Planes): number[] {
  const { width, height, stride, origin } = planes;
  const { y, u, v, backY, meanY, meanU, meanV, samples } = planes;
  const { raw, shadow, candidate, mask, rawBefore, maskBefore } = planes;
  const { nearest, noise, blink, ghost, yBefore, base, hold } = planes;
  const { random, runStart, runEnd, runParent, runVotes, rowRuns } = planes;
  const { columns, histogram, groups, seenBefore, cellChange, cellBrighter } = planes;
  const { cellRaw, cellShadow, cellMask, cellActive, cellSums } = planes;
  const guarded = (...list: Uint8Array[]) => list.map((at) => at.byteOffset + origin);
  const plain = (...list: ArrayBufferView[]) => list.map((at) => at.byteOffset);
  return [
    ...[width, height, stride, origin],
    ...guarded(y, u, v, backY),
    ...plain(meanY, meanU, meanV, samples),
    ...guarded(raw, shadow, candidate, mask, rawBefore, maskBefore),
    ...guarded(nearest, noise, blink, ghost, yBefore, base, hold),
    ...plain(random, runStart, runEnd, runParent, runVotes, rowRuns),
    ...plain(columns, histogram, groups, seenBefore, cellChange, cellBrighter),
    ...plain(cellRaw, cellShadow, cellMask, cellActive, cellSums),
  ];
}

/** Planes one after the other in a buffer. */
function within(buffer: ArrayBuffer): PlaneMemory {
  let free = PLANES_AT;
  const take = (bytes: number) => {
    const at = free;
    free = aligned(free + bytes);
    return at;
  };
  return {
    u8: (length) => new Uint8Array(buffer, take(length), length),
    u16: (length) => new Uint16Array(buffer, take(2 * length), length),
    i32: (length) => new Int32Array(buffer, take(4 * length), length),
  };
}

/** Where planes of this size end, which is known before there is a memory. */
function bytesOfPlanes(width: number, height: number): number {
  let end = PLANES_AT;
  const count = (bytes: number) => end = aligned(end + bytes);
  layOutPlanes(width, height, {
    u8: (length) => (count(length), new Uint8Array()),
    u16: (length) => (count(2 * length), new Uint16Array()),
    // The random state is viewed as bytes, so it has to be there.
    i32: (length) => (count(4 * length), new Int32Array(Math.min(8, length))),
  });
  return end;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
