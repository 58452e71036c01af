/**
 * What is wrong, above everything else: our socket, our version, the box's alerts.
 * @module
 */
import type { ComponentChildren } from "preact";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import type { ViewerState } from "./state.ts";

export interface BannersProps {
  readonly state: ViewerState;
  onRetry(): void;
}

export function Banners({ state, onRetry }: BannersProps) {
  const { link, nowMs, alerts, outdated } = state;
  return (
    <div class="banners">
      {link.kind === "lost" && (
        <Banner level="critical" title={words.lostTitle} live>
          <span>{words.lostText(words.ageText(nowMs - link.sinceMs), waitS(state))}</span>
          <button type="button" onClick={onRetry}>{words.tryNow}</button>
        </Banner>
      )}
      {outdated && (
        <Banner level="note" title={words.outdated} live>
          <button type="button" onClick={() => location.reload()}>{words.reload}</button>
        </Banner>
      )}
      {alerts.length > 0 && (
        <section aria-label={words.alerts} class="banners">
          {alerts.map((alert) => (
            <Banner
              key={`${alert.code} ${alert.subject}`}
              level={alert.severity}
              title={alert.words}
            >
              <span>{alert.toDo}</span>
            </Banner>
          ))}
        </section>
      )}
    </div>
  );
}

/** How many banners there are, for the page to leave them room. */
export function bannerCount({ link, outdated, alerts }: ViewerState): number {
  return (link.kind === "lost" ? 1 : 0) + (outdated ? 1 : 0) + alerts.length;
}

interface BannerProps {
  readonly level: "note" | "warning" | "critical";
  readonly title: string;
  /** Its title is read aloud when it comes; the rest changes too often for that. */
  readonly live?: boolean;
  readonly children: ComponentChildren;
}

function Banner({ level, title, live, children }: BannerProps) {
  return (
    <div class={`banner ${level}`}>
      <strong {...(live ? { role: "alert" } : {})}>{title}</strong>
      {children}
    </div>
  );
}

function waitS({ link, nowMs }: ViewerState): number | undefined {
  if (link.kind !== "lost" || link.retryAtMs === undefined) return undefined;
  return Math.max(1, Math.ceil((link.retryAtMs - nowMs) / 1_000));
}
