import assert from "node:assert/strict";
import { type Places, placesOf } from "./places.ts";

function check(
  user: { uid: number; env?: Record<string, string> },
  expected: Places,
): void {
  const env = (name: string) => user.env?.[name];
  assert.deepEqual(placesOf({ uid: user.uid, home: "/users/ada", env }), expected);
}

const SYSTEM: Places = {
  configFile: "/etc/streamware/streamware.yaml",
  stateFolder: "/var/lib/streamware",
  controlSocket: "/run/streamware/control.sock",
  isSystem: true,
};

Deno.test("root has the machine's places, whatever XDG says", () => {
  check({ uid: 0 }, SYSTEM);
  check({ uid: 0, env: { XDG_CONFIG_HOME: "/users/x/etc" } }, SYSTEM);
});

Deno.test("a service of systemd has the folders that systemd made for it", () => {
  const env = {
    CONFIGURATION_DIRECTORY: "/etc/streamware",
    STATE_DIRECTORY: "/var/lib/streamware:/var/lib/other",
    RUNTIME_DIRECTORY: "/run/streamware",
    XDG_RUNTIME_DIR: "/run/user/990",
  };
  check({ uid: 990, env }, SYSTEM);
});

Deno.test("a plain user has the folders of the XDG specification", () => {
  const env = {
    XDG_CONFIG_HOME: "/users/ada/etc",
    XDG_STATE_HOME: "/users/ada/var",
    XDG_RUNTIME_DIR: "/run/user/1000",
  };
  check({ uid: 1_000, env }, {
    configFile: "/users/ada/etc/streamware/streamware.yaml",
    stateFolder: "/users/ada/var/streamware",
    controlSocket: "/run/user/1000/streamware/control.sock",
    isSystem: false,
  });
});

Deno.test("without XDG variables, or with relative ones, the specification's defaults hold", () => {
  const expected = {
    configFile: "/users/ada/.config/streamware/streamware.yaml",
    stateFolder: "/users/ada/.local/state/streamware",
    controlSocket: "/users/ada/.local/state/streamware/control.sock",
    isSystem: false,
  };
  check({ uid: 1_000 }, expected);
  check(
    { uid: 1_000, env: { XDG_CONFIG_HOME: "etc", XDG_RUNTIME_DIR: "" } },
    expected,
  );
});
