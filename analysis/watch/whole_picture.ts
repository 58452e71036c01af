/**
 * Asks the judges of the whole picture in order and rules what this frame is good for.
 * Each judge knows one thing; what outweighs what is decided here and nowhere else:
 * a frame that is no true picture before a lens that is covered, before another scene,
 * before a shift, before weather.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { ModelView } from "../foreground.ts";
import { DecodeLossWatch } from "./decode_loss.ts";
import { DirtWatch } from "./dirt.ts";
import { Edges, EDGES_MIN, PLACE_EDGES_MIN } from "./edges.ts";
import { FogWatch } from "./fog.ts";
import { FrozenWatch } from "./frozen.ts";
import { InfraredSwitch, InfraredWatch } from "./infrared.ts";
import { LensWatch } from "./lens.ts";
import { Measures } from "./measures.ts";
import { NearWatch } from "./near.ts";
import { Persistence } from "./persistence.ts";
import { freely, type Mutable, renew, type Ruling, type Told, wait } from "./ruling.ts";
import type { SceneInput } from "./scene_watch.ts";
import { ShakeWatch } from "./shake.ts";
import { Tone } from "./tone.ts";
import { UnevenLight } from "./uneven_light.ts";
import { UpsetWatch } from "./upset.ts";
import { UsualEdges } from "./usual_edges.ts";
import { type KeptView, ViewWatch } from "./view_watch.ts";
import { WeatherWatch } from "./weather.ts";

/** The reference of edges is taken so long after a start, and anew so often. */
const REFERENCE_AFTER_S = 1;
const REFERENCE_EVERY_S = 10;
/** Only while so little of the picture moves and so many edges are in place. */
const REFERENCE_MASK_MAX = 0.3;
const REFERENCE_KEPT_MIN = 0.7;
/** After a restart nothing is born for so long. */
const NEW_MODEL_S = 0.4;
/** After a gap another picture needs no explanation. */
const AFTER_LEAP_S = 1.5;
/** A switch to infrared leaves the scene's edges in place. */
const INFRARED_KEPT = 0.5;
/** A brightness that changed so lately looks like flicker. */
const STEADY_LIGHT_S = 0.4;
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
  readonly #camera: ViewWatch;
  readonly #fog = new FogWatch();
  readonly #switch = new InfraredSwitch();
  readonly #usual = new UsualEdges();
  #referenceS = Infinity;
  #newModelS = 0;
  #restarts = 0;
  #leapS = Infinity;
  #lightS = Infinity;
  /** The model is older than this watch. */
  #resumes = false;

  /** @param kept of the camera by the one before, if there was one */
  constructor(view: ModelView, format: FrameFormat, kept?: KeptView) {
    this.#measures = new Measures(view, view.stride);
    this.#edges = new Edges(this.#measures);
    this.#near = new NearWatch(this.#measures, this.#edges);
    this.#frozen = new FrozenWatch(this.#measures.cells);
    this.#dirt = new DirtWatch(this.#measures.cells);
    this.#loss = new DecodeLossWatch(format);
    this.#shake = new ShakeWatch(view, view.mask.length);
    this.#persistence = new Persistence(view);
    this.#camera = new ViewWatch(view);
    if (kept === undefined) return;
    this.#camera.restore(kept, view.stride);
    this.#resumes = true;
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
    if (this.#resumes && learnedS >= REFERENCE_AFTER_S) {
      edges.take(picture);
      this.#referenceS = 0;
    }
    edges.look(picture);
    if (this.#resumes && measures.mask < NEW_MASK) this.#usual.begin(edges);
    this.#resumes = false;
    if (this.#knows) this.#tone.fit(measures, edges, measures.mask > WHOLE_MASK);
    this.#lightS = lightExplains > 0 ? 0 : this.#lightS + dtS;
    this.#leapS = leap ? 0 : this.#leapS + dtS;
    this.#newModelS = learnedS;
    const blurred = this.#lens.looksBlurred(edges, this.#tone);
    this.#upset.step(measures, edges, { dtS, usualKept: this.#usual.kept, blurred });
    this.#lookNear(dtS);
    this.#frozen.step(measures, dtS);
  }

  /** What is near upsets the picture, and is no reason to give up the scene. */
  #lookNear(dtS: number): void {
    const near = this.#near;
    const usual = { contrast: this.#usual.contrast, kept: this.#usual.kept };
    if (!this.#knows || this.#loss.holds || this.#switch.active) near.reset();
    else near.step(dtS, usual);
    if (near.active) this.#upset.settle();
  }

  /** For the one that comes after. */
  snapshot({ stride }: ModelView): KeptView {
    return this.#camera.snapshot(this.#edges, stride);
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
      !this.#switch.active && this.#frozen.why === undefined;
    const steady = this.#lightS > STEADY_LIGHT_S;
    const veiled = this.#fog.thickens;
    const found = weather.step(this.#measures, dtS, { clear, steady, veiled });
    if (found) told.push({ cause: found, score: weather.score });
    const falls = weather.now !== undefined;
    if (falls || weather.active) this.#persistence.step(picture, dtS, falls);
    const usual = this.#usual.contrast;
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
    if (!this.#knows || this.#switch.active) return;
    const near = this.#near;
    if (near.active && !lens.covered && !near.mayCover) {
      lens.forgetSuspicion();
      return;
    }
    lens.step(this.#measures, this.#edges, {
      tone: this.#tone,
      dtS,
      usual: this.#usual.contrast,
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
    const maySee = !this.#switch.active && !this.#lens.suspects &&
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
    const edgesStay = this.#edges.kept > INFRARED_KEPT * this.#usual.kept;
    if (this.#knows && !edgesStay && !this.#switch.active) return false;
    const score = this.#infrared.step(this.#measures, dtS);
    if (score > 0) {
      told.push({ cause: "ir_switch", score });
      this.#switch.begin();
    }
    if (!this.#switch.active) return false;
    wait(ruling);
    if (this.#switch.pass(this.#measures, dtS)) ruling.restart = true;
    return true;
  }

  /** Another scene, or one that lies elsewhere. */
  #ruleOnScene(input: SceneInput, ruling: Mutable, told: Told[]): void {
    if (!this.#knows) return;
    const { picture, dtS } = input;
    const upset = this.#upset;
    const shake = this.#shake;
    const kept = this.#edges.kept / this.#usual.kept;
    if (this.#near.active) return this.#near.rule(ruling, picture);
    const other = kept < NEW_KEPT && this.#measures.mask > NEW_MASK;
    if (this.#leapS < AFTER_LEAP_S && other) {
      this.#camera.doubt(this.#edges);
      return renew(ruling);
    }
    const begins = shake.step(picture, this.#edges, { dtS, usualKept: this.#usual.kept });
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
    this.#camera.push(this.#edges, { dx, dy }, agree);
    ruling.bear = false;
    ruling.shift = { dx, dy };
    shake.reset();
    this.#forgetReference();
  }

  #leaveView(ruling: Mutable): void {
    this.#camera.leave(this.#edges);
    ruling.elsewhere = true;
    renew(ruling);
  }

  /** Another view that came while nobody looked has a model of its own by then, or gets one. */
  #lookWhere(picture: ModelView, dtS: number, ruling: Mutable): void {
    const { grain: noise, mask } = this.#measures;
    const shows = this.#edges.count >= PLACE_EDGES_MIN && !ruling.damaged;
    const left = this.#camera.look(picture, { dtS, noise, shows });
    if (!left || mask <= NEW_MASK) return;
    ruling.elsewhere = true;
    renew(ruling);
  }

  #ruleOnState({ doubtful, dtS, picture }: SceneInput, ruling: Mutable): void {
    const { why, repeats } = this.#frozen;
    this.#lookWhere(picture, dtS, ruling);
    if (repeats) wait(ruling);
    if (why !== undefined) {
      wait(ruling);
      ruling.seen = { state: "frozen", why, score: 1 };
    } else if (this.#lens.covered) {
      ruling.seen = { state: "covered", score: this.#lens.coveredScore };
    } else if (this.#lens.defocused && !this.#camera.moves) {
      ruling.seen = { state: "defocused", score: this.#lens.defocusedScore };
    } else if (this.#camera.moved) {
      ruling.seen = { state: "moved", score: this.#camera.score };
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
    this.#switch.end();
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
    const { moves } = this.#camera;
    const usual = ruling.seen === undefined || (ruling.seen.state === "moved" && !moves);
    const calm = ruling.learn && usual && !this.#upset.active && !this.#near.active &&
      !this.#upset.blind && !this.#shake.active && !this.#shake.lost &&
      !this.#lens.blurs && !this.#dirt.pending;
    if (!calm || learnedS < REFERENCE_AFTER_S) return;
    const left = this.#measures.mask < REFERENCE_MASK_MAX;
    const same = !this.#knows || edges.kept > REFERENCE_KEPT_MIN * this.#usual.kept;
    const veiled = this.#fog.pending || this.#weather.now !== undefined;
    if (this.#referenceS >= REFERENCE_EVERY_S && left && same && !veiled) {
      edges.take(picture);
      edges.look(picture);
      this.#usual.begin(edges);
      this.#referenceS = 0;
      return;
    }
    if (!this.#fog.thickens) this.#usual.settle(edges, dtS);
  }
}
