import assert from "node:assert/strict";
import { dirname } from "node:path";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { ControlStatus } from "../server/control_protocol.ts";
import { FakeMachine } from "../tests/support/fake_machine.ts";
import { MayNotAsk, NobodyAnswers } from "./control_client.ts";
import { install, type ServiceParts, status, uninstall } from "./service.ts";
import { readState, serviceReport } from "./service_state.ts";
import { unitText } from "./service_unit.ts";

const CONFIG = "/etc/streamware/streamware.yaml";
const UNIT_FILE = "/etc/systemd/system/streamware.service";
const STREET = "cameras:\n  street:\n    url: scene:street\n";

/** Runs a command on a machine; gives its exit code and what it printed. */
async function on(
  machine: FakeMachine,
  command: typeof install | typeof status,
  { typed = {}, askProgram = () => Promise.resolve("off" as const) }: {
    readonly typed?: Readonly<Record<string, string | true>>;
    readonly askProgram?: ServiceParts["askProgram"];
  } = {},
): Promise<{ readonly code: number; readonly printed: string }> {
  const lines: string[] = [];
  const output = { line: (text: string) => lines.push(text) > 0 };
  const parts = { machine, clock: systemClock, output, askProgram };
  const code = command === install
    ? await install(typed, parts)
    : await (command as typeof status)(parts);
  return { code, printed: lines.join("\n") };
}

/** A machine on which the settings are written already. */
function withSettings(text = STREET): FakeMachine {
  const machine = new FakeMachine();
  Deno.mkdirSync(machine.at("/etc/streamware"), { recursive: true });
  Deno.writeTextFileSync(machine.at(CONFIG), text);
  return machine;
}

Deno.test("service install makes user, folders, settings, unit and copies the program", async () => {
  using machine = new FakeMachine();
  const { code, printed } = await on(machine, install);
  assert.equal(code, 0);
  assert.match(printed, /watches nothing yet[^]*sudo streamware setup/);
  assert.equal(machine.read("/usr/local/bin/streamware"), "the one file");
  assert.equal(machine.mode("/usr/local/bin/streamware"), "755");
  assert.match(machine.read(CONFIG), /cameras:/);
  assert.equal(machine.mode(CONFIG), "640");
  assert.equal(machine.mode("/etc/streamware/secrets"), "750");
  assert.deepEqual(Object.fromEntries(machine.owners), {
    "/usr/local/bin/streamware": "0:0",
    "/etc/streamware": "0:990",
    "/etc/streamware/secrets": "0:990",
    "/var/lib/streamware": "990:990",
    [CONFIG]: "0:990",
  });
  const unit = machine.read("/etc/systemd/system/streamware.service");
  assert.match(unit, /^SupplementaryGroups=video$/m);
  assert.deepEqual(machine.takeChanges(), [
    "useradd --system",
    "systemctl daemon-reload",
    "systemctl enable",
  ]);
});

Deno.test("service install starts what has settings, and does nothing the second time", async () => {
  using machine = withSettings();
  assert.match((await on(machine, install)).printed, /runs\. Camera street: online$/);
  assert.ok(machine.takeChanges().includes("systemctl restart"));
  const again = await on(machine, install);
  assert.match(again.printed, /Nothing to do: it is installed and runs\.$/);
  assert.doesNotMatch(again.printed, /made|changed/);
  assert.deepEqual(machine.takeChanges(), []);
  assert.equal(machine.read(CONFIG), STREET);
});

Deno.test("service install brings program and unit up to date, and starts them", async () => {
  using machine = withSettings();
  await on(machine, install);
  machine.takeChanges();
  Deno.writeTextFileSync(machine.program!, "the next one");
  Deno.writeTextFileSync(machine.at("/etc/systemd/system/streamware.service"), "old");
  const { printed } = await on(machine, install);
  assert.match(printed, /program .* changed/);
  assert.match(printed, /unit .* changed/);
  assert.equal(machine.read("/usr/local/bin/streamware"), "the next one");
  assert.deepEqual(machine.takeChanges(), [
    "systemctl daemon-reload",
    "systemctl restart",
  ]);
});

Deno.test("service install --no-start leaves the start to somebody else", async () => {
  using machine = withSettings();
  const typed = { "--no-start": false } as unknown as Record<string, true>;
  const { printed } = await on(machine, install, { typed });
  assert.match(printed, /Not started\. Next:\n {2}sudo systemctl restart streamware$/);
  assert.ok(!machine.takeChanges().includes("systemctl restart"));
});

