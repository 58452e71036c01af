import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { eventually, isAlive } from "../tests/support/program.ts";
import { Fault } from "./fault.ts";
import { Secret } from "./secret.ts";
import {
  findProgram,
  runForBytes,
  runProgram,
  startChild,
  withoutSecrets,
} from "./subprocess.ts";

const LIMITS = { timeoutMs: 60_000, outputBytesMax: 100_000 };

Deno.test("runProgram() gives output, standard error and code", async () => {
  const script = "cat; echo out; echo one >&2; echo two >&2; exit 3";
  const input = new TextEncoder().encode("in\n");
  const result = await runProgram(["sh", "-c", script], { ...LIMITS, input });
  assert.deepEqual(result, {
    code: 3,
    signal: null,
    stdout: "in\nout\n",
    stderr: ["one", "two"],
  });
});

Deno.test("runProgram() ends a program that takes too long or prints too much", async () => {
  await assert.rejects(
    runProgram(["sleep", "60"], { ...LIMITS, timeoutMs: 50 }),
    /Cannot finish sleep: not done after 0.05 s/,
  );
  await assert.rejects(
    runProgram(["cat", "/dev/zero"], LIMITS),
    /Cannot finish cat: it printed more than 100000 bytes/,
  );
});

Deno.test("startChild() says how to install what is missing", async () => {
  const start = startChild({ program: "ffmpog", args: [], stdin: "none", outputs: [] });
  await assert.rejects(start, (thrown) => {
    assert.ok(thrown instanceof Fault);
    assert.equal(thrown.kind, "unavailable");
    assert.match(thrown.message, /Cannot start ffmpog: it is not installed/);
    return true;
  });
  assert.throws(() => findProgram("ffmpeg", "/nonesuch"), (thrown) => {
    return thrown instanceof Fault && thrown.hint === "sudo apt-get install -y ffmpeg";
  });
});

Deno.test("startChild() gives a failure as an exit, not as an uncaught error", async () => {
  using folder = new Folder();
  const path = `${folder.path}/broken`;
  Deno.writeTextFileSync(path, "#!/nonesuch/interpreter\n", { mode: 0o755 });
  await using child = await startChild({
    program: path,
    args: [],
    stdin: "pipe",
    outputs: [1],
  });
  child.input.write(new Uint8Array(200_000));
  const { code } = await child.exited;
  assert.notEqual(code, 0);
  child.input.write(new Uint8Array(200_000));
  child.kill("SIGKILL");
});

Deno.test("runForBytes() gives bytes that are no text as they are", async () => {
  const input = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
  const { stdout } = await runForBytes(["cat"], { ...LIMITS, input });
  assert.deepEqual(stdout, input);
});

Deno.test("runProgram() does not wait for what a stopped program left running", async () => {
  using folder = new Folder();
  const pidFile = `${folder.path}/pid`;
  const begin = performance.now();
  await assert.rejects(
    runProgram(["sh", "-c", "sleep 60 & wait"], {
      ...LIMITS,
      timeoutMs: 200,
      group: true,
    }),
    /Cannot finish sh: not done after 0.2 s/,
  );
  const left = `setsid sh -c 'echo $$ >${pidFile}; exec sleep 60' & wait`;
  const stop = new AbortController();
  const stopped = assert.rejects(
    runProgram(["sh", "-c", left], { ...LIMITS, signal: stop.signal }),
    /Cannot finish sh/,
  );
  const pid = () => existsSync(pidFile) ? Number(Deno.readTextFileSync(pidFile)) : 0;
  await eventually("it has begun", () => pid() > 0);
  stop.abort();
  await stopped;
  assert.ok(performance.now() - begin < 30_000, "each would have held it for a minute");
  Deno.kill(pid(), "SIGKILL");
});

Deno.test("a child that leads a group takes what it started along", async () => {
  for (const end of ["dispose", "exit"] as const) {
    const offspring = Promise.withResolvers<number>();
    const last = end === "dispose" ? "wait" : "exit 3";
    const child = await startChild({
      program: "sh",
      args: ["-c", `sleep 60 & echo $! >&2; ${last}`],
      stdin: "none",
      outputs: [],
      group: true,
      onStderrLine: (line) => offspring.resolve(Number(line)),
    });
    const pid = await offspring.promise;
    if (end === "exit") assert.equal((await child.exited).code, 3);
    await child[Symbol.asyncDispose]();
    await eventually(`${end}: ${pid} is gone`, () => !isAlive(pid));
  }
});

Deno.test("runProgram() ends a program when its signal says so", async () => {
  for (const stopMs of [0, 50]) {
    const signal = AbortSignal.timeout(stopMs);
    await assert.rejects(
      runProgram(["sleep", "60"], { ...LIMITS, timeoutMs: 30_000, signal }),
      /Cannot finish sleep: it was stopped/,
    );
  }
});

Deno.test("startChild() reads several outputs and stops reading when paused", async () => {
  const script = "echo three >&3; exec cat /dev/zero";
  await using child = await startChild({
    program: "sh",
    args: ["-c", script],
    stdin: "none",
    outputs: [1, 3],
  });
  const third = Promise.withResolvers<string>();
  child.output(3).onBytes((bytes) => third.resolve(new TextDecoder().decode(bytes)));
  let size = 0;
  const paused = Promise.withResolvers<void>();
  child.output(1).onBytes((bytes) => {
    size += bytes.length;
    child.output(1).pause();
    paused.resolve();
  });
  assert.equal(await third.promise, "three\n");
  await paused.promise;
  const before = size;
  // A round trip through another program is time enough for bytes to come.
  await runProgram(["true"], LIMITS);
  assert.ok(size - before <= 1 << 17, `${size - before} bytes after the pause`);
});

