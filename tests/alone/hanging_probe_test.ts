/** Changes PATH, which all tests of a process share. */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { missingDecoders, probeFile } from "../../capture/probe.ts";

/** Puts a program in front of all others that says its process id and hangs. */
function hangingProgram(folder: TestFolder, name: string) {
  const told = folder.file("pid");
  const script = `#!/bin/sh\necho $$ > ${told}\nexec sleep 60\n`;
  Deno.writeTextFileSync(folder.file(name), script, { mode: 0o755 });
  const path = Deno.env.get("PATH")!;
  Deno.env.set("PATH", `${folder.path}:${path}`);
  return {
    pid: () => Number(Deno.readTextFileSync(told)),
    [Symbol.dispose]: () => Deno.env.set("PATH", path),
  };
}

const QUESTIONS = {
  ffprobe: () => probeFile("/dev/null", 300),
  ffmpeg: () => missingDecoders(300),
};

for (const [name, ask] of Object.entries(QUESTIONS)) {
  Deno.test(`a question to a hanging ${name} ends at its deadline, and the program too`, async () => {
    using folder = new TestFolder();
    using program = hangingProgram(folder, name);
    await assert.rejects(ask(), /not done after 0.3 s/);
    assert.throws(() => Deno.kill(program.pid(), "SIGCONT"), "it is gone and reaped");
  });
}