Deno.test("service install refuses, with words, where it cannot be", async () => {
  const cases = [
    {
      options: { isRoot: false },
      words: /only root may/,
      hint: /^sudo .*service install/,
    },
    {
      options: { isBootedBySystemd: false },
      words: /does not run systemd/,
      hint: /streamware run/,
    },
    { options: { program: undefined }, words: /a checkout/, hint: /scripts\/build/ },
  ];
  for (const { options, words, hint } of cases) {
    using machine = new FakeMachine(options);
    await assert.rejects(on(machine, install), (thrown) => {
      assert.ok(thrown instanceof Fault);
      assert.match(thrown.message, words);
      assert.match(thrown.hint!, hint);
      return true;
    });
    assert.deepEqual(machine.changes, []);
  }
});

Deno.test("service uninstall takes program and unit away, and leaves settings and data", async () => {
  using machine = withSettings();
  await on(machine, install);
  machine.takeChanges();
  const { code, printed } = await on(machine, uninstall);
  assert.equal(code, 0);
  assert.match(printed, /settings +\/etc\/streamware +left/);
  assert.match(printed, /data +\/var\/lib\/streamware +left/);
  assert.match(printed, /sudo rm -r \/etc\/streamware \/var\/lib\/streamware/);
  assert.equal(machine.read(CONFIG), STREET);
  assert.throws(() => machine.read("/usr/local/bin/streamware"));
  assert.throws(() => machine.read("/etc/systemd/system/streamware.service"));
  assert.match((await on(machine, uninstall)).printed, /Nothing to do/);
});

const RUNNING = {
  LoadState: "loaded",
  ActiveState: "active",
  SubState: "running",
  Result: "success",
  UnitFileState: "enabled",
  StatusText: "2 of 2 cameras online",
  StateChangeTimestamp: "Sun 2026-11-22 16:00:00 UTC",
};

function report(properties: Readonly<Record<string, string>>) {
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  return serviceReport(readState(lines.join("\n") + "\n"));
}

Deno.test("service status says how it is to systemd, and by its exit code how well", () => {
  const cases: readonly [Record<string, string>, number, RegExp][] = [
    [RUNNING, 0, /^runs since Sun .*UTC: 2 of 2 cameras online\nIt starts at boot\.$/],
    [{ ...RUNNING, UnitFileState: "disabled" }, 1, /not start at boot\.\nsudo systemctl/],
    [{ ...RUNNING, NRestarts: "3" }, 0, /started it again 3 times/],
    [
      { ...RUNNING, ActiveState: "activating", SubState: "start" },
      1,
      /^starts: it is not/,
    ],
    [{ ...RUNNING, ActiveState: "inactive", SubState: "dead" }, 2, /^is stopped since/],
    [{ LoadState: "not-found" }, 2, /^is not installed\nsudo streamware setup$/],
    [{ LoadState: "" }, 2, /^is not installed/],
    [{ LoadState: "masked" }, 2, /^is masked.*\nsudo systemctl unmask/],
    [{ LoadState: "bad-setting" }, 2, /cannot use \(bad-setting\)\n.*service install$/],
  ];
  for (const [properties, exitCode, told] of cases) {
    const { words, more, toDo, ...said } = report(properties);
    assert.deepEqual(said, { exitCode, hasFailed: false });
    assert.match([words, ...more, ...(toDo ? [toDo] : [])].join("\n"), told);
  }
});

Deno.test("service status says how it failed", () => {
  const waits = { ...RUNNING, ActiveState: "activating", SubState: "auto-restart" };
  const cases: readonly [Record<string, string>, RegExp][] = [
    [
      { ...waits, Result: "exit-code", ExecMainStatus: "2" },
      /^does not run: it ended with 2; systemd tries/,
    ],
    [{ ...waits, Result: "watchdog" }, /it hung; systemd tries/],
    [{ ...waits, ActiveState: "failed", Result: "timeout" }, /not ready in time$/],
  ];
  for (const [properties, told] of cases) {
    const { exitCode, hasFailed, words } = report(properties);
    assert.deepEqual([exitCode, hasFailed], [2, true]);
    assert.match(words, told);
  }
});

Deno.test("service status of one that runs ends as the program itself says", async () => {
  using machine = withSettings();
  await on(machine, install);
  const says = (status: ControlStatus["status"], why: string) => () =>
    Promise.resolve({ status, why } as ControlStatus);
  const cases: readonly [ServiceParts["askProgram"], number, RegExp][] = [
    [says("well", "all is well"), 0, /^ {2}It is well: all is well\.$/m],
    [says("degraded", "gate is away"), 1, /is degraded: gate is away\.\n {2}try: /],
    [says("down", "no camera gives pictures"), 2, /is down: no camera/],
    [() => Promise.resolve("off"), 0, /control\.socket: off/],
    [
      () => Promise.reject(new NobodyAnswers("unavailable", "Cannot ask: it hangs")),
      2,
      /is down\. Cannot ask: it hangs\./,
    ],
  ];
  for (const [askProgram, exitCode, told] of cases) {
    const { code, printed } = await on(machine, status, { askProgram });
    assert.equal(code, exitCode, printed);
    assert.match(printed, told);
  }
  machine.unit.UnitFileState = "disabled";
  const askProgram = says("well", "all is well");
  assert.equal((await on(machine, status, { askProgram })).code, 1);
});

