import assert from "node:assert/strict";
import fc from "fast-check";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { CHEAP_COST } from "../tests/support/cheap_password.ts";
import { TestFolder } from "../tests/support/clips.ts";
import {
  hashPassword,
  isPassword,
  readPasswordHash,
  whyPasswordIsBad,
  writePassword,
} from "./password.ts";

const PASSWORD = new Secret("correct horse battery");

Deno.test("isPassword() knows the password again, and no other", async () => {
  const hash = await hashPassword(PASSWORD);
  assert.match(hash, /^\$scrypt\$ln=14,r=8,p=5\$/);
  assert.ok(!hash.includes("correct"));
  assert.ok(await isPassword(PASSWORD, hash));
  for (const wrong of ["correct horse batter", "Correct horse battery", ""]) {
    assert.ok(!await isPassword(new Secret(wrong), hash), wrong);
  }
});

Deno.test("isPassword() affords every cost that a hash may have", async () => {
  for (const cost of [CHEAP_COST, { logN: 1, r: 1, p: 16 }, { logN: 1, r: 8, p: 16 }]) {
    assert.ok(await isPassword(PASSWORD, await hashPassword(PASSWORD, cost)));
  }
});

Deno.test("hashPassword() gives equal passwords different hashes", async () => {
  const hashes = [0, 1].map(() => hashPassword(PASSWORD, CHEAP_COST));
  assert.notEqual(await hashes[0], await hashes[1]);
});

Deno.test("isPassword() takes a letter with its dots for the dotted letter", async () => {
  const hash = await hashPassword(new Secret("m\u00fcnchen-2"), CHEAP_COST);
  assert.ok(await isPassword(new Secret("mu\u0308nchen-2"), hash));
});

Deno.test("isPassword() finds a damaged hash corrupt, and pays for none that asks too much", async () => {
  const hash = await hashPassword(PASSWORD);
  const damaged = [
    "",
    "correct horse battery",
    hash.slice(0, -2),
    hash + "A",
    hash.replace("scrypt", "argon2"),
    hash.replace("ln=14", "ln=31"),
    hash.replace("ln=14", "ln=0"),
    hash.replace("p=5", "p=99"),
    hash.replace("r=8", "r=64"),
  ];
  for (const text of damaged) {
    await assert.rejects(isPassword(PASSWORD, text), isCorrupt, text);
  }
});

Deno.test("whyPasswordIsBad() says why, and never the password", () => {
  for (
    const [text, words] of [
      ["", "fewer than 8"],
      ["1234567", "fewer than 8"],
      ["😀😀😀😀", "fewer than 8"],
      ["x".repeat(1_025), "more than 1024"],
      ["        ", "space"],
      ["ends with ", "space"],
      ["line\nfeed", "cannot be typed"],
      ["aaaaaaaaaaaa", "repeated"],
      ["PassWord", "anybody tries"],
    ] as const
  ) {
    assert.match(whyPasswordIsBad(new Secret(text))!, new RegExp(words), text);
  }
  for (const text of ["correct horse", "пароль-длинный", "x1".repeat(512)]) {
    assert.equal(whyPasswordIsBad(new Secret(text)), undefined, text);
  }
  fc.assert(fc.property(fc.string({ unit: "binary", minLength: 50 }), (text) => {
    assert.ok(!whyPasswordIsBad(new Secret(text))?.includes(text));
  }));
});

Deno.test("writePassword() keeps a hash that only its owner may read", async () => {
  using folder = new TestFolder();
  const state = folder.file("state");
  assert.equal(await readPasswordHash(state), undefined);
  await writePassword(state, PASSWORD, CHEAP_COST);
  await writePassword(state, new Secret("another password"), CHEAP_COST);
  const hash = await readPasswordHash(state);
  assert.ok(hash && await isPassword(new Secret("another password"), hash));
  const { mode } = await Deno.stat(`${state}/password`);
  assert.equal(mode! & 0o777, 0o600);
  const names = [...Deno.readDirSync(state)].map(({ name }) => name);
  assert.deepEqual(names, ["password"]);
});

Deno.test("readPasswordHash() names the file that holds no hash, and what helps", async () => {
  using folder = new TestFolder();
  for (const text of ["", "plain words\n"]) {
    await Deno.writeTextFile(folder.file("password"), text);
    await assert.rejects(readPasswordHash(folder.path), (thrown) => {
      assert.ok(isCorrupt(thrown));
      assert.ok(!text.trim() || !thrown.message.includes(text.trim()));
      assert.equal(thrown.hint, "streamware config password");
      return true;
    });
  }
});

function isCorrupt(thrown: unknown): thrown is Fault {
  return thrown instanceof Fault && thrown.kind === "corrupt";
}
