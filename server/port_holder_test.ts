import assert from "node:assert/strict";
import { findPortHolder, holderWords, listeningInodes } from "./port_holder.ts";

const TABLE =
  `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0100007F:223D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5001 1
   1: 0100007F:223D 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 5002 1
   2: 00000000:223E 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5003 1
`;

Deno.test("listeningInodes() finds listeners on the port, not connections", () => {
  assert.deepEqual(listeningInodes(TABLE, 8765), ["5001"]);
  assert.deepEqual(listeningInodes(TABLE, 8766), ["5003"]);
  assert.deepEqual(listeningInodes(TABLE, 1), []);
  assert.deepEqual(listeningInodes("", 8765), []);
});

Deno.test("findPortHolder() names this process for a port that it listens on", () => {
  for (const hostname of ["127.0.0.1", "::1"]) {
    using listener = Deno.listen({ hostname, port: 0 });
    const holder = findPortHolder(listener.addr.port);
    assert.equal(holder?.pid, Deno.pid);
    assert.match(holderWords(holder), new RegExp(`^\\S+ \\(pid ${Deno.pid}\\)$`));
  }
});

Deno.test("findPortHolder() knows nobody for a free port", () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = listener.addr.port;
  listener.close();
  assert.equal(findPortHolder(port), undefined);
});
