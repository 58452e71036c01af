/**
 * Judges why single things move: which regions are light or shadow and no thing at all,
 * which tracks are a tree, an insect, a reflection. The picture as a whole is judged by
 * `watch/`; nothing here moves a track.
 *
 * One file per cause; what they share is counted once a frame (`cells.ts`, `texture.ts`).
 * @module
 */
import type { CauseLine } from "../dsl/observation.ts";
import type { ModelView, SumChanges } from "../foreground.ts";
import type { PlaneShape, RegionFinder } from "../regions.ts";
import type { Track } from "../tracking/track.ts";
import { Activity } from "./activity.ts";
import { Cells } from "./cells.ts";
import { Doubts } from "./doubt.ts";
import { isPassing, isSolid } from "./evidence.ts";
import { DARKER, LightField } from "./light_field.ts";
import { LightNames } from "./light_names.ts";
import { Overlay } from "./overlay.ts";
import { Passages } from "./passages.ts";
import { Sheer } from "./sheer.ts";
import { SoftRegions } from "./soft.ts";
import { Sway } from "./sway.ts";
import { Texture } from "./texture.ts";
import { Voice } from "./voice.ts";

/** One frame as the judge sees it. */
export interface JudgeInput {
  readonly picture: ModelView;
  readonly regions: RegionFinder;
  /** All that is followed, known by now or not. */
  readonly tracks: readonly Track[];
  /** Seconds since the last frame, above 0. */
  readonly dtS: number;
  readonly tMs: number;
  /** Something near fills much of the picture: its light is its own. */
  readonly near?: boolean;
}

/** Nothing is said of the first seconds: the scene is being learned. */
const WARM_UP_S = 3;
/** What begins with this much of it and its surroundings in light may be light. */
const LIGHT_PART = 0.3;
/** How sure that is, when it has shown nothing of its own in two seconds. */
const LIGHT_SCORE = 0.6;

/**
 * What begins in mid-picture beside something that was explained is told after this time,
 * unless it goes its way before; …
 */
const SUDDEN_S = 0.6;
/** … so far from the edge, picture widths. */
const SUDDEN_MARGIN = 0.02;
/** What began so long before the light was noticed may be of it. */
const BEFORE_LIGHT_S = 0.5;
/** Beside: so far around its box, work pixels. */
const BESIDE_PX = 16;
/** A track with this much of its box in text, or in what sways, may be a part of it. */
const OVERLAY_PART = 0.5;
const OVERLAY_SCORE = 0.9;
const SWAY_PART = 0.6;
const SWAY_SCORE = 0.6;
const SHEER_SCORE = 0.7;
/** Who stood there at the start is no tree: what sways is told after this time. */
const SWAY_KNOWN_S = 6.5;

export class CauseJudge {
  readonly #cells: Cells;
  readonly #texture: Texture;
  readonly #field: LightField;
  readonly #names: LightNames;
  readonly #soft: SoftRegions;
  readonly #sheer = new Sheer();
  readonly #passages: Passages;
  readonly #activity: Activity;
  readonly #overlay: Overlay;
  readonly #sway: Sway;
  readonly #voice = new Voice();
  readonly #doubts = new Doubts(this.#voice);
  #tracks: readonly Track[] = [];
  #ageS = 0;
  readonly #around = { left: 0, right: 0, top: 0, foot: 0 };

  /**
   * @param shape size worked at, pixels
   * @param sumChanges of the picture that is being judged; called by nobody else
   */
  constructor(shape: PlaneShape, sumChanges: SumChanges) {
    this.#cells = new Cells(shape);
    this.#texture = new Texture(this.#cells);
    this.#field = new LightField(this.#cells, this.#texture);
    this.#passages = new Passages(this.#cells);
    this.#activity = new Activity(this.#cells, sumChanges);
    this.#overlay = new Overlay(this.#cells, this.#activity);
    this.#sway = new Sway(this.#cells, this.#activity);
    this.#soft = new SoftRegions(this.#cells);
    this.#names = new LightNames(this.#cells, this.#texture);
  }

