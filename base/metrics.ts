/**
 * Numbers about our own running, as Prometheus text. Each is read by a callback when
 * somebody asks; nothing is stored here and nothing runs between two readings.
 * Why not a library: docs/adr/0007-metrics.md.
 * @module
 */
import { assert } from "./assert.ts";
import { wordsOf } from "./fault.ts";
import type { Log } from "./log.ts";

/** `content-type` of `Metrics.text()`: the text exposition format. */
export const METRICS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** One value of a metric that has labels, such as one per camera. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The value now; samples when labelled; undefined when there is none to tell. */
export type Reading = number | readonly Sample[] | undefined;

export interface Metric {
  /** `streamware_…` with its unit last; counters end in `_total`. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  /** Called at every scrape: cheap, and free of effects. */
  readonly read: () => Reading;
}

type Kind = "counter" | "gauge";

/** Every metric of the program, in the order in which it was added. */
export class Metrics {
  readonly #metrics = new Map<string, Metric & { readonly kind: Kind }>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** A number that only grows while the program runs. */
  counter(metric: Metric): void {
    assert(metric.name.endsWith("_total"), `counter ${metric.name} ends in _total`);
    this.#add("counter", metric);
  }

  /** A number that goes up and down. */
  gauge(metric: Metric): void {
    this.#add("gauge", metric);
  }

  /** All metrics. One whose reading throws is left out and logged, never guessed. */
  text(): string {
    let text = "";
    for (const metric of this.#metrics.values()) {
      try {
        text += block(metric);
      } catch (thrown) {
        this.#log.warn("metrics.unreadable", {
          metric: metric.name,
          cause: wordsOf(thrown),
        });
      }
    }
    return text;
  }

  #add(kind: Kind, metric: Metric): void {
    assert(/^[a-z][a-z0-9_]*$/.test(metric.name), `${metric.name} names a metric`);
    assert(!this.#metrics.has(metric.name), `${metric.name} is declared once`);
    this.#metrics.set(metric.name, { ...metric, kind });
  }
}

function block(metric: Metric & { readonly kind: Kind }): string {
  const reading = metric.read();
  if (reading === undefined) return "";
  const samples = typeof reading === "number"
    ? [{ labels: {}, value: reading }]
    : reading;
  if (samples.length === 0) return "";
  const help = metric.help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  const lines = samples.map((sample) =>
    `${metric.name}${labelsText(sample.labels)} ${numberText(sample.value)}\n`
  );
  return `# HELP ${metric.name} ${help}\n# TYPE ${metric.name} ${metric.kind}\n` +
    lines.join("");
}

function labelsText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    assert(/^[a-z_][a-z0-9_]*$/.test(name), `${name} names a label`);
    return `${name}="${escapedLabel(value)}"`;
  });
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapedLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numberText(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return String(value);
}
