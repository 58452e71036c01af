import assert from "node:assert/strict";
import { pageUrls } from "./page_door.ts";

const BOX = {
  hostname: "Shed.lan",
  addresses: ["127.0.0.1", "::1", "10.0.0.7", "fe80::1", "2001:db8::5"],
};

function check(listen: string, names: readonly string[], urls: readonly string[]): void {
  const box = { ...BOX, tls: urls[0]!.startsWith("https") };
  assert.deepEqual(pageUrls({ listen, names: [...names] }, 8_766, box), urls);
}

Deno.test("pageUrls() tells how this box and others find the page", () => {
  check("127.0.0.1", ["cams.example"], ["http://127.0.0.1:8766/"]);
  check("::1", [], ["http://[::1]:8766/"]);
  check("0.0.0.0", ["CAMS.example."], [
    "https://127.0.0.1:8766/",
    "https://shed.local:8766/",
    "https://cams.example:8766/",
    "https://10.0.0.7:8766/",
  ]);
  check("::", [], [
    "https://[::1]:8766/",
    "https://shed.local:8766/",
    "https://10.0.0.7:8766/",
    "https://[2001:db8::5]:8766/",
  ]);
  check("10.0.0.7", [], ["https://10.0.0.7:8766/", "https://shed.local:8766/"]);
});
