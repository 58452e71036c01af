import assert from "node:assert/strict";
import type { FindingLevel } from "./check.ts";
import { judgePort, type OurProgram, type PortFound } from "./ports.ts";

const PAGE = { door: "the page", setting: "server.port", port: 8766 };
const NONE = { isThere: false, pid: undefined };
const SILENT = { isThere: true, pid: undefined };
const TAKEN = { kind: "taken", pid: 7, holder: "node (pid 7)" } as const;

function check(
  found: PortFound,
  ours: OurProgram,
  expected: { readonly level: FindingLevel; readonly said: RegExp },
): void {
  const finding = judgePort(PAGE, found, ours);
  assert.equal(finding.level, expected.level, finding.words);
  assert.match(`${finding.words} -> ${finding.toDo}`, expected.said);
}

Deno.test("judgePort() tells a free port, our own, and who has it else", () => {
  check({ kind: "free" }, NONE, {
    level: "good",
    said: /8766 is free for the page/,
  });
  check(TAKEN, { isThere: true, pid: 7 }, {
    level: "good",
    said: /is open for the page/,
  });
  const other = {
    level: "broken",
    said: /taken by node \(pid 7\) -> sudo ss -ltnp/,
  } as const;
  check(TAKEN, NONE, other);
  check(TAKEN, { isThere: true, pid: 8 }, other);
  const unseen = { ...TAKEN, pid: undefined, holder: "another user's program" };
  check(unseen, { isThere: true, pid: 8 }, {
    level: "note",
    said: /another user's program; whether that is StreamWare is not known here/,
  });
  check(unseen, NONE, { level: "broken", said: /another user's program -> / });
  const refused = { kind: "refused", words: "Permission denied" } as const;
  check(refused, NONE, { level: "broken", said: /above 1023/ });
});

Deno.test("judgePort() accuses nobody while the program that is there may not be asked", () => {
  const unknown = {
    level: "note",
    said: /not known here -> sudo ss -ltnp '[^']*'$/,
  } as const;
  check(TAKEN, SILENT, unknown);
  check({ ...TAKEN, pid: undefined, holder: "another user's program" }, SILENT, unknown);
});

Deno.test("judgePort() has nothing to say of a port that is off", () => {
  const off = judgePort({ ...PAGE, port: -1 }, { kind: "free" }, NONE);
  assert.match(off.words, /the page: off/);
  const any = judgePort({ ...PAGE, port: 0 }, { kind: "free" }, NONE);
  assert.match(any.words, /any port that is free/);
});
