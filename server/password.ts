/**
 * The one password of the box: how it is judged, hashed and kept. It opens page and
 * sockets; who asks, how often and through which door is decided elsewhere.
 * @module
 */
import { scrypt, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { Fault } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { readStateFile, writeStateFile } from "./state_file.ts";

export const PASSWORD_CHARS_MIN = 8;
export const PASSWORD_CHARS_MAX = 1_024;

/** What scrypt is asked for: how long a guess takes, and how much memory. */
export interface PasswordCost {
  /** Logarithm of scrypt's N: memory is 128 * r * 2^logN bytes. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/**
 * 16 MiB, and 0.15 s (2.9.5) to 0.36 s (2.6.8) of one core of the build machine. A row of
 * OWASP's Password Storage Cheat Sheet for scrypt; those with fewer turns take more
 * memory, which a small board has less of than time.
 */
const COST: PasswordCost = { logN: 14, r: 8, p: 5 };
/** What a hash from a file may ask of us: 64 MiB. */
const COST_MAX: PasswordCost = { logN: 16, r: 8, p: 16 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Tried first by whoever tries passwords; longer lists belong to people's own care. */
const KNOWN_TO_ALL = [
  "12345678",
  "123456789",
  "1234567890",
  "password",
  "passwort",
  "passw0rd",
  "password1",
  "qwertyui",
  "qwertyuiop",
  "qwerty123",
  "iloveyou",
  "raspberry",
  "administrator",
  "changeme",
  "letmein1",
  "streamware",
];

/** Why `password` may not be set, in words for who chose it; undefined when it may. */
export function whyPasswordIsBad(password: Secret): string | undefined {
  const text = normalized(password);
  const chars = [...text];
  if (chars.length < PASSWORD_CHARS_MIN) {
    return `it has fewer than ${PASSWORD_CHARS_MIN} characters`;
  }
  if (chars.length > PASSWORD_CHARS_MAX) {
    return `it has more than ${PASSWORD_CHARS_MAX} characters`;
  }
  if (/\p{Cc}/u.test(text)) return "it holds a character that cannot be typed";
  if (text !== text.trim()) return "it begins or ends with a space";
  if (chars.every((char) => char === chars[0])) return "it is one character repeated";
  if (KNOWN_TO_ALL.includes(text.toLowerCase())) {
    return "it is one of the first that anybody tries";
  }
  return undefined;
}

/**
 * The hash as it is kept, with its salt and its cost: `$scrypt$ln=14,r=8,p=5$…$…`.
 * @param cost another one than that of a real password: a test need not wait
 */
export async function hashPassword(
  password: Secret,
  { logN, r, p }: PasswordCost = COST,
): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const hash = await derive(password, salt, { logN, r, p });
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toBase64()}$${hash.toBase64()}`;
}

/**
 * Takes as long for a wrong password as for the right one; off the main thread.
 * @throws Fault `corrupt` when `hash` is not one of `hashPassword`
 */
export async function isPassword(password: Secret, hash: string): Promise<boolean> {
  const kept = readHash(hash);
  return timingSafeEqual(await derive(password, kept.salt, kept.cost), kept.hash);
}

/**
 * Keeps the hash of `password` in the state folder, in place of an older one.
 * @param cost as of `hashPassword`
 */
export async function writePassword(
  stateFolder: string,
  password: Secret,
  cost?: PasswordCost,
): Promise<void> {
  const hash = await hashPassword(password, cost);
  await writeStateFile(passwordPath(stateFolder), hash + "\n");
}

/**
 * The hash that `writePassword` kept; undefined when no password was ever set.
 * @throws Fault `corrupt` when the file holds no hash, `unavailable` when unreadable
 */
export async function readPasswordHash(
  stateFolder: string,
): Promise<string | undefined> {
  const path = passwordPath(stateFolder);
  const hash = (await readStateFile(path))?.trim();
  if (hash !== undefined) readHash(hash, path);
  return hash;
}

function passwordPath(stateFolder: string): string {
  return join(stateFolder, "password");
}

interface KeptHash {
  readonly cost: PasswordCost;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

const HASH_PATTERN =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{22}==)\$([\w+/]{43}=)$/;

function readHash(text: string, place = "the kept password"): KeptHash {
  const [, logN, r, p, salt, hash] = HASH_PATTERN.exec(text) ?? [];
  const cost: PasswordCost = { logN: Number(logN), r: Number(r), p: Number(p) };
  if (salt === undefined || hash === undefined || !isAffordable(cost)) {
    throw new Fault("corrupt", `Cannot read ${place}: it is not a password hash`, {
      hint: "streamware config password",
    });
  }
  return { cost, salt: Uint8Array.fromBase64(salt), hash: Uint8Array.fromBase64(hash) };
}

function isAffordable({ logN, r, p }: PasswordCost): boolean {
  return logN >= 1 && r >= 1 && p >= 1 &&
    logN <= COST_MAX.logN && r <= COST_MAX.r && p <= COST_MAX.p;
}

function derive(
  password: Secret,
  salt: Uint8Array,
  cost: PasswordCost,
): Promise<Uint8Array> {
  const { r, p } = cost;
  const N = 2 ** cost.logN;
  // Twice of what OpenSSL counts: Deno 2.6.8 throws past any catch when it is too little.
  const options = { N, r, p, maxmem: 2 * 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(normalized(password), salt, HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

/** An ü is one character or two, by who typed it (RFC 8265, section 4.2). */
function normalized(password: Secret): string {
  return password.reveal().normalize("NFC");
}
