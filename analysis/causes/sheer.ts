/**
 * Is a track sheer: the scene itself, everywhere darker or everywhere brighter, and no
 * thing before it? A cast shadow, a beam on a wall, somebody mirrored in a pane. Asked of
 * the whole track, so that what is too narrow or too plain for single cells
 * (`texture.ts`) can be told too; asked again in each frame. Names nothing.
 *
 * With r = log f - log b, the luma of frame and model above black, over the pixels of the
 * mask in the track's box:
 *
 *   darker  = share of r < 0: a thing is darker here and brighter there;
 *   neutral = share whose colour is the model's, paler by the same factor;
 *   spread  = deviation of r where its neighbours belong to it too: one factor;
 *   own     = root mean square of the differences of r over two pixels, less the noise:
 *             what light does to the scene changes softly, a thing brings edges.
 *
 * The ratio of frame and model as the mark of a shadow: Jacques, Jung and Musse (2005);
 * measured over whole regions as in Sanin, Sanderson and Lovell, "Shadow detection: a
 * survey and comparative evaluation of recent methods" (2012). The limits lie between
 * 60 shadows, beams and images and 1,300 things of twelve drawn and filmed scenes.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import { GreyWatch } from "../grey_watch.ts";
import type { Track } from "../tracking/track.ts";
import { BRIGHTER, DARKER } from "./light_field.ts";

/** Fewer pixels tell nothing. */
const PIXELS_MIN = 12;
/** About so many pixels of a box are looked at. */
const POINTS = 1_500;
/** Luma is compared above this; and at least this much of it, or noise would decide. */
const DARK = 12;
const DARK_MIN = 4;
/** No colour, in U and in V. */
const GREY = 128;
/** Change of both colours together that is none, grey levels. */
const COLOUR_MAX = 10;

const DARKER_MIN = 0.93;
const NEUTRAL_MIN = 0.88;
const SPREAD_DARK_MAX = 0.3;
const OWN_DARK_MAX = 0.42;
/** A shadow leaves so much of the light at least: black is paint. */
const FACTOR_MIN = 0.36;

const BRIGHTER_MIN = 0.95;
const SPREAD_BRIGHT_MAX = 0.2;
const OWN_BRIGHT_MAX = 0.21;
const BRIGHT_COLOUR_MAX = 9;
/** Without colour to go by, the model's own texture has to be seen in it. */
const LIKENESS_MIN = 0.4;

/** The model has texture where its differences are so large, and so many times its noise: … */
const TEXTURE_MIN = 0.045;
const TEXTURE_NOISES = 2;
/** … then this much of it is left, of a factor that lies evenly. */
const LEFT_MIN = 0.2;

/** Looks that agree, of all; and so many looks. */
const AGREED = 0.6;
const LOOKS_MIN = 2;
/** Older looks count for less and less. */
const LOOKS_MAX = 12;

/** Told after so long, and so much of a way in its own sizes … */
const ALONE_S = 0.5;
const ALONE_DARK_S = 0.8;
const ALONE_WAY = 0.5;
/** … with nobody known so near, in its own sizes. */
const ALONE_REACH = 0.5;

const LOG = Float32Array.from(
  { length: 256 },
  (_, luma) => Math.log(Math.max(DARK_MIN, luma - DARK)),
);

/** What one look at a box found; see above. */
export interface Sheerness {
  pixels: number;
  darker: number;
  neutral: number;
  /** exp of the mean of r. */
  factor: number;
  spread: number;
  own: number;
  /** Change of U and V together, mean, grey levels. */
  colour: number;
  /** Correlation of the differences of frame and model, -1..1. */
  likeness: number;
  /** Slope of the frame's differences over the model's: 1 a shadow, 0 what hides all. */
  left: number;
  /** The model has texture there to tell by. */
  isTextured: boolean;
}