Deno.test("service status is not answered for who may not ask the program", async () => {
  using machine = withSettings();
  await on(machine, install);
  const askProgram = () => Promise.reject(new MayNotAsk("unavailable", "Cannot ask"));
  await assert.rejects(on(machine, status, { askProgram }), MayNotAsk);
});

Deno.test("unitText() names only groups that the machine has", () => {
  assert.match(unitText(["video", "audio"]), /^SupplementaryGroups=video audio$/m);
  assert.doesNotMatch(unitText([]), /^SupplementaryGroups=/m);
});

/** A machine on which root used the program before the service had a user. */
function usedByRoot(): FakeMachine {
  const machine = withSettings();
  Deno.chmodSync(machine.at(CONFIG), 0o600);
  const files = ["secrets/gate", "../../var/lib/streamware/tls/key.pem"];
  for (const path of [...files, "../../var/lib/streamware/password"]) {
    const file = machine.at(`/etc/streamware/${path}`);
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeTextFileSync(file, "secret", { mode: 0o600 });
  }
  return machine;
}

Deno.test("service install hands over what root made before the service had a user", async () => {
  using machine = usedByRoot();
  const state = "/var/lib/streamware";
  Deno.symlinkSync("/etc/shadow", machine.at(`${state}/link`));
  const { printed } = await on(machine, install);
  const owned = Object.fromEntries(machine.owners);
  for (const path of ["", "/tls", "/tls/key.pem", "/password"]) {
    assert.equal(owned[state + path], "990:990", path);
  }
  assert.equal(owned[`${state}/link`], undefined, "nothing is done through a link");
  for (const path of [CONFIG, "/etc/streamware/secrets/gate"]) {
    assert.equal(owned[path], "0:990", path);
    assert.equal(machine.mode(path), "640", path);
  }
  assert.equal(machine.mode(`${state}/password`), "600");
  assert.match(printed, /folder +\/var\/lib\/streamware +changed/);
  machine.owners.clear();
  for (const [path, owner] of Object.entries(owned)) machine.owners.set(path, owner);
  assert.doesNotMatch((await on(machine, install)).printed, /made|changed/);
});

Deno.test("service install hands over what root put into a folder of the service", async () => {
  using machine = withSettings();
  await on(machine, install);
  Deno.writeTextFileSync(machine.at("/var/lib/streamware/password"), "hash");
  const { printed } = await on(machine, install);
  assert.match(printed, /folder +\/var\/lib\/streamware +changed/);
  assert.equal(machine.owners.get("/var/lib/streamware/password"), "990:990");
});

Deno.test("service install and uninstall leave a masked unit as somebody wanted it", async () => {
  using machine = withSettings();
  Deno.mkdirSync(dirname(machine.at(UNIT_FILE)), { recursive: true });
  Deno.symlinkSync("/dev/null", machine.at(UNIT_FILE));
  for (const command of [install, uninstall]) {
    await assert.rejects(on(machine, command), (thrown) => {
      assert.ok(thrown instanceof Fault);
      assert.match(thrown.message, /streamware\.service is masked$/);
      assert.equal(thrown.hint, "sudo systemctl unmask streamware.service");
      return true;
    });
  }
  assert.equal(Deno.readLinkSync(machine.at(UNIT_FILE)), "/dev/null");
  assert.deepEqual(machine.changes, []);
});

Deno.test("service uninstall leaves a program that nobody installed, and another's unit", async () => {
  using machine = new FakeMachine();
  const program = machine.at("/usr/local/bin/streamware");
  Deno.mkdirSync(dirname(program), { recursive: true });
  Deno.writeTextFileSync(program, "put here by hand");
  assert.match((await on(machine, uninstall)).printed, /Nothing to do/);
  Deno.mkdirSync(dirname(machine.at(UNIT_FILE)), { recursive: true });
  Deno.writeTextFileSync(machine.at(UNIT_FILE), "[Service]\nExecStart=/opt/mine\n");
  await assert.rejects(on(machine, uninstall), /not of its making/);
  assert.equal(machine.read("/usr/local/bin/streamware"), "put here by hand");
  assert.deepEqual(machine.changes, []);
});
