/**
 * THE declaration of every setting: default, bounds, doc, when a change takes
 * effect, and through which door it may be changed. Flags, the file, its reference and
 * the example are made from it. A setting exists here or does not exist.
 *
 * Its longest part, the places in a picture, stands in `schema_places.ts`.
 * Names are `camelCase` here and `snake_case` in the file (`outline.ts`).
 * @module
 */
import { z } from "zod";
import {
  lineSettings,
  maskSettings,
  sensitivity,
  size,
  zoneSettings,
} from "./schema_places.ts";
import { secret, setting } from "./setting_traits.ts";

/** Names of cameras and zones: they stand in paths, logs and the DSL. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9_-]{0,31}$/;
const name = z.string().regex(NAME_PATTERN);

/** One camera. */
export const cameraSettings = z.strictObject({
  url: setting(z.string().min(1), {
    doc: "Where pictures come from: rtsp:// or rtsps:// URL, http(s):// stream, " +
      "video file, /dev/videoN, or scene:street.",
    applies: "restart",
    door: "file",
    flag: "--url",
  }),
  analysisUrl: setting(z.string().min(1).optional(), {
    doc:
      "A smaller stream of the same camera, analysed instead of url, which then is not " +
      "decoded and goes to live view, stills and clips as it is. Both rtsp:// or " +
      "rtsps://; user and password hold for both.",
    applies: "restart",
    door: "file",
  }),
  user: setting(z.string().min(1).optional(), {
    doc: "User of the camera, when it does not stand in the URL.",
    applies: "restart",
    door: "file",
  }),
  password: setting(secret.optional(), {
    doc: "Password of the camera, any characters, when it does not stand in the URL.",
    applies: "restart",
    door: "file",
  }),
  certificate: setting(
    z.string().regex(/^(verify|any|[0-9a-f]{2}(:?[0-9a-f]{2}){31})$/i).default("verify"),
    {
      doc:
        "Of an rtsps:// or https:// camera, when its certificate is good enough: verify, when an " +
        "authority that this box trusts vouches for the name in the URL; the SHA-256 of " +
        "its certificate, for the many cameras that make their own; or any, which proves " +
        "nothing of who answers.",
      applies: "restart",
      door: "file",
    },
  ),
  transport: setting(z.enum(["auto", "tcp", "udp"]).default("auto"), {
    doc:
      "How the pictures of an rtsp:// camera come: tcp, udp, or auto, which tries TCP " +
      "first and UDP where a camera refuses TCP or nothing comes over it. What is lost " +
      "over UDP is a torn picture. rtsps:// is always TCP.",
    applies: "restart",
    door: "anywhere",
  }),
  fps: setting(z.number().min(0.2).max(60).default(10), {
    doc: "Frames analysed per second.",
    applies: "restart",
    door: "anywhere",
    flag: "--fps",
    replays: false,
  }),
  width: setting(z.int().min(64).max(3_840).default(640), {
    doc: "Widest analysed picture in pixels; the height follows the camera.",
    applies: "restart",
    door: "anywhere",
    flag: "--width",
    replays: false,
  }),
  decode: setting(z.enum(["software", "vaapi", "v4l2m2m", "cuda"]).default("software"), {
    doc:
      "What decodes an rtsp:// camera; streamware doctor tries each and says which is " +
      "right and cheaper here. Hardware that fails is left for software, and the log " +
      "says so.",
    applies: "restart",
    door: "anywhere",
  }),
  idleAfter: setting(z.number().min(0).max(86_400).default(20), {
    doc:
      "Seconds without motion after which only keyframes are decoded, for a fifth of " +
      "the cost; what moves is found at the next keyframe, and what led to it is " +
      "decoded then, so that nothing is lost. 0: never. Only of rtsp:// cameras with a " +
      "keyframe every 4 seconds or more often.",
    applies: "restart",
    door: "anywhere",
    replays: false,
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
  sensitivity: setting(sensitivity.default(5), {
    doc: "How faint and small motion may be: 1 finds only what stands out clearly, 10 " +
      "also what hardly differs from what is behind it, and more noise. Two steps up " +
      "take differences a third smaller, and regions half as large.",
    applies: "restart",
    door: "anywhere",
    flag: "--sensitivity",
    replays: false,
  }),
  minSize: setting(size.default(0), {
    doc: "Least size of what is reported: the height or width of its box, whichever is " +
      "the larger share of the picture's, for what stands at the lower edge. What never " +
      "reaches it is kept quiet, as small.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  minSizeFar: setting(size.optional(), {
    doc: "The same for what stands at the upper edge, far away; between the edges it " +
      "goes evenly. Without it, min_size holds everywhere.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  absorbAfter: setting(z.number().min(120).max(86_400).default(300), {
    doc: "Seconds for which what has stopped is followed; then it becomes background, " +
      "and is known again for a day when it moves on.",
    unit: "s",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
  zones: setting(z.record(name, zoneSettings).default({}), {
    doc: "Named places in the picture; a stay in one is told with its name.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  masks: setting(z.record(name, maskSettings).default({}), {
    doc:
      "Parts of the picture that are ignored: a clock, a street, a neighbour's window.",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
  lines: setting(z.record(name, lineSettings).default({}), {
    doc: "Lines in the picture; who crosses one is told with its name.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
});

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
