/**
 * What a receiver's answer, or the lack of one, means for a delivery, and how to say it.
 * Pure. No word of the receiver's is repeated: it may echo a token.
 * @module
 */

export type Outcome =
  | { readonly kind: "delivered" }
  /** Worth another try, not before `afterMs` when the receiver asked for that. */
  | {
    readonly kind: "retry";
    readonly why: string;
    readonly toDo: string;
    readonly afterMs?: number;
  }
  /** The same request would get the same answer. */
  | { readonly kind: "refused"; readonly why: string; readonly toDo: string };

/** The parts of an answer's head that decide. */
export interface AnswerHead {
  readonly status: number;
  /** `Retry-After`: seconds or a date. */
  readonly retryAfter: string | null;
  readonly location: string | null;
}

/** A receiver that asks for a longer pause is asked again after this one. */
const RETRY_AFTER_MS_MAX = 300_000;
const LOOK_THERE = "Look into the receiver's log.";

/** @param utcMs the time now, for a `Retry-After` that is a date */
export function judgeAnswer(head: AnswerHead, utcMs: number): Outcome {
  const { status } = head;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  const why = `it answers ${status}`;
  if (status === 408 || status === 429 || status >= 500) {
    const afterMs = pauseMs(head.retryAfter, utcMs);
    const retry = { kind: "retry", why, toDo: LOOK_THERE } as const;
    return afterMs === undefined ? retry : { ...retry, afterMs };
  }
  if (status >= 300 && status < 400) {
    return {
      kind: "refused",
      why: `${why}: it redirects to ${siteOf(head.location)}`,
      toDo:
        "Set webhook.url to where it redirects: a token is not sent to another place.",
    };
  }
  return { kind: "refused", why, toDo: REFUSALS[status] ?? LOOK_THERE };
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: "Set webhook.token to the token that the receiver expects.",
  403: "Set webhook.token to the token that the receiver expects.",
  404: "Correct the path in webhook.url.",
  405: "The receiver must take POST at the path in webhook.url.",
  410: "Correct the path in webhook.url.",
  413: "Let the receiver take bodies of 400 kB (nginx: client_max_body_size 1m).",
};

function pauseMs(retryAfter: string | null, utcMs: number): number | undefined {
  if (retryAfter === null) return undefined;
  const text = retryAfter.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - utcMs;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, RETRY_AFTER_MS_MAX) : undefined;
}

/** Scheme and host: a path may hold a token. */
function siteOf(location: string | null): string {
  if (location === null) return "nowhere";
  try {
    const { protocol, host } = new URL(location);
    return host === "" ? "another place" : `${protocol}//${host}`;
  } catch {
    return "another path of its own";
  }
}

/** @param timeoutMs what the receiver had */
export function timedOut(timeoutMs: number): Outcome {
  const why = `no answer within ${timeoutMs / 1_000} s`;
  return { kind: "retry", why, toDo: "Is the receiver busy? It may answer 202 at once." };
}

/** What the networks of Deno say, and what it means. The first that fits counts. */
const TROUBLES: readonly (readonly [RegExp, string, string])[] = [
  [
    /certificate.*(expired|not ?yet)/i,
    "its certificate is not valid now",
    "Renew the receiver's certificate; `timedatectl` shows whether this box's clock is right.",
  ],
  [
    /certificate.*not ?valid ?for ?name/i,
    "its certificate is for another name",
    "Use in webhook.url the name that the receiver's certificate is for.",
  ],
  [
    /CaUsedAsEndEntity/i,
    "its certificate is an authority's own (CA:TRUE), not a server's",
    "Make a certificate for the receiver that this authority signs.",
  ],
  [
    /UnknownIssuer/i,
    "its certificate is not from an authority that this box trusts",
    "sudo cp CA.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates, " +
    "then start again.",
  ],
  [
    /certificate/i,
    "its certificate is not one that can be checked",
    "It must be of version 3, for the host's name, and signed with SHA-256 or better: " +
    "openssl s_client -connect HOST:PORT",
  ],
  [
    /corrupt message|InvalidContentType|wrong version|handshake/i,
    "it does not speak TLS there",
    "Does webhook.url need http:// instead of https://, or another port?",
  ],
  [
    /invalid HTTP version|invalid.*pars/i,
    "it does not speak HTTP there",
    "Does webhook.url need https:// instead of http://, or another port?",
  ],
  [
    /dns|lookup|name resolution/i,
    "its name is not known",
    "Is the host in webhook.url right? `getent hosts HOST` asks as StreamWare does.",
  ],
  [
    /refused/i,
    "nobody listens there (connection refused)",
    "Does the receiver run, and is the port in webhook.url right?",
  ],
  [
    /unreachable|no route|timed out/i,
    "it cannot be reached",
    "Is the network up? `ip route`, `ping HOST`.",
  ],
  [/reset|closed|broken pipe|end of file|eof/i, "it closed the connection", LOOK_THERE],
];

/** @param thrown what fetch threw: its words hold the URL, ours do not */
export function networkTrouble(thrown: unknown): Outcome {
  const words = wordsBelow(thrown);
  const found = TROUBLES.find(([pattern]) => pattern.test(words));
  const [, why, toDo] = found ?? [undefined, "the request failed", LOOK_THERE];
  return { kind: "retry", why, toDo };
}

/** An error's words and its causes'; Deno 2.9 tells the reason in the cause. */
function wordsBelow(thrown: unknown): string {
  const words: string[] = [];
  for (let error = thrown; error instanceof Error && words.length < 5;) {
    // The URL's own words decide nothing.
    words.push(error.message.replace(/https?:\/\/\S+/g, ""));
    error = error.cause;
  }
  return words.join("\n");
}
