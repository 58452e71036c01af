/**
 * The pictures of the last narrations, for `GET /picture/ID.jpg`. In memory only; bounded
 * by number and bytes: the oldest goes first.
 * @module
 */

const PICTURES_MAX = 100;
const BYTES_MAX = 8_388_608;

export class PictureMemory {
  readonly #pictures = new Map<number, Uint8Array<ArrayBuffer>>();
  #bytes = 0;

  /** Keeps `jpeg` under its narration's id; one that is larger than all is not kept. */
  keep(id: number, jpeg: Uint8Array<ArrayBuffer>): void {
    this.#drop(id);
    if (jpeg.byteLength > BYTES_MAX) return;
    this.#pictures.set(id, jpeg);
    this.#bytes += jpeg.byteLength;
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= PICTURES_MAX && this.#bytes <= BYTES_MAX) return;
      this.#drop(oldest);
    }
  }

  get(id: number): Uint8Array<ArrayBuffer> | undefined {
    return this.#pictures.get(id);
  }

  #drop(id: number): void {
    this.#bytes -= this.#pictures.get(id)?.byteLength ?? 0;
    this.#pictures.delete(id);
  }
}
