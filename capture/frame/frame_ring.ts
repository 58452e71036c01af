/**
 * Raw frames in a file of a tmpfs: one writer that never waits, many readers.
 *
 * Written with write(), not mmap: a full tmpfs is an error code then, not a
 * signal that ends the program. Tells nobody that a frame came: the writer's
 * owner does, by a counter of its own.
 *
 * Layout, little endian; a slot is used for every `slots`-th sequence:
 * ```text
 * file   0 magic "SWRING01"   8 u32 width  12 u32 height  16 u32 slots
 *       20 u32 slot bytes    24 u64 newest whole sequence, 0 before the first
 *     4096 slot 0, slot 1, …
 * slot   0 u64 begin sequence  8 i64 PTS µs  16 f64 arrival ms (monotonic)
 *       24 f64 UTC ms         32 u32 flags (1 = doubtful, 2 = glance, 4 = owed)
 *       64 pixels, yuv420p
 *     then u64 end sequence, aligned to 8 bytes
 * ```
 * @module
 */
import { assert } from "../../base/assert.ts";
import { Fault, wordsOf } from "../../base/fault.ts";
import {
  frameBytes,
  type FrameFormat,
  type FrameRole,
  type FrameStamp,
} from "./frame.ts";
import { freeBytes } from "./free_bytes.ts";

const MAGIC = 0x31_30_47_4e_49_52_57_53n; // "SWRING01" read as a little-endian number
const PAGE = 4096;
const NEWEST_AT = 24;
const STAMP_BYTES = 64;
const DOUBTFUL = 1;
const ROLES: readonly (readonly [FrameRole, number])[] = [["glance", 2], ["owed", 4]];
/** Slots that an owed frame is away from being overwritten. */
const OWED_MARGIN = 1;
/** A reader that loses this often in a row gives up until it is called again. */
const TRIES_MAX = 4;

/** Bytes of a ring's file. */
export function ringBytes(format: FrameFormat, slots: number): number {
  return PAGE + slots * slotBytes(format);
}

/** Whole pages, so that no two slots share one. */
function slotBytes(format: FrameFormat): number {
  return Math.ceil((endAt(format) + 8) / PAGE) * PAGE;
}

function endAt(format: FrameFormat): number {
  return Math.ceil((STAMP_BYTES + frameBytes(format)) / 8) * 8;
}

/** The one writer of a ring. Disposing it closes and removes the file. */
export class FrameRingWriter implements Disposable {
  readonly path: string;
  readonly format: FrameFormat;
  readonly slots: number;
  readonly #file: Deno.FsFile;
  readonly #stamp = new DataView(new ArrayBuffer(STAMP_BYTES));
  readonly #number = new DataView(new ArrayBuffer(8));
  #sequence = 0;

  /**
   * Creates the file in full size, so that lack of room shows now.
   * @throws Fault unavailable when the path is taken or there is no room.
   */
  constructor(path: string, format: FrameFormat, slots: number) {
    assert(slots >= 2, "a ring has a slot to write and one to read");
    this.path = path;
    this.format = format;
    this.slots = slots;
    this.#file = createFile(path);
    try {
      this.#reserve();
    } catch (cause) {
      this[Symbol.dispose]();
      throw reserveFault(path, ringBytes(format, slots), cause);
    }
  }

