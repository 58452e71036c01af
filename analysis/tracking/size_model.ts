/**
 * How large a walking person is at each height of the picture: a line
 * `height = slope * foot + base`, learned from people seen alone.
 * Says nothing until its samples agree; scenes of cars never make it valid.
 * @module
 */
import { medianOf } from "./median.ts";
import type { PersonSize } from "./heads.ts";
import type { FootBox } from "./sighting.ts";

/** Samples kept; when full, every second one is let go. */
const SAMPLES_MAX = 600;
const SAMPLES_FIT_MIN = 20;
/** The line is fitted again after this many new samples. */
const FIT_EVERY = 10;
const TRIMS = 4;
/** A trimmed fit needs this many samples and this share of all. */
const KEPT_MIN = 15;
const KEPT_SHARE_MIN = 0.5;
/** Valid while the median relative residual is below this (people vary by about .08). */
const RESIDUAL_MAX = 0.2;
const HEIGHT_PX_MIN = 6;
/** Seen from eye level all heads are at one height: they do not tell where feet are. */
const FOOT_REST_MIN = 0.25;
/** Of what is seen alone this share must be upright: on a motorway hardly anything is. */
const UPRIGHT_SHARE_MIN = 0.6;

/** From so many widths of a person on it is no single person. */
const WIDE = 1.8;
const WIDE_CUT = 1.8;
/** A van is this many times as high as a person, at most. */
const WIDE_HEIGHT_MAX = 1.6;

export interface SizeSample {
  readonly foot: number;
  readonly w: number;
  readonly h: number;
  /** Foreground pixels. */
  readonly area: number;
}

/** A size model as plain data. */
export interface SizeSnapshot {
  readonly valid: boolean;
  readonly aspect: number;
  readonly fill: number;
  readonly slope: number;
  readonly base: number;
}

export class SizeModel {
  /** True once heights follow from foot points. */
  valid = false;
  /** Median width / height. */
  aspect = 0.4;
  /** Median share of the box that is foreground. */
  fill = 0.65;
  #slope = 0;
  #base = 0;
  #count = 0;
  #sinceFit = 0;
  #others = 0;
  #firstTeacher = -1;
  #severalTaught = false;
  readonly #foot = new Float64Array(SAMPLES_MAX);
  readonly #height = new Float64Array(SAMPLES_MAX);
  readonly #aspect = new Float64Array(SAMPLES_MAX);
  readonly #fill = new Float64Array(SAMPLES_MAX);
  readonly #residual = new Float64Array(SAMPLES_MAX);
  readonly #kept = new Uint8Array(SAMPLES_MAX);
  readonly #among = new Float64Array(SAMPLES_MAX);

