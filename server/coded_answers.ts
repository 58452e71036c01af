/**
 * Answers with what a camera itself sent: a picture of its full size, the last seconds as
 * a clip. Makes neither and keeps neither; that is who stands behind `CodedPictures`.
 * @module
 */
import type { HonoRequest } from "hono";
import { Fault } from "../base/fault.ts";

/** A picture at the camera's full size. */
export interface FullPicture {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** As in frames and in the motion DSL. */
  readonly ptsUs: number;
  /** When it came, `Clock.monotonicMs`. */
  readonly arrivalMs: number;
  /** Pictures that it is built on were missing. */
  readonly torn: boolean;
}

/** Which seconds of a camera: times as in the motion DSL, or so many up to now. */
export type SpanAsked =
  | { readonly fromUs: number; readonly toUs: number }
  | { readonly seconds: number };

/** A video file, and the times of its first and its last picture. */
export interface Clip {
  readonly mp4: Uint8Array<ArrayBuffer>;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Who makes pictures and clips of what the cameras sent in the last seconds. */
export interface CodedPictures {
  /** Why there can be none of a camera, in words; undefined when there can. */
  whyNone(camera: string): string | undefined;
  /**
   * The picture shown at `ptsUs`, the newest without it.
   * @throws Fault unavailable when there is none, with the reason
   */
  full(
    camera: string,
    asked: { readonly ptsUs?: number | undefined; readonly signal?: AbortSignal },
  ): Promise<FullPicture>;
  /** @throws Fault unavailable when there is none, with the reason */
  clip(
    camera: string,
    asked: { readonly span: SpanAsked; readonly signal?: AbortSignal },
  ): Promise<Clip>;
}

/** How much of a camera is given when nobody says. */
const CLIP_S = 10;
/** More is never held. */
const CLIP_S_MAX = 3_600;

/** `GET /full/CAMERA.jpg[?pts=US]`. */
export async function fullAnswer(
  coded: CodedPictures | undefined,
  asked: {
    readonly camera: string;
    readonly request: HonoRequest;
    readonly ageMs: (arrivalMs: number) => number;
  },
): Promise<Response> {
  const { camera, request } = asked;
  const whyNone = coded ? coded.whyNone(camera) : NOBODY;
  if (!coded || whyNone !== undefined) return refusal(404, `There is none: ${whyNone}`);
  const pts = request.query("pts");
  const ptsUs = pts === undefined ? undefined : timeUsOf(pts);
  if (pts !== undefined && ptsUs === undefined) return refusal(400, PTS_WORDS);
  return await answerOr(async () => {
    const { signal } = request.raw;
    const { jpeg, ...facts } = await coded.full(camera, { ptsUs, signal });
    return new Response(jpeg, {
      headers: {
        ...NOT_KEPT,
        "content-type": "image/jpeg",
        "x-streamware-pts-us": String(facts.ptsUs),
        "x-streamware-age-ms": String(Math.round(asked.ageMs(facts.arrivalMs))),
        "x-streamware-size": `${facts.width}x${facts.height}`,
        ...(facts.torn ? { "x-streamware-doubtful": "1" } : {}),
      },
    });
  });
}

/** `GET /clip/CAMERA.mp4[?seconds=N]`, or `?from=US&to=US`. */
export async function clipAnswer(
  coded: CodedPictures | undefined,
  asked: { readonly camera: string; readonly request: HonoRequest },
): Promise<Response> {
  const { camera, request } = asked;
  const whyNone = coded ? coded.whyNone(camera) : NOBODY;
  if (!coded || whyNone !== undefined) return refusal(404, `There is none: ${whyNone}`);
  const span = spanOf(request);
  if (typeof span === "string") return refusal(400, span);
  return await answerOr(async () => {
    const { signal } = request.raw;
    const { mp4, fromUs, toUs } = await coded.clip(camera, { span, signal });
    return new Response(mp4, {
      headers: {
        ...NOT_KEPT,
        "content-type": "video/mp4",
        "content-disposition": `inline; filename="${camera}.mp4"`,
        "x-streamware-from-us": String(fromUs),
        "x-streamware-to-us": String(toUs),
      },
    });
  });
}

const NOT_KEPT = { "cache-control": "no-store" };
const NOBODY = "nothing is kept here of what the cameras send";
const PTS_WORDS = "pts= takes a whole number of microseconds, as x-streamware-pts-us has";
const SPAN_WORDS = `seconds= takes a number up to ${CLIP_S_MAX}; from= and to= take ` +
  "whole microseconds, as x-streamware-pts-us has, the earlier one first";

function refusal(status: number, words: string): Response {
  return new Response(`${words}\n`, { status, headers: NOT_KEPT });
}

/** A fault is told to who asks, and not logged: nothing is wrong with the box. */
async function answerOr(make: () => Promise<Response>): Promise<Response> {
  try {
    return await make();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const hint = thrown.hint === undefined ? "" : `: ${thrown.hint}`;
    return refusal(503, `${thrown.message}${hint}`);
  }
}

/** What is asked for, or what is wrong with it. */
function spanOf(request: HonoRequest): SpanAsked | string {
  const [from, to] = [request.query("from"), request.query("to")];
  const seconds = request.query("seconds");
  if (from === undefined && to === undefined) {
    if (seconds === undefined) return { seconds: CLIP_S };
    const count = /^\d{1,4}(\.\d{1,3})?$/.test(seconds) ? Number(seconds) : 0;
    return count > 0 && count <= CLIP_S_MAX ? { seconds: count } : SPAN_WORDS;
  }
  const [fromUs, toUs] = [timeUsOf(from ?? ""), timeUsOf(to ?? "")];
  const isSpan = seconds === undefined && fromUs !== undefined && toUs !== undefined &&
    fromUs <= toUs && toUs - fromUs <= CLIP_S_MAX * 1e6;
  return isSpan ? { fromUs, toUs } : SPAN_WORDS;
}

function timeUsOf(text: string): number | undefined {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
