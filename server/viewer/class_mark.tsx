/**
 * What an episode's thing is: an icon and its name, fainter where it is not sure.
 * @module
 */
import type { Classified, ObjectClass } from "../../analysis/dsl/class_line.ts";
import { classWords as words } from "../../messages/classes_en.ts";

/** 16 x 16, drawn with one stroke. */
const ICONS: Readonly<Record<ObjectClass, string>> = {
  person:
    "M8 2.2a1.9 1.9 0 1 0 .01 0M4.5 14V10.5A3.5 3.5 0 0 1 8 7a3.5 3.5 0 0 1 3.5 3.5V14",
  vehicle: "M2 10.5V8l1.6-3.5h8.8L14 8v2.5zM4 10.5V12M12 10.5V12M2 8h12",
  bike:
    "M4 9a2.6 2.6 0 1 0 .01 0M12 9a2.6 2.6 0 1 0 .01 0M4 11.5l3-5h4l1 5M7 6.5 9 11.5M6 5h2",
  animal: "M3 13V8.5L4 6l1.5 1h4L13 5v3l-1.5 1.5V13M6 13v-2.5h3.5V13",
  unknown: "M5.5 6a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.5M8 12.4v.6",
};

export function ClassMark({ classified }: { readonly classified: Classified }) {
  const { state, class: word } = classified;
  const because = words.because(classified);
  if (state === "waiting" || word === undefined) return null;
  return (
    <span
      class={`class-mark ${state}`}
      {...(because === undefined ? {} : { title: because })}
    >
      <ClassIcon kind={word} />
      {words.mark(classified)}
    </span>
  );
}

function ClassIcon({ kind }: { readonly kind: ObjectClass }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICONS[kind]} />
    </svg>
  );
}
