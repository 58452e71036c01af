/**
 * One camera's analysis: a frame in, its `Observation` out. Deterministic: the same
 * frames and options give the same numbers, to the last digit.
 * Does no I/O and reads no clock; where frames come from is the caller's.
 *
 * Order of a step: the model looks; the picture as a whole is judged; regions are found,
 * without those that are light or shadow; tracks are followed, judged, given ids; what
 * stands is looked after; the model learns what nobody stands on.
 * @module
 */
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import { basePlaneOf, regionFactorOf, USUAL_ANALYSIS } from "./analysis_settings.ts";
import type { AnalyzerFrame, AnalyzerOptions } from "./analyzer_options.ts";
import { Arrivals } from "./arrival.ts";
import { BackgroundModel } from "./background.ts";
import { CauseJudge } from "./causes/cause_judge.ts";
import { fixed } from "./dsl/fixed.ts";
import type { CauseLine, Header, Observation } from "./dsl/observation.ts";
import type { Mark, ModelView } from "./foreground.ts";
import { type HeatMap, heatOf } from "./heat.ts";
import { keepAnalysis, openKept, ownerOf } from "./kept_analysis.ts";
import { type LifeEvent, MotionEvents } from "./motion_events.ts";
import { MotionMeetings } from "./motion_meetings.ts";
import { headerOf } from "./header.ts";
import { Observing, toMotionEvent, type TrackRow } from "./observing.ts";
import { agreesWith, sinceKept } from "./resumption.ts";
import type { SnapshotParts } from "./snapshot.ts";
import { Stillness } from "./stillness/stillness.ts";
import { FIRST_STEP, type OddTime, type TimeStep, timeStep } from "./time_step.ts";
import type { Track } from "./tracking/track.ts";
import { LeftBehind } from "./tracking/left_behind.ts";
import { Tracker } from "./tracking/tracker.ts";
import { isShown } from "./tracking/visibility.ts";
import { type SceneVerdict, SceneWatch } from "./watch/scene_watch.ts";
import { type WorkSize, workSize } from "./work_size.ts";

/** What was wrong with frames so far, each by its rule: docs/design/motion.md, "Bad input". */
export type FrameFaults = Readonly<Record<OddTime | "size" | "held" | "damaged", number>>;

export class Analyzer {
  readonly header: Header;
  readonly #format: FrameFormat;
  readonly #drawn: string;
  readonly #work: WorkSize;
  readonly #background: BackgroundModel;
  readonly #watch: SceneWatch;
  readonly #judge: CauseJudge;
  readonly #leftBehind: LeftBehind;
  readonly #arrivals = new Arrivals();
  readonly #tracker: Tracker;
  readonly #stillness: Stillness;
  readonly #motion: MotionEvents;
  readonly #meetings = new MotionMeetings();
  readonly #observing: Observing;
  readonly #faults = { repeated: 0, back: 0, leap: 0, size: 0, held: 0, damaged: 0 };
  #time: TimeStep = FIRST_STEP;
  #lastPtsUs: number | undefined;
  #learnedS = 0;
  /** What the last frame showed was not the scene: the model follows no light of the next. */
  #keepsModel = false;
  #last = { tMs: 0, frame: 0 };
  /** It was restored, and has seen no frame yet. */
  #resumes = false;
  #shown: Track[] = [];