/** Edges of a box, work pixels. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly foot: number;
}

/** Measures the mask's pixels in a box; `into` is filled. `sigma`: `Cells.sigma`. */
export function measureSheerness(
  { y, u, v, backY, meanU, meanV, mask, width, height, stride }: ModelView,
  { box, sigma }: { readonly box: Box; readonly sigma: number },
  into: Sheerness,
): void {
  const { x0, x1, y0, y1, step } = gridOf(box, width, height);
  let pixels = 0, darker = 0, neutral = 0, colour = 0, sum = 0;
  let inner = 0, innerSum = 0, innerSquares = 0;
  let pairs = 0, own = 0, noise = 0, ff = 0, bb = 0, fb = 0;
  for (let row = y0; row < y1; row += step) {
    for (let x = x0; x < x1; x += step) {
      const i = row * stride + x;
      if (mask[i] === 0) continue;
      const f = LOG[y[i]!]!;
      const b = LOG[backY[i]!]!;
      const r = f - b;
      // Less light is less colour, too, by the same factor.
      const pale = r < 0 ? Math.exp(r) : 1;
      const change = Math.abs(u[i]! - GREY - pale * ((meanU[i]! >> 8) - GREY)) +
        Math.abs(v[i]! - GREY - pale * ((meanV[i]! >> 8) - GREY));
      pixels++;
      sum += r;
      colour += change;
      if (r < 0) darker++;
      if (change < COLOUR_MAX) neutral++;
      const right = i + 2;
      const under = i + 2 * stride;
      const hasRight = mask[right] !== 0;
      const hasUnder = mask[under] !== 0;
      if (hasRight && hasUnder && mask[i - 2] !== 0 && mask[i - 2 * stride] !== 0) {
        inner++;
        innerSum += r;
        innerSquares += r * r;
      }
      if (!hasRight && !hasUnder) continue;
      // Of a difference's variance what the sensor alone makes.
      const grain = 1 / Math.max(DARK_MIN, y[i]! - DARK);
      for (let j = hasRight ? right : under;; j = under) {
        const df = LOG[y[j]!]! - f;
        const db = LOG[backY[j]!]! - b;
        pairs++;
        own += (df - db) * (df - db);
        noise += grain * grain;
        ff += df * df;
        bb += db * db;
        fb += df * db;
        if (j === under || !hasUnder) break;
      }
    }
  }
  const all = Math.max(1, pixels);
  const within = Math.max(1, inner);
  into.pixels = pixels;
  into.darker = darker / all;
  into.neutral = neutral / all;
  into.factor = Math.exp(sum / all);
  into.colour = colour / all;
  const middle = innerSum / within;
  into.spread = Math.sqrt(Math.max(0, innerSquares / within - middle * middle));
  const edges = own - 2 * sigma * sigma * noise;
  into.own = Math.sqrt(Math.max(0, edges) / Math.max(1, pairs));
  const textured = Math.max(
    TEXTURE_MIN * TEXTURE_MIN * pairs,
    TEXTURE_NOISES * 2 * sigma * sigma * noise,
  );
  into.isTextured = bb > textured;
  into.left = fb / Math.max(1e-6, bb);
  into.likeness = fb / Math.sqrt(Math.max(1e-6, ff * bb));
}

/** Which pixels of a box are looked at: two from the picture's edge at least. */
function gridOf({ left, right, top, foot }: Box, width: number, height: number) {
  const x0 = Math.max(2, Math.floor(left));
  const x1 = Math.min(width - 2, Math.ceil(right));
  const y0 = Math.max(2, Math.floor(top));
  const y1 = Math.min(height - 2, Math.ceil(foot));
  const area = Math.max(0, x1 - x0) * Math.max(0, y1 - y0);
  return { x0, x1, y0, y1, step: Math.max(1, Math.floor(Math.sqrt(area / POINTS))) };
}

