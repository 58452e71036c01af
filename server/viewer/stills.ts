/**
 * Fetches a camera's pictures while somebody looks, each as soon as the program has it.
 * @module
 */

import type { Taken } from "./pictures.ts";

/** A decoded picture, owned by whom it is given to: `bitmap.close()`. */
export interface Picture extends Taken {
  readonly bitmap: ImageBitmap;
  /** How long until the program has a newer one. */
  readonly nextMs: number;
}

/** When there is no picture, and when the page is not looked at. */
const WAIT_MS = 1_000;
/** Whatever the program says, no more often. */
const WAIT_MS_MIN = 100;
const TIMEOUT_MS = 5_000;

/** Fetches until disposed. A picture that cannot be had leaves the last one standing. */
export function watchStill(
  camera: string,
  onPicture: (picture: Picture) => void,
): Disposable {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  async function turn(): Promise<void> {
    const picture = document.hidden
      ? undefined
      : await fetchPicture(camera, ending.signal).catch(() => undefined);
    if (ending.signal.aborted) return picture?.bitmap.close();
    if (picture) onPicture(picture);
    timer = setTimeout(turn, Math.max(WAIT_MS_MIN, picture?.nextMs ?? WAIT_MS));
  }
  turn();
  return {
    [Symbol.dispose]() {
      ending.abort();
      clearTimeout(timer);
    },
  };
}

async function fetchPicture(
  camera: string,
  signal: AbortSignal,
): Promise<Picture | undefined> {
  const response = await fetch(`/still/${encodeURIComponent(camera)}.jpg`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  if (!response.ok) return undefined;
  const told = (name: string) => Number(response.headers.get(`x-streamware-${name}`));
  const takenMs = performance.now() - told("age-ms");
  return {
    bitmap: await createImageBitmap(await response.blob()),
    ptsUs: told("pts-us"),
    takenMs,
    arrivedMs: performance.now(),
    nextMs: told("next-ms"),
  };
}
