/**
 * Asks the judges of the whole picture in order and rules what this frame is good for.
 * Each judge knows one thing; what outweighs what is decided here and nowhere else:
 * a frame that is no true picture before a lens that is covered, before another scene,
 * before a shift, before weather.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { ModelView } from "../foreground.ts";
import { settle } from "../time_step.ts";
import { DecodeLossWatch } from "./decode_loss.ts";
import { DirtWatch } from "./dirt.ts";
import { Edges, EDGES_MIN } from "./edges.ts";
import { FogWatch } from "./fog.ts";
import { FrozenWatch } from "./frozen.ts";
import { InfraredWatch } from "./infrared.ts";
import { LensWatch } from "./lens.ts";
import { Measures } from "./measures.ts";
import { NearWatch } from "./near.ts";
import { OldView } from "./old_view.ts";
import { Persistence } from "./persistence.ts";
import { freely, type Mutable, renew, type Ruling, type Told, wait } from "./ruling.ts";
import type { SceneInput } from "./scene_watch.ts";
import { ShakeWatch } from "./shake.ts";
import { Tone } from "./tone.ts";
import { UnevenLight } from "./uneven_light.ts";
import { UpsetWatch } from "./upset.ts";
import { WeatherWatch } from "./weather.ts";

/** The reference of edges is taken so long after a start, and anew so often. */
const REFERENCE_AFTER_S = 1;
const REFERENCE_EVERY_S = 10;
/** Only while so little of the picture moves and so many edges are in place. */
const REFERENCE_MASK_MAX = 0.3;
const REFERENCE_KEPT_MIN = 0.7;
/** What is usual of the edges' contrast settles in this time. */
const USUAL_SETTLE_S = 3;
/** After a restart nothing is born for so long. */
const NEW_MODEL_S = 0.4;
/** After a gap another picture needs no explanation. */
const AFTER_LEAP_S = 1.5;
/** A switch to infrared leaves the scene's edges in place. */
const INFRARED_KEPT = 0.5;
/** Gain and filter of a switch to infrared come to rest in this time, at most in this. */
const SWITCH_REST_S = 0.3;
const SWITCH_S_MAX = 1.5;
const SWITCH_CHANGED = 0.06;
/** A brightness that changed so lately looks like flicker. */
const STEADY_LIGHT_S = 0.4;
/** A move is told for so long at least; while the model becomes sure again it outweighs a blur. */
const MOVED_S = 2.4;
/** More foreground than this in a damaged or shaking picture hides what is known. */
const LOST_MASK = 0.25;
/** What is left of a shaking picture's mask may hold new things if it is no more. */
const SHAKE_MASK_MAX = 0.12;
/** Edges kept, of the usual, where only the light changed. */
const LIT_KEPT = 0.6;
/** With more foreground than this what lies beside it is no sample of the picture. */
const WHOLE_MASK = 0.35;
/** Another picture after a gap: edges kept and foreground. */
const NEW_KEPT = 0.6;
const NEW_MASK = 0.25;

export class WholePicture {
  readonly #measures: Measures;
  readonly #edges: Edges;
  readonly #tone = new Tone();
  readonly #upset = new UpsetWatch();
  readonly #near: NearWatch;
  readonly #uneven = new UnevenLight();
  readonly #infrared = new InfraredWatch();
  readonly #weather = new WeatherWatch();
  readonly #lens = new LensWatch();
  readonly #frozen: FrozenWatch;
  readonly #dirt: DirtWatch;
  readonly #loss: DecodeLossWatch;
  readonly #shake: ShakeWatch;
  readonly #persistence: Persistence;
  readonly #oldView: OldView;
  readonly #fog = new FogWatch();
  #usualKept = 1;
  #usualContrast = 1;
  #referenceS = Infinity;
  #newModelS = 0;
  #restarts = 0;
  #leapS = Infinity;
  #lightS = Infinity;
  #switchS: number | undefined;
  #switchRestS = 0;
  #movedS = Infinity;
  #movedScore = 0;

  constructor(view: ModelView, format: FrameFormat) {
    this.#measures = new Measures(view, view.stride);
    this.#edges = new Edges(this.#measures);
    this.#near = new NearWatch(this.#measures, this.#edges);
    this.#frozen = new FrozenWatch(this.#measures.cells);
    this.#dirt = new DirtWatch(this.#measures.cells);
    this.#loss = new DecodeLossWatch(format);
    this.#shake = new ShakeWatch(view, view.mask.length);
    this.#persistence = new Persistence(view);
    this.#oldView = new OldView(view);
  }

