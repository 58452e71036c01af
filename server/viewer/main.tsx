/**
 * Starts the page: one state, one socket, drawn once per screen refresh at most.
 * @module
 */
import { render } from "preact";
import { App } from "./app.tsx";
import { type Connection, keepConnected } from "./connection.ts";
import { goToLoginWhenAsked } from "./login_check.ts";
import { fetchRecent } from "./recall.ts";
import { type Happening, initialState, step } from "./state.ts";

/** How often ages and countdowns go on while nothing else happens. */
const TICK_MS = 250;

function start(root: Element): void {
  let state = initialState(performance.now());
  let drawing = false;
  // deno-lint-ignore prefer-const -- its sink is called while it is made
  let connection: Connection | undefined;
  const onRetry = () => connection?.retryNow();
  const onDismiss = (key: string) =>
    happen({ kind: "dismissed", key, nowMs: performance.now() });

  function happen(happening: Happening): void {
    state = step(state, happening);
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      render(<App state={state} onRetry={onRetry} onDismiss={onDismiss} />, root);
    });
  }

  /** At every hello: the page is new, was away, or was too slow and missed something. */
  async function recall(camera: string): Promise<void> {
    const recent = await fetchRecent(camera);
    if (recent) happen({ kind: "recalled", recent, nowMs: performance.now() });
  }

  connection = keepConnected({
    opened: () => happen({ kind: "opened", nowMs: performance.now() }),
    trying: () => happen({ kind: "trying", nowMs: performance.now() }),
    heard(message) {
      happen({ kind: "heard", message, nowMs: performance.now() });
      if (message.type !== "hello") return;
      for (const { camera } of message.cameras) recall(camera);
    },
    lost: (waitMs) => {
      const nowMs = performance.now();
      happen({ kind: "lost", retryAtMs: nowMs + waitMs, nowMs });
      goToLoginWhenAsked();
    },
  }, {
    open: () => new WebSocket(new URL("/ws", location.href.replace(/^http/, "ws"))),
    after(delayMs, act) {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
    chance: Math.random,
  });
  setInterval(() => happen({ kind: "time passed", nowMs: performance.now() }), TICK_MS);
}

const root = document.getElementById("app");
if (root) start(root);
