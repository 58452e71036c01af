/**
 * The flags of `streamware analyze` that say what a settings file says of a camera: zones,
 * lines, masks, sizes, sensitivity. Reads them; what they do is `analysis/`.
 * @module
 */
import {
  type AnalysisSettings,
  type NamedArea,
  USUAL_ANALYSIS,
} from "../analysis/analysis_settings.ts";
import type { LineDirection } from "../analysis/lines.ts";
import type { PlaceSettings } from "../analysis/place_stage.ts";
import { parseLine, parseMask, parseZone } from "../analysis/place_text.ts";
import { ANY_SIZE, type SizeMin } from "../analysis/sizes.ts";
import type { ZoneJudge } from "../analysis/zones.ts";
import { Fault } from "../base/fault.ts";
import { doubtfulPlaces } from "../config/place_rules.ts";
import type { Flag, Typed } from "./command_line.ts";
import { typedNumber, typedText } from "./typed_flags.ts";

export const PLACE_FLAGS: readonly Flag[] = [
  {
    flag: "--zone",
    value: "NAME=x1,y1,x2,y2,…",
    doc: "Report stays in this polygon, 0..1 of the picture; repeatable.",
    repeatable: true,
  },
  {
    flag: "--zone-judge",
    value: "foot|touch",
    doc: "In a zone is: the bottom centre of the box, or any part of it.",
    defaultWords: "foot",
  },
  {
    flag: "--line",
    value: "NAME=x1,y1,x2,y2,…",
    doc: "Tell who crosses this line, 0..1 of the picture; repeatable.",
    repeatable: true,
  },
  {
    flag: "--line-direction",
    value: "both|forward",
    doc: "Crossings told: all, or from the lines' left to their right only.",
    defaultWords: "both",
  },
  {
    flag: "--mask",
    value: "[NAME=]x1,y1,x2,y2,…",
    doc: "Ignore this polygon, 0..1 of the picture; repeatable.",
    repeatable: true,
  },
  {
    flag: "--sensitivity",
    value: "1..10",
    doc: "How faint and small motion may be.",
    defaultWords: String(USUAL_ANALYSIS.sensitivity),
  },
  {
    flag: "--min-size",
    value: "SIZE|FAR,NEAR",
    doc: "Keep what stays smaller quiet: share of the picture, everywhere, or at its " +
      "upper and at its lower edge.",
  },
  {
    flag: "--absorb-after",
    value: "SECONDS",
    doc: "How long what has stopped is followed.",
    defaultWords: String(USUAL_ANALYSIS.absorbAfterS),
  },
];

/** What is judged on observations. @throws Fault (usage) for what cannot be read */
export function placesTyped(typed: Typed): PlaceSettings {
  const direction = directionTyped(typedText(typed, "--line-direction"));
  return {
    zones: unique("zones", all(typed, "--zone").map(parseZone)),
    judge: judgeTyped(typedText(typed, "--zone-judge")),
    lines: unique(
      "lines",
      all(typed, "--line").map((text) => parseLine(text, direction)),
    ),
    sizeMin: sizeTyped(typedText(typed, "--min-size")),
  };
}

/** What decides how pixels are looked at. @throws Fault (usage) for what cannot be read */
export function analysisTyped(typed: Typed): AnalysisSettings {
  const { sensitivity, absorbAfterS } = USUAL_ANALYSIS;
  return {
    ...USUAL_ANALYSIS,
    masks: all(typed, "--mask").map((text, i) => parseMask(text, `mask-${i + 1}`)),
    sensitivity: typedNumber(typed, "--sensitivity", { min: 1, max: 10, whole: true }) ??
      sensitivity,
    absorbAfterS: typedNumber(typed, "--absorb-after", {
      min: 120,
      max: 86_400,
      unit: "seconds",
    }) ??
      absorbAfterS,
  };
}

const FLAGS_BY_SECTION: Readonly<Record<string, string>> = {
  zones: "--zone",
  masks: "--mask",
  lines: "--line",
  minSize: "--min-size",
  minSizeFar: "--min-size",
};

/** What works of them and is hardly meant, each in a sentence, as of a settings file. */
export function placeDoubts(
  { zones, lines, sizeMin }: PlaceSettings,
  { masks }: Pick<AnalysisSettings, "masks">,
): readonly string[] {
  const drawn = (places: readonly NamedArea[]) =>
    Object.fromEntries(places.map(({ name, points }) => [
      name,
      { points: points.map(({ x, y }) => [x, y]) },
    ]));
  const { upper: minSizeFar, lower: minSize } = sizeMin;
  const places = { zones: drawn(zones), masks: drawn(masks), lines: drawn(lines) };
  const camera = {
    ...places,
    minSize,
    ...(minSizeFar === minSize ? {} : { minSizeFar }),
  };
  return doubtfulPlaces(camera, []).map(({ path: [section = "", name], words }) =>
    [FLAGS_BY_SECTION[section] ?? section, name, words].filter(Boolean).join(" ")
  );
}

function all(typed: Typed, flag: string): readonly string[] {
  const given = typed[flag];
  return Array.isArray(given) ? given.map(String) : [];
}

function unique<T extends { readonly name: string }>(
  things: string,
  places: readonly T[],
): readonly T[] {
  const names = places.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return places;
  throw new Fault("usage", `Cannot use the ${things}: two have the name "${twice}"`);
}

function judgeTyped(text: string | undefined): ZoneJudge {
  if (text === undefined || text === "foot") return "foot";
  if (text === "touch") return "touch";
  throw new Fault("usage", `Cannot judge zones by "${text}": use foot or touch`);
}

function directionTyped(text: string | undefined): LineDirection {
  if (text === undefined || text === "both") return "both";
  if (text === "forward") return "forward";
  throw new Fault("usage", `Cannot cross lines "${text}": use both or forward`);
}

function sizeTyped(text: string | undefined): SizeMin {
  if (text === undefined) return ANY_SIZE;
  const sizes = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  const [upper, lower = upper] = sizes;
  const areSizes = sizes.length <= 2 && sizes.every((size) => size >= 0 && size <= 1);
  if (areSizes && upper !== undefined && lower !== undefined) return { upper, lower };
  const words = `Cannot use --min-size ${JSON.stringify(text)}: give a share of the ` +
    "picture, 0..1, or two: at its upper and at its lower edge";
  throw new Fault("usage", words, { hint: "--min-size .02,.1" });
}
