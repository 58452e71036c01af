/**
 * THE declaration of every setting: default, bounds, doc, when a change takes
 * effect, and through which door it may be changed. Flags are made from it now,
 * the file later. A setting exists here or does not exist.
 * @module
 */
import { z } from "zod";

/** How a setting behaves, beside its type. */
export interface SettingTraits {
  /** For the help text and the reference; one sentence. */
  readonly doc: string;
  /** `live`: a change takes effect at once; `restart`: at the next start. */
  readonly applies: "live" | "restart";
  /** `file`: cannot be changed from the network, as it names commands or paths. */
  readonly door: "anywhere" | "file";
  /** The flag of `streamware run` that sets it, if any: `--fps`. */
  readonly flag?: string;
}

/** The traits of every setting below. */
export const settingTraits = z.registry<SettingTraits>();

function setting<T extends z.ZodType>(type: T, traits: SettingTraits): T {
  settingTraits.add(type, traits);
  return type;
}

/** One camera. */
export const cameraSettings = z.strictObject({
  url: setting(z.string().min(1), {
    doc: "Where pictures come from: rtsp:// or rtsps:// URL, http(s):// stream, " +
      "video file, /dev/videoN, or scene:street.",
    applies: "restart",
    door: "file",
    flag: "--url",
  }),
  fps: setting(z.number().min(0.2).max(60).default(10), {
    doc: "Frames analysed per second.",
    applies: "restart",
    door: "anywhere",
    flag: "--fps",
  }),
  width: setting(z.int().min(64).max(3_840).default(640), {
    doc: "Widest analysed picture in pixels; the height follows the camera.",
    applies: "restart",
    door: "anywhere",
    flag: "--width",
  }),
  loop: setting(z.boolean().default(false), {
    doc: "Begin a video file again when it ends.",
    applies: "restart",
    door: "anywhere",
    flag: "--loop",
  }),
  seed: setting(z.int().min(0).max(4_294_967_295).default(1), {
    doc: "Seed of a drawn scene.",
    applies: "restart",
    door: "anywhere",
    flag: "--seed",
  }),
});

export const serverSettings = z.strictObject({
  port: setting(z.int().min(0).max(65_535).default(8766), {
    doc: "Port of the page and of /ws; 0 takes a free one.",
    applies: "restart",
    door: "anywhere",
    flag: "--port",
  }),
  originalPort: setting(z.int().min(-1).max(65_535).default(8765), {
    doc: "Port of the original's frame JSON for its own viewers; 0 takes a free " +
      "one, -1 turns it off. Never leaves loopback.",
    applies: "restart",
    door: "anywhere",
    flag: "--original-port",
  }),
});

export const memorySettings = z.strictObject({
  folder: setting(z.string().min(1).default("/dev/shm/streamware"), {
    doc: "Where raw frames live while the program runs; should be a tmpfs.",
    applies: "restart",
    door: "file",
    flag: "--frames-folder",
  }),
  slots: setting(z.int().min(2).max(64).default(8), {
    doc: "Raw frames kept per camera.",
    applies: "restart",
    door: "anywhere",
  }),
});

export const wordsSettings = z.strictObject({
  dslOnly: setting(z.boolean().default(false), {
    doc: "Leave words out, nothing else: motion DSL only. There are no words yet.",
    applies: "restart",
    door: "anywhere",
    flag: "--dsl-only",
  }),
});

export const logSettings = z.strictObject({
  level: setting(z.enum(["debug", "info", "warning", "error"]).default("info"), {
    doc: "The least important lines that are logged.",
    applies: "live",
    door: "anywhere",
    flag: "--log-level",
  }),
});

export const settings = z.strictObject({
  camera: cameraSettings,
  server: serverSettings.prefault({}),
  memory: memorySettings.prefault({}),
  words: wordsSettings.prefault({}),
  log: logSettings.prefault({}),
});

export type Settings = z.infer<typeof settings>;
export type ServerSettings = z.infer<typeof serverSettings>;
