/**
 * Asks, when the socket fails, whether the program only wants to know who we are.
 * @module
 */

const TIMEOUT_MS = 5_000;
const LOGIN_PATH = "/login";

/** What is needed of a browser's answer. */
export type DoorAnswer = Pick<Response, "status" | "redirected" | "url">;

/** True when the answer says that one has to log in. */
export function asksForLogin({ status, redirected, url }: DoorAnswer): boolean {
  return status === 401 || redirected && URL.parse(url)?.pathname === LOGIN_PATH;
}

/** Goes to the login when the program asks for one; stays when it cannot be reached. */
export async function goToLoginWhenAsked(): Promise<void> {
  try {
    // Of the page itself: the health of the box is told without a login.
    const answer = await fetch("/", {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (asksForLogin(answer)) location.assign(LOGIN_PATH);
  } catch {
    // Not there: the page says so, and tries again.
  }
}
