/**
 * Fetches a camera's latest picture about once a second, while somebody looks.
 * @module
 */

/** A decoded picture, owned by whom it is given to: `bitmap.close()`. */
export interface Picture {
  readonly bitmap: ImageBitmap;
  /** Time of the frame in its source, microseconds. */
  readonly ptsUs: number;
  /** When it was taken, in the page's own time, ms. */
  readonly takenMs: number;
}

/** The program encodes no more often. */
const PERIOD_MS = 1_000;
const TIMEOUT_MS = 5_000;

/** Fetches until disposed. A picture that cannot be had leaves the last one standing. */
export function watchStill(
  camera: string,
  onPicture: (picture: Picture) => void,
): Disposable {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  async function turn(): Promise<void> {
    if (!document.hidden) {
      const picture = await fetchPicture(camera, ending.signal).catch(() => undefined);
      if (picture && ending.signal.aborted) picture.bitmap.close();
      else if (picture) onPicture(picture);
    }
    if (!ending.signal.aborted) timer = setTimeout(turn, PERIOD_MS);
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
  const ptsUs = Number(response.headers.get("x-streamware-pts-us"));
  const takenMs = performance.now() -
    Number(response.headers.get("x-streamware-age-ms"));
  return {
    bitmap: await createImageBitmap(await response.blob()),
    ptsUs,
    takenMs,
  };
}
