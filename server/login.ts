/**
 * Who has logged in, and how one does: the cookie of a browser, the password that a
 * machine sends along, and the form. What a password may cost is `password_check.ts`;
 * whose Host and Origin are good is `access.ts`, before any of this.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Secret } from "../base/secret.ts";
import { loginWords as words } from "../messages/login_en.ts";
import { readBody } from "./bounded_body.ts";
import { LOGIN_POLICY, loginPage, type LoginTrouble, logOutPage } from "./login_page.ts";
import {
  type Attempt,
  PasswordCheck,
  type PasswordCheckParts,
} from "./password_check.ts";
import type { Protection } from "./protection.ts";
import {
  cookieFor,
  isSession,
  type Line,
  makeSession,
  sessionsIn,
} from "./session_cookie.ts";

/** How somebody came in; `open` where no password is set. */
export type Pass = "open" | "cookie" | "password" | "none";

/** Who asks. */
export interface Caller {
  readonly address: string;
  readonly pass: Pass;
}

export interface LoginParts extends PasswordCheckParts {
  readonly protection: Protection;
}

/** A password of 1,024 characters, each of four bytes, each byte as %XX, and a name. */
const FORM_BYTES_MAX = 16_384;
const FORM_MS_MAX = 10_000;

export class Login implements Disposable {
  readonly #clock: Clock;
  readonly #protection: Protection;
  readonly #check: PasswordCheck;

  constructor(parts: LoginParts) {
    this.#clock = parts.clock;
    this.#protection = parts.protection;
    this.#check = new PasswordCheck(parts);
  }

  /** How `request` comes in; an answer when it brings a password that is not right. */
  async passOf(request: Request, address: string): Promise<Pass | Response> {
    const sessions = sessionsIn(request.headers.get("cookie"), this.#lineOf(request));
    if (sessions.some((session) => this.#isGood(session))) return "cookie";
    const password = passwordIn(request.headers.get("authorization"));
    if (password === undefined) return "none";
    const attempt = await this.#check.try(password, address);
    if (attempt.kind === "right") return "password";
    return refusal(request, attempt);
  }

  page(request: Request): Response {
    return htmlAnswer(loginPage(hostOf(request)));
  }

  /** The form's answer: to the page with a cookie, or the form again. */
  async logIn(request: Request, address: string): Promise<Response> {
    const limits = { bytesMax: FORM_BYTES_MAX, msMax: FORM_MS_MAX, clock: this.#clock };
    const body = await readBody(request, limits);
    if (body.kind === "refused") return textAnswer(body.words, body.status);
    const password = new URLSearchParams(body.text).get("password");
    if (password === null) return textAnswer(words.otherForm, 400);
    const attempt = await this.#check.try(new Secret(password), address);
    if (attempt.kind === "right") {
      const session = makeSession(this.#protection, this.#clock.utcMs());
      return redirect("/", { "set-cookie": cookieFor(session, this.#lineOf(request)) });
    }
    const trouble = troubleOf(attempt);
    const page = loginPage(hostOf(request), trouble);
    if (trouble.kind === "wrong") return htmlAnswer(page, 403);
    return htmlAnswer(page, 429, { "retry-after": String(trouble.waitS) });
  }

  logOutPage(): Response {
    return htmlAnswer(logOutPage());
  }

  logOut(request: Request): Response {
    const cookie = cookieFor("", this.#lineOf(request));
    return redirect("/login", { "set-cookie": cookie });
  }

  [Symbol.dispose](): void {
    this.#check[Symbol.dispose]();
  }

  /** A form's Origin, which `access.ts` found good, tells whether a proxy speaks TLS. */
  #lineOf({ headers }: Request): Line {
    if (this.#protection.certificate) return "tls";
    return /^https:/i.test(headers.get("origin") ?? "") ? "proxied" : "plain";
  }

  #isGood(session: string): boolean {
    return isSession(session, this.#protection, this.#clock.utcMs());
  }
}

/** What somebody hears who has not logged in and asks for what is behind the login. */
export function loginDemand(request: Request): Response {
  if (isNavigation(request)) return redirect("/login");
  return textAnswer(words.logInFirst, 401, demandHeaders(request));
}

/** 303, so that a form's POST becomes a GET. */
export function redirect(to: string, headers: Record<string, string> = {}): Response {
  const all = { ...headers, location: to, "cache-control": "no-store" };
  return new Response(null, { status: 303, headers: all });
}

/** The password of `Authorization: Basic`, whatever the user, or of `Bearer`. */
function passwordIn(header: string | null): Secret | undefined {
  const [, scheme, text = ""] = /^(basic|bearer) +(\S.*)$/i.exec(header ?? "") ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return new Secret(typedText(text));
  try {
    const bytes = Uint8Array.fromBase64(text.trim());
    const pair = typedText(
      Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""),
    );
    return new Secret(pair.slice(pair.indexOf(":") + 1));
  } catch {
    return new Secret(text); // not base64: a wrong password, as any other
  }
}

/**
 * What somebody typed, of whom we have one character a byte, as headers come: in UTF-8,
 * or in Latin-1 when it cannot be that.
 */
function typedText(chars: string): string {
  try {
    const bytes = Uint8Array.from(chars, (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return chars;
  }
}

function refusal(request: Request, attempt: Exclude<Attempt, { kind: "right" }>) {
  const trouble = troubleOf(attempt);
  if (trouble.kind === "wrong") {
    return textAnswer(words.wrongPassword, 401, demandHeaders(request));
  }
  const { waitS } = trouble;
  return textAnswer(words.tooMany(waitS), 429, { "retry-after": String(waitS) });
}

function troubleOf(attempt: Exclude<Attempt, { kind: "right" }>): LoginTrouble {
  switch (attempt.kind) {
    case "wrong":
      return { kind: "wrong" };
    case "wait":
      return { kind: "wait", waitS: Math.ceil(attempt.waitMs / 1_000) };
  }
}

/** A browser would open a window of its own for it, in front of the page. */
function demandHeaders(request: Request): Record<string, string> {
  if (request.headers.has("sec-fetch-mode")) return {};
  return { "www-authenticate": 'Basic realm="StreamWare", charset="UTF-8"' };
}

function isNavigation({ method, headers }: Request): boolean {
  if (method !== "GET" && method !== "HEAD" || headers.has("upgrade")) return false;
  const mode = headers.get("sec-fetch-mode");
  return mode === null
    ? headers.get("accept")?.includes("text/html") ?? false
    : mode === "navigate";
}

function hostOf(request: Request): string {
  return URL.parse(request.url)?.hostname ?? "";
}

function htmlAnswer(page: string, status = 200, more: Record<string, string> = {}) {
  const headers = {
    ...more,
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": LOGIN_POLICY,
    "cache-control": "no-store",
  };
  return new Response(page, { status, headers });
}

function textAnswer(text: string, status: number, more: Record<string, string> = {}) {
  return new Response(text, {
    status,
    headers: { ...more, "cache-control": "no-store" },
  });
}
