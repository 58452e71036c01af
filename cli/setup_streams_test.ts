import assert from "node:assert/strict";
import { smallerStream } from "./setup_streams.ts";

function check(path: string, smaller: string | undefined): void {
  assert.equal(smallerStream(path), smaller);
}

Deno.test("smallerStream() knows where common makes keep their smaller stream", () => {
  check("/Streaming/Channels/101", "/Streaming/Channels/102");
  check("/Streaming/Channels/1601/", "/Streaming/Channels/1602/");
  check("/cam/realmonitor?channel=1&subtype=0", "/cam/realmonitor?channel=1&subtype=1");
  check("/h264Preview_01_main", "/h264Preview_01_sub");
  check("/h265Preview_01_main", "/h264Preview_01_sub");
  check("/Preview_02_main", "/Preview_02_sub");
  check("/stream1", "/stream2");
  check("/videoMain", "/videoSub");
});

Deno.test("smallerStream() guesses nothing for a path it does not know or that is small", () => {
  for (const path of ["", "/", "/live", "/stream2", "/stream10", "/videoSub"]) {
    check(path, undefined);
  }
  check("/Streaming/Channels/102", undefined);
  check("/cam/realmonitor?channel=1&subtype=1", undefined);
});
