/**
 * A camera to which things happen: it is cut off, started again changed, and its link is
 * pulled. What happens, and when, is decided elsewhere (`fault_weather.ts`).
 * @module
 */
import { FILM_FPS, type QuietFilms } from "./fault_film.ts";
import { canNetworkSpace, NetworkSpace } from "./network_space.ts";
import { RtspCamera } from "./rtsp_camera.ts";

/** The films by their number at the camera. */
export const USUAL = 0;
export const SMALLER = 1;
export const HEVC = 2;

export class FaultyCamera implements AsyncDisposable {
  /** Absent where no network can be made. */
  readonly space: NetworkSpace | undefined;
  readonly #films: QuietFilms;
  #camera: RtspCamera | undefined;
  #port: number | undefined;
  /** The film that it sends, or will once it is on again. */
  clip = USUAL;

  private constructor(films: QuietFilms) {
    this.#films = films;
    this.space = canNetworkSpace ? new NetworkSpace() : undefined;
  }

  static async open(films: QuietFilms): Promise<FaultyCamera> {
    await using opened = new AsyncDisposableStack();
    const camera = opened.use(new FaultyCamera(films));
    await camera.start();
    opened.move();
    return camera;
  }

  get url(): string {
    return this.#running.url;
  }

  async start(): Promise<void> {
    const { usual, smaller, hevc } = this.#films;
    const place = this.space
      ? { namespace: this.space.name, address: this.space.address }
      : {};
    this.#camera = await RtspCamera.start({
      clips: [usual, smaller, hevc],
      clip: this.clip,
      fps: FILM_FPS,
      ...place,
      ...(this.#port === undefined ? {} : { port: this.#port }),
    });
    this.#port = this.#camera.port;
  }

  /** As a power cut does. */
  async cut(): Promise<void> {
    await this.#camera?.[Symbol.asyncDispose]();
    this.#camera = undefined;
  }

  command(line: string): Promise<void> {
    return this.#running.command(line);
  }

  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#running.signal(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
    this.space?.[Symbol.dispose]();
  }

  get #running(): RtspCamera {
    if (!this.#camera) throw new Error("The camera is off");
    return this.#camera;
  }
}
