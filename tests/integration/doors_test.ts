import assert from "node:assert/strict";
import { Fault } from "../../base/fault.ts";
import { Secret } from "../../base/secret.ts";
import { silentLog } from "../../base/log.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import { serverSettings } from "../../config/schema.ts";
import { reachable } from "../../server/box.ts";
import { openServer } from "../../server/http_server.ts";
import { writePassword } from "../../server/password.ts";
import { openProtection } from "../../server/protection.ts";
import { makeSession } from "../../server/session_cookie.ts";
import { CHEAP_COST } from "../support/cheap_password.ts";
import { TestFolder } from "../support/clips.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { askRaw, connectTo, type RawTarget } from "../support/raw_http.ts";
import { serverParts } from "../support/server_parts.ts";

const PASSWORD = "correct horse & battery=100%";
const FORM = "content-type: application/x-www-form-urlencoded";
const UPGRADE = [
  "upgrade: websocket",
  "connection: upgrade",
  "sec-websocket-version: 13",
  "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];
/** An address that is not loopback; where there is none, the one nobody listens on. */
const OWN = reachable(Deno.networkInterfaces().map(({ address }) => address))[0] ?? "::1";

function settingsFor(listen: string, names: readonly string[] = []) {
  return serverSettings.parse({ listen, names, port: 0, originalPort: 0 });
}

/** A server with a password, in a state folder of its own. */
async function openGuarded(
  listen = "0.0.0.0",
  names: readonly string[] = [],
  { password = PASSWORD, cost = CHEAP_COST, clock = systemClock as Clock } = {},
) {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(new TestFolder());
  await writePassword(folder.path, new Secret(password), cost);
  const settings = settingsFor(listen, names);
  const looked: string[] = [];
  const log = { ...silentLog, info: (event: string) => void looked.push(event) };
  const parts = { settings, clock, log };
  const protection = stack.use(
    await openProtection({ ...parts, stateFolder: folder.path }),
  )!;
  const raised: string[] = [];
  const server = stack.use(
    await openServer(serverParts({
      ...parts,
      protection,
      raise: ({ code }) => void raised.push(code),
    })),
  );
  const certPem = protection.certificate?.certPem;
  const target: RawTarget = {
    hostname: "127.0.0.1",
    port: server.port,
    ...(certPem ? { certPem } : {}),
  };
  const ask = (...head: string[]) => askRaw(target, { head });
  const logIn = (password: string, ...headers: string[]) => {
    const body = new URLSearchParams({ password }).toString();
    const head = ["POST /login HTTP/1.1", FORM, `content-length: ${body.length}`];
    return askRaw(target, { head: [...head, ...headers], body });
  };
  return {
    ...{ server, protection, target, folder, raised, looked, ask, logIn },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function cookieOf(headers: Headers): string {
  return "cookie: " + headers.get("set-cookie")!.split(";")[0];
}

Deno.test("The box does not listen beyond loopback before a password is set", async () => {
  using folder = new TestFolder();
  for (const listen of ["0.0.0.0", "::", OWN]) {
    const settings = settingsFor(listen);
    const isRefusal = (thrown: unknown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "config");
      assert.equal(thrown.message, `Cannot listen on ${listen}: no password is set`);
      assert.match(thrown.hint!, /^streamware config password; or .* ssh -L /);
      return true;
    };
    if (listen === "::1") continue;
    const parts = { settings, clock: systemClock, log: silentLog };
    await assert.rejects(
      openProtection({ ...parts, stateFolder: folder.path }),
      isRefusal,
    );
    await assert.rejects(openServer(serverParts({ settings })), isRefusal);
  }
  assert.deepEqual([...Deno.readDirSync(folder.path)], [], "nothing was made");
});

Deno.test("The box speaks TLS with the certificate whose fingerprint it tells", async () => {
  await using guarded = await openGuarded();
  const { server, target, protection } = guarded;
  assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+\/$/);
  assert.equal(server.fingerprint, protection.certificate!.fingerprint);
  using line = await connectTo(target); // trusts this certificate and no other
  assert.ok(line);
  await assert.rejects(fetch(server.url), TypeError, "nobody else vouches for it");
  const { hostname, port } = target;
  const plain = await askRaw({ hostname, port }, { head: ["GET / HTTP/1.1"] });
  assert.ok(Number.isNaN(plain.status), "plain HTTP gets an alert of TLS, no answer");
});

Deno.test("The box answers over HTTP/2 as browsers speak it, to its own names only", async () => {
  await using guarded = await openGuarded();
  const { server, protection } = guarded;
  const caCerts = [protection.certificate!.certPem];
  using client = Deno.createHttpClient({ caCerts, http1: false, http2: true });
  const status = async (host: string) => {
    const url = `https://${host}:${server.port}/healthz`;
    const answer = await fetch(url, { client });
    await answer.body?.cancel();
    return answer.status;
  };
  assert.equal(await status("localhost"), 200);
  assert.equal(await status("127.0.0.1"), 200);
});

Deno.test("One logs in by the form, sees everything, and logs out", async () => {
  await using guarded = await openGuarded();
  const { ask, logIn, target } = guarded;
  const html = "accept: text/html,*/*";
  const away = await ask("GET / HTTP/1.1", html);
  assert.deepEqual([away.status, away.headers.get("location")], [303, "/login"]);
  for (
    const path of [
      "",
      "ws",
      "metrics",
      "still/gate.jpg",
      "recent/gate.json",
      "video/gate",
      "x",
    ]
  ) {
    assert.equal((await ask(`GET /${path} HTTP/1.1`)).status, 401, path);
  }
  assert.equal((await ask("GET /ws HTTP/1.1", html, ...UPGRADE)).status, 401);
  assert.equal((await ask("GET /healthz HTTP/1.1")).text, '{"status":"well"}');
  const page = await ask("GET /login HTTP/1.1");
  assert.match(page.text, /<form method="post" action="\/login">/);
  assert.match(page.headers.get("content-security-policy")!, /form-action 'self'/);
  assert.doesNotMatch(page.text + page.headers.get("content-security-policy"), /script/);

  const wrong = await logIn("wrong password");
  assert.deepEqual([wrong.status, wrong.headers.get("set-cookie")], [403, null]);
  assert.match(wrong.text, /That is not the password/);
  const right = await logIn(PASSWORD);
  assert.deepEqual([right.status, right.headers.get("location")], [303, "/"]);
  assert.match(right.headers.get("set-cookie")!, /^__Host-streamware=.*; Secure$/);
  const cookie = cookieOf(right.headers);
  assert.match((await ask("GET /healthz HTTP/1.1", cookie)).text, /"camera":"gate"/);
  assert.equal((await ask("GET /metrics HTTP/1.1", cookie)).status, 200);
  assert.equal((await ask("GET /login HTTP/1.1", cookie)).headers.get("location"), "/");
  const origin = `origin: https://127.0.0.1:${target.port}`;
  const socket = ["GET /ws HTTP/1.1", ...UPGRADE, cookie];
  assert.equal((await ask(...socket, origin)).status, 101);
  const out = await ask("POST /logout HTTP/1.1", cookie, origin);
  assert.match(out.headers.get("set-cookie")!, /^__Host-streamware=; .*Max-Age=0/);
});

Deno.test("A page of another site, or of another port, opens nothing with one's cookie", async () => {
  await using guarded = await openGuarded();
  const { ask, logIn, target } = guarded;
  const cookie = cookieOf((await logIn(PASSWORD)).headers);
  const socket = ["GET /ws HTTP/1.1", ...UPGRADE, cookie];
  const own = `https://127.0.0.1:${target.port}`;
  for (
    const origin of [
      "https://evil.example",
      "null",
      `http://127.0.0.1:${target.port}`,
      "https://127.0.0.1:1",
      own.replace("127.0.0.1", "localhost"),
    ]
  ) {
    assert.equal((await ask(...socket, `origin: ${origin}`)).status, 403, origin);
    assert.equal((await logIn(PASSWORD, `origin: ${origin}`)).status, 403, origin);
  }
  assert.equal((await logIn(PASSWORD, `origin: ${own}`)).status, 303);
});

Deno.test("A cookie that is forged, has run out, or is of an older password opens nothing", async () => {
  await using guarded = await openGuarded();
  const { ask, protection, folder, server } = guarded;
  const nowMs = systemClock.utcMs();
  const cookie = (value: string) => `cookie: __Host-streamware=${value}`;
  const status = async (value: string) =>
    (await ask("GET /metrics HTTP/1.1", cookie(value))).status;
  const good = makeSession(protection, nowMs);
  assert.equal(await status(good), 200);
  const other = { ...protection, sessionKey: new Uint8Array(32) };
  assert.equal(await status(makeSession(other, nowMs)), 401);
  assert.equal(await status(makeSession(protection, nowMs - 31 * 86_400_000)), 401);
  assert.equal(await status(good.replace(/^\d/, "9")), 401);

  const certPem = protection.certificate!.certPem;
  using client = Deno.createHttpClient({ caCerts: [certPem] });
  const headers = { cookie: `__Host-streamware=${good}` };
  const url = server.url.replace("https", "wss") + "ws";
  const socket = new WebSocket(url, { headers, client } as unknown as string[]);
  const hello = await new Promise<MessageEvent>((resolve) => socket.onmessage = resolve);
  assert.equal(JSON.parse(hello.data).login, true);
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  await writePassword(folder.path, new Secret("another password"), CHEAP_COST);
  assert.equal((await closed).code, 1008);
  assert.equal(await status(good), 401);
});

Deno.test("A machine sends the password along, and is known again without the wait", async () => {
  await using guarded = await openGuarded();
  const { ask, looked } = guarded;
  const basic = (pair: string) =>
    "authorization: Basic " + new TextEncoder().encode(pair).toBase64();
  const metrics = (...headers: string[]) => ask("GET /metrics HTTP/1.1", ...headers);
  const first = await Promise.all(
    Array.from({ length: 6 }, () => metrics(basic(`anybody:${PASSWORD}`))),
  );
  assert.deepEqual(first.map(({ status }) => status), Array(6).fill(200));
  assert.equal((await metrics(`authorization: Bearer ${PASSWORD}`)).status, 200);
  for (let i = 0; i < 5; i++) {
    assert.equal((await metrics(basic(`:${PASSWORD}`))).status, 200);
  }
  const logins = looked.filter((event) => event === "server.logged_in");
  assert.equal(logins.length, 1, "the first one only was compared with the hash");
  const wrong = await metrics(basic("anybody:wrong"));
  assert.equal(wrong.status, 401);
  assert.match(wrong.headers.get("www-authenticate")!, /^Basic /);
  const inBrowser = await metrics("sec-fetch-mode: cors");
  assert.equal(inBrowser.status, 401);
  assert.equal(inBrowser.headers.get("www-authenticate"), null, "no window pops up");
});

Deno.test("A machine's password may hold any letter, as Basic or as Bearer", async () => {
  const password = "Schlüssel für 2 € 😀";
  await using guarded = await openGuarded("127.0.0.1", [], { password });
  const status = async (authorization: string) => {
    const header = `authorization: ${authorization}`;
    return (await guarded.ask("GET /metrics HTTP/1.1", header)).status;
  };
  assert.equal(await status(`Bearer ${password}`), 200);
  const pair = new TextEncoder().encode(`anybody:${password}`).toBase64();
  assert.equal(await status(`Basic ${pair}`), 200);
});

Deno.test("Wrong passwords are throttled, the right one too while it lasts, and told", async () => {
  const clock = new ManualClock();
  await using guarded = await openGuarded("0.0.0.0", [], { clock });
  const { ask, logIn, protection, raised } = guarded;
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => logIn(`wrong number ${i}`)),
  );
  const looked = answers.filter(({ status }) => status === 403);
  assert.equal(looked.length, 3, "as many as one by one");
  const others = answers.filter(({ status }) => status === 429);
  assert.equal(looked.length + others.length, 40);
  const late = await logIn(PASSWORD);
  assert.equal(late.status, 429);
  const waitS = Number(late.headers.get("retry-after"));
  assert.ok(waitS >= 1 && waitS <= 2, `${waitS}`);
  assert.match(late.text, /Too many tries. Wait \d second/);
  const session = makeSession(protection, clock.utcMs());
  const cookie = `cookie: __Host-streamware=${session}`;
  assert.equal((await ask("GET /metrics HTTP/1.1", cookie)).status, 200, "logged in");
  clock.advance(waitS * 1_000);
  assert.equal((await logIn(PASSWORD)).status, 303);
  assert.deepEqual(raised, [], "ten are needed");
});

