/**
 * Records a session into one HTML page that plays from disk: what moved, a few stills,
 * the words. In memory and bounded; what is old is thinned, and the page says so.
 *
 * Never waits for a disk while something is observed: the page is written every minute
 * in which something changed, more seldom when it is large, beside everything else, and
 * once at the end.
 * @module
 */
import type { Header, Observation } from "../analysis/dsl/observation.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { OpenWork } from "../base/open_work.ts";
import type { NarrationOutlet, Told } from "../llm/narration.ts";
import { openSessionFile, type SessionFile } from "./session_file.ts";
import type { SessionRecord, SessionUnreported } from "./session_format.ts";
import {
  embeddedJson,
  loadPageShell,
  pagePieces,
  type PageShell,
} from "./session_page.ts";
import { listOf, SessionReel } from "./session_reel.ts";
import { smallPicture } from "./small_picture.ts";
import { keepWithin, ThinnedSeries } from "./thinned_series.ts";

/** A picture of what a camera sees. */
export interface SessionStill {
  readonly jpeg: Uint8Array;
  /** Time of its frame in the source, microseconds. */
  readonly ptsUs: number;
}

export interface SessionRecorderParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  /** Where the page is written: `config.export.html`. */
  readonly file: string;
  /** The newest picture of a camera; undefined when it has none. */
  still(camera: string): Promise<SessionStill | undefined>;
  /** Of the program. */
  readonly version: string;
  /** Of the built page. */
  readonly viewerFolder: URL;
}

/** The first page is there soon, for who is cut off early; then one a minute at most. */
const FIRST_WRITE_MS = 10_000;
const WRITE_PERIOD_MS = 60_000;
/**
 * At most so much is written before the end: the largest page every quarter of an hour.
 * One every minute would be some 34 GB a day, which wears an SD card out.
 */
const BYTES_PER_HOUR = 100_000_000;

/** Characters of base64 and JSON: together with all else some 24 MB. */
const STILLS_MAX = 11_000_000;
const FRAMES_MAX = 4_500_000;
const PICTURES_MAX = 7_000_000;
const NARRATIONS_MAX = 1_200_000;
/** Some 2,000 of them. */
const UNREPORTED_MAX = 600_000;

/** 12 kB a picture, a street of 640x360: enough to know who it is from the blobs. */
const STILL = { widthMax: 480, heightMax: 480, quality: 60 } as const;
/** 7 kB: some 800 of them; they are what one looks for. */
const PICTURE = { widthMax: 256, heightMax: 256, quality: 62 } as const;
/** Narrations whose pictures wait to be made small. */
const SHRINKING_MAX = 8;
/** What pictures that are being made may take at the end, ms: eight take some 100. */
const LAST_PICTURES_MS = 300;

/** Written piece by piece. */
type Listed = "cameras" | "narrations" | "pictures" | "unreported";

const UNWRITTEN = "session.not_written";

/**
 * @throws Fault unavailable when the file cannot be written, or the page is not built
 */
export async function openSessionRecorder(
  parts: SessionRecorderParts,
): Promise<SessionRecorder> {
  const shell = await loadPageShell(parts.viewerFolder);
  return new SessionRecorder(parts, await openSessionFile(parts.file), shell);
}

export class SessionRecorder implements NarrationOutlet {
  readonly #parts: SessionRecorderParts;
  readonly #file: SessionFile;
  readonly #shell: PageShell;
  readonly #startedUtcMs: number;
  readonly #writing: Disposable;
  readonly #reels = new Map<string, SessionReel>();
  readonly #narrations = new ThinnedSeries();
  readonly #pictures = new ThinnedSeries();
  readonly #unreported = new ThinnedSeries();
  /** Cameras whose picture is on its way. */
  readonly #asked = new Set<string>();
  /** Pictures until they are in a series. */
  readonly #making = new OpenWork();
  #shrinking = 0;
  #picturesRefused = 0;
  #pictureTrouble = false;
  #changed = false;
  #ended = false;
  #notBeforeMs = 0;
  #write: { readonly done: Promise<void>; readonly cancel: AbortController } | undefined;

  constructor(parts: SessionRecorderParts, file: SessionFile, shell: PageShell) {
    this.#parts = parts;
    this.#file = file;
    this.#shell = shell;
    this.#startedUtcMs = parts.clock.utcMs();
    this.#writing = parts.clock.every(FIRST_WRITE_MS, () => this.#writeChanges());
  }

  header(camera: string, header: Header): void {
    this.#reelOf(camera).header(header);
  }

