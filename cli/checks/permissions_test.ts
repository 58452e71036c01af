import assert from "node:assert/strict";
import { judgeSocket, judgeStateFolder, uidOf } from "./permissions.ts";

Deno.test("judgeStateFolder() finds a folder that is open, or another's", () => {
  const found = { path: "/var/lib/streamware", mode: 0o750, uid: 990, ownerWanted: 990 };
  assert.deepEqual(judgeStateFolder(found), []);
  const open = judgeStateFolder({ ...found, mode: 0o755 });
  assert.equal(open[0]?.toDo, "sudo chmod 750 /var/lib/streamware");
  const others = judgeStateFolder({ ...found, uid: 0 });
  assert.equal(others[0]?.toDo, "sudo chown -R streamware: /var/lib/streamware");
  assert.deepEqual(judgeStateFolder({ ...found, uid: 0, ownerWanted: undefined }), []);
});

Deno.test("judgeSocket() finds a socket that everybody may ask", () => {
  const found = { path: "/run/streamware/control.sock", mode: 0o660, uid: 0 };
  assert.deepEqual(judgeSocket(found), []);
  assert.equal(judgeSocket({ ...found, mode: 0o666 })[0]?.level, "warning");
});

Deno.test("uidOf() finds the service's user", () => {
  assert.equal(uidOf("root:x:0:0::/:\nstreamware:x:990:990::/:\n"), 990);
  assert.equal(uidOf("root:x:0:0::/:\n"), undefined);
});
