/**
 * The one file for ARM boards, on a PC under an emulator. That it is slow there says
 * nothing about a board.
 */
import { canBuildBinary } from "../support/binary.ts";
import { smoke } from "../support/binary_smoke.ts";

const isFull = Deno.env.get("STREAMWARE_FULL") === "1";

Deno.test({
  name: "the file for arm64 does what the checkout does",
  ignore: !isFull || !await canBuildBinary(),
  fn: ({ step }) => smoke("arm64", step, { startMs: 90_000, stopMs: 20_000 }),
});
