/**
 * The main port: who has logged in is asked first, then the routes. Knows where people
 * find it: the addresses that the program says at its start.
 * @module
 */
import type { ServerSettings } from "../config/schema.ts";
import { boxNames, inUrl, isLoopback, nameOf, reachable } from "./box.ts";
import { type Door, type DoorParts, openDoor } from "./door.ts";
import type { Login } from "./login.ts";
import type { Protection } from "./protection.ts";
import { makeRoutes, type RouteParts } from "./routes.ts";

export interface PageDoorParts
  extends Pick<DoorParts, "clock" | "log">, Omit<RouteParts, "login"> {
  readonly settings: ServerSettings;
  /** Both or none. */
  readonly protection: Protection | undefined;
  readonly login: Login | undefined;
}

/** @throws Fault as `openDoor` */
export function openPageDoor(parts: PageDoorParts): Door {
  const { clock, log, settings, login } = parts;
  const tls = parts.protection?.certificate;
  const routes = makeRoutes(parts);
  const onLoopback = isLoopback(settings.listen);
  return openDoor({
    clock,
    log,
    hostname: settings.listen,
    port: settings.port,
    ...(tls ? { tls } : {}),
    rules: {
      names: onLoopback ? [] : boxNames(Deno.hostname(), settings.names),
      proxyNames: onLoopback ? settings.names : [],
      samePort: login !== undefined,
    },
    answer: async (request, address) => {
      const pass = await login?.passOf(request, address) ?? "open";
      if (pass instanceof Response) return pass;
      return await routes.fetch(request, { address, pass });
    },
  });
}

/** Where the page is: first for this box itself, then for people elsewhere. */
export function pageUrls(
  { listen, names }: Pick<ServerSettings, "listen" | "names">,
  port: number,
  box: {
    readonly tls: boolean;
    readonly hostname: string;
    readonly addresses: readonly string[];
  },
): readonly [string, ...string[]] {
  const scheme = box.tls ? "https" : "http";
  const url = (host: string) => `${scheme}://${inUrl(host)}:${port}/`;
  if (isLoopback(listen)) return [url(listen)];
  const all = listen === "0.0.0.0" || listen === "::";
  const own = listen === "::" ? "::1" : "127.0.0.1";
  const mdns = boxNames(box.hostname, []).filter((name) => name.endsWith(".local"));
  const hosts = [
    all ? own : listen,
    ...mdns,
    ...names.map(nameOf),
    ...(all ? reachable(box.addresses) : []).filter((address) =>
      listen === "::" || !address.includes(":")
    ),
  ];
  const [first = own, ...others] = new Set(hosts);
  return [url(first), ...others.map(url)];
}
