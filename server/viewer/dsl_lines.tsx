/**
 * Lines of the motion DSL, set so that they can be read.
 * @module
 */

/** @param text lines, with newlines between them */
export function DslLines({ text }: { readonly text: string }) {
  return (
    <pre class="dsl">
      {text.split("\n").map((line, i) => {
        const [, indent, word, rest] = /^(\s*)(\S*)(.*)$/.exec(line) ?? [];
        return <code key={i}>{indent}<b>{word}</b>{rest}</code>;
      })}
    </pre>
  );
}
