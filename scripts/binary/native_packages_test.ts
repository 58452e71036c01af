import assert from "node:assert/strict";
import { keptPackages } from "./native_packages.ts";

function locked(version: string, dependencies: Record<string, string> = {}) {
  return { version, integrity: `sha512-of-${version}`, dependencies };
}

const LOCK = {
  packages: {
    "node_modules/sharp": locked("1.0.0", { semver: "^2.0.0" }),
    "node_modules/semver": locked("2.0.0"),
    "node_modules/zod": locked("3.0.0"),
    "node_modules/@img/sharp-linux-x64": locked("4.0.0"),
    "node_modules/@img/sharp-libvips-linux-x64": locked("5.0.0"),
    "node_modules/@img/sharp-linux-arm64": locked("4.0.0"),
    "node_modules/@img/sharp-libvips-linux-arm64": locked("5.0.0"),
  },
};

Deno.test("keptPackages() takes what is needed, for one processor", () => {
  assert.deepEqual(keptPackages(LOCK, ["sharp"], "arm64").map(({ name }) => name), [
    "@img/sharp-libvips-linux-arm64",
    "@img/sharp-linux-arm64",
    "semver",
    "sharp",
  ]);
  assert.deepEqual(keptPackages(LOCK, ["sharp"], "x64")[0], {
    name: "@img/sharp-libvips-linux-x64",
    version: "5.0.0",
    integrity: "sha512-of-5.0.0",
  });
});

Deno.test("keptPackages() refuses a package that is absent or there in two versions", () => {
  assert.throws(() => keptPackages(LOCK, ["heron"], "x64"), /heron .*: it is not there/);
  const twice = {
    packages: {
      ...LOCK.packages,
      "node_modules/zod/node_modules/semver": locked("1.9.0"),
    },
  };
  assert.throws(() => keptPackages(twice, ["sharp"], "x64"), /semver .* there twice/);
});