  /** One frame, in order of time. May clear pixels of the mask. */
  step(input: SceneInput): Ruling {
    this.#look(input);
    const told: Told[] = [];
    const ruling = freely(told);
    this.#ruleOnWeather(input, ruling, told);
    this.#ruleOnLens(input, ruling);
    const isPicture = this.#ruleOnLoss(input, ruling, told);
    if (isPicture && !this.#ruleOnInfrared(input, ruling, told)) {
      if (!this.#lens.suspects) this.#ruleOnScene(input, ruling, told);
    }
    this.#ruleOnState(input, ruling);
    if (ruling.restart) this.#begin();
    else if (isPicture) this.#takeReference(input, ruling);
    return ruling;
  }

  #look({ picture, dtS, leap, learnedS, lightExplains }: SceneInput): void {
    const measures = this.#measures;
    const edges = this.#edges;
    measures.look(picture);
    edges.look(picture);
    if (this.#knows) this.#tone.fit(measures, edges, measures.mask > WHOLE_MASK);
    this.#lightS = lightExplains > 0 ? 0 : this.#lightS + dtS;
    this.#leapS = leap ? 0 : this.#leapS + dtS;
    this.#newModelS = learnedS;
    const blurred = this.#lens.looksBlurred(edges, this.#tone);
    this.#upset.step(measures, edges, { dtS, usualKept: this.#usualKept, blurred });
    this.#lookNear(dtS);
    this.#frozen.step(measures, dtS);
  }

  /** What is near upsets the picture, and is no reason to give up the scene. */
  #lookNear(dtS: number): void {
    const near = this.#near;
    const usual = { contrast: this.#usualContrast, kept: this.#usualKept };
    if (!this.#knows || this.#loss.holds || this.#switchS !== undefined) near.reset();
    else near.step(dtS, usual);
    if (near.active) this.#upset.settle();
  }

  /** Mean change of the tones since the reference was taken, grey levels; undefined without one. */
  get toneChange(): number | undefined {
    return this.#knows ? this.#tone.change : undefined;
  }

  get #knows(): boolean {
    return this.#edges.count >= EDGES_MIN;
  }

  #ruleOnWeather({ dtS, picture, doubtful }: SceneInput, ruling: Mutable, told: Told[]) {
    const weather = this.#weather;
    const clear = !this.#upset.active && !this.#upset.blind && !doubtful &&
      !this.#near.active &&
      !this.#shake.active && !this.#lens.suspects && !this.#loss.holds &&
      this.#switchS === undefined && this.#frozen.why === undefined;
    const steady = this.#lightS > STEADY_LIGHT_S;
    const veiled = this.#fog.thickens;
    const found = weather.step(this.#measures, dtS, { clear, steady, veiled });
    if (found) told.push({ cause: found, score: weather.score });
    const falls = weather.now !== undefined;
    if (falls || weather.active) this.#persistence.step(picture, dtS, falls);
    const usual = this.#usualContrast;
    const known = this.#knows;
    const mayFall = weather.rises;
    const now = { dtS, usual, known, clear, mayFall };
    const thick = this.#fog.step(this.#tone, this.#edges, now);
    if (thick) told.push({ cause: "noise", score: this.#fog.score });
    if (this.#fog.explains) ruling.vetoesLight = true;
    if (weather.now !== undefined) ruling.vetoesLight = true;
    if (weather.rises) ruling.doubtsLight = true;
  }

  #ruleOnLens({ dtS, picture }: SceneInput, ruling: Mutable): void {
    const lens = this.#lens;
    if (!this.#knows || this.#switchS !== undefined) return;
    const near = this.#near;
    if (near.active && !lens.covered && !near.mayCover) {
      lens.forgetSuspicion();
      return;
    }
    lens.step(this.#measures, this.#edges, {
      tone: this.#tone,
      dtS,
      usual: this.#usualContrast,
    });
    if (lens.elsewhere) {
      this.#leaveView(ruling);
      return lens.reset();
    }
    if (lens.suspects) {
      wait(ruling);
      ruling.vetoesLight = true;
      return;
    }
    if (lens.isBlurring) ruling.bear = false;
    // Whoever was over the lens is known: nothing was learned of him.
    if (lens.turned && !near.active) ruling.restart = true;
    this.#lookForDirt(picture, dtS, ruling);
  }

  #lookForDirt(picture: ModelView, dtS: number, ruling: Mutable): void {
    if (this.#lens.blurs || this.#upset.active || this.#shake.shifted) return;
    this.#dirt.step(picture, { measures: this.#measures, edges: this.#edges, dtS });
    this.#dirt.clear(picture, this.#measures);
    ruling.take = this.#dirt.taken;
  }

  /** @returns false when the frame is no true picture */
  #ruleOnLoss(input: SceneInput, ruling: Mutable, told: Told[]): boolean {
    const calm = !this.#upset.active && !this.#upset.blind && !this.#shake.lost;
    const loss = this.#loss;
    const maySee = this.#switchS === undefined && !this.#lens.suspects &&
      !this.#near.sure;
    if (loss.step(input, this.#measures, { calm, maySee })) {
      told.push({ cause: "decode_loss", score: loss.score });
    }
    if (!loss.holds && !input.doubtful) return true;
    ruling.damaged = true;
    ruling.learn = false;
    ruling.bear = false;
    ruling.keep = loss.holds;
    ruling.vetoesLight = true;
    if (this.#measures.mask > LOST_MASK || loss.damage > 0.05) ruling.follow = false;
    return false;
  }

  /** @returns true while a switch to infrared or back goes on */
  #ruleOnInfrared({ dtS }: SceneInput, ruling: Mutable, told: Told[]): boolean {
    if (this.#near.active) return false;
    if (this.#lens.suspects || this.#upset.blind || this.#frozen.why !== undefined) {
      return false;
    }
    const edgesStay = this.#edges.kept > INFRARED_KEPT * this.#usualKept;
    if (this.#knows && !edgesStay && this.#switchS === undefined) return false;
    const score = this.#infrared.step(this.#measures, dtS);
    if (score > 0) {
      told.push({ cause: "ir_switch", score });
      this.#switchS = 0;
      this.#switchRestS = 0;
    }
    if (this.#switchS === undefined) return false;
    this.#switchS += dtS;
    const rests = this.#measures.changed < SWITCH_CHANGED;
    this.#switchRestS = rests ? this.#switchRestS + dtS : 0;
    wait(ruling);
    ruling.vetoesLight = true;
    if (this.#switchRestS >= SWITCH_REST_S || this.#switchS >= SWITCH_S_MAX) {
      ruling.restart = true;
    }
    return true;
  }

  /** Another scene, or one that lies elsewhere. */
  #ruleOnScene(input: SceneInput, ruling: Mutable, told: Told[]): void {
    if (!this.#knows) return;
    const { picture, dtS } = input;
    const upset = this.#upset;
    const shake = this.#shake;
    const kept = this.#edges.kept / this.#usualKept;
    if (this.#near.active) return this.#near.rule(ruling, picture);
    const other = kept < NEW_KEPT && this.#measures.mask > NEW_MASK;
    if (this.#leapS < AFTER_LEAP_S && other) return renew(ruling);
    const begins = shake.step(picture, this.#edges, { dtS, usualKept: this.#usualKept });
    if (begins) told.push({ cause: "shake", score: shake.search.agree });
    if (shake.shifted) return this.#ruleOnShift(picture, ruling);
    if (upset.elsewhere) return this.#leaveView(ruling);
    if (upset.blind) return wait(ruling);
    if (this.#ruleOnUnevenLight(kept, dtS, { ruling, told })) return;
    if (shake.active) ruling.bear = false;
    if (shake.active && shake.lost) return wait(ruling);
    if (!upset.active) return;
    // Light keeps the edges: what moves in it is looked for at once, and born a little later.
    ruling.bear = false;
    if (kept < LIT_KEPT) wait(ruling);
  }

  /** The model begins anew in a light that no one rule for all tones follows. */
  #ruleOnUnevenLight(
    kept: number,
    dtS: number,
    { ruling, told }: { ruling: Mutable; told: Told[] },
  ): boolean {
    const uneven = this.#uneven;
    const given = { kept, dtS, sudden: this.#upset.active };
    if (!uneven.step(this.#measures, given)) return false;
    ruling.learn = false;
    ruling.bear = false;
    ruling.follow = false;
    if (!uneven.rests) return true;
    told.push({ cause: "light", score: uneven.score });
    uneven.reset();
    renew(ruling);
    return true;
  }

  /** Known things are followed in what the shift leaves of the mask. */
  #ruleOnShift(picture: ModelView, ruling: Mutable): void {
    const shake = this.#shake;
    const { dx, dy, agree } = shake.search;
    ruling.learn = false;
    ruling.keep = true;
    ruling.vetoesLight = true;
    shake.clear(picture);
    const left = this.#measures.shareOf(picture);
    if (left > SHAKE_MASK_MAX || !shake.active) ruling.bear = false;
    if (left > LOST_MASK) ruling.follow = false;
    if (!shake.moved) return;
    this.#oldView.push(this.#edges, { dx, dy });
    this.#tellMoved(agree);
    ruling.bear = false;
    ruling.shift = { dx, dy };
    shake.reset();
    this.#forgetReference();
  }

  #leaveView(ruling: Mutable): void {
    this.#oldView.leave(this.#edges);
    this.#tellMoved(1 - this.#edges.kept);
    ruling.elsewhere = true;
    renew(ruling);
  }

  #tellMoved(score: number): void {
    this.#movedS = 0;
    this.#movedScore = score;
  }

  #ruleOnState({ doubtful, dtS, picture }: SceneInput, ruling: Mutable): void {
    const { why, repeats } = this.#frozen;
    this.#movedS += dtS;
    this.#oldView.look(picture, dtS);
    if (repeats) wait(ruling);
    if (why !== undefined) {
      wait(ruling);
      ruling.seen = { state: "frozen", why, score: 1 };
    } else if (this.#lens.covered) {
      ruling.seen = { state: "covered", score: this.#lens.coveredScore };
    } else if (this.#lens.defocused && this.#movedS > MOVED_S) {
      ruling.seen = { state: "defocused", score: this.#lens.defocusedScore };
    } else if (this.#movedS <= MOVED_S || this.#oldView.away) {
      ruling.seen = { state: "moved", score: this.#movedScore };
    } else if (this.#dirt.dirty) {
      ruling.seen = { state: "dirty", score: this.#dirt.score };
    }
    if (doubtful) ruling.learn = false;
    if (this.#newModelS < NEW_MODEL_S && this.#restarts > 0) ruling.bear = false;
  }

  /** The next learned frame fills the model. A blurred picture keeps its sharp reference. */
  #begin(): void {
    this.#restarts++;
    this.#upset.settle();
    this.#shake.reset();
    this.#persistence.reset();
    this.#switchS = undefined;
    if (this.#lens.defocused) return;
    this.#forgetReference();
    this.#lens.reset();
    this.#dirt.reset();
  }

  #forgetReference(): void {
    this.#edges.count = 0;
    this.#referenceS = Infinity;
    this.#near.reset();
    this.#upset.settle();
  }

  #takeReference({ picture, dtS, learnedS }: SceneInput, ruling: Ruling): void {
    this.#referenceS += dtS;
    const edges = this.#edges;
    const moves = this.#movedS <= MOVED_S;
    const usual = ruling.seen === undefined || (ruling.seen.state === "moved" && !moves);
    const calm = ruling.learn && usual && !this.#upset.active && !this.#near.active &&
      !this.#upset.blind && !this.#shake.active && !this.#shake.lost &&
      !this.#lens.blurs && !this.#dirt.pending;
    if (!calm || learnedS < REFERENCE_AFTER_S) return;
    const left = this.#measures.mask < REFERENCE_MASK_MAX;
    const same = !this.#knows || edges.kept > REFERENCE_KEPT_MIN * this.#usualKept;
    const veiled = this.#fog.pending || this.#weather.now !== undefined;
    if (this.#referenceS >= REFERENCE_EVERY_S && left && same && !veiled) {
      edges.take(picture);
      edges.look(picture);
      this.#usualKept = Math.max(0.5, edges.kept);
      this.#usualContrast = Math.max(0.4, edges.contrast);
      this.#referenceS = 0;
      return;
    }
    const part = settle(dtS, USUAL_SETTLE_S);
    if (this.#fog.thickens || edges.kept < 0.9 * this.#usualKept) return;
    this.#usualKept += part * (edges.kept - this.#usualKept);
    this.#usualContrast += part * (edges.contrast - this.#usualContrast);
  }
}
