import assert from "node:assert/strict";
import type { FindingLevel } from "./check.ts";
import { judgePort, type PortFound } from "./ports.ts";

const PAGE = { door: "the page", setting: "server.port", port: 8766 };
const TAKEN = { kind: "taken", pid: 7, holder: "node (pid 7)" } as const;

function check(
  found: PortFound,
  ourPid: number | undefined,
  expected: { readonly level: FindingLevel; readonly said: RegExp },
): void {
  const finding = judgePort(PAGE, found, ourPid);
  assert.equal(finding.level, expected.level, finding.words);
  assert.match(`${finding.words} -> ${finding.toDo}`, expected.said);
}

Deno.test("judgePort() tells a free port, our own, and who has it else", () => {
  check({ kind: "free" }, undefined, {
    level: "good",
    said: /8766 is free for the page/,
  });
  check(TAKEN, 7, { level: "good", said: /is open for the page/ });
  const other = {
    level: "broken",
    said: /taken by node \(pid 7\) -> sudo ss -ltnp/,
  } as const;
  check(TAKEN, undefined, other);
  check(TAKEN, 8, other);
  const unseen = { ...TAKEN, pid: undefined, holder: "another user's program" };
  check(unseen, 8, { level: "note", said: /another user's program/ });
  const refused = { kind: "refused", words: "Permission denied" } as const;
  check(refused, undefined, { level: "broken", said: /above 1023/ });
});

Deno.test("judgePort() has nothing to say of a port that is off", () => {
  const off = judgePort({ ...PAGE, port: -1 }, { kind: "free" }, undefined);
  assert.match(off.words, /the page: off/);
  const any = judgePort({ ...PAGE, port: 0 }, { kind: "free" }, undefined);
  assert.match(any.words, /any port that is free/);
});
