/**
 * The mark of the product.
 * @module
 */

/** Something that moves, and where it was. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="5" cy="17" r="1.5" opacity="0.35" />
      <circle cx="9.5" cy="13.5" r="2.25" opacity="0.6" />
      <circle cx="16.5" cy="8.5" r="4" />
    </svg>
  );
}
