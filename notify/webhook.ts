/**
 * Posts each sentence that may be told to one receiver, in order, until it took it.
 * The wire is `receiver.ts`, the body `delivery.ts`; docs/ref/webhook.md tells it to who
 * builds a receiver.
 *
 * A receiver that fails is asked again after growing waits, which go on from one delivery
 * to the next: a dead one is not hammered because more happens.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import { backoffMs, RECONNECT } from "../base/backoff.ts";
import { BoundedQueue } from "../base/bounded_queue.ts";
import { type Clock, sleep } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { OpenWork } from "../base/open_work.ts";
import type { WebhookSettings } from "../config/schema.ts";
import type { NarrationOutlet, Told } from "../llm/narration.ts";
import type { Outcome } from "./answer.ts";
import { deliveryOf, withinBounds } from "./delivery.ts";
import { BOX_AUTHORITIES, Receiver } from "./receiver.ts";

export interface WebhookParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  /** With a URL. */
  readonly settings: WebhookSettings;
  readonly fetch?: typeof fetch;
  /** A number in 0..1, for the waits. */
  readonly chance: () => number;
  /** Makes a name for a delivery that no other has. */
  readonly newId?: () => string;
  /** A file of trusted certificates; without it, the box's. */
  readonly authorities?: string;
}

/** What became of a sentence. `retries` counts tries beyond the first. */
export interface WebhookCounts {
  delivered: number;
  /** Refused, tried as often as `webhook.tries` says, or failed at within us. */
  givenUp: number;
  /** Lost because too many waited, or because we stopped. */
  dropped: number;
  retries: number;
  /** Kept quiet by the filter: not for others. */
  quiet: number;
  /** Pictures that were too large; their sentences went without. */
  picturesLeftOut: number;
}

export interface Webhook extends NarrationOutlet {
  readonly counts: Readonly<WebhookCounts>;
  /** Done when all that was offered is posted or given up, or when `signal` ends the wait. */
  drained(signal: AbortSignal): Promise<void>;
}

/** With pictures some 25 MB at most. */
const CAPACITY = 100;
/** What the delivery on its way may take when we stop. */
const LAST_MS = 500;
const ALERT = "webhook.failing";

/** @throws Fault config when webhook.url is not a URL we can post to. */
export function openWebhook(parts: WebhookParts): Webhook {
  const receiver = new Receiver({
    clock: parts.clock,
    settings: parts.settings,
    fetch: parts.fetch ?? fetch,
    authorities: parts.authorities ?? BOX_AUTHORITIES,
  });
  return new QueuedWebhook(parts, receiver);
}

class QueuedWebhook implements Webhook {
  readonly counts: WebhookCounts = {
    delivered: 0,
    givenUp: 0,
    dropped: 0,
    retries: 0,
    quiet: 0,
    picturesLeftOut: 0,
  };
  readonly #parts: WebhookParts;
  readonly #receiver: Receiver;
  readonly #queue = new BoundedQueue<Told>({
    capacity: CAPACITY,
    whenFull: "drop-oldest",
  });
  /** No further try. */
  readonly #stop = new AbortController();
  /** Also the try that runs ends. */
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  /** Sentences that were taken, until they came to an end. */
  readonly #open = new OpenWork();
  /** Tries in a row that brought nothing, over all deliveries. */
  #failures = 0;
  #notBeforeMs = 0;
  #isAlarmed = false;

  constructor(parts: WebhookParts, receiver: Receiver) {
    this.#parts = parts;
    this.#receiver = receiver;
    this.#done = this.#run();
  }

  offer(told: Told): void {
    if (told.narration.verdict.kind === "quiet") return void this.counts.quiet++;
    if (this.#stop.signal.aborted) return void this.counts.dropped++;
    const kept = withinBounds(told);
    if (kept !== told) this.counts.picturesLeftOut++;
    this.#open.begin();
    if (this.#queue.push(kept)) this.#drop(1);
  }

  async drained(signal: AbortSignal): Promise<void> {
    await this.#open.none(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    {
      using _last = this.#parts.clock.after(LAST_MS, () => this.#abort.abort());
      await this.#done;
    }
    this.#drop(this.#queue.remove(() => true).length);
    this.#receiver[Symbol.dispose]();
    if (this.counts.dropped > 0) {
      this.#parts.log.warn("webhook.stopped", { ...this.counts });
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      const told = await this.#queue.take(signal);
      if (told === undefined) return;
      try {
        await this.#deliver(told);
      } catch (thrown) {
        // A bug of ours at one sentence must not silence the others.
        this.counts.givenUp++;
        this.#parts.log.error("webhook.broke", { words: wordsOf(thrown) });
      }
      this.#open.end();
    }
  }

  #drop(count: number): void {
    this.counts.dropped += count;
    for (let left = count; left > 0; left--) this.#open.end();
  }

  async #deliver(told: Told): Promise<void> {
    const { settings, newId = () => crypto.randomUUID() } = this.#parts;
    const id = newId();
    const body = JSON.stringify(deliveryOf(told, id));
    for (let attempt = 1; attempt <= settings.tries; attempt++) {
      await this.#pause();
      if (this.#stop.signal.aborted) return void this.counts.dropped++;
      if (attempt > 1) this.counts.retries++;
      const outcome = await this.#receiver.post(body, id, this.#abort.signal);
      if (this.#abort.signal.aborted && outcome.kind !== "delivered") {
        return void this.counts.dropped++;
      }
      if (this.#learn(outcome, attempt) === "done") return;
    }
    this.counts.givenUp++;
  }

  async #pause(): Promise<void> {
    const { clock } = this.#parts;
    const waitMs = this.#notBeforeMs - clock.monotonicMs();
    if (waitMs > 0) await sleep(clock, waitMs, this.#stop.signal);
  }

  #learn(outcome: Outcome, attempt: number): "done" | "again" {
    switch (outcome.kind) {
      case "delivered":
        this.counts.delivered++;
        this.#failures = 0;
        this.#mend();
        return "done";
      case "refused":
        this.counts.givenUp++;
        this.#tell(outcome, { attempt, isLast: true });
        return "done";
      case "retry": {
        const { clock, settings, chance } = this.#parts;
        const waitMs = backoffMs(RECONNECT, ++this.#failures, chance());
        this.#notBeforeMs = clock.monotonicMs() + Math.max(waitMs, outcome.afterMs ?? 0);
        this.#tell(outcome, { attempt, isLast: attempt === settings.tries });
        return "again";
      }
    }
  }

  /** One failed try may be chance: it is logged; the alert comes with the next. */
  #tell(
    outcome: Exclude<Outcome, { kind: "delivered" }>,
    { attempt, isLast }: { readonly attempt: number; readonly isLast: boolean },
  ): void {
    const { alerts, log } = this.#parts;
    const { why, toDo } = outcome;
    const { site } = this.#receiver;
    log.warn("webhook.failed", { site, why, attempt, givenUp: isLast });
    if (this.#failures < 2 && !isLast) return;
    this.#isAlarmed = true;
    const words = `The webhook ${site} does not take what is posted: ${why}`;
    alerts.raise({ code: ALERT, subject: "", severity: "warning", words, toDo });
  }

  #mend(): void {
    if (!this.#isAlarmed) return;
    this.#isAlarmed = false;
    this.#parts.alerts.clear(ALERT, "");
    this.#parts.log.info("webhook.works", { site: this.#receiver.site });
  }
}
