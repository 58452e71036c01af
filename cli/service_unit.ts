/**
 * The text of the boot service's unit. Pure: who writes it is `service_install.ts`.
 * Why it is so: docs/adr/0010-boot-service.md; each line was tried by a real boot in
 * tests/integration/boot_test.ts.
 * @module
 */

/** Where the parts of the service lie on the machine. */
export const SERVICE = {
  unit: "streamware.service",
  unitFile: "/etc/systemd/system/streamware.service",
  program: "/usr/local/bin/streamware",
  user: "streamware",
  configFolder: "/etc/streamware",
  configFile: "/etc/streamware/streamware.yaml",
  secretsFolder: "/etc/streamware/secrets",
  stateFolder: "/var/lib/streamware",
  controlSocket: "/run/streamware/control.sock",
} as const;

/** Groups that own cameras, sound cards and video decoders, where they exist. */
export const DEVICE_GROUPS = ["video", "audio", "render"] as const;

/** The unit; `groups` are those of `DEVICE_GROUPS` that this machine has. */
export function unitText(groups: readonly string[]): string {
  const parts = [HEAD, UNIT, LIFE, accountOf(groups), BOUNDS, SANDBOX, INSTALL];
  return parts.join("\n\n") + "\n";
}

/** Whether `text` is a unit of ours, of any version. */
export function isOurUnit(text: string): boolean {
  return text.startsWith(HEAD.slice(0, HEAD.indexOf(",")));
}

const HEAD =
  `# Written by "streamware service install", which writes it again at an upgrade.
# Own changes belong into a drop-in: sudo systemctl edit streamware`;

const UNIT = `[Unit]
Description=StreamWare watches cameras and says what happens
# Not network-online.target: a box must watch and speak without a network, and cameras
# are looked for until they are there. time-set is the last known time, not the right one.
After=network.target time-set.target
# Never gives up: nobody stands beside a box in a cupboard. What keeps a start that
# cannot succeed from filling the log is ExecStopPost.
StartLimitIntervalSec=0`;

/** From the start to the stop, and how it is watched. */
const LIFE = `[Service]
Type=notify
NotifyAccess=main
ExecStart=${SERVICE.program} run --config ${SERVICE.configFile} --last-good
# READY comes when frames flow or every camera's state is known; a camera that answers
# nothing takes some ten seconds.
TimeoutStartSec=90

# Killed, hung or out of memory: watches again within seconds. Ended by itself with an
# error, such as a settings file that cannot be right: waits, so that the reason is said
# six times a minute and not hundred times, and starts when it is mended.
Restart=always
RestartSec=300ms
ExecStopPost=-/bin/sh -c 'if [ "$$EXIT_CODE" = exited ] && [ "$$EXIT_STATUS" != 0 ] && [ "$$SERVICE_RESULT" != success ]; then sleep 10; fi'
# The program ends within 2 s by its own promise; the rest is for the sleep above.
TimeoutStopSec=15
# TERM goes to the program, which ends its children; what is left is killed.
KillMode=mixed
# Pings stop when the main thread hangs, and when frames come that nobody analyses.
WatchdogSec=30
# Not ABRT: hundreds of megabytes of memory dump on an SD card help nobody.
WatchdogSignal=SIGKILL`;

/** Whose it is, and the folders that are its own. */
function accountOf(groups: readonly string[]): string {
  const deviceGroups = groups.length === 0
    ? "# This machine has no group for cameras or sound cards."
    : `SupplementaryGroups=${groups.join(" ")}`;
  return `User=${SERVICE.user}
Group=${SERVICE.user}
${deviceGroups}
UMask=0027
ConfigurationDirectory=streamware
ConfigurationDirectoryMode=0750
StateDirectory=streamware
StateDirectoryMode=0750
# Group members may use the control socket.
RuntimeDirectory=streamware
RuntimeDirectoryMode=0750
# What the analysis knows, in memory: it goes on after a restart, and goes with a stop.
RuntimeDirectoryPreserve=restart
WorkingDirectory=${SERVICE.stateFolder}
SyslogIdentifier=streamware`;
}

const BOUNDS =
  `# A decoder that runs out of memory is replaced by the program, not a reason to end.
OOMPolicy=continue
# A language model beside it goes first.
OOMScoreAdjust=-200
# A leak ends us before it ends the box.
MemoryMax=75%
LimitNOFILE=8192
# What looks at pictures begins idle, and is let share a busy processor, niced.
LimitNICE=10
# What lies in /dev/shm goes when the service is stopped, however it ended.
RemoveIPC=yes`;

/** All that FFI, V8, FFmpeg, cameras and sound cards stand. */
const SANDBOX = `NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
# Writes nothing but its own folders, /tmp of its own and /dev/shm.
ProtectSystem=strict
# Clips and voices of the service belong into ${SERVICE.stateFolder} or /srv.
ProtectHome=yes
# Also for sharp, which unpacks a library into it: /tmp must not be mounted noexec.
PrivateTmp=yes
# Cameras at USB, sound cards and video decoders; no disk, no serial port.
DevicePolicy=closed
DeviceAllow=char-video4linux rw
DeviceAllow=char-alsa rw
DeviceAllow=char-drm rw
ProtectProc=invisible
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
# Netlink tells the addresses of this box.
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
# A call outside it fails instead of killing: the program can say so.
SystemCallErrorNumber=EPERM
# Not MemoryDenyWriteExecute: V8 compiles JavaScript to machine code while it runs.`;

const INSTALL = `[Install]
WantedBy=multi-user.target`;
