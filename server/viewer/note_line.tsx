/**
 * A note of the box as one quiet line, which can be sent away.
 * @module
 */
import { viewerWords as words } from "../../messages/viewer_en.ts";
import type { AlertView } from "../live_protocol.ts";

export interface NoteLineProps {
  readonly alert: AlertView;
  onDismiss(): void;
}

export function NoteLine({ alert, onDismiss }: NoteLineProps) {
  return (
    <div class="note">
      <p>
        {alert.words} <span class="muted">{alert.toDo}</span>
      </p>
      <button
        type="button"
        aria-label={words.dismissLabel(alert.words)}
        title={words.dismiss}
        onClick={onDismiss}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 4l8 8M12 4l-8 8" />
        </svg>
      </button>
    </div>
  );
}
