import assert from "node:assert/strict";
import { Fault } from "../../base/fault.ts";
import { frameBytes } from "./frame.ts";
import { FrameRingReader, FrameRingWriter, ringBytes } from "./frame_ring.ts";

const FORMAT = { width: 33, height: 17 };
const BYTES = frameBytes(FORMAT);

class Folder implements Disposable {
  readonly path = Deno.makeTempDirSync({ dir: "/dev/shm", prefix: "ring-test-" });
  readonly ring = `${this.path}/frames.ring`;
  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

function stampOf(sequence: number) {
  return {
    ptsUs: sequence * 100_000 - 5,
    arrivalMs: sequence * 100.25,
    utcMs: 1.7e12 + sequence,
    doubtful: sequence % 2 === 0,
  };
}

Deno.test("a frame comes out of the ring as it went in, and the newest one", () => {
  using folder = new Folder();
  using writer = new FrameRingWriter(folder.ring, FORMAT, 4);
  using reader = new FrameRingReader(folder.ring);
  assert.deepEqual(reader.format, FORMAT);
  const into = new Uint8Array(BYTES);
  assert.equal(reader.readNewest(0, into), undefined);
  for (let sequence = 1; sequence <= 11; sequence++) {
    const pixels = new Uint8Array(BYTES).fill(sequence);
    assert.equal(writer.write(pixels, stampOf(sequence)), sequence);
    if (sequence % 3 !== 0) continue;
    const read = reader.readNewest(0, into);
    assert.deepEqual(read, { sequence, stamp: stampOf(sequence) });
    assert.deepEqual(into, pixels);
    assert.equal(reader.readNewest(sequence, into), undefined, "nothing newer");
  }
  assert.equal(Deno.statSync(folder.ring).size, ringBytes(FORMAT, 4));
  assert.equal(Deno.statSync(folder.ring).mode! & 0o777, 0o600);
});

Deno.test("frames that are owed are read one by one, in order, while they are held", () => {
  using folder = new Folder();
  using writer = new FrameRingWriter(folder.ring, FORMAT, 4);
  using reader = new FrameRingReader(folder.ring);
  const into = new Uint8Array(BYTES);
  const roles = [undefined, "glance", "owed", "owed", "owed", undefined] as const;
  const write = (from: number, to: number) => {
    for (let sequence = from; sequence <= to; sequence++) {
      const role = roles[sequence - 1];
      const stamp = { ...stampOf(sequence), ...(role ? { role } : {}) };
      writer.write(new Uint8Array(BYTES).fill(sequence), stamp);
    }
  };
  write(1, 2);
  assert.equal(reader.readNext(0, into)?.stamp.role, "glance", "the newest");
  write(3, 5);
  const read = (after: number) => reader.readNext(after, into)?.sequence;
  assert.deepEqual([read(2), read(3), read(4), read(5)], [3, 4, 5, undefined]);
  assert.deepEqual([reader.hasAfter(4), reader.hasAfter(5)], [true, false]);
  write(6, 6);
  assert.equal(read(2), 4, "what is about to be overwritten is not waited for");
  assert.equal(read(5), 6);
});

Deno.test("a ring is gone when its writer is disposed", () => {
  using folder = new Folder();
  new FrameRingWriter(folder.ring, FORMAT, 2)[Symbol.dispose]();
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("a reader gives no frame whose slot is being written", () => {
  using folder = new Folder();
  using writer = new FrameRingWriter(folder.ring, FORMAT, 2);
  using reader = new FrameRingReader(folder.ring);
  const into = new Uint8Array(BYTES);
  for (let sequence = 1; sequence <= 3; sequence++) {
    writer.write(new Uint8Array(BYTES).fill(sequence), stampOf(sequence));
  }
  // Sequence 5 has begun in the slot of 3, which is still the newest whole one.
  using file = Deno.openSync(folder.ring, { write: true });
  file.seekSync(4096 + ringBytes(FORMAT, 1) - 4096, Deno.SeekMode.Start);
  const begin = new DataView(new ArrayBuffer(8));
  begin.setBigUint64(0, 5n, true);
  file.writeSync(new Uint8Array(begin.buffer));
  assert.equal(reader.readNewest(0, into), undefined);
});

Deno.test("a reader in another process sees only whole frames while the writer runs", async () => {
  using folder = new Folder();
  const format = { width: 640, height: 360 };
  using writer = new FrameRingWriter(folder.ring, format, 2);
  const ring = new URL("./frame_ring.ts", import.meta.url).href;
  const script = `
    import { FrameRingReader } from "${ring}";
    const reader = new FrameRingReader("${folder.ring}");
    const into = new Uint8Array(${frameBytes(format)});
    let last = 0, seen = 0, torn = 0;
    console.log("ready");
    const giveUpMs = performance.now() + 60_000;
    while (seen < 100 && performance.now() < giveUpMs) {
      const read = reader.readNewest(last, into);
      if (!read) continue;
      if (read.sequence <= last) throw new Error("sequence fell");
      last = read.sequence;
      seen++;
      const value = read.sequence & 255;
      if (read.stamp.ptsUs !== read.sequence || into.some((byte) => byte !== value)) torn++;
    }
    console.log(JSON.stringify({ seen, torn }));`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await lines.read()).value, "ready\n");
  const pixels = new Uint8Array(frameBytes(format));
  let isOver = false;
  const result = lines.read().finally(() => isOver = true);
  for (let sequence = 1; !isOver; sequence++) {
    pixels.fill(sequence & 255);
    writer.write(pixels, { ptsUs: sequence, arrivalMs: 0, utcMs: 0, doubtful: false });
    if (sequence % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  const { seen, torn } = JSON.parse((await result).value!);
  assert.equal((await child.status).code, 0);
  await lines.cancel();
  assert.equal(seen, 100);
  assert.equal(torn, 0);
});

Deno.test("a path that is taken, even by a link, is refused", () => {
  using folder = new Folder();
  Deno.symlinkSync("/tmp/nonesuch-ring", folder.ring);
  assert.throws(
    () => new FrameRingWriter(folder.ring, FORMAT, 2),
    /Cannot create the frame ring/,
  );
  assert.throws(() => Deno.statSync("/tmp/nonesuch-ring"), Deno.errors.NotFound);
});

Deno.test("a reader refuses what is no ring, and a ring that was cut", () => {
  using folder = new Folder();
  assert.throws(() => new FrameRingReader(folder.ring), /Cannot open the frame ring/);
  Deno.writeFileSync(folder.ring, new Uint8Array(100));
  assert.throws(() => new FrameRingReader(folder.ring), /it is too short/);
  Deno.writeFileSync(folder.ring, new Uint8Array(10_000));
  assert.throws(() => new FrameRingReader(folder.ring), /no ring of this version/);
  Deno.removeSync(folder.ring);
  using _writer = new FrameRingWriter(folder.ring, FORMAT, 4);
  Deno.truncateSync(folder.ring, ringBytes(FORMAT, 3));
  assert.throws(() => new FrameRingReader(folder.ring), /sizes do not fit/);
});

Deno.test({
  name: "a full tmpfs is a fault at creation that tells what is needed and free",
  ignore: Deno.uid() !== 0,
  async fn() {
    using folder = new Folder();
    const mount = await new Deno.Command("mount", {
      args: ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path],
    }).output();
    assert.ok(mount.success, "a small tmpfs can be mounted");
    try {
      const format = { width: 640, height: 360 };
      assert.throws(() => new FrameRingWriter(folder.ring, format, 8), (thrown) => {
        assert.ok(thrown instanceof Fault);
        assert.equal(thrown.kind, "unavailable");
        assert.match(
          thrown.message,
          /Cannot reserve 2\.8 MB for frames in .*: 1\.0 MB free/,
        );
        assert.match(thrown.hint!, /remount/);
        return true;
      });
      assert.deepEqual([...Deno.readDirSync(folder.path)], [], "nothing is left");
      new FrameRingWriter(folder.ring, format, 2)[Symbol.dispose]();
    } finally {
      await new Deno.Command("umount", { args: [folder.path] }).output();
    }
  },
});
