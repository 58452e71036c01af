/**
 * Addresses and ports of this box that one test has for itself. Reserves nothing: there
 * are sixteen million addresses and some thousand ports, and one is drawn.
 * @module
 */

/**
 * For what stops and listens again on the same port. On 127.0.0.1 the kernel may have given
 * that port to another test, which asked for any one; here it is as free as before.
 */
export function ownLoopback(): string {
  const [high, middle, low] = crypto.getRandomValues(new Uint8Array(3));
  return `127.${1 + high! % 255}.${middle}.${1 + low! % 254}`;
}

/**
 * For what cannot have another address than 127.0.0.1: two ports in a row below those that
 * the kernel gives to whoever asks for any one (net.ipv4.ip_local_port_range).
 */
export function ownPorts(): readonly [number, number] {
  const [drawn] = crypto.getRandomValues(new Uint16Array(1));
  const first = 20_000 + 2 * (drawn! % 6_000);
  return [first, first + 1];
}
