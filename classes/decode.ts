/**
 * The network's raw numbers as scores of what moved: of each name the best score among
 * the boxes that agree with the motion box. A parked car or a bench beside it gives no
 * label that way. No suppression of neighbours: only the best one counts.
 * @module
 */
import { assert } from "../base/assert.ts";
import { ANCHOR_NUMBERS } from "./anchors.ts";
import type { Box } from "./crop_area.ts";
import type { NameScores } from "./detector_facts.ts";
import type { RawOutput } from "./network.ts";
import type { Shown } from "./looks.ts";

/** Below this a score is as good as none: it would not move a mean over three crops. */
export const SCORE_LEAST = 0.1;
const LOGIT_LEAST = Math.log(SCORE_LEAST / (1 - SCORE_LEAST));

/** What the outputs are divided by: the box coder's scales in the model's pipeline. */
const MIDDLE_SCALE = 10;
const SIZE_SCALE = 5;

/** What the network was shown, and what it gave. */
export interface Looked extends Omit<Shown, "rgb"> {
  readonly raw: RawOutput;
  readonly anchors: Float32Array;
}

/** @returns of the network's names, in the order of its head */
export function agreeingScores(looked: Looked): NameScores {
  const { logits } = looked.raw;
  const count = looked.anchors.length / ANCHOR_NUMBERS;
  const names = logits.length / count;
  assert(Number.isSafeInteger(names), "a logit for each name and anchor");
  const best = new Array<number>(names).fill(LOGIT_LEAST);
  for (let anchor = 0; anchor < count; anchor++) {
    let agreed: boolean | undefined;
    for (let name = 0; name < names; name++) {
      const logit = logits[anchor * names + name]!;
      // Not a number is none: the comparison is written so that it fails.
      if (!(logit > best[name]!)) continue;
      agreed ??= agrees(boxOf(anchor, looked), looked.motion);
      if (agreed) best[name] = logit;
    }
  }
  return best.map((logit) => logit > LOGIT_LEAST ? 1 / (1 + Math.exp(-logit)) : 0);
}

/** An anchor's box in pixels of the frame, cut to what is shown. */
function boxOf(anchor: number, looked: Looked): Box {
  const { raw: { boxes }, anchors, side } = looked;
  const at = anchor * ANCHOR_NUMBERS;
  const [y, x, height, width] = [0, 1, 2, 3].map((number) => anchors[at + number]!);
  const middleY = boxes[at]! / MIDDLE_SCALE * height! + y!;
  const middleX = boxes[at + 1]! / MIDDLE_SCALE * width! + x!;
  const h = Math.exp(boxes[at + 2]! / SIZE_SCALE) * height!;
  const w = Math.exp(boxes[at + 3]! / SIZE_SCALE) * width!;
  const [left, top] = [middleX - w / 2, middleY - h / 2];
  const box = { x: left * side, y: top * side, w: w * side, h: h * side };
  return onFrame(box, looked);
}

/** A box of the square in pixels of the frame, cut to what is shown. */
export function onFrame(
  { x, y, w, h }: Box,
  { placement: { scale, offsetX, offsetY }, shown }: Pick<Shown, "placement" | "shown">,
): Box {
  const [left, top] = [(x - offsetX) / scale, (y - offsetY) / scale];
  return intersection({ x: left, y: top, w: w / scale, h: h / scale }, shown);
}

/**
 * Whether a detected box is of what moved: it is about the same, or lies in it and is a
 * good part of it (several at once, a shadow), or holds it (a part of it moved).
 */
export function agrees(found: Box, motion: Box): boolean {
  const common = area(intersection(found, motion));
  const [ofFound, ofMotion] = [area(found), area(motion)];
  if (!(common > 0)) return false;
  return common / (ofFound + ofMotion - common) >= 0.25 ||
    common / ofFound >= 0.7 && ofFound >= 0.15 * ofMotion ||
    common / ofMotion >= 0.8 && ofMotion >= 0.15 * ofFound;
}

function area({ w, h }: Box): number {
  return w * h;
}

/** What both cover; without width or height where they do not meet. */
function intersection(a: Box, b: Box): Box {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const w = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - x);
  const h = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - y);
  return { x, y, w, h };
}
