import assert from "node:assert/strict";
import { TestFolder } from "../../tests/support/clips.ts";
import { licensesText, packageTerms } from "./licenses.ts";

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
