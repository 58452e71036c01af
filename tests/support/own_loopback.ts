/**
 * Addresses of this box that one test has for itself. Reserves nothing: there are sixteen
 * million of them, and one is drawn.
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
