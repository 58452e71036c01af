/**
 * docs/ref/settings.md and the JSON Schema of the settings file, made from the
 * declaration. `scripts/generate_docs.ts` writes the page.
 * @module
 */
import { z } from "zod";
import { inlineYaml, takesWords, wrapped } from "./describe.ts";
import { fileName, OUTLINE, type Outline, type Part } from "./outline.ts";
import { settings } from "./schema.ts";
import { settingTraits } from "./setting_traits.ts";

const INTRODUCTION =
  `<!-- Made by scripts/generate_docs.ts from config/schema.ts: change that. -->

# Settings

\`/etc/streamware/streamware.yaml\`, or \`~/.config/streamware/streamware.yaml\` for a plain
user, is YAML 1.2. \`streamware config example\` prints one with every setting,
\`streamware config check\` says everything that is wrong with one, by line and column,
\`streamware config show\` what is in force and where it comes from, and
\`streamware config schema\` a JSON Schema for editors. What is wrong is never half used:
the program does not start, or goes on with the last good settings and says so.

A flag wins over the file, the file over the default. \`--url\` takes the place of all
cameras of the file; the other camera flags are for each of them.

Settings that change which motion is found or reported say whether they can be replayed:
those that can are judged on what was seen, so that a change can be tried on what is
remembered; the others decide what is seen in a picture, and hold for new pictures only.

## Secrets

In any text, a part may be a reference instead of the value:

- \`\${file:PATH}\`: what a file holds, without its last newline; \`PATH\` from the folder of
  the settings file on. Others may not read it, nor the group write it: \`chmod 640\`.
- \`\${env:NAME}\`: an environment variable.
- \`\${credential:NAME}\`: what systemd gives the service by \`LoadCredential=\`.

Who looks at the file from outside the service, as \`streamware config check\` does, is
warned of a reference that only the service can look up; \`streamware run\` needs them all.

A plain \`\${\` is written \`$\${\`. Settings marked "not from the network" name programs, files
or addresses: nothing that comes over the network can change them.
`;

/** Deno's formatter wraps prose there, so that formatting changes nothing. */
const WIDTH = 90;

/** The text of docs/ref/settings.md. */
export function settingsReference(): string {
  const chapters = [...OUTLINE.parts.values()].map((part) => {
    const { name, outline } = part;
    if (part.traits) return [`## ${name}`, ...entryText(part)].join("\n\n");
    const title = outline.kind === "named" ? `${name}.NAME` : name;
    return [`## ${title}`, ...entries(outline, title)].join("\n\n");
  });
  return `${INTRODUCTION}\n${chapters.join("\n\n")}\n`;
}

function entries(outline: Outline, path: string): string[] {
  if (outline.kind === "named") return entries(outline.inner, path);
  if (outline.kind !== "section") return [];
  return [...outline.parts.values()].flatMap((part) => {
    const own = `${path}.${part.name}`;
    const deeper = part.outline.kind === "named"
      ? entries(part.outline, `${own}.NAME`)
      : [];
    return [`### ${own}`, ...entryText(part), ...deeper];
  });
}

function entryText({ outline, traits, fallback, isRequired }: Part): string[] {
  const takes = takesWords(outline);
  const facts = [
    `${takes[0]!.toUpperCase()}${takes.slice(1)}`,
    isRequired ? "required" : undefined,
    fallback === undefined ? undefined : `default \`${inlineYaml(fallback)}\``,
    traits?.flag === undefined ? undefined : `flag \`${traits.flag}\``,
  ].filter((fact) => fact !== undefined);
  const sentences = [
    `${facts.join("; ")}.`,
    traits?.door === "file" ? "Not from the network." : undefined,
    traits?.applies === "live" ? "A change takes effect at once." : undefined,
    replayWords(traits?.replays),
  ].filter((sentence) => sentence !== undefined);
  return [traits?.doc ?? "", sentences.join(" ")].map((text) =>
    wrapped(text, WIDTH).join("\n")
  );
}

/** Of what changes which motion is found or reported. */
function replayWords(replays: boolean | undefined): string | undefined {
  if (replays === undefined) return undefined;
  return replays ? "Can be replayed." : "Cannot be replayed.";
}

/** A JSON Schema of the settings file, for editors. */
export function settingsSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(settings, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const traits = settingTraits.get(zodSchema as unknown as z.ZodType);
      if (traits !== undefined) jsonSchema.description = traits.doc;
      if (traits?.replays !== undefined) jsonSchema["x-replays"] = traits.replays;
      delete jsonSchema.format; // a reference is no URL
    },
  });
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: "Settings of StreamWare",
    ...asInFile(rest) as Record<string, unknown>,
    type: "object",
  };
}

/** Names as in the file; a section may stand there empty. */
function asInFile(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asInFile);
  if (typeof schema !== "object" || schema === null) return schema;
  const given = schema as Record<string, unknown>;
  const made = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, asInFile(value)]),
  );
  if (given.type === "object") made.type = ["object", "null"];
  const { properties } = given;
  if (typeof properties === "object" && properties !== null) {
    made.properties = Object.fromEntries(
      Object.entries(properties).map(([name, value]) =>
        [fileName(name), asInFile(value)] as const
      ),
    );
  }
  if (Array.isArray(given.required)) made.required = given.required.map(fileName);
  return made;
}