  /**
   * Writes a frame over the oldest one and returns its sequence: 1, 2, 3 …
   * @throws Fault unavailable when the memory is gone.
   */
  write(pixels: Uint8Array, stamp: FrameStamp): number {
    assert(pixels.length === frameBytes(this.format), "a frame has the ring's size");
    const sequence = this.#sequence + 1;
    this.#stamp.setBigUint64(0, BigInt(sequence), true);
    this.#stamp.setBigInt64(8, BigInt(stamp.ptsUs), true);
    this.#stamp.setFloat64(16, stamp.arrivalMs, true);
    this.#stamp.setFloat64(24, stamp.utcMs, true);
    this.#stamp.setUint32(32, flagsOf(stamp), true);
    this.#number.setBigUint64(0, BigInt(sequence), true);
    const slot = slotAt(sequence, this.slots, slotBytes(this.format));
    try {
      // The order is the protocol: begin, pixels, end, then the hint.
      this.#put(slot, bytesOf(this.#stamp));
      writeAll(this.#file, pixels);
      this.#put(slot + endAt(this.format), bytesOf(this.#number));
      this.#put(NEWEST_AT, bytesOf(this.#number));
    } catch (cause) {
      throw new Fault(
        "unavailable",
        `Cannot write a frame to ${this.path}: ${wordsOf(cause)}`,
        {
          hint: `df -h ${folderOf(this.path)}`,
          cause,
        },
      );
    }
    this.#sequence = sequence;
    return sequence;
  }

  [Symbol.dispose](): void {
    this.#file.close();
    try {
      Deno.removeSync(this.path);
    } catch {
      // Gone already, as when the whole folder was removed first.
    }
  }

  #reserve(): void {
    const header = new DataView(new ArrayBuffer(PAGE));
    header.setBigUint64(0, MAGIC, true);
    header.setUint32(8, this.format.width, true);
    header.setUint32(12, this.format.height, true);
    header.setUint32(16, this.slots, true);
    header.setUint32(20, slotBytes(this.format), true);
    const zeros = new Uint8Array(slotBytes(this.format));
    // The header comes last: a reader that finds it finds all slots.
    this.#file.seekSync(PAGE, Deno.SeekMode.Start);
    for (let slot = 0; slot < this.slots; slot++) writeAll(this.#file, zeros);
    this.#put(0, bytesOf(header));
  }

  #put(at: number, bytes: Uint8Array): void {
    this.#file.seekSync(at, Deno.SeekMode.Start);
    writeAll(this.#file, bytes);
  }
}

/** A frame that was read: its sequence and its times. */
export interface ReadFrame {
  readonly sequence: number;
  readonly stamp: FrameStamp;
}

/** A reader, also in a Worker or another process. Disposing it closes the file. */
export class FrameRingReader implements Disposable {
  readonly format: FrameFormat;
  readonly slots: number;
  readonly #file: Deno.FsFile;
  readonly #slotBytes: number;
  readonly #stamp = new DataView(new ArrayBuffer(STAMP_BYTES));
  readonly #number = new DataView(new ArrayBuffer(8));

  /** @throws Fault unavailable when there is no such ring, corrupt when it is none. */
  constructor(path: string) {
    this.#file = openFile(path);
    try {
      const header = readHeader(this.#file, path);
      this.format = header.format;
      this.slots = header.slots;
      this.#slotBytes = header.slotBytes;
    } catch (thrown) {
      this.#file.close();
      throw thrown;
    }
  }

  /**
   * Copies the newest frame after `afterSequence` into `into` (`frameBytes` long).
   * Undefined when there is none, or when the writer was faster a few times in a
   * row; `into` holds rubbish then. Skipped sequences are the reader's to count.
   */
  readNewest(afterSequence: number, into: Uint8Array): ReadFrame | undefined {
    return this.#readOne(afterSequence, into, (newest) => newest);
  }

  /** The same, but of frames that are owed the oldest one first, while it is held. */
  readNext(afterSequence: number, into: Uint8Array): ReadFrame | undefined {
    return this.#readOne(afterSequence, into, (newest) => {
      const held = newest - this.slots + 1 + OWED_MARGIN;
      const oldest = Math.max(afterSequence + 1, held, 1);
      return oldest < newest && this.#isOwed(oldest) ? oldest : newest;
    });
  }

