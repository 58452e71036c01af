import assert from "node:assert/strict";
import { differences, type LockedPackages } from "./packages_match.ts";

const PI = { os: "linux", cpu: "arm64", libc: "glibc" };

function check(
  locked: LockedPackages,
  installed: LockedPackages,
  expected: string[],
): void {
  assert.deepEqual(differences(locked, installed, PI), expected);
}

Deno.test("differences() finds none in a tree as locked, whatever else lies there", () => {
  check(
    { "": { version: "0.1.0" }, "node_modules/hono": { version: "4.1.0" } },
    {
      "node_modules/hono": { version: "4.1.0" },
      "node_modules/extra": { version: "1.0.0" },
    },
    [],
  );
});

Deno.test("differences() names a missing package and one of another version", () => {
  check(
    { "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0" } },
    { "node_modules/b": { version: "2.0.1" } },
    [
      "node_modules/a: missing, locked is 1.0.0",
      "node_modules/b: 2.0.1, locked is 2.0.0",
    ],
  );
});

Deno.test("differences() asks for an optional package only where it runs", () => {
  const native = (cpu: string, libc: string) => ({
    version: "1.0.0",
    optional: true,
    os: ["linux"],
    cpu: [cpu],
    libc: [libc],
  });
  check(
    {
      "node_modules/here": native("arm64", "glibc"),
      "node_modules/musl": native("arm64", "musl"),
      "node_modules/pc": native("x64", "glibc"),
      "node_modules/anywhere": { version: "1.0.0", optional: true },
    },
    {},
    ["node_modules/here: missing, locked is 1.0.0"],
  );
});