Deno.test("a child that ignores TERM is killed after its grace and reaped", async () => {
  const child = await startChild({
    program: "sh",
    args: ["-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"],
    stdin: "none",
    outputs: [1],
  });
  await new Promise<void>((resolve) => child.output(1).onBytes(() => resolve()));
  const begin = performance.now();
  await child[Symbol.asyncDispose]();
  const tookMs = performance.now() - begin;
  assert.ok(tookMs > 900, `${tookMs} ms`);
  assert.ok(!isAlive(child.pid));
  const { code, signal } = await child.exited;
  assert.ok(signal === "SIGKILL" || code === 137, `${signal} ${code}`);
  await child[Symbol.asyncDispose]();
});

for (const group of [false, true]) {
  const what = group ? "a child that leads a group" : "a child";
  Deno.test(`${what} is killed by the kernel when its starter is killed`, async () => {
    const subprocess = new URL("./subprocess.ts", import.meta.url).href;
    const script = `import { startChild } from "${subprocess}";
    const child = await startChild({ program: "sleep", args: ["60"], stdin: "none", outputs: [], group: ${group} });
    console.log(child.pid);`;
    const starter = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", script],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = starter.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const pid = Number((await reader.read()).value);
    assert.ok(isAlive(pid));
    starter.kill("SIGKILL");
    await starter.status;
    await reader.cancel();
    await eventually(`${pid} is gone`, () => !isAlive(pid));
  });
}

Deno.test("standard error comes as bounded lines without secrets", async () => {
  const lines: string[] = [];
  const long = "x".repeat(3_000);
  const script = `printf 'rtsp://u:geheim@h/x: geheim\\n${long}\\nno end'>&2`;
  await using child = await startChild({
    program: "sh",
    args: ["-c", script],
    stdin: "none",
    outputs: [],
    secrets: [new Secret("geheim")],
    onStderrLine: (line) => lines.push(line),
  });
  await child.stderrEnded;
  assert.deepEqual(lines, ["rtsp://***@h/x: ***", "x".repeat(500), "no end"]);
});

Deno.test("withoutSecrets() leaves a text readable that holds a letter of a short secret", () => {
  const text = withoutSecrets("error in rtsp://me:e@h/", [new Secret("e")]);
  assert.equal(text, "error in rtsp://***@h/");
});

class Folder implements Disposable {
  readonly path = Deno.makeTempDirSync();
  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Starts and ends children that are read from, and says what the engine holds then. */
const MANY_CHILDREN = `
  import { startChild } from "${new URL("subprocess.ts", import.meta.url)}";
  const one = async () => {
    await using child = await startChild({
      program: "sh",
      args: ["-c", "head -c 100000 /dev/zero; echo err >&2; echo x >&3; sleep 0.02"],
      stdin: "pipe",
      outputs: [1, 3],
    });
    child.output(1).onBytes(() => {});
    child.output(3).onBytes(() => {});
    child.input.close();
    await child.exited;
    await child.stderrEnded;
  };
  const held = async (children) => {
    for (let n = 0; n < children; n += 4) await Promise.all([one(), one(), one(), one()]);
    // What is let go of, goes when its turn comes; what leaks is still there after them.
    let least = Infinity;
    for (let look = 0; look < 5; look++) {
      await new Promise((turn) => setTimeout(turn, 50));
      gc();
      least = Math.min(least, Deno.memoryUsage().heapUsed);
    }
    return least;
  };
  await held(60);
  const before = await held(60);
  console.log(Math.round((await held(120) - before) / 120));
`;

Deno.test("children that are gone leave nothing in memory, though they were being read", async () => {
  const config = new URL("../deno.json", import.meta.url).pathname;
  const flags = ["--no-check", "--config", config, "--v8-flags=--expose-gc"];
  const program = [Deno.execPath(), "run", "--allow-all", ...flags, "--ext=ts", "-"];
  const { code, stdout, stderr } = await runProgram(program, {
    ...{ timeoutMs: 60_000, outputBytesMax: 10_000 },
    input: new TextEncoder().encode(MANY_CHILDREN),
  });
  assert.equal(code, 0, stderr.join("\n"));
  const bytesEach = Number(stdout.trim());
  // 7 to 9 kB with pipes that are closed while they are read.
  assert.ok(bytesEach < 3_000, `${bytesEach} bytes a child`);
});

Deno.test("children that die with much still to read end nobody else", async () => {
  for (let round = 0; round < 8; round++) {
    await using child = await startChild({
      program: "sleep",
      args: ["60"],
      stdin: "pipe",
      outputs: [1],
    });
    for (let part = 0; part < 20; part++) child.input.write(new Uint8Array(50_000));
    assert.ok(child.input.waitingBytes > 500_000, `${child.input.waitingBytes}`);
    child.kill("SIGKILL");
    await child.exited;
  }
});

Deno.test("an expendable child is ended before us when memory is gone, others are not", async () => {
  const scoreOf = async (expendable: boolean) => {
    const options = {
      program: "sleep",
      args: ["60"],
      stdin: "none",
      outputs: [],
    } as const;
    await using child = await startChild({ ...options, nice: true, expendable });
    return Deno.readTextFileSync(`/proc/${child.pid}/oom_score_adj`).trim();
  };
  const own = Deno.readTextFileSync("/proc/self/oom_score_adj").trim();
  assert.deepEqual([await scoreOf(true), await scoreOf(false)], ["500", own]);
});
