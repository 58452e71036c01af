/**
 * Asks a person at a terminal, also over SSH and on a serial line. The only file that
 * knows npm:@clack/prompts. Without a terminal a password is a line of standard input,
 * everything else its default, or a fault that names the flag. Decides nothing.
 * @module
 */
import process from "node:process";
import { Writable } from "node:stream";
import { confirm as askClack, isCancel, password, select, text } from "@clack/prompts";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { Interrupted } from "./interrupted.ts";

export interface Question {
  /** `How should this camera be called?` */
  readonly words: string;
  /** What answers it without a terminal: `--camera-name NAME`. */
  readonly flag: string;
}

export interface PasswordQuestion extends Question {
  /** It is being chosen, not entered: asked twice. */
  readonly isNew?: boolean;
  /** Why it will not do, or undefined; then it is asked again. */
  whyBad?(password: Secret): string | undefined;
}

export interface TextQuestion extends Question {
  /** What an empty answer means, and every answer without a terminal. */
  readonly default?: string;
  /** Why an answer will not do, or undefined; then it is asked again. */
  whyBad?(answer: string): string | undefined;
}

export interface ChoiceQuestion<T extends string> extends Question {
  readonly choices: readonly {
    readonly value: T;
    readonly words: string;
    /** A word more about the choice the cursor stands on. */
    readonly hint?: string;
  }[];
  readonly default?: T;
}

export interface YesNoQuestion extends Question {
  readonly default?: boolean;
}

/** Who answers: a person, or nobody and then the defaults; in a test a list of answers. */
export interface Asker {
  /** Whether there is somebody to ask. */
  readonly isInteractive: boolean;
  password(question: PasswordQuestion): Promise<Secret>;
  text(question: TextQuestion): Promise<string>;
  choice<T extends string>(question: ChoiceQuestion<T>): Promise<T>;
  confirm(question: YesNoQuestion): Promise<boolean>;
}

/** The person at the terminal, if there is one. */
export function terminalAsker(): Asker {
  return {
    isInteractive: terminal() !== undefined,
    password: askPassword,
    text: askText,
    choice: askChoice,
    confirm,
  };
}

/** Asks nobody, also at a terminal: every answer is its default, or a fault. */
export const DEFAULTS_ASKER: Asker = {
  isInteractive: false,
  password: passwordLine,
  text: (question) => settled(() => orFault(question.default, question)),
  choice: (question) => settled(() => orFault(question.default, question)),
  confirm: (question) => settled(() => orFault(question.default, question)),
};

/** The value of `answer`, or its fault, as a promise. */
async function settled<T>(answer: () => T): Promise<T> {
  return await answer();
}

/**
 * A password; nothing of it is shown, not even its length.
 * @throws Interrupted at Ctrl-C
 * @throws Fault usage when standard input is no terminal and has no good line
 */
export async function askPassword(question: PasswordQuestion): Promise<Secret> {
  const output = terminal();
  if (!output) return await passwordLine(question);
  for (let words = question.words;;) {
    const first = await askHidden(words, output, question.whyBad);
    if (!question.isNew) return first;
    const again = await askHidden("The same again", output);
    if (again.reveal() === first.reveal()) return first;
    words = `These two differ. ${question.words}`;
  }
}

/**
 * A line of text, without blanks around it.
 * @throws Interrupted at Ctrl-C
 * @throws Fault usage without terminal and default
 */
export async function askText(question: TextQuestion): Promise<string> {
  const output = terminal();
  if (!output) return orFault(question.default, question);
  const fallback = question.default;
  const answer = await text({
    message: question.words,
    output,
    ...(fallback === undefined ? {} : { defaultValue: fallback, placeholder: fallback }),
    validate: (typed = "") => {
      const given = typed.trim() || fallback || "";
      return given === "" ? "Please type something" : question.whyBad?.(given);
    },
  });
  return orInterrupted(answer).trim() || fallback!;
}

/**
 * One of several answers.
 * @throws Interrupted at Ctrl-C
 * @throws Fault usage without terminal and default
 */
export async function askChoice<T extends string>(
  question: ChoiceQuestion<T>,
): Promise<T> {
  const output = terminal();
  if (!output) return orFault(question.default, question);
  const answer = await select<string>({
    message: question.words,
    output,
    options: question.choices.map(({ value, words, hint }) => ({
      value,
      label: words,
      ...(hint === undefined ? {} : { hint }),
    })),
    ...(question.default === undefined ? {} : { initialValue: question.default }),
  });
  const chosen = orInterrupted(answer);
  return question.choices.find(({ value }) => value === chosen)!.value;
}

/**
 * Yes or no.
 * @throws Interrupted at Ctrl-C
 * @throws Fault usage without terminal and default
 */
export async function confirm(question: YesNoQuestion): Promise<boolean> {
  const output = terminal();
  if (!output) return orFault(question.default, question);
  const initialValue = question.default ?? true;
  return orInterrupted(await askClack({ message: question.words, output, initialValue }));
}

async function askHidden(
  words: string,
  output: Writable,
  whyBad?: (password: Secret) => string | undefined,
): Promise<Secret> {
  const answer = await password({
    message: words,
    output,
    mask: "",
    validate: (typed = "") =>
      typed === "" ? "Please type something" : whyBad?.(new Secret(typed)),
  });
  return new Secret(orInterrupted(answer));
}

/**
 * Where questions are shown: standard error when the output goes into a file. Undefined
 * when there is nobody to ask.
 */
function terminal(): Writable | undefined {
  if (!Deno.stdin.isTerminal()) return undefined;
  const streams = [process.stdout, process.stderr];
  const stream = streams.find(({ isTTY }) => isTTY);
  return stream && stream.columns === 0 ? withoutSize(stream) : stream;
}

/**
 * A serial console says that it is 0 columns wide, and each letter would get a line of
 * its own; of a stream that says nothing, 80 are assumed.
 */
function withoutSize(stream: Writable): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      stream.write(chunk);
      done();
    },
  });
}

function orInterrupted<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Interrupted();
  return answer as Exclude<T, symbol>;
}

function orFault<T>(fallback: T | undefined, question: Question): T {
  if (fallback !== undefined) return fallback;
  const words = `Cannot ask "${question.words}": standard input is no terminal`;
  throw new Fault("usage", words, { hint: `give ${question.flag}` });
}

async function passwordLine(question: PasswordQuestion): Promise<Secret> {
  const line = await readLine();
  if (line === undefined || line.reveal() === "") {
    const words = `Cannot ask "${question.words}": standard input is no terminal, and ` +
      "its next line is empty or missing";
    throw new Fault("usage", words, { hint: `give ${question.flag}` });
  }
  const why = question.whyBad?.(line);
  if (why !== undefined) throw new Fault("usage", `Cannot use the password: ${why}`);
  return line;
}

/** Longer than any password; so that a wrong file is not read whole. */
const LINE_BYTES_MAX = 1_024;

/** The next line, byte by byte: what follows is for who reads next. */
async function readLine(): Promise<Secret | undefined> {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (await Deno.stdin.read(one) !== null && one[0] !== 0x0a) {
    bytes.push(one[0]!);
    if (bytes.length > LINE_BYTES_MAX) {
      const words =
        `Cannot use the password: the line is longer than ${LINE_BYTES_MAX} bytes`;
      throw new Fault("usage", words);
    }
  }
  try {
    const line = new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(bytes));
    return new Secret(line.replace(/\r$/, ""));
  } catch (cause) {
    throw new Fault("usage", "Cannot use the password: it is not UTF-8", { cause });
  }
}
