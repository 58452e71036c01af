/**
 * THE declaration of every setting: default, bounds, doc, when a change takes
 * effect, and through which door it may be changed. Flags, the file, its reference and
 * the example are made from it. A setting exists here or does not exist.
 *
 * Its longest parts, a camera and the places in its picture, stand in `schema_camera.ts`
 * and `schema_places.ts`.
 * Names are `camelCase` here and `snake_case` in the file (`outline.ts`).
 * @module
 */
import { z } from "zod";
import { cameraSettings, name } from "./schema_camera.ts";
import { secret, setting } from "./setting_traits.ts";

/** For who knows how the analysis works: docs/design/motion.md. */
export const analysisSettings = z.strictObject({
  matchRadius: setting(z.int().min(6).max(30).default(12), {
    doc:
      "Expert: how far a colour may lie from one that was seen there before, in grey " +
      "levels, at sensitivity 5 and without noise.",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
  regionArea: setting(z.number().min(0.004).max(2).default(0.036), {
    doc: "Expert: smallest region of motion that counts, in percent of the picture, at " +
      "sensitivity 5.",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
});

export const serverSettings = z.strictObject({
  listen: setting(z.string().min(1).default("127.0.0.1"), {
    doc:
      "Address the page listens on. Beyond loopback (0.0.0.0, ::, an address of this " +
      "box) it needs a password, and speaks TLS.",
    applies: "restart",
    door: "file",
    flag: "--listen",
  }),
  names: setting(z.array(z.string().regex(/^[a-z0-9.-]{1,253}$/i)).default([]), {
    doc: "More names that browsers may use for this box, beside its hostname and " +
      "addresses; on loopback, names under which a proxy with TLS shows the page.",
    applies: "restart",
    door: "file",
  }),
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
  codedSeconds: setting(z.number().min(5).max(300).default(15), {
    doc:
      "Seconds of each rtsp:// camera that are kept as it sent them, for pictures of " +
      "full size, clips and a decoder that begins anew; about .5 MB a second at 4 Mbit/s.",
    unit: "s",
    applies: "restart",
    door: "anywhere",
  }),
  codedMegabytes: setting(z.int().min(4).max(1_024).default(32), {
    doc: "Megabytes per camera that these seconds may take; the oldest give way.",
    applies: "restart",
    door: "anywhere",
  }),
  megabytes: setting(z.int().min(1).max(65_536).default(256), {
    doc:
      "Most that the raw frames of all cameras together take; where it is too little " +
      "fewer frames are kept, and an alert says so.",
    applies: "restart",
    door: "anywhere",
  }),
});

export const wordsSettings = z.strictObject({
  dslOnly: setting(z.boolean().default(false), {
    doc: "Leave words out, nothing else: motion DSL only.",
    applies: "restart",
    door: "anywhere",
    flag: "--dsl-only",
  }),
});

export const ollamaSettings = z.strictObject({
  url: setting(z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:11434"), {
    doc: "Where an Ollama server answers.",
    applies: "restart",
    door: "file",
    flag: "--ollama",
  }),
  model: setting(z.string().min(1).default("auto"), {
    doc: "Model that looks at pictures; auto chooses among the installed ones that can " +
      "see, off asks none.",
    applies: "restart",
    door: "anywhere",
    flag: "--model",
  }),
  deadlineS: setting(z.number().min(1).max(600).default(60), {
    doc: "Seconds after which a model's answer comes too late.",
    unit: "s",
    applies: "restart",
    door: "anywhere",
  }),
  perHour: setting(z.int().min(1).max(3_600).default(120), {
    doc: "Pictures shown to the model per hour on average, shared evenly between the " +
      "cameras; a burst of five minutes' worth comes on top.",
    applies: "restart",
    door: "anywhere",
  }),
});

export const SPEECH_ENGINES = ["off", "auto", "piper", "espeak-ng", "command"] as const;

export const speechSettings = z.strictObject({
  engine: setting(z.enum(SPEECH_ENGINES).default("off"), {
    doc: "What speaks: auto takes Piper when it and a voice are there, else espeak-ng; " +
      "command is speech.command.",
    applies: "restart",
    door: "anywhere",
    flag: "--tts",
  }),
  voice: setting(z.string().min(1).optional(), {
    doc: "Piper: its .onnx voice file. espeak-ng: the name of a voice, such as en-gb.",
    applies: "restart",
    door: "file",
  }),
  command: setting(z.array(z.string().min(1)).min(1).optional(), {
    doc: "Program and arguments that read a sentence on standard input and write a WAV " +
      "to standard output.",
    applies: "restart",
    door: "file",
  }),
  player: setting(z.array(z.string().min(1)).min(1).default(["aplay", "-q", "-"]), {
    doc: "Program and arguments that play a WAV from standard input.",
    applies: "restart",
    door: "file",
  }),
  staleS: setting(z.number().min(1).max(600).default(15), {
    doc: "A sentence that could not be spoken for so many seconds is dropped.",
    unit: "s",
    applies: "restart",
    door: "anywhere",
  }),
});

export const webhookSettings = z.strictObject({
  url: setting(secret.optional(), {
    doc: "URL (http or https) that gets each sentence as JSON by POST.",
    applies: "restart",
    door: "file",
    flag: "--webhook",
  }),
  token: setting(secret.optional(), {
    doc: "Sent as `Authorization: Bearer TOKEN`.",
    applies: "restart",
    door: "file",
  }),
  timeoutS: setting(z.number().min(0.1).max(120).default(10), {
    doc: "Seconds that the receiver may take to answer.",
    unit: "s",
    applies: "restart",
    door: "anywhere",
  }),
  tries: setting(z.int().min(1).max(20).default(6), {
    doc: "How often one delivery is tried before it is given up.",
    applies: "restart",
    door: "anywhere",
  }),
});

export const exportSettings = z.strictObject({
  html: setting(z.string().min(1).optional(), {
    doc: "Write the session to this file: one page that plays from disk. The page of " +
      "the session before is kept beside it, as NAME.previous.html. While it goes on it " +
      "is written once a minute, a large one more seldom (at most 100 MB an hour), and " +
      "always at the end.",
    applies: "restart",
    door: "file",
    flag: "--html",
  }),
});

export const controlSettings = z.strictObject({
  socket: setting(z.string().min(1).optional(), {
    doc:
      "Unix socket for status, logs, events and snapshot; off turns it off. Default: " +
      "/run/streamware/control.sock, for a plain user in XDG_RUNTIME_DIR.",
    applies: "restart",
    door: "file",
    flag: "--control-socket",
  }),
});

export const logSettings = z.strictObject({
  level: setting(z.enum(["debug", "info", "warning", "error"]).default("info"), {
    doc: "The least important lines that are logged.",
    applies: "restart",
    door: "anywhere",
    flag: "--log-level",
  }),
});

export const settings = z.strictObject({
  cameras: z.record(name, cameraSettings),
  analysis: analysisSettings.prefault({}),
  server: serverSettings.prefault({}),
  classes: setting(z.enum(["auto", "off"]).default("auto"), {
    doc:
      "What moved, told apart by a small detector on this box: person, vehicle, bike, " +
      "animal, or unknown; auto looks at a few pictures of each stay, off at none.",
    applies: "restart",
    door: "anywhere",
    flag: "--classes",
  }),
  classesModel: setting(z.string().min(1).optional(), {
    doc: "Folder of an ONNX model of your own that looks instead of the built-in " +
      "detector: model.json and model.onnx (docs/guide/own-model.md), and ONNX Runtime " +
      "there or in the system.",
    applies: "restart",
    door: "file",
    flag: "--classes-model",
  }),
  words: wordsSettings.prefault({}),
  ollama: ollamaSettings.prefault({}),
  speech: speechSettings.prefault({}),
  webhook: webhookSettings.prefault({}),
  export: exportSettings.prefault({}),
  control: controlSettings.prefault({}),
  memory: memorySettings.prefault({}),
  log: logSettings.prefault({}),
});

export type Settings = z.infer<typeof settings>;
export type CameraSettings = z.infer<typeof cameraSettings>;
export type ExpertSettings = z.infer<typeof analysisSettings>;
export type ServerSettings = z.infer<typeof serverSettings>;
export type OllamaSettings = z.infer<typeof ollamaSettings>;
export type SpeechSettings = z.infer<typeof speechSettings>;
export type WebhookSettings = z.infer<typeof webhookSettings>;
