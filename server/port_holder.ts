/**
 * Which process listens on a TCP port, read from /proc (Linux). Best effort: another
 * user's processes cannot be read, and then the answer is "not known".
 * @module
 */

export interface PortHolder {
  readonly pid: number;
  /** The kernel's name of the program, at most 15 characters. */
  readonly name: string;
}

export function findPortHolder(port: number): PortHolder | undefined {
  const inodes = new Set(
    ["tcp", "tcp6"].flatMap((family) =>
      listeningInodes(readOr(`/proc/net/${family}`, ""), port)
    ),
  );
  if (inodes.size === 0) return undefined;
  const links = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  for (const entry of listOr("/proc")) {
    if (/^\d+$/.test(entry) && holdsOneOf(entry, links)) {
      return { pid: Number(entry), name: readOr(`/proc/${entry}/comm`, "?").trim() };
    }
  }
  return undefined;
}

/** In words for a warning: `node (pid 4711)`. */
export function holderWords(holder: PortHolder | undefined): string {
  return holder ? `${holder.name} (pid ${holder.pid})` : "another user's program";
}

/** Inodes of the sockets that listen on `port` in the text of `/proc/net/tcp`. */
export function listeningInodes(table: string, port: number): string[] {
  const inodes: string[] = [];
  for (const line of table.split("\n").slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [local, state, inode] = [fields[1], fields[3], fields[9]];
    const isOnPort = Number.parseInt(local?.split(":")[1] ?? "", 16) === port;
    if (isOnPort && state === LISTENING && inode !== undefined) inodes.push(inode);
  }
  return inodes;
}

/** `TCP_LISTEN` in the kernel's net/tcp_states.h. */
const LISTENING = "0A";

function holdsOneOf(pid: string, links: ReadonlySet<string>): boolean {
  return listOr(`/proc/${pid}/fd`).some((file) => {
    try {
      return links.has(Deno.readLinkSync(`/proc/${pid}/fd/${file}`));
    } catch {
      return false; // closed meanwhile
    }
  });
}

function listOr(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name);
  } catch {
    return []; // gone meanwhile, or another user's
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return otherwise;
  }
}
