/**
 * What this box is called and where it can be reached: its names and its addresses.
 * Decides nothing about who may come.
 * @module
 */
import type { Clock } from "../base/clock.ts";

/** Interfaces come and go (VPN, hotspot); asking the kernel costs a tenth of a ms. */
const ADDRESSES_KEPT_MS = 5_000;

/**
 * The names that people type: the hostname, its first part with `.local` (which mDNS
 * answers), and those of the settings. Lower case, no trailing dot, each once.
 */
export function boxNames(hostname: string, names: readonly string[]): string[] {
  const own = hostname.split(".")[0] ?? "";
  const all = [hostname, own, `${own}.local`, ...names];
  return [...new Set(all.map(nameOf))].filter((name) => /^[a-z0-9]/.test(name));
}

/** A host's name in the form in which two of them can be compared. */
export function nameOf(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The addresses of this box's interfaces, read anew every few seconds. */
export function boxAddresses(clock: Clock): () => readonly string[] {
  let addresses: readonly string[] = [];
  let readAtMs = -Infinity;
  return () => {
    if (clock.monotonicMs() - readAtMs >= ADDRESSES_KEPT_MS) {
      addresses = Deno.networkInterfaces().map((network) => network.address);
      readAtMs = clock.monotonicMs();
    }
    return addresses;
  };
}

/** Addresses that another machine can use as they are: no loopback, no link-local. */
export function reachable(addresses: readonly string[]): string[] {
  return addresses.filter((address) =>
    !isLoopback(address) && !/^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address)
  );
}

/** `address` without brackets; a name is loopback only when it is localhost. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);
}

/** As it stands in a URL: an IPv6 address gets its brackets. */
export function inUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
