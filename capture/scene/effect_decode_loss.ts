/**
 * Pictures as a decoder shows them after lost packets: from some row on blocks are grey,
 * smeared, shifted or of wrong colour, until the next keyframe makes all whole.
 * @module
 */
import { chromaHeight, chromaWidth, type FrameFormat } from "../frame/frame.ts";
import type { Effect, Span } from "./effect.ts";
import { toByte } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import { type Visit, visitAt, visitsUntil } from "./visits.ts";

export const DECODE_LOSS_RANGES = {
  /** Least and most time to the next keyframe, ms, and from one loss to the next. */
  shortestMs: [250, 600],
  longestMs: [700, 2_000],
  slotMs: [2_500, 4_500],
  /** The first damaged row, picture heights; all after it is doubtful. */
  firstRow: [0.1, 0.65],
  /** Part of the blocks there that are damaged. */
  part: [0.35, 0.95],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof DECODE_LOSS_RANGES]: number };

const BLOCK = 16;

export function decodeLossEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(DECODE_LOSS_RANGES, { seed, effect: "decode_loss" });
  const lengthMs = [drawn.shortestMs, drawn.longestMs] as const;
  const plan = { seed, span, slotMs: drawn.slotMs, lengthMs };
  return {
    name: "decode_loss",
    apply(pixels, format, { timeMs }) {
      const visit = visitAt(plan, timeMs);
      if (visit) damage(pixels, format, { drawn, seed, visit });
    },
    causes: (untilMs) =>
      visitsUntil(plan, untilMs).map(({ startMs, endMs }) => ({
        ...{ cause: "decode_loss", startMs, endMs },
      })),
    blind: (untilMs) => visitsUntil(plan, untilMs),
  };
}

interface Loss {
  readonly drawn: Parameters;
  readonly seed: number;
  readonly visit: Visit;
}

/** The same blocks as long as the loss lasts: what is lost stays lost. */
function damage(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, seed, visit }: Loss,
): void {
  const random = new RandomStream(seed, 0xdec0, visit.index);
  const kind = Math.floor(random.between(0, 4));
  const rows = Math.ceil(format.height / BLOCK);
  const columns = Math.ceil(format.width / BLOCK);
  const first = Math.max(1, Math.floor(drawn.firstRow * rows));
  const shift = Math.floor(random.between(1, columns / 2));
  for (let row = first; row < rows; row++) {
    // Slices are lost as a whole: runs of blocks, not single ones.
    let isLost = random.chance(drawn.part);
    for (let column = 0; column < columns; column++) {
      if (random.chance(0.12)) isLost = random.chance(drawn.part);
      const chance = random.next();
      if (!isLost) continue;
      const block = { column, row };
      if (kind === 0) greyBlock(pixels, format, block);
      else if (kind === 1) {
        smearBlock(pixels, format, { ...block, fromRow: first * BLOCK - 1 });
      } else if (kind === 2) {
        copyBlock(pixels, format, { ...block, from: (column + shift) % columns });
      } else if (chance < 0.5) {
        smearBlock(pixels, format, { ...block, fromRow: row * BLOCK - 1 });
      } else tintBlock(pixels, format, block);
    }
  }
}

interface Block {
  readonly column: number;
  readonly row: number;
}

/** What is left where the reference is missing: grey, with a ghost of the changes. */
function greyBlock(pixels: Uint8Array, format: FrameFormat, block: Block): void {
  eachPixel(format, block, (at, plane) => {
    pixels[at] = plane === 0 ? toByte(126 + 0.12 * (pixels[at]! - 126)) : 128;
  });
}

/** The row above, drawn down over everything. */
function smearBlock(
  pixels: Uint8Array,
  format: FrameFormat,
  block: Block & { readonly fromRow: number },
): void {
  eachPixel(format, block, (at, plane, place) => {
    const row = plane === 0 ? block.fromRow : block.fromRow >> 1;
    pixels[at] = pixels[place.from + row * place.width + place.column]!;
  });
}

/** A block of the same row that is elsewhere in the picture. */
function copyBlock(
  pixels: Uint8Array,
  format: FrameFormat,
  block: Block & { readonly from: number },
): void {
  const way = (block.from - block.column) * BLOCK;
  eachPixel(format, block, (at, plane, { width, column }) => {
    const shifted = column + (plane === 0 ? way : way >> 1);
    if (shifted >= 0 && shifted < width) pixels[at] = pixels[at + shifted - column]!;
  });
}

/** Wrong chroma, flat luma: the green and pink blocks. */
function tintBlock(pixels: Uint8Array, format: FrameFormat, block: Block): void {
  const isGreen = (block.column + block.row) % 3 > 0;
  let first = -1;
  eachPixel(format, block, (at, plane) => {
    if (first < 0) first = pixels[at]!;
    if (plane === 0) pixels[at] = toByte(first + 0.2 * (pixels[at]! - first));
    else pixels[at] = isGreen ? 88 : 158;
  });
}

interface Place {
  readonly from: number;
  readonly width: number;
  readonly column: number;
}

/** Each pixel of a block, in Y (plane 0), U and V. */
function eachPixel(
  format: FrameFormat,
  { column, row }: Block,
  visit: (at: number, plane: number, place: Place) => void,
): void {
  const chroma = { width: chromaWidth(format), height: chromaHeight(format) };
  let from = 0;
  for (let plane = 0; plane < 3; plane++) {
    const { width, height } = plane === 0 ? format : chroma;
    const side = plane === 0 ? BLOCK : BLOCK / 2;
    const [right, bottom] = [(column + 1) * side, (row + 1) * side];
    for (let y = row * side; y < Math.min(height, bottom); y++) {
      for (let x = column * side; x < Math.min(width, right); x++) {
        visit(from + y * width + x, plane, { from, width, column: x });
      }
    }
    from += width * height;
  }
}
