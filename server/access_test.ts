import assert from "node:assert/strict";
import { type AccessRules, judgeAccess } from "./access.ts";

const BOX = ["127.0.0.1", "::1", "192.168.1.20", "fe80::1234%eth0", "2001:db8::5"];

/** On loopback only. */
const LOOPBACK: AccessRules = {
  boxAddresses: () => BOX,
  ...{ names: [], proxyNames: [], tls: false, samePort: false },
};
/** Beyond loopback, with a login. */
const NETWORK: AccessRules = {
  boxAddresses: () => BOX,
  names: ["shed", "shed.local", "cams.example"],
  ...{ proxyNames: [], tls: true, samePort: true },
};
/** On loopback with a login, behind a proxy that has a certificate. */
const PROXIED: AccessRules = {
  boxAddresses: () => BOX,
  names: [],
  ...{ proxyNames: ["Cams.Example."], tls: false, samePort: true },
};

interface Case {
  readonly host: string | null;
  readonly origin?: string;
  readonly acts?: boolean;
  readonly letIn: boolean;
}

function check(cases: readonly Case[], rules = LOOPBACK): void {
  for (const { host, origin = null, acts = false, letIn } of cases) {
    const access = judgeAccess({ host, origin, acts }, rules);
    assert.equal(access.kind === "let in", letIn, JSON.stringify({ host, origin }));
  }
}

Deno.test("judgeAccess() lets loopback and the box's own addresses in", () => {
  check([
    { host: "localhost", letIn: true },
    { host: "LOCALHOST:8766", letIn: true },
    { host: "127.0.0.1:8766", letIn: true },
    { host: "127.9.8.7", letIn: true },
    { host: "[::1]:8766", letIn: true },
    { host: "192.168.1.20:8766", letIn: true },
    { host: "[2001:db8::5]:8766", letIn: true },
    { host: "[2001:DB8:0::5]", letIn: true },
    { host: "[fe80::1234]", letIn: true },
  ]);
});

Deno.test("judgeAccess() turns a rebound name away, whatever it resolves to", () => {
  check([
    { host: "evil.example:8766", letIn: false },
    { host: "127.0.0.1.evil.example", letIn: false },
    { host: "localhost.evil.example", letIn: false },
    { host: "evil.example", origin: "http://evil.example", acts: true, letIn: false },
    { host: "192.168.1.21", letIn: false },
    { host: "0.0.0.0:8766", letIn: false },
    { host: "[::ffff:127.0.0.1]", letIn: false },
  ]);
});

Deno.test("judgeAccess() turns a missing or damaged Host away", () => {
  const hosts = [
    null,
    "",
    " ",
    "localhost@evil.example",
    "localhost, evil.example",
    "localhost/",
    "localhost:99999",
    "local host",
    "http://localhost",
    "[::1",
    "::1",
    "localhost:8766:1",
    "localhost#.evil.example",
  ];
  check(hosts.map((host) => ({ host, letIn: false })));
});

Deno.test("judgeAccess() wants a socket's Origin to have the Host's hostname", () => {
  const acts = true;
  check([
    { host: "localhost:8766", acts, letIn: true },
    { host: "localhost:8766", origin: "http://localhost:8766", acts, letIn: true },
    { host: "localhost:8765", origin: "http://localhost:8767", acts, letIn: true },
    { host: "localhost:8765", origin: "https://LOCALHOST", acts, letIn: true },
    { host: "[::1]:8765", origin: "http://[::1]:8766", acts, letIn: true },
    { host: "localhost:8766", origin: "http://127.0.0.1:8766", acts, letIn: false },
    { host: "localhost:8766", origin: "http://evil.example", acts, letIn: false },
    { host: "localhost:8766", origin: "null", acts, letIn: false },
    { host: "localhost:8766", origin: "file://", acts, letIn: false },
    { host: "localhost:8766", origin: "", acts, letIn: false },
    {
      host: "localhost:8766",
      origin: "http://localhost@evil.example",
      acts,
      letIn: false,
    },
    {
      host: "localhost:8766",
      origin: "http://localhost.evil.example",
      acts,
      letIn: false,
    },
  ]);
});

