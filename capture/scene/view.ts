/**
 * A fixed pinhole camera over flat ground: metres to pixels and back.
 * World: x to the right along the street, y up, z away from the camera.
 * @module
 */

/** A point of the world, metres. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where a point falls in the picture, pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Pixels per metre there. */
  readonly scale: number;
  /** Metres along the line of sight: nearer things hide farther ones. */
  readonly depth: number;
}

export interface ViewOptions {
  readonly width: number;
  readonly height: number;
  /** The camera's height over the ground, metres. */
  readonly cameraHeightM: number;
  /** Downwards, radians. */
  readonly pitch: number;
  /** To the right, radians. */
  readonly yaw: number;
  /** Focal length in picture widths. */
  readonly focalWidths: number;
}

/** Nothing nearer than this is drawn: it would be blown up without limit. */
const DEPTH_MIN_M = 0.5;

export class View {
  readonly width: number;
  readonly height: number;
  readonly #camera: number;
  readonly #focalPx: number;
  readonly #sinPitch: number;
  readonly #cosPitch: number;
  readonly #sinYaw: number;
  readonly #cosYaw: number;

  constructor(options: ViewOptions) {
    this.width = options.width;
    this.height = options.height;
    this.#camera = options.cameraHeightM;
    this.#focalPx = options.focalWidths * options.width;
    this.#sinPitch = Math.sin(options.pitch);
    this.#cosPitch = Math.cos(options.pitch);
    this.#sinYaw = Math.sin(options.yaw);
    this.#cosYaw = Math.cos(options.yaw);
  }

  spotOf({ x, y, z }: Point): Spot {
    const right = x * this.#cosYaw - z * this.#sinYaw;
    const ahead = x * this.#sinYaw + z * this.#cosYaw;
    const up = y - this.#camera;
    const depth = Math.max(
      DEPTH_MIN_M,
      ahead * this.#cosPitch - up * this.#sinPitch,
    );
    const scale = this.#focalPx / depth;
    return {
      x: this.width / 2 + right * scale,
      y: this.height / 2 - (up * this.#cosPitch + ahead * this.#sinPitch) * scale,
      scale,
      depth,
    };
  }

  /** The direction (not of length 1) from the camera through a pixel. */
  rayThrough(x: number, y: number): Point {
    const right = (x - this.width / 2) / this.#focalPx;
    const up = (this.height / 2 - y) / this.#focalPx;
    const ahead = this.#cosPitch + up * this.#sinPitch;
    return {
      x: right * this.#cosYaw + ahead * this.#sinYaw,
      y: up * this.#cosPitch - this.#sinPitch,
      z: ahead * this.#cosYaw - right * this.#sinYaw,
    };
  }

  get eye(): Point {
    return { x: 0, y: this.#camera, z: 0 };
  }
}
