/**
 * Where the settings, the state and the control socket of this program lie.
 * Makes nothing and looks at no file.
 * @module
 */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** What fits in the address of a Unix socket, without its closing zero (unix(7)). */
export const SOCKET_PATH_BYTES_MAX = 107;

export interface Places {
  readonly configFile: string;
  /** What must survive a restart: the password, the certificate, the last good settings. */
  readonly stateFolder: string;
  readonly controlSocket: string;
  /** The machine's own places, not those of one of its users. */
  readonly isSystem: boolean;
}

/**
 * The places of a user. What systemd names wins (`CONFIGURATION_DIRECTORY` and its
 * siblings, systemd.exec(5)); else root gets the machine's, everybody else those of the
 * XDG Base Directory Specification, which also says to ignore relative paths.
 */
export function placesOf(
  user: {
    readonly uid: number;
    readonly home: string;
    env(name: string): string | undefined;
  },
): Places {
  const system = {
    config: firstFolder(user.env("CONFIGURATION_DIRECTORY")),
    state: firstFolder(user.env("STATE_DIRECTORY")),
    run: firstFolder(user.env("RUNTIME_DIRECTORY")),
  };
  const own = user.uid === 0 ? ROOT_FOLDERS : userFolders(user);
  const state = system.state ?? own.state;
  const config = system.config ?? own.config;
  return {
    configFile: join(config, "streamware.yaml"),
    stateFolder: state,
    controlSocket: join(system.run ?? own.run ?? state, "control.sock"),
    isSystem: config.startsWith("/etc/") || state.startsWith("/var/lib/"),
  };
}

/** The places of the user who runs this program. */
export function ourPlaces(): Places {
  return placesOf({
    uid: Deno.uid() ?? 0,
    home: homedir(),
    env: (name) => Deno.env.get(name),
  });
}

interface Folders {
  readonly config: string;
  readonly state: string;
  /** Absent without a login session: the socket then lies with the state. */
  readonly run: string | undefined;
}

const ROOT_FOLDERS: Folders = {
  config: "/etc/streamware",
  state: "/var/lib/streamware",
  run: "/run/streamware",
};

function userFolders(user: Parameters<typeof placesOf>[0]): Folders {
  const base = (name: string) => firstFolder(user.env(name));
  const run = base("XDG_RUNTIME_DIR");
  return {
    config: join(base("XDG_CONFIG_HOME") ?? join(user.home, ".config"), "streamware"),
    state: join(base("XDG_STATE_HOME") ?? join(user.home, ".local/state"), "streamware"),
    run: run === undefined ? undefined : join(run, "streamware"),
  };
}

/** The first of systemd's colon-separated folders; undefined when it is no absolute path. */
function firstFolder(list: string | undefined): string | undefined {
  const first = list?.split(":")[0];
  return first !== undefined && isAbsolute(first) ? first : undefined;
}
