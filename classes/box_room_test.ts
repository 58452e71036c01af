import assert from "node:assert/strict";
import { AlertBoard } from "../base/alerts.ts";
import { silentLog } from "../base/log.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import {
  BoxRoom,
  CHILD_BYTES,
  hasRoomForSecond,
  lackOfRoom,
  roomNeeded,
} from "./box_room.ts";

const GB = 1_000_000_000;

function box(availableBytes: number, totalBytes = GB) {
  return { availableBytes, totalBytes };
}

/** A box whose memory the test sets. */
function roomOf(of: { availableBytes: number }) {
  const alerts = new AlertBoard(new ManualClock());
  const memory = () => box(of.availableBytes);
  const words = () => alerts.list().map(({ words }) => words.replace(/^.*: /, ""));
  return { room: new BoxRoom({ alerts, log: silentLog, memory }), words };
}

Deno.test("a child has room when the box is not in trouble after it started", () => {
  assert.equal(roomNeeded(box(0)), CHILD_BYTES + 60_000_000);
  assert.equal(roomNeeded(box(0, 64 * GB)), CHILD_BYTES + 100_000_000);
  assert.equal(lackOfRoom(box(270_000_000)), undefined);
  assert.equal(
    lackOfRoom(box(269_000_000)),
    "has 269 MB of memory left, and a look takes 270 MB",
  );
  assert.equal(lackOfRoom(undefined), undefined, "a box that does not say");
});

Deno.test("the second detector has room beside a child when the box stays out of trouble", () => {
  assert.equal(hasRoomForSecond(box(150_000_000)), true);
  assert.equal(hasRoomForSecond(box(149_000_000)), false);
  assert.equal(hasRoomForSecond(undefined), true, "a box that does not say");
});

Deno.test("a box short of memory gets no child until it has a quarter more than needed", () => {
  const left = { availableBytes: 200_000_000 };
  const { room, words } = roomOf(left);
  assert.equal(room.has(), false);
  assert.deepEqual(words(), [
    "the box has 200 MB of memory left, and a look takes 270 MB",
  ]);
  left.availableBytes = 330_000_000;
  assert.equal(room.has(), false);
  assert.equal(room.looked(undefined), false);
  assert.equal(words().length, 1);
  left.availableBytes = 340_000_000;
  assert.equal(room.looked(undefined), true);
  assert.deepEqual(words(), []);
  left.availableBytes = 280_000_000;
  assert.equal(room.has(), true, "it was let go");
});

Deno.test("a box in trouble gets no child, and one alert that stays as it was said", () => {
  const { room, words } = roomOf({ availableBytes: GB });
  assert.equal(room.looked("is too hot (79 °C)"), false);
  assert.equal(room.looked("is too hot (80 °C)"), false);
  assert.equal(room.has(), false);
  assert.deepEqual(words(), ["the box is too hot (79 °C)"]);
  assert.equal(room.looked(undefined), true);
  assert.equal(room.has(), true);
  assert.deepEqual(words(), []);
});
