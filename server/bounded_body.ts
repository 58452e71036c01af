/**
 * Reads a request's body that may be too large, or never end.
 * @module
 */
import type { Clock } from "../base/clock.ts";

export interface BodyLimits {
  readonly bytesMax: number;
  /** For the whole body. */
  readonly msMax: number;
  readonly clock: Clock;
}

export type Body =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "refused"; readonly status: number; readonly words: string };

/** Reads no more than the limits allow, whatever the head of the request promised. */
export async function readBody(request: Request, limits: BodyLimits): Promise<Body> {
  if (Number(request.headers.get("content-length") ?? 0) > limits.bytesMax) {
    giveUp(request.body);
    return TOO_LARGE;
  }
  const reader = request.body?.getReader();
  if (!reader) return { kind: "read", text: "" };
  let late = false;
  using _deadline = limits.clock.after(limits.msMax, () => {
    late = true;
    giveUp(reader);
  });
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.byteLength;
      if (bytes > limits.bytesMax) {
        giveUp(reader);
        return TOO_LARGE;
      }
      text += decoder.decode(part.value, { stream: true });
    }
  } catch {
    return BROKEN_OFF;
  }
  return late ? TOO_SLOW : { kind: "read", text: text + decoder.decode() };
}

/** Never waited for: on Deno 2.9.5 it ends when the rest has come, which may be never. */
function giveUp(body: Pick<ReadableStream, "cancel"> | null): void {
  body?.cancel().catch(() => {}); // the connection is gone: that is what was wanted
}

const TOO_LARGE: Body = { kind: "refused", status: 413, words: "That is too much\n" };
const TOO_SLOW: Body = { kind: "refused", status: 408, words: "That took too long\n" };
const BROKEN_OFF: Body = { kind: "refused", status: 400, words: "That broke off\n" };
