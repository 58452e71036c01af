/**
 * Something near the lens: an insect, lit by the camera's own lamp, large, out of focus
 * and without a way over the ground; or a spider's thread that swings in the wind.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { areaAt, coverField, eased, type Field, wholeArea } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import { type Visit, visitAt, type VisitPlan, visitsUntil } from "./visits.ts";

export const INSECT_RANGES = {
  /** Three in four fly; else a thread swings. */
  kind: [0, 4],
  /** Half its width, picture widths. */
  size: [0.025, 0.1],
  luma: [170, 245],
  cover: [0.45, 0.95],
  /** Width of its blurred edge against its size. */
  blur: [0.4, 0.9],
  /** Least and most length of one visit, ms, and from one to the next. */
  shortestMs: [400, 1_200],
  longestMs: [1_400, 3_200],
  slotMs: [3_300, 5_000],
  /** How far it strays from its way, picture heights. */
  stray: [0.06, 0.22],
  /** A thread's width and how far it swings, picture widths; one swing, ms. */
  thread: [0.004, 0.012],
  swing: [0.01, 0.05],
  swingMs: [700, 2_400],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof INSECT_RANGES]: number };

export function insectEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(INSECT_RANGES, { seed, effect: "insect" });
  const lengthMs = [drawn.shortestMs, drawn.longestMs] as const;
  const plan: VisitPlan = { seed, span, slotMs: drawn.slotMs, lengthMs };
  const flies = drawn.kind < 3;
  return {
    name: "insect",
    apply(pixels, format, { timeMs }) {
      if (!flies) {
        drawThread(pixels, format, { drawn, seed, sinceMs: timeMs - span.startMs });
        return;
      }
      const visit = visitAt(plan, timeMs);
      if (visit) drawInsect(pixels, format, { drawn, seed, visit, timeMs });
    },
    causes: (untilMs) =>
      (flies ? visitsUntil(plan, untilMs) : spanUntil(span, untilMs)).map((
        { startMs, endMs },
      ) => ({ cause: "insect", startMs, endMs })),
  };
}

interface Flight {
  readonly drawn: Parameters;
  readonly seed: number;
  readonly visit: Visit;
  readonly timeMs: number;
}

/** How long the shutter is open: what flies is drawn out. */
const SHUTTER_MS = 30;

function drawInsect(pixels: Uint8Array, format: FrameFormat, flight: Flight): void {
  const { drawn } = flight;
  const { width } = format;
  const [from, to] = [placeAt(flight, 0), placeAt(flight, SHUTTER_MS)];
  const [ax, ay] = [from.x * width, from.y * format.height];
  const [bx, by] = [to.x * width, to.y * format.height];
  const radius = drawn.size * from.size * width;
  const [dx, dy] = [bx - ax, by - ay];
  const inverse = 1 / Math.max(1e-6, dx * dx + dy * dy);
  // The light on the way is shared out over a longer blur.
  const cover = drawn.cover * radius / (radius + 0.35 * Math.hypot(dx, dy));
  const partOf: Field = (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) * inverse));
    const far = Math.hypot(x - ax - along * dx, (y - ay - along * dy) * 1.2) / radius;
    return cover * eased((1 - far) / drawn.blur);
  };
  const middle = { x: (ax + bx) / 2, y: (ay + by) / 2 };
  const reach = { x: radius + Math.abs(dx), y: radius + Math.abs(dy) };
  const area = areaAt(middle, reach, format);
  coverField(pixels, format, { area, colour: [drawn.luma, 128, 129], partOf });
}

/** A way across with quick turns; 0..1 of the picture, and its nearness. */
function placeAt({ drawn, seed, visit, timeMs }: Flight, moreMs: number) {
  const random = new RandomStream(seed, 0x1f5, visit.index);
  const part = (timeMs + moreMs - visit.startMs) / (visit.endMs - visit.startMs);
  const angle = random.between(0, 2 * Math.PI);
  const middle = { x: random.between(0.3, 0.7), y: random.between(0.3, 0.7) };
  let [x, y] = [
    middle.x + 1.3 * Math.cos(angle) * (part - 0.5),
    middle.y + 1.3 * Math.sin(angle) * (part - 0.5),
  ];
  const timeS = (timeMs + moreMs - visit.startMs) / 1_000;
  for (const pace of [0.9, 2.1, 4.3]) {
    const beat = 2 * Math.PI * pace * timeS;
    x += 0.6 * drawn.stray / pace * Math.sin(beat + random.between(0, 7));
    y += drawn.stray / pace * Math.sin(1.2 * beat + random.between(0, 7));
  }
  return { x, y, size: 1 + 0.3 * Math.sin(3 * timeS + random.between(0, 7)) };
}

interface Thread {
  readonly drawn: Parameters;
  readonly seed: number;
  readonly sinceMs: number;
}

/** Hangs from two edges, always there; a gust swings it from the beginning on. */
function drawThread(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, seed, sinceMs }: Thread,
): void {
  const random = new RandomStream(seed, 0x7ead);
  const { width, height } = format;
  const [top, bottom] = [random.between(0.1, 0.9), random.between(0.1, 0.9)];
  const half = drawn.thread * width;
  const beat = 2 * Math.PI * Math.max(0, sinceMs) / drawn.swingMs;
  const gust = eased(sinceMs / 800);
  const swing = gust * drawn.swing * (Math.sin(beat) + 0.3 * Math.sin(2.7 * beat));
  const partOf: Field = (x, y) => {
    const along = y / height;
    const bow = Math.sin(Math.PI * along);
    const middle = width * (top + (bottom - top) * along + (swing + 0.03) * bow);
    return 0.7 * drawn.cover * eased(1.2 - Math.abs(x - middle) / half);
  };
  const colour = [drawn.luma, 128, 128] as const;
  coverField(pixels, format, { area: wholeArea(format), colour, partOf });
}
