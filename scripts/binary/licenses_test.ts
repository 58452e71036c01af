import assert from "node:assert/strict";
import { TestFolder } from "../../tests/support/clips.ts";
import {
  DETECTOR_PACKAGES,
  detectorTerms,
  licensesText,
  packageTerms,
} from "./licenses.ts";

Deno.test("licensesText() holds everybody's terms and where libvips comes from", () => {
  const text = licensesText({
    own: "Ours",
    deno: { version: "2.6.8", text: "Deno's" },
    packages: [{ name: "a", version: "1.0.0", license: "ISC", text: "Terms of a\r\n" }],
    vips: {
      name: "@img/vips",
      version: "1.3.4",
      readme: "# Vips\n## Licensing\nfribidi: LGPLv3",
      libraries: { vips: "8.18.7" },
      file: "libvips-cpp.so.8.18.7",
    },
    gnu: ["  GNU LESSER\nText of it"],
  });
  for (
    const part of [
      ...["\nOurs\n", "\nDeno 2.6.8\n", "\na 1.0.0 (ISC)\n", "\nTerms of a\n"],
      ...[
        "fribidi: LGPLv3",
        "vips 8.18.7",
        "linked\ndynamically",
        "lovell/sharp-libvips",
      ],
      ...["\nGNU LESSER\n", "Text of it"],
    ]
  ) {
    assert.ok(text.includes(part), part);
  }
});

Deno.test("packageTerms() refuses a package without a licence text", () => {
  using folder = new TestFolder();
  const told = { name: "a", version: "1.0.0", license: "MIT" };
  Deno.writeTextFileSync(folder.file("package.json"), JSON.stringify(told));
  assert.throws(() => packageTerms(folder.path), /terms of a: it has no licence text/);
  Deno.writeTextFileSync(folder.file("LICENSE.md"), "Be kind");
  assert.deepEqual(packageTerms(folder.path), { ...told, text: "Be kind" });
});

Deno.test("detectorTerms() says whose weights and code they are, and what was changed", () => {
  using folder = new TestFolder();
  const write = (name: string, text: string) => {
    const path = folder.file(name);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(path, text);
  };
  const { weights, second, runtime } = DETECTOR_PACKAGES;
  const told = (name: string) =>
    JSON.stringify({ name, version: "1.0.0", license: "Apache-2.0" });
  write(`${weights}/package.json`, told(weights));
  write(`${weights}/LICENSE`, "Terms of the weights");
  write(`${second}/package.json`, told(second));
  write(`${runtime}/package.json`, told(runtime));
  const words = {
    detector: "It was changed",
    second: "Terms of the second",
    tensors: "Terms of the code",
  };
  assert.deepEqual(
    detectorTerms(`${folder.path}/`, words).map(({ name, text }) => [name, text]),
    [
      [weights, "It was changed\nTerms of the weights"],
      [second, "Terms of the second"],
      [runtime, "Terms of the code"],
    ],
  );
});
