import assert from "node:assert/strict";
import fc from "fast-check";
import { TestFolder } from "../tests/support/clips.ts";
import { hasReference, resolveReferences, withoutReferences } from "./references.ts";

const ENV: Readonly<Record<string, string>> = { USER_NAME: "ada", EMPTY: "" };

function resolved(text: string, folder = "/nowhere") {
  const env = (name: string) => ENV[name];
  return resolveReferences(text, { folder, env, credentialsFolder: `${folder}/given` });
}

function check(text: string, value: string): void {
  assert.deepEqual(resolved(text), { kind: "value", value });
}

function problemOf(text: string, folder?: string): string {
  const read = resolved(text, folder);
  assert.notEqual(read.kind, "value", text);
  return read.kind === "value" ? "" : read.words.join("; ");
}

Deno.test("a reference is replaced wherever it stands in a text", () => {
  check("${env:USER_NAME}", "ada");
  check("rtsp://${env:USER_NAME}:x@h", "rtsp://ada:x@h");
  check("a $ b $x {c}", "a $ b $x {c}");
});

Deno.test("two dollars make a plain ${", () => {
  check("$${env:USER_NAME}", "${env:USER_NAME}");
  assert.equal(hasReference("$${a}"), false);
  assert.equal(hasReference("$${a}${env:B}"), true);
});

Deno.test("every text can be written so that it means itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("$", "{", "}", "a", ":") }), (text) => {
      check(withoutReferences(text), text);
    }),
  );
});

Deno.test("what cannot be looked up is told without what might be secret", () => {
  assert.equal(problemOf("${env:NONE}"), "the environment variable NONE is not set");
  assert.equal(problemOf("${env:EMPTY}"), "the environment variable EMPTY is empty");
  const none =
    "is no reference: write ${file:PATH}, ${env:NAME} or ${credential:NAME}, " +
    "or $${ for a plain ${";
  assert.equal(problemOf("p${hunter2}"), `\${…} ${none}`);
  assert.equal(problemOf("p${hunter2"), `\${…} ${none}`);
  assert.equal(problemOf("${vault:hunter2}"), `\${vault:…} ${none}`);
  assert.equal(problemOf("${credential:../a}"), '"../a" is no name of a credential');
  assert.match(problemOf("${credential:cam}"), /LoadCredential=cam:PATH/);
});

Deno.test("a secret file is read without its last newline", () => {
  using folder = new TestFolder();
  Deno.mkdirSync(folder.file("given"));
  for (
    const [text, value] of [["a b\n", "a b"], ["a\r\n", "a"], ["a\n\n", "a\n"]] as const
  ) {
    Deno.writeTextFileSync(folder.file("given/s"), text, { mode: 0o600 });
    assert.deepEqual(resolved("${file:given/s}", folder.path), { kind: "value", value });
    assert.deepEqual(resolved("${credential:s}", folder.path), { kind: "value", value });
    assert.deepEqual(resolved(`\${file:${folder.file("given/s")}}`), {
      kind: "value",
      value,
    });
  }
});

Deno.test("a secret file that others may use is refused, with the command that helps", () => {
  using folder = new TestFolder();
  const path = folder.file("s");
  Deno.writeTextFileSync(path, "hunter2");
  for (const mode of [0o644, 0o604, 0o601, 0o620, 0o660, 0o610]) {
    Deno.chmodSync(path, mode);
    const octal = mode.toString(8);
    assert.equal(
      problemOf("${file:s}", folder.path),
      `others than its owner may use s (mode ${octal}): chmod 640 ${path}`,
    );
  }
  for (const mode of [0o600, 0o640, 0o400, 0o440]) {
    Deno.chmodSync(path, mode);
    assert.equal(resolved("${file:s}", folder.path).kind, "value");
  }
});

Deno.test("what is no secret file is refused, and not waited for", async () => {
  using folder = new TestFolder();
  const write = (name: string, bytes: Uint8Array) =>
    Deno.writeFileSync(folder.file(name), bytes, { mode: 0o600 });
  write("empty", new Uint8Array());
  write("newline", new TextEncoder().encode("\n"));
  write("zero", new Uint8Array([0x61, 0, 0x62]));
  write("latin", new Uint8Array([0xe4]));
  write("large", new Uint8Array(65_537).fill(0x61));
  const { code } = await new Deno.Command("mkfifo", { args: [folder.file("fifo")] })
    .output();
  assert.equal(code, 0);
  const words = (name: string) => problemOf(`\${file:${name}}`, folder.path);
  assert.equal(words("none"), "cannot read none: it does not exist");
  assert.equal(words("."), ". is no plain file");
  assert.equal(words("fifo"), "fifo is no plain file");
  assert.equal(words("empty"), "empty is empty");
  assert.equal(words("newline"), "newline is empty");
  assert.equal(words("zero"), "zero is no text: it holds a zero byte");
  assert.equal(words("latin"), "latin is no text (UTF-8)");
  assert.equal(words("large"), "large has 65537 bytes, at most 65536 are read");
});

Deno.test("what only the service has is told apart from what is wrong", () => {
  const kindOf = (text: string) =>
    resolveReferences(text, {
      folder: "/nowhere",
      env: (name) => ENV[name],
      credentialsFolder: undefined,
    }).kind;
  assert.equal(kindOf("${env:NONE}"), "elsewhere");
  assert.equal(kindOf("${credential:cam}"), "elsewhere");
  assert.equal(kindOf("${env:EMPTY}"), "problems");
  assert.equal(kindOf("${credential:../cam}"), "problems");
  assert.equal(kindOf("${file:none}"), "problems");
  assert.equal(kindOf("${env:NONE} ${file:none}"), "problems");
});