  constructor(options: AnalyzerOptions) {
    const { format } = options;
    this.#format = format;
    this.#drawn = options.drawn ?? "";
    this.#work = workSize(format.width, format.height);
    const settings = options.settings ?? USUAL_ANALYSIS;
    this.#background = new BackgroundModel(format, options.kernels);
    this.#background.setBase(basePlaneOf(settings, this.#work));
    this.#watch = new SceneWatch(this.#work);
    this.#judge = new CauseJudge(
      this.#work,
      (least) => this.#background.sumChanges(least),
    );
    this.#leftBehind = new LeftBehind(this.#work);
    const regionFactor = regionFactorOf(settings);
    this.#tracker = new Tracker(this.#work, options.firstTrack ?? 1, regionFactor);
    this.#stillness = new Stillness(this.#work, {
      ground: this.#background,
      tracker: this.#tracker,
      absorbAfterS: options.absorbAfterS ?? settings.absorbAfterS,
    });
    this.#motion = new MotionEvents(this.#work);
    this.#observing = new Observing(format, this.#work);
    this.header = headerOf(options, this.#work);
  }

  /** The smallest id that the next new track may get. */
  get nextTrack(): number {
    return this.#tracker.nextId;
  }

  get faults(): FrameFaults {
    return this.#faults;
  }

  /** All that a successor needs to go on: for `restore` of one with the same header. */
  snapshot(): SnapshotParts {
    const lives = this.#tracker.tracks.flatMap(({ id }) => {
      const life = this.#motion.lifeOf(id);
      return life ? [{ id, moving: life.moving, path: life.path }] : [];
    });
    const tracker = this.#tracker.snapshot();
    const absorbed = this.#stillness.snapshot();
    const view = this.#watch.snapshot(this.#background.view);
    const data = {
      ...{ ...this.#last, learnedS: this.#learnedS, tracker, lives, absorbed },
      ...{ drawn: this.#drawn, ...(view ? { view } : {}) },
    };
    const planes = this.#background.snapshot();
    return keepAnalysis(ownerOf(this.header), { data, planes });
  }

  /**
   * Goes on from a snapshot; to be called before the first frame. False, and nothing is
   * changed, when it does not fit. What the first frame does not agree with is dropped,
   * ids go on.
   */
  restore(bytes: Uint8Array): boolean {
    const opened = openKept(bytes, ownerOf(this.header));
    if ("refused" in opened) return false;
    const { data, planes } = opened.kept;
    if (!this.#background.restore(planes)) return false;
    this.#tracker.restore(data.tracker);
    this.#stillness.restore(data.absorbed);
    if (data.view && data.drawn === this.#drawn) this.#watch.restore(data.view);
    const lives = new Map(data.lives.map((life) => [life.id, life]));
    for (const track of this.#tracker.tracks) {
      this.#motion.resume(track, lives.get(track.id) ?? { moving: true, path: 0 });
    }
    this.#learnedS = data.learnedS;
    this.#last = { tMs: data.tMs, frame: data.frame };
    this.#resumes = true;
    return true;
  }

  /** Where frames may be put, one after the other, so that `step()` need not copy them. */
  frameBuffer(): Uint8Array {
    return this.#background.frameBuffer();
  }

  /** One frame. `mark` hears "regions" and "tracking" after the model's own stages. */
  step(frame: AnalyzerFrame, mark?: Mark): Observation {
    this.#passTime(frame);
    if (frame.pixels.length !== frameBytes(this.#format)) return this.#refuse(frame);
    const events: LifeEvent[] = [];
    const view = this.#look(frame, events, mark);
    const young = { sceneS: this.#learnedS, dtS: this.#time.dtS };
    this.#leftBehind.clear(view, young, this.#tracker.tracks);
    const verdict = this.#watch.step(this.#sceneOf(frame, view));
    const causes: CauseLine[] = [...verdict.causes];
    this.#keepsModel = verdict.keep && !verdict.restart;
    this.#obey(verdict);
    this.#tracker.findRegions(view);
    if (verdict.follow) this.#siftRegions(frame, view, verdict.known);
    mark?.("regions");
    if (this.#time.leap) this.#forgetTravellers(events);
    if (verdict.follow) this.#follow(frame, view, { verdict, events, causes });
    else this.#wait();
    if (verdict.damaged) this.#faults.damaged++;
    if (!verdict.learn) this.#faults.held++;
    else if (!verdict.restart) this.#learn(view, verdict.known);
    const observation = this.#observe(frame, view, { events, causes, verdict });
    mark?.("tracking");
    return observation;
  }

  /**
   * Whether anything moves in a picture that stands by itself, but for what is known to
   * sway. Nothing is learned, no time
   * passes: it may be given to `step` as if it had not been seen.
   */
  stirs({ pixels, doubtful }: Pick<AnalyzerFrame, "pixels" | "doubtful">): boolean {
    if (pixels.length !== frameBytes(this.#format)) return false;
    if (this.#resumes || this.#learnedS === 0) return true;
    if (doubtful) return false;
    const { regions } = this.#tracker;
    const view = this.#background.look(pixels, { learn: false });
    this.#tracker.findRegions(view);
    if (regions.count === 0) return false;
    if (this.#judge.clearKnown(view, regions)) this.#tracker.findRegions(view);
    return regions.count > 0;
  }

  /** Confirmed tracks of the last step that are no suppressed ones, with at most 3 frames of coasting. */
  trackRows(): readonly TrackRow[] {
    return this.#shown.filter((track) => track.suppressed === undefined)
      .map((track) => this.#observing.rowOf(track));
  }

  /** How restless each part of the picture is, learned so far: `heat.ts`. */
  heat(): HeatMap {
    return heatOf(this.#background.view);
  }

  /** The mask at the frame's own size, 0 or 255, width * height bytes. */
  writeMask(into: Uint8Array): void {
    this.#background.writeMask(into);
  }

  /** The first frame after a restart tells whether this is still the same scene. */
  #look(frame: AnalyzerFrame, events: LifeEvent[], mark?: Mark): ModelView {
    const how = { learn: !frame.doubtful && !this.#keepsModel };
    const view = this.#background.look(frame.pixels, how, mark);
    if (!this.#resumes || frame.doubtful) return view;
    this.#resumes = false;
    if (agreesWith(view)) return view;
    this.#background.restart();
    this.#stillness.forgetScene();
    this.#learnedS = 0;
    this.#tracker.forgetAll();
    for (const track of this.#tracker.ended) this.#motion.end(track, events);
    return this.#background.look(frame.pixels, how, mark);
  }

  #sceneOf(frame: AnalyzerFrame, picture: ModelView) {
    const { pixels, tMs, doubtful } = frame;
    const { dtS, leap } = this.#time;
    return {
      picture,
      pixels,
      format: this.#format,
      dtS,
      tMs,
      leap,
      doubtful,
      lightExplains: this.#background.lightExplains,
      learnedS: this.#learnedS,
    };
  }

  #obey({ restart, elsewhere, shift, take }: SceneVerdict): void {
    if (shift) this.#shift(shift.dx, shift.dy);
    if (take) this.#background.absorb({ left: 0, top: 0, ...this.#work }, take);
    if (!restart) return;
    this.#background.restart();
    this.#stillness.forgetScene();
    this.#learnedS = 0;
    if (!elsewhere) return;
    this.#arrivals.beginView();
    // Nobody left: it is another view, of which nothing is known.
    this.#tracker.forgetAll();
    for (const track of this.#tracker.ended) this.#motion.forget(track);
  }

  /** All that is known of places moves along; what came into the picture is scene. */
  #shift(dx: number, dy: number): void {
    const { width, height } = this.#work;
    this.#background.shiftBy(dx, dy);
    this.#tracker.shiftBy(dx, dy);
    this.#stillness.shiftBy(dx, dy);
    const left = dx > 0 ? 0 : width + dx;
    const top = dy > 0 ? 0 : height + dy;
    this.#background.absorb({ left, top: 0, width: Math.abs(dx), height });
    this.#background.absorb({ left: 0, top, width, height: Math.abs(dy) });
  }

  #siftRegions(frame: AnalyzerFrame, picture: ModelView, near: boolean): void {
    if (!this.#judge.sift(this.#judgeInput(frame, picture, near))) return;
    this.#tracker.findRegions(picture);
  }

  #judgeInput(frame: AnalyzerFrame, picture: ModelView, near: boolean) {
    const { tracks, regions } = this.#tracker;
    return { picture, regions, tracks, dtS: this.#time.dtS, tMs: frame.tMs, near };
  }

  #follow(frame: AnalyzerFrame, view: ModelView, told: Told): void {
    const tracker = this.#tracker;
    const { dtS } = this.#time;
    const moment = { tMs: frame.tMs, frame: frame.number };
    const { bear, known } = told.verdict;
    tracker.follow(view, { dtS, moment, mayBear: bear, near: known });
    this.#judge.judge(this.#judgeInput(frame, view, known));
    const lives = { lifeOf: (id: number) => this.#motion.lifeOf(id) };
    this.#stillness.look(view, { dtS, moment, lives });
    const { tracks, ended, lost } = tracker;
    this.#arrivals.look(view, { tracks, ended, lost, dtS, verdict: told.verdict });
    tracker.confirm((track) => this.#arrivals.hasArrived(track));
    this.#shown = tracker.tracks.filter(isShown);
    for (const track of this.#shown) this.#motion.live(track, dtS, told.events);
    this.#meetings.look(this.#shown, { dtS, events: told.events });
    for (const track of tracker.lost) this.#motion.lose(track, told.events);
    for (const track of tracker.ended) this.#motion.end(track, told.events);
    for (const track of tracker.absorbed) this.#motion.forget(track);
    told.events.push(...this.#stillness.takeEvents());
    told.causes.push(...this.#judge.takeCauses(), ...this.#stillness.takeCauses());
  }

  /** Nothing can be told from this mask: who is known waits and does not age. */
  #wait(): void {
    this.#arrivals.pass(this.#time.dtS);
    for (const track of this.#tracker.tracks) track.miss(this.#time.dtS, 0);
    this.#shown = this.#tracker.tracks.filter(isShown);
  }

  #learn(view: ModelView, known: boolean): void {
    this.#stillness.writeHold(view.hold, view.stride);
    this.#judge.writeHold(view.hold, view.stride);
    const isOther = this.#background.learn(this.#time.dtS, known);
    this.#learnedS = isOther ? 0 : this.#learnedS + this.#time.dtS;
    if (isOther) this.#stillness.forgetScene();
  }

  /** Who travelled is someone else after so long; who stood may still stand there. */
  #forgetTravellers(events: LifeEvent[]): void {
    const stood = (track: Track) => this.#motion.lifeOf(track.id)?.moving === false;
    this.#tracker.forgetAll(stood);
    for (const track of this.#tracker.ended) this.#motion.end(track, events);
  }

  /** A frame of another size is not looked at: it says nothing. */
  #refuse(frame: AnalyzerFrame): Observation {
    this.#faults.size++;
    this.#wait();
    const sinceMs = fixed(frame.tMs, 0);
    const states = [{ state: "doubtful", sinceMs, why: "decoder" }] as const;
    return this.#observation(frame, { states });
  }

  #passTime({ ptsUs, tMs, number }: AnalyzerFrame): void {
    if (this.#lastPtsUs !== undefined) {
      this.#time = timeStep(this.#lastPtsUs, ptsUs, this.#time);
      if (this.#time.odd) this.#faults[this.#time.odd]++;
    } else if (this.#resumes) this.#time = sinceKept(this.#last.tMs, tMs);
    this.#lastPtsUs = ptsUs;
    this.#last = { tMs, frame: number };
  }

  #observe(frame: AnalyzerFrame, picture: ModelView, told: Told): Observation {
    const { regions } = this.#tracker;
    const { dtS } = this.#time;
    const observing = this.#observing;
    const seen = this.#shown.filter((track) => track.coast === 0);
    return this.#observation(frame, {
      motionPct: fixed(100 * regions.foreground / (picture.width * picture.height), 1),
      regions: regions.count,
      edges: seen.map((track) => observing.edgeOf(track, picture)),
      tracks: this.#shown.map((track) =>
        observing.lineOf(track, this.#motion.lifeOf(track.id), dtS)
      ),
      events: told.events.map((event) => toMotionEvent(event, frame.number)),
      causes: told.causes,
      states: told.verdict.states,
    });
  }

  #observation(frame: AnalyzerFrame, more: Partial<Observation>): Observation {
    const { dtS } = this.#time;
    return {
      frame: frame.number,
      tMs: fixed(frame.tMs, 0),
      ptsUs: fixed(frame.ptsUs, 0),
      skipped: frame.skipped,
      motionPct: more.motionPct ?? 0,
      regions: more.regions ?? 0,
      blobs: this.#shown.map((track) =>
        this.#observing.blobOf(track, this.#motion.lifeOf(track.id), dtS)
      ),
      edges: more.edges ?? [],
      tracks: more.tracks ?? [],
      events: more.events ?? [],
      causes: more.causes ?? [],
      states: more.states ?? [],
    };
  }
}

/** What one step gathers to be told. */
interface Told {
  readonly events: LifeEvent[];
  readonly causes: CauseLine[];
  readonly verdict: SceneVerdict;
}
