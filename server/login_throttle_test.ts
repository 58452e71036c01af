import assert from "node:assert/strict";
import fc from "fast-check";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { LoginThrottle } from "./login_throttle.ts";

function fail(throttle: LoginThrottle, address: string, times = 1): void {
  for (let i = 0; i < times; i++) throttle.wrong(address);
}

Deno.test("LoginThrottle lets one mistype, then makes each wrong password dearer", () => {
  const clock = new ManualClock();
  const throttle = new LoginThrottle(clock);
  const waitsMs: number[] = [];
  for (let i = 0; i < 13; i++) {
    fail(throttle, "127.0.0.1");
    waitsMs.push(throttle.waitMs("127.0.0.1"));
    clock.advance(throttle.waitMs("127.0.0.1"));
  }
  const secondsS = waitsMs.map((waitMs) => waitMs / 1_000);
  assert.deepEqual(secondsS, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

Deno.test("LoginThrottle forgives at the right password, and after an hour", () => {
  const clock = new ManualClock();
  const throttle = new LoginThrottle(clock);
  fail(throttle, "10.0.0.1", 6);
  assert.equal(throttle.waitMs("10.0.0.1"), 8_000);
  throttle.right("10.0.0.1");
  assert.equal(throttle.waitMs("10.0.0.1"), 0);
  fail(throttle, "10.0.0.1", 6);
  clock.advance(3_600_000);
  fail(throttle, "10.0.0.1", 2);
  assert.equal(throttle.waitMs("10.0.0.1"), 0);
});

Deno.test("LoginThrottle bounds all addresses together, but never who is on the box", () => {
  const clock = new ManualClock();
  const throttle = new LoginThrottle(clock);
  for (let i = 0; i < 20; i++) fail(throttle, `10.0.0.${i}`);
  assert.equal(throttle.waitMs("10.0.1.1"), 2_000);
  const known = true;
  assert.equal(throttle.waitMs("10.0.1.1", known), 0);
  fail(throttle, "10.0.1.2", 3);
  assert.equal(throttle.waitMs("10.0.1.2", known), 1_000, "its own wait it keeps");
  assert.equal(throttle.waitMs("127.0.0.1"), 0);
  assert.equal(throttle.waitMs("::1"), 0);
  clock.advance(8_000);
  assert.equal(throttle.waitMs("10.0.1.1"), 0);
});

Deno.test("LoginThrottle takes a network of IPv6, and IPv4 in IPv6's dress, for one", () => {
  const throttle = new LoginThrottle(new ManualClock());
  for (const address of ["2001:db8::1", "2001:DB8:0:0:9::2", "2001:db8::3:4"]) {
    fail(throttle, address);
  }
  assert.equal(throttle.waitMs("2001:db8:0:0:ffff::"), 1_000);
  assert.equal(throttle.waitMs("2001:db8:0:1::"), 0);
  fail(throttle, "::ffff:10.0.0.9", 3);
  assert.equal(throttle.waitMs("10.0.0.9"), 1_000);
  fail(throttle, "fe80::1%eth0", 3);
  assert.equal(throttle.waitMs("fe80::2%wlan0"), 1_000);
});

Deno.test("LoginThrottle remembers so many addresses, and forgets the oldest", () => {
  const clock = new ManualClock();
  const throttle = new LoginThrottle(clock);
  fail(throttle, "127.0.0.1", 4);
  fail(throttle, "127.0.0.2", 4);
  for (let i = 0; i < 1_023; i++) fail(throttle, `10.0.${i >> 8}.${i & 255}`);
  assert.equal(throttle.waitMs("127.0.0.1"), 0);
  assert.equal(throttle.waitMs("127.0.0.2"), 2_000);
});

Deno.test("LoginThrottle never lets more tries through than its bounds, however they come", () => {
  const visit = fc.record({ address: fc.nat(40), pauseMs: fc.nat(3_000) });
  fc.assert(fc.property(fc.array(visit, { maxLength: 200 }), (visits) => {
    const clock = new ManualClock();
    const throttle = new LoginThrottle(clock);
    let tries = 0;
    for (const { address, pauseMs } of visits) {
      clock.advance(pauseMs);
      const waitMs = throttle.waitMs(`10.0.0.${address}`);
      assert.ok(waitMs >= 0 && waitMs <= 300_000);
      if (waitMs > 0) continue;
      fail(throttle, `10.0.0.${address}`);
      tries++;
    }
    assert.ok(tries <= 20 + clock.monotonicMs() / 2_000 + 1);
  }));
});
