/**
 * Who gets the deliveries, and one try to post to it. Knows no queue and no second try.
 * @module
 */
import { basicLogin } from "../base/basic_login.ts";
import type { Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { VERSION } from "../base/version.ts";
import type { WebhookSettings } from "../config/schema.ts";
import { judgeAnswer, networkTrouble, type Outcome, timedOut } from "./answer.ts";

export interface ReceiverParts {
  readonly clock: Clock;
  readonly settings: WebhookSettings;
  readonly fetch: typeof fetch;
  /** A file of certificates that are trusted beside the built-in ones. */
  readonly authorities: string;
}

/** Where Debian keeps the authorities that this box trusts, its owner's own among them. */
export const BOX_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

/** Enough to let a connection be used again; an answer's words are not read. */
const ANSWER_BYTES_MAX = 4_096;

export class Receiver implements Disposable {
  /** Scheme and host: the only part of the URL that may be shown. */
  readonly site: string;
  readonly #parts: ReceiverParts;
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #client: Deno.HttpClient;

  /** @throws Fault config when webhook.url is not a URL we can post to. */
  constructor(parts: ReceiverParts) {
    this.#parts = parts;
    this.#url = readUrl(parts.settings);
    this.site = `${this.#url.protocol}//${this.#url.host}`;
    this.#headers = headersOf(parts.settings, this.#url);
    this.#url.username = this.#url.password = "";
    const caCerts = this.#url.protocol === "https:" ? readFile(parts.authorities) : [];
    this.#client = Deno.createHttpClient({ caCerts });
  }

  /**
   * One try, at most as long as the settings say, headers and body together.
   * @param id of the delivery; `signal` ends the try, whose outcome is then a retry
   */
  async post(body: string, id: string, signal: AbortSignal): Promise<Outcome> {
    const { clock, settings, fetch } = this.#parts;
    const timeoutMs = settings.timeoutS * 1_000;
    let isLate = false;
    // Not AbortSignal.any: of a signal that lives as long as we do it keeps something for
    // each try, some 40 bytes with Deno 2.6.8.
    const ending = new AbortController();
    const end = () => ending.abort();
    using _deadline = clock.after(timeoutMs, () => {
      isLate = true;
      end();
    });
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { ...this.#headers, "idempotency-key": id },
        body,
        // A token must not travel on to another host.
        redirect: "manual",
        signal: ending.signal,
        client: this.#client,
      });
      await drain(response);
      const { status, headers } = response;
      const [retryAfter, location] = [
        headers.get("retry-after"),
        headers.get("location"),
      ];
      return judgeAnswer({ status, retryAfter, location }, clock.utcMs());
    } catch (thrown) {
      return isLate ? timedOut(timeoutMs) : networkTrouble(thrown);
    } finally {
      signal.removeEventListener("abort", end);
    }
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

function readUrl({ url }: WebhookSettings): URL {
  const hint = "set webhook.url to http(s)://HOST/PATH";
  if (url === undefined) {
    throw new Fault("config", "Cannot post: webhook.url is not set", { hint });
  }
  const parsed = URL.parse(url.reveal());
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    const state = "it is no http:// or https:// URL";
    throw new Fault("config", `Cannot use webhook.url: ${state}`, { hint });
  }
  return parsed;
}

function headersOf({ token }: WebhookSettings, url: URL): Record<string, string> {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": `StreamWare/${VERSION}`,
  };
  if (token) return { ...headers, authorization: `Bearer ${token.reveal()}` };
  const authorization = basicLogin(url);
  return authorization === undefined ? headers : { ...headers, authorization };
}

/** The file's text, or nothing when there is none: the built-in authorities remain. */
function readFile(path: string): string[] {
  try {
    return [Deno.readTextFileSync(path)];
  } catch {
    return [];
  }
}

/** Reads the answer's body to its end, or leaves it; the head has said all that counts. */
async function drain(response: Response): Promise<void> {
  if (!response.body) return;
  const reader = response.body.getReader();
  try {
    for (let size = 0; size <= ANSWER_BYTES_MAX;) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.length;
    }
    await reader.cancel();
  } catch {
    // Cut off or too slow: what it said in its head stands.
  }
}