Deno.test("A form that is too large or says something else is turned away", async () => {
  await using guarded = await openGuarded();
  const { target } = guarded;
  const post = async (body: string, ...headers: string[]) => {
    const head = ["POST /login HTTP/1.1", FORM, ...headers];
    return (await askRaw(target, { head, body })).status;
  };
  assert.equal(await post("", "content-length: 16385"), 413);
  const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
  assert.equal(
    await post(chunk + chunk + "0\r\n\r\n", "transfer-encoding: chunked"),
    413,
  );
  assert.equal(await post("a=b", "content-length: 3"), 400);
  assert.equal(await post("", "content-length: 0"), 400);
});

Deno.test("The box answers to its names and addresses, and to no rebound name", async () => {
  await using guarded = await openGuarded("0.0.0.0", ["cams.example"]);
  const { ask, server } = guarded;
  const status = async (host: string) =>
    (await ask("GET /healthz HTTP/1.1", `host: ${host}`)).status;
  const own = Deno.hostname().split(".")[0]!;
  for (
    const host of [own, `${own}.local:8766`, "CAMS.example.", "localhost", "127.0.0.1"]
  ) {
    assert.equal(await status(host), 200, host);
  }
  for (const host of ["evil.example", `${own}.evil.example`, "192.0.2.77"]) {
    assert.equal(await status(host), 403, host);
  }
  assert.ok(server.urls.includes(`https://${own.toLowerCase()}.local:${server.port}/`));
  assert.ok(server.urls.includes(`https://cams.example:${server.port}/`));
});