Deno.test("judgeAccess() does not ask an ordinary request for its Origin", () => {
  check([{ host: "localhost", origin: "http://evil.example", letIn: true }]);
});

Deno.test("judgeAccess() does not list interfaces for loopback", () => {
  const access = judgeAccess(
    { host: "localhost", origin: null, acts: false },
    { ...LOOPBACK, boxAddresses: () => assert.fail("listed") },
  );
  assert.equal(access.kind, "let in");
});

Deno.test("judgeAccess() says in words why somebody is refused", () => {
  const access = judgeAccess(
    { host: "evil.example", origin: null, acts: false },
    LOOPBACK,
  );
  assert.ok(access.kind === "refused" && access.words.includes("evil.example"));
});

Deno.test("judgeAccess() knows the box's names beyond loopback only", () => {
  const names = ["shed", "SHED:8766", "shed.local", "Shed.Local.", "cams.example:443"];
  check(names.map((host) => ({ host, letIn: true })), NETWORK);
  check(names.map((host) => ({ host, letIn: false })), LOOPBACK);
  const others = [
    "barn",
    "shed.evil.example",
    "evil.shed",
    "cams.example.evil",
    "shed..",
  ];
  check(others.map((host) => ({ host, letIn: false })), NETWORK);
});

Deno.test("judgeAccess() takes another port for another site where a cookie opens", () => {
  const acts = true;
  check([
    { host: "shed:8766", origin: "https://shed:8766", acts, letIn: true },
    { host: "SHED:8766", origin: "https://shed:8766", acts, letIn: true },
    { host: "shed", origin: "https://shed", acts, letIn: true },
    { host: "shed:443", origin: "https://shed", acts, letIn: true },
    {
      host: "[2001:db8::5]:8766",
      origin: "https://[2001:DB8::5]:8766",
      acts,
      letIn: true,
    },
    { host: "shed:8766", acts, letIn: true },
    { host: "shed:8766", origin: "https://shed:3000", acts, letIn: false },
    { host: "shed:8766", origin: "https://shed", acts, letIn: false },
    { host: "shed:8766", origin: "https://shed.local:8766", acts, letIn: false },
    { host: "shed:8766", origin: "https://evil.example", acts, letIn: false },
    { host: "shed:8766", origin: "null", acts, letIn: false },
    { host: "shed:8766", origin: "https://shed:8766:1", acts, letIn: false },
  ], NETWORK);
});

Deno.test("judgeAccess() takes a page that came without TLS for another site at the TLS port", () => {
  const acts = true;
  check([
    { host: "127.0.0.1:8766", origin: "https://127.0.0.1:8766", acts, letIn: true },
    { host: "127.0.0.1:8766", origin: "http://127.0.0.1:8766", acts, letIn: false },
    { host: "shed", origin: "http://shed", acts, letIn: false },
    { host: "shed:443", origin: "http://shed:443", acts, letIn: false },
  ], NETWORK);
  check([
    { host: "localhost:8766", origin: "http://localhost:8766", acts, letIn: true },
    { host: "localhost:8766", origin: "https://localhost:8766", acts, letIn: false },
  ], PROXIED);
});

Deno.test("judgeAccess() lets a proxy's page in by its name, and no name that was rebound", () => {
  const acts = true;
  const origin = "https://cams.example";
  check([
    { host: "localhost:8766", origin, acts, letIn: true },
    { host: "127.0.0.1:8766", origin: "https://CAMS.example:443", acts, letIn: true },
    // A name of the proxy is no name of this box: it may be rebound to loopback.
    { host: "cams.example", origin, acts, letIn: false },
    { host: "cams.example", letIn: false },
    { host: "evil.example", origin, acts, letIn: false },
    { host: "localhost:8766", origin: "http://cams.example", acts, letIn: false },
    { host: "localhost:8766", origin: "https://cams.example:3000", acts, letIn: false },
    { host: "localhost:8766", origin: "https://a.cams.example", acts, letIn: false },
    { host: "localhost:8766", origin: "https://evil.example", acts, letIn: false },
    { host: "localhost:8766", origin: "https://cams.example@evil", acts, letIn: false },
  ], PROXIED);
  check([{ host: "shed:8766", origin, acts, letIn: false }], NETWORK);
});
