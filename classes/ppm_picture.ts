/**
 * A binary PPM (P6) as a crop's pixels. FFmpeg writes one of any picture, and nothing has
 * to be unpacked for it in the child. Shows nothing to anybody.
 *
 * Format: netpbm's ppm(5): "P6", width, height and greatest value in text, a space, then
 * three bytes a pixel.
 * @module
 */
import { Fault } from "../base/fault.ts";
import {
  chromaHeight,
  chromaWidth,
  frameBytes,
  type FrameFormat,
} from "../capture/frame/frame.ts";

export interface Picture {
  readonly format: FrameFormat;
  /** Planar 4:2:0, BT.601, limited range, as frames are. */
  readonly pixels: Uint8Array;
}

/** Larger ones show nothing more to a detector. */
const SIDE_MAX = 2_048;
const SIDE_MIN = 2;
/** The head is a few words; comments may be between them. */
const HEAD_BYTES_MAX = 1_024;

/**
 * @param name of the file, for the fault
 * @throws Fault config for anything but an 8-bit P6 of 2 to 2048 pixels a side
 */
export function pictureOfPpm(file: Uint8Array, name: string): Picture {
  const head = HEAD.exec(
    new TextDecoder("latin1").decode(file.subarray(0, HEAD_BYTES_MAX)),
  );
  const [width, height, most] = (head ?? []).slice(1).map(Number);
  if (head === null || most !== 255) {
    throw wrong(name, "it is no binary PPM of 8 bits a colour");
  }
  if (![width, height].every((side) => side! >= SIDE_MIN && side! <= SIDE_MAX)) {
    throw wrong(
      name,
      `it is ${width} x ${height}; ${SIDE_MIN} to ${SIDE_MAX} a side will do`,
    );
  }
  const format = { width: width!, height: height! };
  const rgb = file.subarray(head[0].length);
  const length = 3 * format.width * format.height;
  if (rgb.length < length) {
    throw wrong(name, `it ends ${length - rgb.length} bytes too early`);
  }
  return { format, pixels: yuvOf(rgb, format) };
}

/** A number of the head, after blanks and comments. */
const NUMBER = String.raw`(?:\s|#[^\n]*\n)+(\d{1,9})`;
const HEAD = new RegExp(`^P6${NUMBER.repeat(3)}\\s`);

function yuvOf(rgb: Uint8Array, format: FrameFormat): Uint8Array {
  const { width, height } = format;
  const pixels = new Uint8Array(frameBytes(format));
  for (let at = 0; at < width * height; at++) {
    pixels[at] = lumaOf(rgb[3 * at]!, rgb[3 * at + 1]!, rgb[3 * at + 2]!);
  }
  const uAt = width * height;
  const half = { width: chromaWidth(format), height: chromaHeight(format) };
  const vAt = uAt + half.width * half.height;
  for (let y = 0, to = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++, to++) {
      const mean = meanOfFour(rgb, format, { x: 2 * x, y: 2 * y });
      pixels[uAt + to] = Math.round(
        128 - 0.14822 * mean[0] - 0.29099 * mean[1] + 0.43922 * mean[2],
      );
      pixels[vAt + to] = Math.round(
        128 + 0.43922 * mean[0] - 0.36779 * mean[1] - 0.07143 * mean[2],
      );
    }
  }
  return pixels;
}

/** BT.601, limited range. */
function lumaOf(red: number, green: number, blue: number): number {
  return Math.round(16 + 0.25679 * red + 0.50413 * green + 0.09791 * blue);
}

/** Of the pixels that share a colour; at an odd edge the last one counts twice. */
function meanOfFour(
  rgb: Uint8Array,
  { width, height }: FrameFormat,
  from: { readonly x: number; readonly y: number },
): [number, number, number] {
  const mean: [number, number, number] = [0, 0, 0];
  for (const y of [from.y, Math.min(from.y + 1, height - 1)]) {
    for (const x of [from.x, Math.min(from.x + 1, width - 1)]) {
      for (let colour = 0; colour < 3; colour++) {
        mean[colour]! += rgb[3 * (y * width + x) + colour]! / 4;
      }
    }
  }
  return mean;
}

function wrong(name: string, state: string): Fault {
  return new Fault(
    "config",
    `Cannot use ${name}: ${state}; make one of any picture: ` +
      `ffmpeg -i photo.jpg -vf scale=640:-2 ${name}`,
  );
}
