/**
 * A camera with two streams: the smaller one is decoded and analysed, the main one goes as
 * it is to live view, stills and clips. One session each. The camera's state is that of the
 * analysed stream; the main one may be away without touching it.
 *
 * Times: frames keep those of the analysed stream, and packets of the main one are put on
 * the same axis by when their pictures came (`stream_match.ts`).
 * @module
 */
import { Fault } from "../base/fault.ts";
import { CameraSession } from "./camera_session.ts";
import { CodedSession } from "./coded_session.ts";
import type {
  Chosen,
  CodedStream,
  FrameSource,
  LadderControl,
  SourceCounts,
  SourceOpening,
} from "./source.ts";
import {
  parseSourceUrl,
  sourceIdentity,
  type SourceUrl,
  type StreamUrl,
} from "./source_url.ts";
import { StreamZero } from "./stream_match.ts";

export class TwoStreamSource implements FrameSource {
  readonly #analysed: CameraSession;
  readonly #main: CodedSession;
  readonly #listening: Disposable;

  constructor(
    { main, analysis }: { readonly main: StreamUrl; readonly analysis: StreamUrl },
    opening: SourceOpening,
  ) {
    const { options, sink, parts } = opening;
    // Its ring holds what a decoder that begins anew needs; the bound set is for the main one.
    const { coded: bound, ...own } = options;
    const { camera, certificate, transport } = options;
    const axis = new StreamZero();
    this.#analysed = new CameraSession(analysis, { options: own, sink, parts });
    this.#listening = this.#analysed.coded.listen({
      begins: () => axis.reset(),
      packet: ({ packet: { ptsUs, arrivalMs, intervalMs } }) =>
        axis.step({ ptsMs: ptsUs / 1_000, arrivalMs, intervalMs }),
    });
    this.#main = new CodedSession(main, {
      ...parts,
      camera,
      certificate,
      transport,
      bound,
      axis,
      told: (main) => sink.mainStream?.(main),
    });
  }

  get counts(): SourceCounts {
    const analysed = this.#analysed.counts;
    const main = this.#main.counts;
    return {
      ...analysed,
      packetsTotal: analysed.packetsTotal + main.packetsTotal,
      bytesTotal: analysed.bytesTotal + main.bytesTotal,
      reconnects: analysed.reconnects + main.reconnects,
    };
  }

  get children(): readonly number[] {
    return [...this.#analysed.children, ...this.#main.children];
  }

  get decoding(): Chosen {
    return this.#analysed.decoding;
  }

  get ladder(): LadderControl {
    return this.#analysed.ladder;
  }

  /** Of the main stream. */
  get coded(): CodedStream {
    return this.#main.coded;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    await Promise.all([
      this.#analysed[Symbol.asyncDispose](),
      this.#main[Symbol.asyncDispose](),
    ]);
  }
}

/**
 * The analysed stream of a camera whose main one is `main`, with the same login, as long
 * as it is on the same host.
 * @throws Fault config when it is no RTSP stream, or the main one again
 */
export function analysisStream(main: SourceUrl, url: string): StreamUrl {
  const found = parseSourceUrl(url);
  if (main.kind !== "rtsp" || found.kind !== "rtsp") {
    const words = "Cannot use analysis_url: both streams must be rtsp:// or rtsps://";
    throw new Fault("config", words, { hint: "leave it out: url is analysed then" });
  }
  if (sourceIdentity(found) === sourceIdentity(main)) {
    const words = "Cannot use analysis_url: it is the same stream as url";
    throw new Fault("config", words, {
      hint: "leave it out, or name the camera's smaller stream: streamware cameras find",
    });
  }
  if (found.user !== undefined || found.host !== main.host) return found;
  return { ...found, user: main.user, password: main.password };
}
