/**
 * How restless each camera's picture is, for who looks: asked of the analysis only when
 * somebody asks here, and at most every other second however many do.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { HeatView } from "./live_protocol.ts";

/** As the analysis has it; `HeatView` says what the cells mean. */
export interface HeatCells {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Uint8Array;
}

/** It is learned over seconds. */
const PERIOD_MS = 2_000;

interface Latest {
  readonly askedMs: number;
  readonly text: Promise<string | undefined>;
}

export class HeatMemory {
  readonly #clock: Clock;
  readonly #ask: (camera: string) => Promise<HeatCells | undefined> | undefined;
  readonly #latest = new Map<string, Latest>();

  constructor(
    clock: Clock,
    ask: (camera: string) => Promise<HeatCells | undefined> | undefined,
  ) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /**
   * `HeatView` as JSON; undefined when nobody knows.
   * @param camera a camera that exists: of each that is asked for an answer is kept
   */
  text(camera: string): Promise<string | undefined> {
    const askedMs = this.#clock.monotonicMs();
    const latest = this.#latest.get(camera);
    if (latest && askedMs - latest.askedMs < PERIOD_MS) return latest.text;
    const text = this.#made(camera);
    this.#latest.set(camera, { askedMs, text });
    return text;
  }

  async #made(camera: string): Promise<string | undefined> {
    const heat = await this.#ask(camera);
    if (!heat) return undefined;
    const { columns, rows, cells } = heat;
    return JSON.stringify({ columns, rows, cells: [...cells] } satisfies HeatView);
  }
}
