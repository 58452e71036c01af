import assert from "node:assert/strict";
import { type InstanceFolder, openInstanceFolder } from "./instance_folder.ts";

class Place implements Disposable {
  readonly root = Deno.makeTempDirSync({ prefix: "instance-test-" });
  readonly parent = `${this.root}/streamware`;
  names(): string[] {
    return [...Deno.readDirSync(this.parent)].map(({ name }) => name).sort();
  }
  open(instance = "run-1"): Promise<InstanceFolder> {
    return openInstanceFolder({ parent: this.parent, instance });
  }
  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

function modeOf(path: string): number {
  return Deno.statSync(path).mode! & 0o7777;
}

Deno.test("openInstanceFolder() makes a shared parent and a private folder, gone at the end", async () => {
  using place = new Place();
  const folder = await place.open();
  assert.equal(modeOf(place.parent), 0o1777);
  assert.equal(modeOf(folder.path), 0o700);
  const camera = folder.cameraFolder("gate");
  assert.equal(modeOf(camera), 0o700);
  Deno.writeTextFileSync(`${camera}/frames.ring`, "x");
  await folder[Symbol.asyncDispose]();
  assert.deepEqual(place.names(), []);
  await folder[Symbol.asyncDispose]();
});

Deno.test("openInstanceFolder() sweeps what a killed program left, never one that runs", async () => {
  using place = new Place();
  const module = new URL("./instance_folder.ts", import.meta.url).href;
  const script = `import { openInstanceFolder } from "${module}";
    const options = { parent: "${place.parent}", instance: Deno.args[0] };
    const folder = await openInstanceFolder(options);
    folder.cameraFolder("gate");
    console.log(folder.path);
    setInterval(() => {}, 1000);`;
  const program = `${place.root}/program.ts`;
  Deno.writeTextFileSync(program, script);
  const start = async (name: string) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", program, name],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const path = (await reader.read()).value?.trim();
    await reader.cancel();
    return { child, path };
  };
  // One after the other: a start that sweeps may cost another its first name.
  const killed = await start("killed");
  const running = await start("running");
  killed.child.kill("SIGKILL");
  await killed.child.status;
  assert.deepEqual(place.names(), ["killed", "running"]);
  {
    await using ours = await place.open("ours");
    assert.deepEqual(place.names(), ["ours", "running"]);
    // The same name again, as from a container with the same pid.
    await using second = await place.open("ours");
    assert.equal(second.path, `${ours.path}-2`);
  }
  assert.deepEqual(place.names(), ["running"]);
  running.child.kill("SIGKILL");
  await running.child.status;
});

Deno.test("programs that start at the same moment all get a folder of their own", async () => {
  using place = new Place();
  const folders = await Promise.all(
    Array.from({ length: 20 }, () => place.open("same")),
  );
  assert.equal(new Set(folders.map(({ path }) => path)).size, 20);
  for (const { path } of folders) assert.ok(Deno.statSync(`${path}/lock`).isFile);
  await Promise.all(folders.map((folder) => folder[Symbol.asyncDispose]()));
  assert.deepEqual(place.names(), []);
});

Deno.test("openInstanceFolder() refuses a parent that is a link, a file or open to all", async () => {
  using place = new Place();
  Deno.mkdirSync(`${place.root}/elsewhere`);
  Deno.symlinkSync(`${place.root}/elsewhere`, place.parent);
  await assert.rejects(place.open(), /Cannot keep frames in .*: it is a symbolic link/);
  assert.deepEqual([...Deno.readDirSync(`${place.root}/elsewhere`)], []);
  Deno.removeSync(place.parent);

  Deno.writeTextFileSync(place.parent, "");
  await assert.rejects(place.open(), /it is not a folder/);
  Deno.removeSync(place.parent);

  Deno.mkdirSync(place.parent);
  Deno.chmodSync(place.parent, 0o777);
  await assert.rejects(place.open(), /others may remove what is in it/);
});

Deno.test("openInstanceFolder() leaves links, files and odd names in the parent alone", async () => {
  using place = new Place();
  await using _first = await place.open();
  const target = `${place.root}/target`;
  Deno.mkdirSync(target, { mode: 0o700 });
  Deno.writeTextFileSync(`${target}/precious`, "x");
  Deno.symlinkSync(target, `${place.parent}/link`);
  Deno.writeTextFileSync(`${place.parent}/file`, "x");
  Deno.mkdirSync(`${place.parent}/Not Ours`, { mode: 0o700 });
  Deno.mkdirSync(`${place.parent}/dead`, { mode: 0o700 });
  Deno.symlinkSync(`${target}/precious`, `${place.parent}/dead/inner`);
  await using _second = await place.open("run-2");
  assert.deepEqual(place.names(), ["Not Ours", "file", "link", "run-1", "run-2"]);
  assert.equal(Deno.readTextFileSync(`${target}/precious`), "x");
});

Deno.test("openInstanceFolder() takes the next name when its own is taken by a link", async () => {
  using place = new Place();
  await using _first = await place.open("other");
  Deno.symlinkSync(place.root, `${place.parent}/run-1`);
  await using folder = await place.open();
  assert.equal(folder.path, `${place.parent}/run-1-2`);
});

Deno.test({
  name:
    "openInstanceFolder() goes beside another user's parent and sweeps no one else's folder",
  ignore: Deno.uid() !== 0,
  async fn() {
    using place = new Place();
    await using _first = await place.open();
    const foreign = `${place.parent}/foreign`;
    Deno.mkdirSync(foreign, { mode: 0o700 });
    Deno.chownSync(foreign, 65_534, 65_534);
    await using _second = await place.open("run-2");
    assert.deepEqual(place.names(), ["foreign", "run-1", "run-2"]);
    Deno.chownSync(place.parent, 65_534, 65_534);
    await using third = await place.open("run-3");
    assert.equal(third.path, `${place.parent}-0/run-3`);
    assert.deepEqual(place.names(), ["foreign", "run-1", "run-2"]);
    Deno.chownSync(`${place.parent}-0`, 65_534, 65_534);
    await assert.rejects(place.open("run-4"), /it belongs to another user \(65534\)/);
  },
});

Deno.test("names that would leave the folder are refused", async () => {
  using place = new Place();
  await assert.rejects(place.open("../x"), /Cannot name a folder "\.\.\/x"/);
  await using folder = await place.open();
  assert.throws(() => folder.cameraFolder("a/b"), /Cannot name a folder/);
});
