/**
 * How often something may be done in an hour, shared by cameras. Each has an even share
 * that waits for it, so that nobody can use up another's; what it leaves goes to whoever
 * asks for more. Pure: the time is an argument.
 * @module
 */
const HOUR_MS = 3_600_000;

/** So much of an hour's allowance can gather, for a burst: five minutes' worth. */
const BURST_HOURS = 1 / 12;

export class HourlyBudget {
  readonly #perHour: number;
  /** Shares by camera. As many cameras as there are settings of. */
  readonly #shares = new Map<string, number>();
  /** What no camera has kept: for all. */
  #common: number;
  #atMs: number | undefined;

  /** @param perHour on average; a burst comes once on top of it */
  constructor(perHour: number) {
    this.#perHour = perHour;
    this.#common = this.#burst;
  }

  /** @param nowMs monotonic */
  hasLeft(camera: string, nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#shareOf(camera) >= 1 || this.#common >= 1;
  }

  /** Spends one, if there is one left for this camera. @param nowMs monotonic */
  spend(camera: string, nowMs: number): boolean {
    if (!this.hasLeft(camera, nowMs)) return false;
    const share = this.#shareOf(camera);
    if (share >= 1) this.#shares.set(camera, share - 1);
    else this.#common--;
    return true;
  }

  get #burst(): number {
    return Math.max(1, this.#perHour * BURST_HOURS);
  }

  /** A camera that was not here before can ask at once. */
  #shareOf(camera: string): number {
    const share = this.#shares.get(camera);
    if (share === undefined) this.#shares.set(camera, 1);
    return share ?? 1;
  }

  /** In even parts; what is over a camera's bound goes to all, what is over that is lost. */
  #refill(nowMs: number): void {
    const gone = nowMs - (this.#atMs ?? nowMs);
    this.#atMs = nowMs;
    const cameras = this.#shares.size;
    const part = gone / HOUR_MS * this.#perHour / Math.max(1, cameras);
    const shareMax = Math.max(1, this.#burst / Math.max(1, cameras));
    for (const [camera, share] of this.#shares) {
      const kept = Math.min(shareMax, share + part);
      this.#shares.set(camera, kept);
      this.#common += share + part - kept;
    }
    if (cameras === 0) this.#common += part;
    this.#common = Math.min(this.#burst, this.#common);
  }
}
