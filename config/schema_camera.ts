/**
 * Every setting of one camera. Part of `schema.ts`, which says what a declaration holds.
 * @module
 */
import { z } from "zod";
import {
  lineSettings,
  maskSettings,
  sensitivity,
  size,
  toldClasses,
  toldUnknown,
  zoneSettings,
} from "./schema_places.ts";
import { secret, setting } from "./setting_traits.ts";

/** Names of cameras and zones: they stand in paths, logs and the DSL. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9_-]{0,31}$/;
export const name = z.string().regex(NAME_PATTERN);

/** What an rtsp:// camera may be decoded by. */
const DECODE_SETTINGS = ["software", "auto", "vaapi", "v4l2m2m", "cuda"] as const;

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
  decode: setting(z.enum(DECODE_SETTINGS).default("software"), {
    doc:
      "What decodes an rtsp:// camera; streamware doctor tries each and says which is " +
      "right and cheaper here. auto tries them when the camera first comes and takes " +
      "that; status says what and why. Hardware that fails is left for software, and " +
      "the log says so.",
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
  classes: setting(toldClasses(), {
    doc:
      "Only these are told of, in words, by voice and webhook: person, vehicle, bike, " +
      "animal. A sentence waits some seconds until somebody looked. Without it, and " +
      "where nobody looks, everything is told.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  unknown: setting(toldUnknown.default("tell"), {
    doc:
      "Whether what nobody can tell is told of where classes are asked for: somebody " +
      "under a blanket is unknown. What the detector could not look at is always told.",
    applies: "restart",
    door: "anywhere",
    replays: true,
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
