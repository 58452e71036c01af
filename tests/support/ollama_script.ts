/**
 * How a stand-in for an Ollama server answers one question: well, or in one of the ways
 * in which servers fail. Answers nothing itself: `fake_ollama.ts`.
 * @module
 */

/** How one inference request is answered; what is left out is healthy. */
export interface Script {
  /** The answer, or what makes it of prompt and pictures; sent a word a chunk. */
  readonly text?:
    | string
    | ((prompt: string, images: readonly Uint8Array[]) => string | Promise<string>);
  readonly reason?: "stop" | "length";
  /** Answer this status with this error, or this HTML, instead of chunks. */
  readonly fail?: {
    readonly status: number;
    readonly error?: string;
    readonly html?: string;
  };
  readonly loadMs?: number;
  /** A load is over when this is: for a test that looks at what is said meanwhile. */
  readonly loaded?: () => Promise<void>;
  readonly tokenMs?: number;
  /** What comes after `endAfter` chunks (3) in place of the rest. */
  readonly end?: "cut" | "eof" | "error" | "stall";
  readonly endAfter?: number;
}

export const BUSY = "server busy, please try again.  maximum pending requests exceeded";

/** Scripts chosen by the end of a model's name: `vision-cut`, `vision-hang`. */
export const MODES: Readonly<Record<string, Script>> = {
  hang: { end: "stall", endAfter: 0 },
  stall: { end: "stall" },
  slowload: { loadMs: 3_000 },
  drip: { tokenMs: 500 },
  cut: { end: "cut" },
  eof: { end: "eof" },
  errline: { end: "error" },
  busy: { fail: { status: 503, error: BUSY } },
  html: { fail: { status: 502, html: "<html>502 Bad Gateway</html>" } },
  empty: { text: "" },
  badjson: { text: '{"caption": "A person', reason: "length" },
  german: { text: "Eine Person geht nach links." },
  long: { text: "person ".repeat(15_000) },
  echo: { text: (prompt) => prompt },
};
