/**
 * Bytes as text that JSON and HTML take as it is. Not with the alphabet for URLs.
 * @module
 */
import { Buffer } from "node:buffer";

/** RFC 4648, section 4, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** The reverse; what is no base64 is left out, as Node's reader does. */
export function decodeBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}
