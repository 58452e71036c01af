import assert from "node:assert/strict";
import fc from "fast-check";
import { PORT_BUSY } from "../../tests/support/server_parts.ts";
import type { AlertView } from "../live_protocol.ts";
import { alertKey, groupAlerts } from "./alert_groups.ts";

function alert(code: string, changes: Partial<AlertView> = {}): AlertView {
  return { ...PORT_BUSY, code, subject: "", ...changes };
}

function codes(groups: readonly { readonly alert: AlertView }[]): string[] {
  return groups.map(({ alert }) => alert.code);
}

Deno.test("groupAlerts() tells a camera's alert on its card, once", () => {
  const alerts = [
    alert("camera.offline", { subject: "gate" }),
    alert("camera.offline", { subject: "gone" }),
    alert("server.port_busy"),
  ];
  const groups = groupAlerts(alerts, ["gate", "barn"]);
  assert.deepEqual(codes(groups.cameras.get("gate")!), ["camera.offline"]);
  assert.deepEqual(
    groups.banners.map(({ alert }) => [alert.code, alert.subject]),
    [["camera.offline", "gone"], ["server.port_busy", ""]],
    "one without a card is not lost",
  );
});

Deno.test("groupAlerts() puts what another causes under it, at any remove", () => {
  const groups = groupAlerts([
    alert("c", { dependsOn: "b" }),
    alert("b", { dependsOn: "a" }),
    alert("a"),
    alert("d", { dependsOn: "not standing" }),
  ], []);
  assert.deepEqual(codes(groups.banners), ["a", "d"]);
  assert.deepEqual(groups.banners[0]!.causes.map(({ code }) => code), ["c", "b"]);
});

Deno.test("groupAlerts() takes the cause of the same subject when two stand", () => {
  const groups = groupAlerts([
    alert("camera.offline", { subject: "barn" }),
    alert("camera.offline", { subject: "gate" }),
    alert("words.blind", { subject: "gate", dependsOn: "camera.offline" }),
  ], ["gate", "barn"]);
  assert.deepEqual(groups.cameras.get("barn")![0]!.causes, []);
  assert.equal(groups.cameras.get("gate")![0]!.causes.length, 1);
});

Deno.test("groupAlerts() keeps notes apart from banners", () => {
  const groups = groupAlerts([alert("words.no_model", { severity: "note" })], []);
  assert.deepEqual(codes(groups.notes), ["words.no_model"]);
  assert.deepEqual(groups.banners, []);
});

Deno.test("groupAlerts() tells every alert exactly once, rings of causes too", () => {
  const code = fc.constantFrom("a", "b", "c", "camera.x");
  const one = fc.record({
    code,
    subject: fc.constantFrom("", "gate"),
    dependsOn: fc.option(code, { nil: undefined }),
    severity: fc.constantFrom("note" as const, "warning" as const),
  });
  const distinct = fc.uniqueArray(one, {
    selector: ({ code, subject }) => `${code} ${subject}`,
  });
  fc.assert(fc.property(distinct, (made) => {
    const alerts = made.map(({ code, dependsOn, ...rest }) =>
      alert(code, { ...rest, ...(dependsOn ? { dependsOn } : {}) })
    );
    const { banners, notes, cameras } = groupAlerts(alerts, ["gate"]);
    const told = [...banners, ...notes, ...[...cameras.values()].flat()]
      .flatMap(({ alert, causes }) => [alert, ...causes]);
    assert.deepEqual(told.map(alertKey).sort(), alerts.map(alertKey).sort());
  }));
});
