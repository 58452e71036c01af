/**
 * The one file that users get, on a PC: that it runs where nothing of this checkout is,
 * and that anybody who builds it gets the same. For ARM boards: binary_arm64_test.ts.
 */
import assert from "node:assert/strict";
import { checkoutFiles, ROOT } from "../house/checkout.ts";
import { builtBinary, canBuildBinary, placeBinary } from "../support/binary.ts";
import { smoke } from "../support/binary_smoke.ts";
import { TestFolder } from "../support/clips.ts";
import { LiveClient } from "../support/live_client.ts";
import { watch } from "../support/watching.ts";

const ignore = !await canBuildBinary();

Deno.test({
  name: "the file for x64 does what the checkout does",
  ignore,
  fn: ({ step }) => smoke("x64", step, { startMs: 20_000, stopMs: 2_000 }),
});

Deno.test({
  name: "scripts/build gives the same bytes wherever the checkout lies",
  ignore,
  async fn() {
    const first = await builtBinary("x64");
    using elsewhere = Elsewhere.copy();
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "scripts/binary/main.ts", "--target", "x64"],
      cwd: elsewhere.checkout,
      env: { TZ: "Asia/Tokyo", LC_ALL: "C" },
      stdout: "null",
      stderr: "piped",
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const dist = `${elsewhere.checkout}/dist`;
    const names = [...Deno.readDirSync(dist)].map(({ name }) => name).sort();
    assert.deepEqual(names, ["LICENSES.txt", "SHA256SUMS", "streamware-linux-x64"]);
    for (const name of names) {
      assert.equal(sumOf(`${dist}/${name}`), sumOf(first.replace(/[^/]+$/, name)), name);
    }
  },
});

Deno.test({
  name: "the file says why it cannot unpack what pictures need",
  ignore,
  async fn() {
    using folder = new TestFolder();
    const { command, env } = await placeBinary("x64", folder);
    const place = { command, env: { ...env, TMPDIR: "/dev/null" } };
    await using watching = await watch("scene:street", ["--width", "160"], place);
    await using live = new LiveClient(watching.socket);
    await live.moreFrames(1);
    const answer = await fetch(new URL("still/main.jpg", watching.page));
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /its 19 MB cannot be written to \/dev\/null/);
    await live.moreFrames(1);
    assert.deepEqual(live.alerts, ["pictures.failing"]);
  },
});

/** A second checkout of the same sources, in a folder beside the built files. */
class Elsewhere implements Disposable {
  readonly #folder: string;
  readonly checkout: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.checkout = `${folder}/another/checkout`;
  }

  static copy(): Elsewhere {
    const folder = Deno.makeTempDirSync({ dir: `${ROOT}.toolchain`, prefix: "copy-" });
    const copy = new Elsewhere(folder);
    Deno.mkdirSync(`${copy.checkout}/.toolchain`, { recursive: true });
    Deno.symlinkSync(`${ROOT}../shared`, `${folder}/another/shared`);
    const made = ["node_modules", "server/viewer/dist", "classes/dist"];
    run(["cp", "--archive", "--link", "--parents", ...made, copy.checkout]);
    run(["cp", "--parents", ...checkoutFiles(), copy.checkout]);
    return copy;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }
}

function run([command, ...args]: readonly [string, ...string[]]): void {
  const { success } = new Deno.Command(command, { args, cwd: ROOT }).outputSync();
  assert.ok(success, `${command} ${args[0]}`);
}

function sumOf(path: string): string {
  const { stdout } = new Deno.Command("sha256sum", { args: [path] }).outputSync();
  return new TextDecoder().decode(stdout).slice(0, 64);
}
