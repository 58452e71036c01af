/**
 * Fetches how restless a camera's picture is, while somebody looks at that.
 * @module
 */
import type { HeatView } from "../live_protocol.ts";

/** It is learned over seconds, and made anew every other second at most. */
const PERIOD_MS = 3_000;
const TIMEOUT_MS = 5_000;

/** Fetches until disposed. What cannot be had leaves the last one standing. */
export function watchHeat(camera: string, onHeat: (heat: HeatView) => void): Disposable {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  async function turn(): Promise<void> {
    const heat = document.hidden
      ? undefined
      : await fetchHeat(camera, ending.signal).catch(() => undefined);
    if (ending.signal.aborted) return;
    if (heat) onHeat(heat);
    timer = setTimeout(turn, PERIOD_MS);
  }
  turn();
  return {
    [Symbol.dispose]() {
      ending.abort();
      clearTimeout(timer);
    },
  };
}

/** What came, if it has the form of ours. */
export function readHeat(read: unknown): HeatView | undefined {
  if (typeof read !== "object" || read === null) return undefined;
  const { columns, rows, cells } = read as Partial<HeatView>;
  if (typeof columns !== "number" || typeof rows !== "number") return undefined;
  if (!Array.isArray(cells) || cells.length !== columns * rows) return undefined;
  if (columns < 1 || rows < 1) return undefined;
  return { columns, rows, cells: cells.map(Number) };
}

async function fetchHeat(
  camera: string,
  signal: AbortSignal,
): Promise<HeatView | undefined> {
  const response = await fetch(`/heat/${encodeURIComponent(camera)}.json`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  return response.ok ? readHeat(await response.json()) : undefined;
}
