/**
 * The example of a settings file: every setting with what it does, and good as it is
 * once the camera's URL is filled in. Made from the declaration.
 * @module
 */
import { assert } from "../base/assert.ts";
import { boundsWords, inlineYaml, wrapped } from "./describe.ts";
import { type Named, OUTLINE, type Part, type Section } from "./outline.ts";

const HEAD = `# Settings of StreamWare.
#
# A setting that is not here has its default. To change one, take the "# " in front of
# its name away. Then look whether all is well: streamware config check
#
# What is secret should not stand here but in a file of its own, chmod 600:
#   \${file:PATH}        what the file holds; PATH from the folder of this file on
#   \${env:NAME}         an environment variable
#   \${credential:NAME}  a credential that systemd gives the service
# A plain \${ is written $\${.
`;

/** Of what has no default, and of what people name. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  "cameras.front.url": "rtsp://192.168.1.20/stream1",
  "cameras.front.analysis_url": "rtsp://192.168.1.20/stream2",
  "cameras.front.user": "admin",
  "cameras.front.password": "${file:front_password}",
  "cameras.front.zones.door.points": [[0.4, 0.2], [0.6, 0.2], [0.6, 0.9], [0.4, 0.9]],
  "cameras.front.min_size_far": 0.02,
  "cameras.front.zones.door.sensitivity": 7,
  "cameras.front.zones.door.min_size": 0.05,
  "cameras.front.classes": ["person", "animal"],
  "cameras.front.zones.door.classes": ["person", "vehicle"],
  "cameras.front.zones.door.unknown": "quiet",
  "cameras.front.masks.clock.points": [[0, 0], [0.25, 0], [0.25, 0.06], [0, 0.06]],
  "cameras.front.lines.gate.points": [[0.2, 0.7], [0.8, 0.7]],
  "classes_model": "/srv/streamware/model",
  "speech.voice": "en-gb",
  "speech.command": ["espeak-ng", "--stdout"],
  "webhook.url": "${file:webhook_url}",
  "webhook.token": "${file:webhook_token}",
  "export.html": "/var/lib/streamware/session.html",
  "control.socket": "/run/streamware/control.sock",
};

/** Names under which the example has what people name themselves. */
const NAMES: Readonly<Record<string, string>> = {
  cameras: "front",
  zones: "door",
  masks: "clock",
  lines: "gate",
};

/** Of a sentence, before it is indented. */
const DOC_WIDTH = 80;
/** The same of what people name: it stands further in. */
const DOC_WIDTH_WITHIN = 76;

/** The text of the example. */
export function exampleConfig(): string {
  const sections = [...OUTLINE.parts.values()].map((part) =>
    sectionText(part).join("\n")
  );
  return `${HEAD}\n${sections.join("\n\n")}\n`;
}

/** A section of the file: its own name is live, so that one line is enough to set one. */
function sectionText(part: Part): string[] {
  const { name, outline } = part;
  switch (outline.kind) {
    case "section":
      return [`${name}:`, ...settingsOf(outline, name).map(indented)];
    case "named": {
      assert(outline.inner.kind === "section", "what is named is a section");
      const example = NAMES[name];
      const inner = settingsOf(outline.inner, `${name}.${example}`);
      return [`${name}:`, `  ${example}:`, ...inner.map(indented).map(indented)];
    }
    case "list":
    case "value":
      return settingText(part);
  }
}

function settingsOf({ parts }: Section, path: string): string[] {
  const blocks = [...parts.values()].map((part) => settingText(part, path));
  return blocks.flatMap((block, index) => index === 0 ? block : ["", ...block]);
}

/** @param above path of its section; absent at the top */
function settingText(part: Part, above?: string): string[] {
  const { name, outline, traits, fallback, isRequired } = part;
  const path = above === undefined ? name : `${above}.${name}`;
  const bounds = boundsWords(outline);
  const words = `${traits?.doc ?? ""}${bounds === undefined ? "" : ` ${bounds}.`}`;
  const width = path.split(".").length > 3 ? DOC_WIDTH_WITHIN : DOC_WIDTH;
  const doc = wrapped(words, width).map((line) => `# ${line}`);
  if (outline.kind === "named") return [...doc, ...namedText(outline, path)];
  const value = inlineYaml(fallback === undefined ? sampleOf(path) : fallback);
  return [...doc, `${isRequired ? "" : "# "}${name}: ${value}`];
}

/** Commented as a whole: its settings are live within, the docs among them are not. */
function namedText({ inner }: Named, path: string): string[] {
  assert(inner.kind === "section", "what is named is a section");
  const name = path.slice(path.lastIndexOf(".") + 1);
  const settings = settingsOf(inner, `${path}.${NAMES[name]}`)
    .filter((line) => line !== "")
    .map((line) => `    ${line.replace(/^# (?=\w+: )/, "")}`);
  return [`${name}:`, `  ${NAMES[name]}:`, ...settings].map((line) => `# ${line}`);
}

function sampleOf(path: string): unknown {
  const sample = SAMPLES[path];
  assert(sample !== undefined, `the example has a value for ${path}`);
  return sample;
}

function indented(line: string): string {
  return line === "" ? "" : `  ${line}`;
}
