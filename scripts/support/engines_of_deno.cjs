/**
 * Loaded by scripts/setup into npm. npm leaves out optional packages that ask for a
 * newer Node than it runs on: on Debian 12 (Node 18) the native half of sharp, and says
 * nothing. But Node only fetches here, and Deno runs: so Deno's Node version counts.
 */
Object.defineProperty(process, "version", { value: "v24.0.0" });
