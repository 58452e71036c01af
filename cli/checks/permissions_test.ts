import assert from "node:assert/strict";
import { judgePlaces, type PlacesFound, uidOf } from "./permissions.ts";

const FOLDER = "/var/lib/streamware";
const FOUND: PlacesFound = {
  state: { path: FOLDER, mode: 0o750, uid: 990 },
  kept: [
    { path: `${FOLDER}/password`, mode: 0o600, uid: 990 },
    { path: `${FOLDER}/tls/certificate.pem`, mode: 0o644, uid: 990 },
  ],
  socket: { path: "/run/streamware/control.sock", mode: 0o660, uid: 990 },
  ownerWanted: 990,
};

/** What is found, each as "level: words -> what to do". */
function findings(changes: Partial<PlacesFound>): readonly string[] {
  return judgePlaces({ ...FOUND, ...changes }).map(({ level, words, toDo }) =>
    `${level}: ${words} -> ${toDo}`
  );
}

Deno.test("judgePlaces() says what it looked at, and that there was nothing", () => {
  const [good] = findings({});
  assert.match(
    good!,
    /^good: .*: streamware, password, .*, control socket in \/var\/lib/,
  );
  const nothing = { state: undefined, kept: [], socket: undefined };
  assert.match(findings(nothing)[0]!, /^note: nothing to look at/);
});

Deno.test("judgePlaces() finds a state folder that is open, or another's", () => {
  const open = findings({ state: { path: FOLDER, mode: 0o755, uid: 990 } });
  assert.match(open[0]!, /^warning: .* -> sudo chmod 750 \/var\/lib\/streamware$/);
  const others = findings({ state: { path: FOLDER, mode: 0o750, uid: 0 } });
  assert.match(others[0]!, /^broken: .* -> sudo streamware service install$/);
});

Deno.test("judgePlaces() finds files that root made and the service has to read", () => {
  for (
    const name of ["password", "session.key", "tls/key.pem", "last_good.yaml", "tls"]
  ) {
    const kept = [{ path: `${FOLDER}/${name}`, mode: 0o600, uid: 0 }];
    const [found, ...more] = findings({ kept });
    assert.match(found!, /^broken: .* uid 0, .* uid 990 -> sudo streamware service inst/);
    assert.deepEqual(more, []);
    // A user's own program reads what the owner of the folder may.
    assert.match(findings({ kept, ownerWanted: undefined })[0]!, /^broken: /);
  }
});

Deno.test("judgePlaces() finds secrets that others can read", () => {
  const kept = [{ path: `${FOLDER}/password`, mode: 0o644, uid: 990 }];
  assert.match(findings({ kept })[0]!, /^warning: .*\/password .* -> sudo chmod 600 /);
});

Deno.test("judgePlaces() finds a socket that everybody may ask", () => {
  const socket = { path: "/run/streamware/control.sock", mode: 0o666, uid: 0 };
  assert.match(findings({ socket })[0]!, /^warning: /);
});

Deno.test("uidOf() finds the service's user", () => {
  assert.equal(uidOf("root:x:0:0::/:\nstreamware:x:990:990::/:\n"), 990);
  assert.equal(uidOf("root:x:0:0::/:\n"), undefined);
});
