/**
 * How much memory the frames of all cameras together may take. Counts only: whether the
 * tmpfs has room shows when a ring is written.
 * @module
 */
export class FrameBudget {
  readonly bytesMax: number;
  readonly #taken = new Map<string, number>();

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  /** Bytes that nobody has taken. */
  get leftBytes(): number {
    let left = this.bytesMax;
    for (const bytes of this.#taken.values()) left -= bytes;
    return left;
  }

  /** Takes bytes for a camera, in place of what it had; false when that is too much. */
  take(camera: string, bytes: number): boolean {
    if (bytes > this.leftBytes + (this.#taken.get(camera) ?? 0)) return false;
    this.#taken.set(camera, bytes);
    return true;
  }

  /** The camera's frames are gone. */
  giveBack(camera: string): void {
    this.#taken.delete(camera);
  }
}