  heightAt(foot: number): number {
    return Math.max(HEIGHT_PX_MIN, this.#slope * foot + this.#base);
  }

  /** Where the foot stands of a person whose head is at `top`. */
  footUnder(top: number): number {
    const rest = 1 - this.#slope;
    if (rest < FOOT_REST_MIN) return top + this.heightAt(top);
    return Math.max(top + HEIGHT_PX_MIN, (top + this.#base) / rest);
  }

  widthAt(foot: number): number {
    return this.heightAt(foot) * this.aspect;
  }

  /** Too wide for one person who stands at its foot, and not as high as a crowd. */
  isWide(box: FootBox, cut = false): boolean {
    return box.w >= (cut ? WIDE_CUT : WIDE) * this.widthAt(box.foot) &&
      box.h <= WIDE_HEIGHT_MAX * this.heightAt(box.foot);
  }

  personAt(foot: number): PersonSize {
    return { w: this.widthAt(foot), h: this.heightAt(foot) };
  }

  /** Foreground pixels expected of one person who stands at `foot`. */
  areaAt(foot: number): number {
    const h = this.heightAt(foot);
    return h * h * this.aspect * this.fill;
  }

  /** `teacher`: whose sample it is, a number that stays with it. */
  add(sample: SizeSample, teacher: number): void {
    if (this.#firstTeacher < 0) this.#firstTeacher = teacher;
    else if (teacher !== this.#firstTeacher) this.#severalTaught = true;
    if (this.#count === SAMPLES_MAX) this.#thinOut();
    const at = this.#count++;
    this.#foot[at] = sample.foot;
    this.#height[at] = sample.h;
    this.#aspect[at] = sample.w / sample.h;
    this.#fill[at] = sample.area / (sample.w * sample.h);
    this.#sinceFit++;
    if (this.#count >= SAMPLES_FIT_MIN && this.#sinceFit >= FIT_EVERY) this.#fit();
  }

  /** Something seen alone that is not shaped like a person. */
  addOther(): void {
    this.#others++;
  }

  /** What it knows, as plain data; samples are not kept, new ones refine it. */
  snapshot(): SizeSnapshot {
    const { valid, aspect, fill } = this;
    return { valid, aspect, fill, slope: this.#slope, base: this.#base };
  }

  restore(snapshot: SizeSnapshot): void {
    this.valid = snapshot.valid;
    this.aspect = snapshot.aspect;
    this.fill = snapshot.fill;
    this.#slope = snapshot.slope;
    this.#base = snapshot.base;
  }

  #thinOut(): void {
    const half = SAMPLES_MAX / 2;
    for (let i = 0; i < half; i++) {
      this.#foot[i] = this.#foot[2 * i]!;
      this.#height[i] = this.#height[2 * i]!;
      this.#aspect[i] = this.#aspect[2 * i]!;
      this.#fill[i] = this.#fill[2 * i]!;
    }
    this.#count = half;
    this.#others /= 2;
  }

  /** Least squares, trimmed: samples far from the line are left out, four times over. */
  #fit(): void {
    this.#sinceFit = 0;
    this.#kept.fill(1, 0, this.#count);
    let kept = this.#count;
    for (let trim = 0; trim < TRIMS; trim++) {
      this.#leastSquares(kept);
      for (let i = 0; i < this.#count; i++) {
        this.#residual[i] = Math.abs(
          this.#height[i]! - (this.#slope * this.#foot[i]! + this.#base),
        );
      }
      const limit = 2 * this.#medianOfKept(this.#residual) + 1;
      kept = 0;
      for (let i = 0; i < this.#count; i++) {
        this.#kept[i] = this.#residual[i]! < limit ? 1 : 0;
        kept += this.#kept[i]!;
      }
      if (kept < KEPT_MIN) break;
    }
    this.#judge(kept);
  }

  #leastSquares(kept: number): void {
    let footSum = 0;
    let heightSum = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#kept[i] === 0) continue;
      footSum += this.#foot[i]!;
      heightSum += this.#height[i]!;
    }
    const footMean = footSum / kept;
    const heightMean = heightSum / kept;
    let across = 0;
    let along = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#kept[i] === 0) continue;
      const foot = this.#foot[i]! - footMean;
      across += foot * (this.#height[i]! - heightMean);
      along += foot * foot;
    }
    this.#slope = along > 0 ? across / along : 0;
    this.#base = heightMean - this.#slope * footMean;
  }

  #judge(kept: number): void {
    if (kept === 0) {
      this.valid = false;
      return;
    }
    this.aspect = this.#medianOfKept(this.#aspect);
    this.fill = this.#medianOfKept(this.#fill);
    for (let i = 0; i < this.#count; i++) {
      this.#residual[i] = this.#residual[i]! / Math.max(4, this.#height[i]!);
    }
    this.#kept.fill(1, 0, this.#count);
    this.valid = this.#severalTaught &&
      this.#medianOfKept(this.#residual) < RESIDUAL_MAX &&
      kept > KEPT_SHARE_MIN * this.#count &&
      this.#count > UPRIGHT_SHARE_MIN * (this.#count + this.#others);
  }

  #medianOfKept(values: Float64Array): number {
    let n = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#kept[i] === 1) this.#among[n++] = values[i]!;
    }
    return medianOf(this.#among, n);
  }
}
