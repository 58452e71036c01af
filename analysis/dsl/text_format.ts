/**
 * Writes the text form: one line per thing, the original's shapes with ours added
 * after them, as `grammar.md` says. Writes what it is given: numbers are fixed-point
 * before they come here. Reading is `text_parse.ts`.
 * @module
 */
import type { StateLine } from "./camera_state.ts";
import type { ClassLine } from "./class_line.ts";
import { quoted } from "./line.ts";
import type {
  Blob,
  CauseLine,
  Edge,
  Header,
  MotionEvent,
  Observation,
  Track,
} from "./observation.ts";

const DAY_MS = 86_400_000;

/** Units of every field that has one, said in every header. */
export const UNITS = "t=ms pts=s motion_pct=% pos=0..1 size=0..1 vel=1/frame vel_s=1/s " +
  "coast=frames area=px dist=1 speed=1/frame speed_s=1/s since=ms score=0..1";

/** The header's lines, each ended by a newline. */
export function formatHeader(header: Header): string {
  return `# streamware-dsl version=${header.version}` +
    ` analyser=${quoted(header.analyser)} settings=${quoted(header.settings)}\n` +
    `# camera name=${quoted(header.camera)} size=${header.width}x${header.height}` +
    ` work=${header.workWidth}x${header.workHeight} fps=${header.fps}` +
    ` clock=${header.clock}\n# units ${UNITS}\n` +
    (header.classModel === undefined
      ? ""
      : `# classes model=${quoted(header.classModel)}\n`);
}

/** One frame's lines, each ended by a newline. Runs for every frame of every camera. */
export function formatObservation(observation: Observation): string {
  let text = formatFrame(observation) + "\n" + formatDelta(observation) + "\n";
  for (const blob of observation.blobs) text += formatBlob(blob) + "\n";
  for (const edge of observation.edges) text += formatEdge(edge) + "\n";
  for (const event of observation.events) text += formatEvent(event) + "\n";
  for (const track of observation.tracks) text += formatTrack(track) + "\n";
  for (const line of observation.classes ?? []) text += formatClass(line) + "\n";
  for (const cause of observation.causes) text += formatCause(cause) + "\n";
  for (const state of observation.states) text += formatState(state) + "\n";
  return text;
}

export function formatFrame(frame: Observation): string {
  const line = `FRAME ${frame.frame} @ ${clockText(frame.tMs)}` +
    ` t=${frame.tMs} pts=${secondsText(frame.ptsUs)}`;
  return frame.skipped === 0 ? line : `${line} skipped=${frame.skipped}`;
}

export function formatDelta(delta: Observation): string {
  return `  DELTA motion_pct=${delta.motionPct.toFixed(1)}% regions=${delta.regions}`;
}

export function formatBlob(blob: Blob): string {
  let line = `  BLOB id=${blob.id} pos=(${blob.x.toFixed(3)},${blob.y.toFixed(3)})` +
    ` size=(${blob.w.toFixed(3)},${blob.h.toFixed(3)})` +
    ` vel=(${blob.vx.toFixed(4)},${blob.vy.toFixed(4)})` +
    ` vel_s=(${blob.vxPerS.toFixed(4)},${blob.vyPerS.toFixed(4)})`;
  if (blob.coast !== 0) line += ` coast=${blob.coast}`;
  return blob.suppressed === undefined ? line : `${line} suppressed=${blob.suppressed}`;
}

export function formatEdge(edge: Edge): string {
  return `  EDGE blob=${edge.blob} points=${edge.points} area=${edge.areaPx}px` +
    ` complexity=${edge.complexity.toFixed(2)}`;
}

export function formatEvent(event: MotionEvent): string {
  let line = `  EVENT type=${event.type} blob=${event.blob} dir=${event.dir}`;
  if (event.sinceMs !== undefined) line += ` since=${event.sinceMs}`;
  if (event.sinceFrame !== undefined) line += ` since_frame=${event.sinceFrame}`;
  if (event.zone !== undefined) line += ` zone=${quoted(event.zone)}`;
  if (event.line !== undefined) line += ` line=${quoted(event.line)}`;
  if (event.with !== undefined) line += ` with=${event.with}`;
  return line;
}

export function formatTrack(track: Track): string {
  return `  TRACK blob=${track.blob} frames=${track.frames}` +
    ` dist=${track.dist.toFixed(4)} speed=${track.speed.toFixed(4)}` +
    ` speed_s=${track.speedPerS.toFixed(4)} moving=${track.moving ? "yes" : "no"}`;
}

export function formatClass(line: ClassLine): string {
  let text = `  CLASS blob=${line.blob} -> ${line.class} (conf=${line.score.toFixed(2)})`;
  if (line.crops !== undefined) text += ` crops=${line.crops}`;
  if (line.detail !== undefined) text += ` detail=${quoted(line.detail)}`;
  return line.why === undefined ? text : `${text} why=${line.why}`;
}

export function formatCause(cause: CauseLine): string {
  const line = `  CAUSE ${cause.cause} score=${cause.score.toFixed(2)}`;
  const blob = cause.blob === undefined ? "" : ` blob=${cause.blob}`;
  return `${line}${blob} suppressed=${cause.suppressed ? "yes" : "no"}`;
}

export function formatState(state: StateLine): string {
  let line = `  STATE ${state.state} since=${state.sinceMs}`;
  if (state.why !== undefined) line += ` why=${state.why}`;
  if (state.rung !== undefined) line += ` rung=${quoted(state.rung)}`;
  if (state.score !== undefined) line += ` score=${state.score.toFixed(2)}`;
  return line;
}

/** UTC time of day, `HH:MM:SS.mmm`; days are left out. */
export function clockText(tMs: number): string {
  const ms = ((tMs % DAY_MS) + DAY_MS) % DAY_MS;
  const seconds = Math.floor(ms / 1_000);
  return twoDigits(Math.floor(seconds / 3_600)) + ":" +
    twoDigits(Math.floor(seconds / 60) % 60) + ":" + twoDigits(seconds % 60) + "." +
    String(ms % 1_000).padStart(3, "0");
}

/** Whole microseconds as seconds with six decimals, exact. */
export function secondsText(us: number): string {
  const size = Math.abs(us);
  // The rest first: a division would round above 2^53 / 1e6.
  const rest = size % 1_000_000;
  return (us < 0 ? "-" : "") + (size - rest) / 1_000_000 + "." +
    String(rest).padStart(6, "0");
}

function twoDigits(value: number): string {
  return value < 10 ? "0" + value : String(value);
}