/** `DARKER` or `BRIGHTER` when it is sheer, else 0. */
export function judgeSheerness(found: Sheerness, isGrey: boolean): number {
  if (found.pixels < PIXELS_MIN) return 0;
  if (isGrey && found.likeness < LIKENESS_MIN) return 0;
  if (found.isTextured && found.left < LEFT_MIN) return 0;
  if (found.darker >= DARKER_MIN) {
    const isSheer = found.neutral >= NEUTRAL_MIN && found.factor > FACTOR_MIN &&
      found.spread < SPREAD_DARK_MAX && found.own < OWN_DARK_MAX;
    return isSheer ? DARKER : 0;
  }
  if (found.darker > 1 - BRIGHTER_MIN) return 0;
  const isSheer = found.colour < BRIGHT_COLOUR_MAX &&
    found.spread < SPREAD_BRIGHT_MAX && found.own < OWN_BRIGHT_MAX;
  return isSheer ? BRIGHTER : 0;
}

/** What the looks at one track have come to. */
interface Record {
  looks: number;
  darker: number;
  brighter: number;
}

/** Looks at those who are not known yet. */
export class Sheer {
  readonly #known = new WeakMap<Track, Record>();
  readonly #colour = new GreyWatch();
  readonly #found: Sheerness = {
    ...{ pixels: 0, darker: 0, neutral: 0, factor: 1 },
    ...{ spread: 0, own: 0, colour: 0, likeness: 0, left: 0, isTextured: false },
  };

  /** One frame, before tracks are judged; `sigma`: `Cells.sigma`. */
  look(
    picture: ModelView,
    { tracks, sigma, dtS }: {
      readonly tracks: readonly Track[];
      readonly sigma: number;
      readonly dtS: number;
    },
  ): void {
    this.#colour.step(picture, 1_000 * dtS);
    for (const track of tracks) {
      if (track.confirmed || track.coast > 0 || track.adopted || track.isThing) continue;
      measureSheerness(picture, { box: track, sigma }, this.#found);
      this.#keep(track, judgeSheerness(this.#found, this.#colour.grey));
    }
  }

  /** `DARKER` or `BRIGHTER` while most looks at it say so, else 0. */
  of(track: Track): number {
    const record = this.#known.get(track);
    if (record === undefined || record.looks < LOOKS_MIN) return 0;
    if (record.darker >= AGREED * record.looks) return DARKER;
    return record.brighter >= AGREED * record.looks ? BRIGHTER : 0;
  }

  /**
   * It has been sheer for a while and hangs on nothing known: it is no shadow of somebody
   * who is seen himself.
   */
  isAlone(track: Track, tracks: readonly Track[]): boolean {
    const isDark = this.of(track) === DARKER;
    // A shadow may come over the edge before the one who casts it.
    if (isDark && (track.cut || track.seenS < ALONE_DARK_S)) return false;
    if (track.seenS < ALONE_S || track.travel < ALONE_WAY) return false;
    return !tracks.some((other) =>
      other !== track && other.confirmed && other.suppressed === undefined &&
      touches(track, other)
    );
  }

  #keep(track: Track, kind: number): void {
    let record = this.#known.get(track);
    if (record === undefined) {
      record = { looks: 0, darker: 0, brighter: 0 };
      this.#known.set(track, record);
    }
    if (record.looks >= LOOKS_MAX) {
      const left = (LOOKS_MAX - 1) / LOOKS_MAX;
      record.looks *= left;
      record.darker *= left;
      record.brighter *= left;
    }
    record.looks++;
    if (kind === DARKER) record.darker++;
    else if (kind === BRIGHTER) record.brighter++;
  }
}

function touches(track: Track, other: Track): boolean {
  const reachX = ALONE_REACH * track.w;
  const reachY = ALONE_REACH * track.h;
  return track.left - reachX < other.right && track.right + reachX > other.left &&
    track.top - reachY < other.foot && track.foot + reachY > other.top;
}
