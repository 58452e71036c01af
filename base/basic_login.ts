/**
 * The login that stands in a URL, as the header that carries it. Checks nobody's login.
 * @module
 */

/** `Basic …`, in UTF-8; undefined when the URL names neither a user nor a password. */
export function basicLogin({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const bytes = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** A part of a URL without percent signs; as it is when they mean nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
