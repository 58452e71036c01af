import assert from "node:assert/strict";
import type { Facts, Log } from "../base/log.ts";
import { silentLog } from "../base/log.ts";
import { Secret } from "../base/secret.ts";
import { CHEAP_COST } from "../tests/support/cheap_password.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { hashPassword } from "./password.ts";
import { PasswordCheck } from "./password_check.ts";

const PASSWORD = new Secret("correct horse battery");
const WRONG = new Secret("hunter2 hunter2");
const PASSWORD_HASH = await hashPassword(PASSWORD, CHEAP_COST);

function open() {
  const clock = new ManualClock();
  const lines: string[] = [];
  const alerts = new Map<string, string>();
  const note = (event: string, facts?: Facts) =>
    void lines.push(event + JSON.stringify(facts ?? {}));
  const log: Log = { ...silentLog, info: note, warn: note };
  const protection = { sessionKey: new Uint8Array(32), passwordHash: PASSWORD_HASH };
  const check = new PasswordCheck({
    ...{ clock, log, protection },
    raise: ({ code, words }) => void alerts.set(code, words),
    clear: (code) => void alerts.delete(code),
  });
  return { clock, check, lines, alerts, protection };
}

Deno.test("PasswordCheck tells of many wrong passwords, by address, until it is quiet", async () => {
  const { check, clock, lines, alerts } = open();
  using _check = check;
  for (let i = 0; i < 10; i++) {
    assert.equal((await check.try(WRONG, "10.0.0.7")).kind, "wrong");
    clock.advance(300_000);
  }
  const words = "10 wrong passwords were tried, the last from 10.0.0.7";
  assert.equal(alerts.get("server.login_failures"), words);
  assert.equal(lines[9], 'server.login_failed{"address":"10.0.0.7","wrong":10}');
  assert.ok(!lines.join().includes("hunter2"), "what was tried is in no log");
  clock.advance(3_300_000);
  assert.equal(alerts.size, 0);
});

Deno.test("PasswordCheck asks a known machine for no half second, but obeys the throttle", async () => {
  const { check, protection } = open();
  using _check = check;
  assert.equal((await check.try(PASSWORD, "10.0.0.7")).kind, "right");
  const passwordHash = protection.passwordHash;
  protection.passwordHash = "damaged: whoever looks at it fails";
  await assert.rejects(check.try(PASSWORD, "10.0.0.7"), "another hash, nobody is known");
  protection.passwordHash = passwordHash;
  assert.equal((await check.try(PASSWORD, "10.0.0.7")).kind, "right");
  for (let i = 0; i < 3; i++) await check.try(WRONG, "10.0.0.7");
  assert.equal((await check.try(PASSWORD, "10.0.0.7")).kind, "wait");
});

Deno.test("PasswordCheck looks at one password at a time, and turns a crowd away", async () => {
  const { check } = open();
  using _check = check;
  const tries = Array.from({ length: 14 }, (_, i) => check.try(WRONG, `10.0.${i}.1`));
  const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
  assert.deepEqual(kinds, [...Array(8).fill("wrong"), ...Array(6).fill("wait")]);
});

Deno.test("PasswordCheck lets a machine ask many things at once at its start", async () => {
  const { check, lines } = open();
  using _check = check;
  const tries = Array.from({ length: 20 }, () => check.try(PASSWORD, "10.0.0.7"));
  const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
  assert.deepEqual(kinds, Array(20).fill("right"));
  assert.equal(lines.length, 1, "one of them was looked at");
});

Deno.test("PasswordCheck looks at no more wrong ones that come at once than one by one", async () => {
  const { check } = open();
  using _check = check;
  const tries = Array.from(
    { length: 8 },
    (_, i) => check.try(new Secret(`wrong number ${i}`), "127.0.0.1"),
  );
  const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
  assert.deepEqual(kinds, [...Array(3).fill("wrong"), ...Array(5).fill("wait")]);
});

Deno.test("PasswordCheck keeps no known machine out for what strangers do", async () => {
  const { check } = open();
  using _check = check;
  assert.equal((await check.try(PASSWORD, "10.0.0.7")).kind, "right");
  for (let i = 0; i < 25; i++) await check.try(WRONG, `10.0.1.${i}`);
  assert.equal((await check.try(PASSWORD, "10.0.0.8")).kind, "wait");
  assert.equal((await check.try(PASSWORD, "10.0.0.7")).kind, "right");
});

Deno.test("PasswordCheck does not hash what is longer than any password", async () => {
  const { check, protection } = open();
  using _check = check;
  protection.passwordHash = "damaged: whoever looks at it fails";
  const long = new Secret("x".repeat(3_000));
  assert.equal((await check.try(long, "10.0.0.7")).kind, "wrong");
});