  /**
   * Before tracks are followed: clears the pixels of regions that are no things.
   * @returns true when it cleared some: regions have to be found again
   */
  sift(input: JudgeInput): boolean {
    const { picture, regions, tracks, dtS, near = false } = input;
    this.#voice.pass(dtS);
    this.#ageS += dtS;
    this.#cells.look(picture, dtS);
    this.#texture.look(picture);
    this.#field.look(tracks, dtS);
    this.#soft.look(input, (region) => this.#field.take(regions, region));
    const tell = near ? tellNothing : this.#tell;
    this.#passages.look(tracks, this.#field);
    const { cells } = this.#passages;
    this.#activity.look(cells, dtS);
    if (this.#overlay.look(picture, cells)) tell("overlay", OVERLAY_SCORE);
    this.#sway.look();
    if (!near && this.#sway.present && this.#ageS > SWAY_KNOWN_S) this.#tellSway();
    this.#names.step(this.#field, input, tell);
    if (near) return false;
    const isSwept = this.#sway.clear(picture, input);
    const isLit = this.#field.clear(picture);
    return this.#overlay.clear(picture) || isLit || isSwept;
  }

  /**
   * Of a picture that is looked at by itself: clears what is known to sway, and text. No
   * time passes, and nothing is learned.
   * @returns true when it cleared some: regions have to be found again
   */
  clearKnown(picture: ModelView, regions: RegionFinder): boolean {
    this.#cells.glance(picture);
    const isSwept = this.#sway.clearKnown(picture, regions);
    return this.#overlay.clear(picture) || isSwept;
  }

  /**
   * After tracks were followed, before they are confirmed: sets `suspect` on those that
   * need more time and `suppressed` on those that are kept quiet.
   */
  judge({ picture, tracks, dtS, near }: JudgeInput): void {
    this.#tracks = tracks;
    this.#sheer.look(picture, { tracks, sigma: this.#cells.sigma, dtS });
    for (const track of tracks) {
      track.suspect = false;
      track.withheld = false;
      if (near || track.confirmed) continue;
      const sheer = this.#sheer.of(track);
      if (sheer !== 0) {
        const name = this.#sheerName(sheer);
        this.#doubts.doubt(track, name, SHEER_SCORE);
        if (this.#sheer.isAlone(track, tracks)) this.#tell(name, SHEER_SCORE);
        continue;
      }
      if (isSolid(track)) continue;
      if (this.#field.isRestless && this.#isOfLight(track)) {
        this.#doubts.doubt(track, this.#names.name, LIGHT_SCORE);
      } else if (this.#field.partOf(track) > LIGHT_PART) {
        this.#doubts.doubt(track, this.#names.name, LIGHT_SCORE);
      } else if (this.#overlay.partOf(track) > OVERLAY_PART) {
        this.#doubts.doubt(track, "overlay", OVERLAY_SCORE);
      } else if (this.#isSway(track)) {
        this.#doubts.doubt(track, this.#swayName, SWAY_SCORE);
      } else if (track.ageS < SUDDEN_S && !isPassing(track) && this.#isSudden(track)) {
        track.suspect = true;
      }
    }
  }

  /**
   * Before the model learns: sets `hold` where what is seen now is not to stay, such as
   * a beam that sweeps. Clears nothing.
   */
  writeHold(hold: Uint8Array, stride: number): void {
    this.#names.writeHold(hold, stride);
  }

  /** Lines about what was found in this frame; one at the onset of each. */
  takeCauses(): CauseLine[] {
    this.#doubts.say(this.#tracks);
    return this.#voice.take();
  }

  /** It began in the middle of the picture since the light became restless. */
  #isOfLight(track: Track): boolean {
    if (track.ageS > this.#field.restlessS + BEFORE_LIGHT_S) return false;
    return !isPassing(track) || this.#isInside(track.origin);
  }

  /** It began in the middle of the picture, beside light or what sways. */
  #isSudden({ origin }: Track): boolean {
    const box = this.#around;
    box.left = origin.x - origin.w / 2 - BESIDE_PX;
    box.right = origin.x + origin.w / 2 + BESIDE_PX;
    box.top = origin.foot - origin.h - BESIDE_PX;
    box.foot = origin.foot + BESIDE_PX;
    if (!this.#isInside(origin)) return false;
    return this.#field.partOf(box) > 0 || this.#sway.partOf(box) > 0;
  }

  /** No edge of the picture cuts it. */
  #isInside({ x, foot, w, h }: Track["origin"]): boolean {
    const { width, height } = this.#cells;
    const margin = SUDDEN_MARGIN * width;
    return x - w / 2 > margin && x + w / 2 < width - margin && foot - h > margin &&
      foot < height - margin;
  }

  #isSway(track: Track): boolean {
    return this.#sway.partOf(track) > SWAY_PART ||
      this.#sway.partBefore(track, track.ageS) > SWAY_PART;
  }

  #sheerName(sheer: number): CauseLine["cause"] {
    if (sheer === DARKER) return "shadow";
    return this.#field.count > 0 ? this.#names.name : "reflection";
  }

  get #swayName(): CauseLine["cause"] {
    if (this.#sway.isThread) return "insect";
    return this.#sway.isGlint ? "reflection" : "sway";
  }

  #tellSway(): void {
    this.#tell(this.#swayName, Math.min(0.95, 0.4 + this.#sway.busy));
  }

  readonly #tell = (cause: CauseLine["cause"], score: number): void => {
    if (this.#ageS > WARM_UP_S) this.#voice.tell(cause, score);
  };
}

function tellNothing(): void {
  // What is near casts light and shade that are none of the scene's.
}