Deno.test("The original's port stays on loopback whatever the page listens on", async () => {
  await using guarded = await openGuarded("::");
  const { server, target } = guarded;
  const port = server.originalPort!;
  (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  const refused = Deno.errors.ConnectionRefused;
  for (const hostname of [OWN, "127.0.0.2", "::1"]) {
    await assert.rejects(Deno.connect({ hostname, port }), refused, hostname);
    const page = await askRaw({ ...target, hostname }, { head: ["GET /login HTTP/1.1"] })
      .catch((thrown) => thrown.message);
    // 127.0.0.2 and later addresses are not in the certificate; the port is there.
    assert.ok(page.status === 200 || /NotValidForName|certificate/.test(page), hostname);
  }
});

Deno.test("A password counts on loopback too, over plain HTTP", async () => {
  await using guarded = await openGuarded("127.0.0.1");
  const { ask, logIn, server } = guarded;
  assert.match(server.url, /^http:\/\/127/);
  assert.equal(server.fingerprint, undefined);
  assert.equal((await ask("GET /metrics HTTP/1.1")).status, 401);
  const right = await logIn(PASSWORD);
  assert.match(right.headers.get("set-cookie")!, /^streamware=/);
  assert.doesNotMatch(right.headers.get("set-cookie")!, /Secure/);
  const cookie = cookieOf(right.headers);
  assert.equal((await ask("GET /metrics HTTP/1.1", cookie)).status, 200);
  const planted = cookie.replace("cookie: ", "cookie: streamware=planted; ");
  assert.equal((await ask("GET /metrics HTTP/1.1", planted)).status, 200);
});

Deno.test("A proxy with a certificate shows the page under its name, and rebinds nothing", async () => {
  await using guarded = await openGuarded("127.0.0.1", ["cams.example"]);
  const { ask, logIn } = guarded;
  const origin = "origin: https://cams.example";
  const right = await logIn(PASSWORD, "host: localhost", origin);
  assert.equal(right.status, 303);
  assert.match(right.headers.get("set-cookie")!, /^streamware=.*; Secure$/);
  const cookie = cookieOf(right.headers);
  const socket = ["GET /ws HTTP/1.1", ...UPGRADE, cookie];
  assert.equal((await ask(...socket, "host: localhost", origin)).status, 101);
  for (
    const other of ["https://cams.example:3000", "http://cams.example", "https://evil"]
  ) {
    const status = (await ask(...socket, "host: localhost", `origin: ${other}`)).status;
    assert.equal(status, 403, other);
  }
  assert.equal((await ask(...socket, "host: cams.example", origin)).status, 403);
});

Deno.test("An address that is not of this box is said to be so", async () => {
  using folder = new TestFolder();
  await writePassword(folder.path, new Secret(PASSWORD), CHEAP_COST);
  for (
    const [listen, words] of [
      ["198.51.100.1", "this box does not have that address"],
      ["nowhere.invalid", "lookup"],
    ] as const
  ) {
    const settings = settingsFor(listen);
    const parts = { settings, clock: systemClock, log: silentLog };
    using protection = await openProtection({ ...parts, stateFolder: folder.path });
    const opening = openServer(serverParts({ settings, protection: protection! }));
    await assert.rejects(opening, (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "unavailable");
      assert.match(thrown.message, new RegExp(`^Cannot listen on ${listen}.*${words}`));
      return true;
    });
  }
});
