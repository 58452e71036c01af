/**
 * argv in, exit code out. Decides nothing.
 * @module
 */
import { runCommandLine } from "./cli/main.ts";

if (import.meta.main) Deno.exit(await runCommandLine(Deno.args));
