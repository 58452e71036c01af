/**
 * What is wrong, above everything else: our socket, our version, the box's alerts.
 * @module
 */
import type { ComponentChildren } from "preact";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { type AlertGroup, type AlertGroups, alertKey } from "./alert_groups.ts";
import { NoteLine } from "./note_line.tsx";
import type { ViewerState } from "./state.ts";

export interface BannersProps {
  readonly state: ViewerState;
  readonly groups: AlertGroups;
  onRetry(): void;
  onDismiss(key: string): void;
}

export function Banners({ state, groups, onRetry, onDismiss }: BannersProps) {
  const { link, nowMs, outdated } = state;
  const notes = notesShown(state, groups);
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
      {groups.banners.length > 0 && (
        <section aria-label={words.alerts} class="banners">
          {groups.banners.map((group) => (
            <AlertBanner key={alertKey(group.alert)} group={group} />
          ))}
        </section>
      )}
      {notes.length > 0 && (
        <section aria-label={words.notes} class="notes">
          {notes.map(({ alert }) => (
            <NoteLine
              key={alertKey(alert)}
              alert={alert}
              onDismiss={() => onDismiss(alertKey(alert))}
            />
          ))}
        </section>
      )}
    </div>
  );
}

/** One line each, which they are on wide screens; CSS pixels. */
const BANNER_HEIGHT = 53;
const NOTE_HEIGHT = 33;
/** More than so many push the page down, and not together. */
const BANNERS_MAX = 3;

/** How high they stand, for the page to leave them room; CSS pixels. */
export function bannersHeight(state: ViewerState, groups: AlertGroups): number {
  const { link, outdated } = state;
  const banners = (link.kind === "lost" ? 1 : 0) + (outdated ? 1 : 0) +
    groups.banners.length;
  return BANNER_HEIGHT * Math.min(BANNERS_MAX, banners) +
    NOTE_HEIGHT * Math.min(BANNERS_MAX, notesShown(state, groups).length);
}

function notesShown({ dismissed }: ViewerState, groups: AlertGroups) {
  return groups.notes.filter(({ alert }) => !dismissed.includes(alertKey(alert)));
}

/** What the alert causes stands in it, smaller: mend the cause, and it goes. */
function AlertBanner({ group: { alert, causes } }: { readonly group: AlertGroup }) {
  return (
    <Banner level={alert.severity} title={alert.words}>
      <span>{alert.toDo}</span>
      {causes.length > 0 && (
        <ul class="caused">
          {causes.map((caused) => (
            <li key={alertKey(caused)} title={caused.toDo}>
              {words.therefore} {caused.words}
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
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