  /** True when there is a newer frame than this one. */
  hasAfter(sequence: number): boolean {
    return this.#numberAt(NEWEST_AT) > sequence;
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #readOne(
    afterSequence: number,
    into: Uint8Array,
    choose: (newest: number) => number,
  ): ReadFrame | undefined {
    assert(into.length === frameBytes(this.format), "a buffer has the ring's frame size");
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const newest = this.#numberAt(NEWEST_AT);
      if (newest <= afterSequence || newest === 0) return undefined;
      const sequence = choose(newest);
      const stamp = this.#read(sequence, into);
      if (stamp) return { sequence, stamp };
    }
    return undefined;
  }

  /**
   * Undefined when the slot was written while it was read. The begin sequence is
   * read again after the copy: a writer that overtook us has changed it before it
   * touched a pixel, though the end sequence may still be the old one.
   */
  #read(sequence: number, into: Uint8Array): FrameStamp | undefined {
    const slot = slotAt(sequence, this.slots, this.#slotBytes);
    const stamp = this.#stamp;
    this.#file.seekSync(slot, Deno.SeekMode.Start);
    readAll(this.#file, bytesOf(stamp));
    readAll(this.#file, into);
    const end = this.#numberAt(slot + endAt(this.format));
    const begin = this.#numberAt(slot);
    const first = Number(stamp.getBigUint64(0, true));
    if (first !== sequence || end !== sequence || begin !== sequence) return undefined;
    return {
      ptsUs: Number(stamp.getBigInt64(8, true)),
      arrivalMs: stamp.getFloat64(16, true),
      utcMs: stamp.getFloat64(24, true),
      ...stampFlags(stamp.getUint32(32, true)),
    };
  }

  /** Of a slot that may be overwritten meanwhile: whoever reads it finds that out. */
  #isOwed(sequence: number): boolean {
    const slot = slotAt(sequence, this.slots, this.#slotBytes);
    this.#file.seekSync(slot, Deno.SeekMode.Start);
    readAll(this.#file, bytesOf(this.#stamp));
    return stampFlags(this.#stamp.getUint32(32, true)).role === "owed";
  }

  #numberAt(at: number): number {
    this.#file.seekSync(at, Deno.SeekMode.Start);
    readAll(this.#file, bytesOf(this.#number));
    return Number(this.#number.getBigUint64(0, true));
  }
}

function flagsOf({ doubtful, role }: FrameStamp): number {
  const roleFlag = ROLES.find(([name]) => name === role)?.[1] ?? 0;
  return (doubtful ? DOUBTFUL : 0) | roleFlag;
}

function stampFlags(flags: number): Pick<FrameStamp, "doubtful" | "role"> {
  const role = ROLES.find(([, flag]) => (flags & flag) !== 0)?.[0];
  return { doubtful: (flags & DOUBTFUL) !== 0, ...(role ? { role } : {}) };
}

function slotAt(sequence: number, slots: number, bytes: number): number {
  assert(Number.isSafeInteger(sequence) && sequence >= 1, "sequences count from one");
  return PAGE + (sequence % slots) * bytes;
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer);
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}

function readAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const got = file.readSync(bytes.subarray(at));
    if (got === null) throw new Fault("corrupt", "Cannot read a frame: its ring was cut");
    at += got;
  }
}

function createFile(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, createNew: true, mode: 0o600 });
  } catch (cause) {
    const words = `Cannot create the frame ring ${path}: ${wordsOf(cause)}`;
    throw new Fault("unavailable", words, { cause });
  }
}

function openFile(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true });
  } catch (cause) {
    const words = `Cannot open the frame ring ${path}: ${wordsOf(cause)}`;
    throw new Fault("unavailable", words, { cause });
  }
}

function readHeader(file: Deno.FsFile, path: string) {
  const header = new DataView(new ArrayBuffer(NEWEST_AT));
  const wrong = (what: string) =>
    new Fault("corrupt", `Cannot read the frame ring ${path}: ${what}`);
  const size = file.statSync().size;
  if (size < PAGE) throw wrong("it is too short");
  readAll(file, bytesOf(header));
  if (header.getBigUint64(0, true) !== MAGIC) {
    throw wrong("it is no ring of this version");
  }
  const format = { width: header.getUint32(8, true), height: header.getUint32(12, true) };
  const slots = header.getUint32(16, true);
  const bytes = header.getUint32(20, true);
  if (bytes !== slotBytes(format) || slots < 2 || size < ringBytes(format, slots)) {
    throw wrong("its sizes do not fit together");
  }
  return { format, slots, slotBytes: bytes };
}

function reserveFault(path: string, bytes: number, cause: unknown): Fault {
  const folder = folderOf(path);
  const free = freeBytes(folder);
  const room = free === undefined ? wordsOf(cause) : `${inMegabytes(free)} MB free`;
  const words = `Cannot reserve ${
    inMegabytes(bytes)
  } MB for frames in ${folder}: ${room}`;
  const hint = "make /dev/shm bigger (mount -o remount,size=256M /dev/shm), or use " +
    "fewer slots or a smaller width";
  return new Fault("unavailable", words, { hint, cause });
}

function folderOf(path: string): string {
  return path.replace(/\/[^/]*$/, "") || "/";
}

function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