  observed(camera: string, observation: Observation): void {
    if (this.#ended) return;
    const reel = this.#reelOf(camera);
    const { changed, wantsStill } = reel.observed(observation);
    this.#changed ||= changed;
    keepWithin(FRAMES_MAX, this.#allReels().map(({ frames }) => frames));
    if (wantsStill && !this.#asked.has(camera)) this.#takeStill(camera, reel);
  }

  offer({ narration, picture }: Told): void {
    if (this.#ended) return;
    this.#changed = true;
    this.#narrations.push({ json: embeddedJson(narration), marks: true });
    keepWithin(NARRATIONS_MAX, [this.#narrations]);
    if (picture && narration.verdict.kind === "speak") {
      this.#takePicture(narration.id, picture);
    }
  }

  /** What was seen and nobody was told. */
  unreported(entry: SessionUnreported): void {
    if (this.#ended) return;
    this.#changed = true;
    // A stay stands for what hid it: that gives way first.
    const marks = entry.kind === "episode";
    this.#unreported.push({ json: embeddedJson(entry), marks });
    keepWithin(UNREPORTED_MAX, [this.#unreported]);
  }

  /** Writes the page a last time, with the pictures of what was told last. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#writing[Symbol.dispose]();
    this.#ended = true;
    this.#write?.cancel.abort();
    await this.#write?.done;
    {
      const enough = new AbortController();
      using _late = this.#parts.clock.after(LAST_PICTURES_MS, () => enough.abort());
      await this.#making.none(enough.signal);
    }
    await this.#writeNow(new AbortController().signal);
  }

  #allReels(): readonly SessionReel[] {
    return [...this.#reels.values()];
  }

  #reelOf(camera: string): SessionReel {
    const known = this.#reels.get(camera);
    if (known) return known;
    const reel = new SessionReel(camera);
    this.#reels.set(camera, reel);
    return reel;
  }

  async #takeStill(camera: string, reel: SessionReel): Promise<void> {
    this.#asked.add(camera);
    this.#making.begin();
    try {
      const still = await this.#parts.still(camera);
      if (!still) return;
      const jpeg = await smallPicture(still.jpeg, STILL);
      reel.still(still.ptsUs, jpeg);
      keepWithin(STILLS_MAX, this.#allReels().map(({ stills }) => stills));
    } catch (thrown) {
      this.#tellPictureTrouble(thrown);
    } finally {
      this.#asked.delete(camera);
      this.#making.end();
    }
  }

  async #takePicture(id: number, picture: Uint8Array): Promise<void> {
    if (this.#shrinking >= SHRINKING_MAX) {
      this.#picturesRefused++;
      return;
    }
    this.#shrinking++;
    this.#making.begin();
    try {
      const jpeg = await smallPicture(picture, PICTURE);
      this.#pictures.push({ json: JSON.stringify([id, jpeg]), marks: true });
      keepWithin(PICTURES_MAX, [this.#pictures]);
    } catch (thrown) {
      this.#picturesRefused++;
      this.#tellPictureTrouble(thrown);
    } finally {
      this.#shrinking--;
      this.#making.end();
    }
  }

  /** Once: the session goes on without pictures. */
  #tellPictureTrouble(thrown: unknown): void {
    if (this.#pictureTrouble) return;
    this.#pictureTrouble = true;
    this.#parts.log.warn("session.picture_failed", { words: wordsOf(thrown) });
  }

  #writeChanges(): void {
    if (!this.#changed || this.#write !== undefined) return;
    if (this.#parts.clock.monotonicMs() < this.#notBeforeMs) return;
    const cancel = new AbortController();
    const done = this.#writeNow(cancel.signal).finally(() => this.#write = undefined);
    this.#write = { done, cancel };
  }

  async #writeNow(signal: AbortSignal): Promise<void> {
    const { alerts, clock, log } = this.#parts;
    const startedMs = clock.monotonicMs();
    this.#changed = false;
    try {
      const page = pagePieces(this.#shell, this.#session());
      const bytes = await this.#file.write(page, signal);
      if (bytes === undefined) return;
      const pauseMs = bytes / BYTES_PER_HOUR * 3_600_000;
      this.#notBeforeMs = startedMs + Math.max(WRITE_PERIOD_MS, pauseMs);
      const tookMs = Math.round(clock.monotonicMs() - startedMs);
      log.debug("session.written", { file: this.#file.path, bytes, tookMs });
      alerts.clear(UNWRITTEN, "");
    } catch (thrown) {
      this.#changed = true;
      log.warn("session.not_written", { words: wordsOf(thrown) });
      alerts.raise({
        code: UNWRITTEN,
        subject: "",
        severity: "warning",
        words: wordsOf(thrown),
        toDo: "Look whether the folder is there, may be written and has room (df -h).",
      });
    }
  }

  /** `SessionRecord` as JSON. */
  *#session(): Generator<string> {
    const reels = this.#allReels();
    const sum = (of: (reel: SessionReel) => number) =>
      reels.reduce((sum, reel) => sum + of(reel), 0);
    const head: Omit<SessionRecord, Listed> = {
      version: 1,
      program: this.#parts.version,
      startedUtcMs: this.#startedUtcMs,
      endedUtcMs: this.#parts.clock.utcMs(),
      complete: this.#ended,
      leftOut: {
        frames: sum(({ frames }) => frames.dropped),
        stills: sum(({ stills }) => stills.dropped),
        events: sum(({ eventsDropped }) => eventsDropped),
        narrations: this.#narrations.dropped,
        pictures: this.#pictures.dropped + this.#picturesRefused,
        unreported: this.#unreported.dropped,
      },
    };
    yield `${embeddedJson(head).slice(0, -1)},"narrations":`;
    yield* listOf(this.#narrations.pieces());
    yield `,"pictures":`;
    yield* listOf(this.#pictures.pieces());
    yield `,"unreported":`;
    yield* listOf(this.#unreported.pieces());
    yield `,"cameras":[`;
    for (const [i, reel] of reels.entries()) {
      if (i > 0) yield ",";
      yield* reel.json();
    }
    yield "]}";
  }
}
