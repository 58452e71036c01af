/**
 * What `streamware cameras find` prints: cameras, their streams, the lines for the
 * settings file. Pure; what a camera says of itself is any text, and is shown as such.
 * @module
 */
import type {
  AskedNetwork,
  OnvifAnswer,
  OnvifDevice,
  OnvifStream,
} from "../capture/onvif.ts";
import { withoutReferences } from "../config/references.ts";
import { NAME_PATTERN } from "../config/schema_camera.ts";
import { type Paint, printable, wrapped } from "./terminal_text.ts";

export interface FoundCamera {
  readonly device: OnvifDevice;
  readonly answer: OnvifAnswer;
}

/** Wider than this, decoding costs more than looking: the smaller stream is analysed. */
const WIDE_PX = 1_280;
/** Narrower ones are for telephones. */
const USEFUL_PX = 320;

/** Said before the search, which takes its time. */
export function searchWords(networks: readonly AskedNetwork[], waitS: number): string {
  return `Asking in ${networkWords(networks)} for ${waitS} s…`;
}

function networkWords(networks: readonly AskedNetwork[]): string {
  return networks.map(({ name, address }) => `${name} (${address})`).join(", ");
}

/** All of it, as lines. */
export function foundLines(
  networks: readonly AskedNetwork[],
  { cameras, user }: {
    readonly cameras: readonly FoundCamera[];
    readonly user: string | undefined;
  },
  paint: Paint,
): string[] {
  if (cameras.length === 0) return nobodyLines(networks);
  const names = namesOf(cameras);
  const lines = cameras.flatMap((camera, index) => [
    ...(index > 0 ? [""] : []),
    paint("bold", headOf(camera.device)),
    ...answerLines(camera, { name: names[index]!, user }),
  ]);
  const isShown = cameras.some(({ answer }) =>
    answer.kind === "streams" && answer.streams.length > 0
  );
  if (!isShown) return lines;
  return [...lines, "", "Try one: streamware doctor, or streamware run --url URL"];
}

function nobodyLines(networks: readonly AskedNetwork[]): string[] {
  return [
    `No camera answered in ${networkWords(networks)}.`,
    ...wrapped("Many makes ship with ONVIF off: turn it on in the camera's own page.", 2),
    ...wrapped("Is the camera in this network, and not in a guest network or VLAN?", 2),
    ...wrapped(
      "A firewall on this box keeps answers out: let UDP from port 3702 in for a try " +
        "(sudo ufw allow proto udp from any port 3702).",
      2,
    ),
    ...wrapped(
      "Or give the stream's address yourself, from the camera's manual: streamware setup",
      2,
    ),
  ];
}

function headOf({ name, hardware, address }: OnvifDevice): string {
  const model = hardware === undefined || hardware === name ? "" : ` (${hardware})`;
  return `${printable(name ?? "A camera")}${printable(model)} at ${address}`;
}

function answerLines(
  { answer, device }: FoundCamera,
  of: { readonly name: string; readonly user: string | undefined },
): string[] {
  if (answer.kind === "none") return noneLines(answer, device, of.user);
  if (answer.streams.length === 0) return ["  It tells of no stream."];
  const rows = answer.streams.map((stream) => [
    printable(stream.name),
    printable(stream.codec ?? "?"),
    stream.width && stream.height ? `${stream.width}x${stream.height}` : "?",
    stream.fps === undefined ? "" : `${stream.fps} a second`,
    printable(stream.url),
  ]);
  const widths = [0, 1, 2, 3].map((at) =>
    Math.max(...rows.map((row) => row[at]!.length))
  );
  return [
    ...rows.map((row) =>
      `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd()
    ),
    "  Into the settings file, under cameras:",
    ...settingsLines(answer.streams, of).map((line) => `    ${line}`),
  ];
}

function noneLines(
  { why, said }: OnvifAnswer & { readonly kind: "none" },
  { address }: OnvifDevice,
  user: string | undefined,
): string[] {
  if (why === "fault") {
    return [
      ...wrapped(`It does not tell of its streams: ${said || "no reason given"}.`, 2),
      ...wrapped(`try its own page: http://${address}/`, 2),
    ];
  }
  const words = user === undefined
    ? "It wants a user and a password: streamware cameras find --user admin"
    : `It does not accept user ${user} with this password. Some makes have users of ` +
      "their own for ONVIF, to be made in the camera's page.";
  return wrapped(words, 2);
}

/** The lines of one camera, under `cameras:`. */
export function settingsLines(
  streams: readonly OnvifStream[],
  { name, user }: { readonly name: string; readonly user: string | undefined },
): string[] {
  const [main, ...others] = streams;
  const smaller = smallerOf(main!, others);
  return [
    `${name}:`,
    `  url: ${yamlText(main!.url)}`,
    ...(smaller ? [`  analysis_url: ${yamlText(smaller.url)}`] : []),
    ...(user === undefined ? [] : [
      `  user: ${yamlText(user)}`,
      `  password: \${file:${name}_password}`,
    ]),
  ];
}

/** What is analysed instead of a wide stream; undefined when nothing is saved by it. */
export function smallerOf(
  main: OnvifStream,
  others: readonly OnvifStream[],
): OnvifStream | undefined {
  if (main.width === undefined || main.width <= WIDE_PX || !isRtsp(main)) {
    return undefined;
  }
  return others.find((other) =>
    isRtsp(other) && other.width !== undefined && other.width >= USEFUL_PX &&
    other.width < main.width!
  );
}

function isRtsp({ url }: OnvifStream): boolean {
  return /^rtsps?:/.test(url);
}

/** In quotes, whatever is in it; `${` in it is no reference. */
function yamlText(text: string): string {
  return JSON.stringify(withoutReferences(printable(text)));
}

/** A name for each camera that may stand in the settings, no two alike. */
export function namesOf(cameras: readonly FoundCamera[]): readonly string[] {
  const taken = new Set<string>();
  return cameras.map(({ device }) => {
    const said = (device.name ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "").slice(0, 24);
    const plain = NAME_PATTERN.test(said) ? said : "camera";
    let name = plain;
    for (let count = 2; taken.has(name); count++) name = `${plain}-${count}`;
    taken.add(name);
    return name;
  });
}

/** For `--json`; no password. */
export function foundJson(
  networks: readonly AskedNetwork[],
  cameras: readonly FoundCamera[],
) {
  const names = namesOf(cameras);
  return {
    version: 1,
    asked: networks,
    cameras: cameras.map(({ device, answer }, index) => ({
      suggestedName: names[index],
      name: device.name,
      hardware: device.hardware,
      address: device.address,
      port: device.port,
      ...(answer.kind === "streams"
        ? { streams: answer.streams }
        : { streams: [], why: answer.why, said: answer.said }),
    })),
  };
}
