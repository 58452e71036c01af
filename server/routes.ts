/**
 * Every route of the main port. A route is here or does not exist; who may ask is
 * `access.ts`, before any of this.
 * @module
 */
import { Hono } from "hono";
import { METRICS_CONTENT_TYPE } from "../base/metrics.ts";
import { type HealthSigns, judgeHealth } from "./health.ts";
import type { LiveSocket } from "./live_socket.ts";
import type { Still } from "./still_encoder.ts";
import { readViewerFile, UNBUILT_PAGE, type ViewerFile } from "./viewer_files.ts";

/** What the routes need from the rest. */
export interface RouteParts {
  readonly live: LiveSocket;
  healthSigns(): HealthSigns;
  metrics(): string | Promise<string>;
  /** Undefined when the camera has no frame yet. */
  still(camera: string): Promise<Still | undefined>;
  /** ms until another picture of the camera may be made. */
  stillWaitMs(camera: string): number;
  /** What a camera showed lately: `Recent` as JSON. */
  recent(camera: string): string;
  /** How old a picture is, whose `arrivalMs` this is. */
  ageMs(arrivalMs: number): number;
  /** Of the page; undefined when it was not built. */
  readonly viewerFolder?: URL;
}

export function makeRoutes(parts: RouteParts): Hono {
  const isKnown = (camera: string) =>
    parts.healthSigns().cameras.some((view) => view.camera === camera);
  return new Hono()
    .get("/", async () => {
      const page = await readViewerFile("index.html", parts.viewerFolder);
      return page ? viewerFile(page) : unbuiltPage();
    })
    .get("/assets/:name", async (c) => {
      const file = await readViewerFile(c.req.param("name"), parts.viewerFolder);
      return file ? viewerFile(file) : c.notFound();
    })
    .get("/ws", (c) => parts.live.answer(c.req.raw))
    .get("/healthz", (c) => {
      const health = judgeHealth(parts.healthSigns());
      return c.json(health, health.status === "down" ? 503 : 200, NOT_KEPT);
    })
    .get("/metrics", async (c) =>
      c.body(await parts.metrics(), 200, {
        ...NOT_KEPT,
        "content-type": METRICS_CONTENT_TYPE,
      }))
    .get("/still/:file{.+\\.jpg}", async (c) => {
      const camera = c.req.param("file").slice(0, -".jpg".length);
      if (!isKnown(camera)) return c.text(NO_SUCH_CAMERA, 404, NOT_KEPT);
      const still = await parts.still(camera);
      if (!still) return c.text("This camera has no frame yet\n", 503, NOT_KEPT);
      return c.body(still.jpeg, 200, {
        ...NOT_KEPT,
        "content-type": "image/jpeg",
        "x-streamware-pts-us": String(still.stamp.ptsUs),
        "x-streamware-age-ms": String(Math.round(parts.ageMs(still.stamp.arrivalMs))),
        "x-streamware-next-ms": String(Math.ceil(parts.stillWaitMs(camera))),
      });
    })
    .get("/recent/:file{.+\\.json}", (c) => {
      const camera = c.req.param("file").slice(0, -".json".length);
      if (!isKnown(camera)) return c.text(NO_SUCH_CAMERA, 404, NOT_KEPT);
      const headers = { ...NOT_KEPT, "content-type": "application/json" };
      return c.body(parts.recent(camera), 200, headers);
    })
    .onError((thrown) => {
      throw thrown; // to the door, which logs it and answers
    })
    .notFound((c) => c.text("There is nothing here. The page is at /\n", 404));
}

const NO_SUCH_CAMERA = "There is no such camera\n";
const NOT_KEPT = { "cache-control": "no-store" };

/** Asked for again each time: a rebuilt page shows at once, on loopback for nothing. */
function viewerFile(file: ViewerFile): Response {
  const headers = { "content-type": file.type, "cache-control": "no-cache" };
  return new Response(file.bytes, { headers });
}

function unbuiltPage(): Response {
  const headers = { "content-type": "text/html; charset=utf-8", ...NOT_KEPT };
  return new Response(UNBUILT_PAGE, { status: 503, headers });
}
