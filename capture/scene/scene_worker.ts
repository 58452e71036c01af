/**
 * Draws a live scene in a thread of its own, on demand; paced by `synthetic_source.ts`.
 * @module
 */
/// <reference lib="deno.worker" />
import type { FromSceneWorker, ToSceneWorker } from "./scene_protocol.ts";
import { makeScene, type Scene } from "./scenes.ts";

class SceneWorker {
  #scene: Scene | undefined;

  hear(request: ToSceneWorker): void {
    switch (request.kind) {
      case "open":
        this.#scene = makeScene({ ...request, withTruth: false });
        answer({ kind: "opened" }, []);
        break;
      case "draw": {
        const { ptsUs, buffer } = request;
        this.#scene?.drawFrame(ptsUs / 1_000, new Uint8Array(buffer));
        answer({ kind: "drawn", ptsUs, buffer }, [buffer]);
        break;
      }
    }
  }
}

function answer(reply: FromSceneWorker, transfer: Transferable[]): void {
  self.postMessage(reply, { transfer });
}

const worker = new SceneWorker();
self.addEventListener("message", (event: MessageEvent<ToSceneWorker>) => {
  worker.hear(event.data);
});
