/**
 * The pages of the login, as text: no script, one style sheet, nothing of the cameras.
 * The look is that of `viewer/viewer.css`.
 * @module
 */
import { loginWords as words } from "../messages/login_en.ts";

/** Why the last try did not open: shown above the field. */
export type LoginTrouble = { readonly kind: "wrong" } | {
  readonly kind: "wait";
  readonly waitS: number;
};

/** @param host as the browser named the box; hostile */
export function loginPage(host: string, trouble?: LoginTrouble): string {
  const told = trouble === undefined
    ? ""
    : `<p class="trouble" id="trouble" role="alert">${
      escaped(troubleWords(trouble))
    }</p>`;
  const wrong = trouble ? ' aria-invalid="true" aria-describedby="trouble"' : "";
  return pageOf(
    words.title,
    `<p class="muted">${escaped(words.lead(host))}</p>
      <form method="post" action="/login">
        ${told}
        <label for="password">${words.password}</label>
        <input id="password" name="password" type="password" maxlength="1024"
          autocomplete="current-password" autocapitalize="off" spellcheck="false"
          required autofocus${wrong}>
        <button type="submit">${words.logIn}</button>
      </form>
      <p class="muted small">${words.forgotten}<br><code>${words.command}</code></p>`,
  );
}

/** The page with the button that logs out. */
export function logOutPage(): string {
  return pageOf(
    words.logOutTitle,
    `<p class="muted">${words.logOutLead}</p>
      <form method="post" action="/logout">
        <button type="submit">${words.logOut}</button>
      </form>
      <p class="small"><a href="/">${words.stay}</a></p>`,
  );
}

/** No script at all, and a form that may only be sent here. */
export const LOGIN_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** 16 px in the field: with less, phones zoom in when it is touched. */
export const LOGIN_STYLE = `:root {
  color-scheme: dark;
}
* {
  box-sizing: border-box;
  margin: 0;
}
html {
  background: #0b0e12;
  color: #e8edf3;
  font: 400 0.875rem / 1.45 system-ui, -apple-system, "Segoe UI", Roboto,
    "Helvetica Neue", sans-serif;
  -webkit-text-size-adjust: 100%;
}
body {
  min-height: 100dvh;
  display: grid;
  place-items: center;
  padding: 24px 16px;
}
main {
  width: 100%;
  max-width: 360px;
  padding: 28px 24px;
  background: #11161c;
  border: 1px solid #232c37;
  border-radius: 12px;
}
h1 {
  display: flex;
  align-items: center;
  gap: 10px;
  font-size: 1rem;
  font-weight: 600;
  letter-spacing: -0.01em;
}
h1 svg {
  width: 22px;
  height: 22px;
  fill: #64d3e4;
}
h1 + p {
  margin-top: 12px;
  overflow-wrap: anywhere;
}
form {
  display: grid;
  gap: 8px;
  margin: 20px 0;
}
label {
  font-weight: 600;
}
input, button {
  width: 100%;
  min-height: 44px;
  padding: 8px 12px;
  font: inherit;
  font-size: 1rem;
  border-radius: 8px;
}
input {
  background: #0b0e12;
  color: inherit;
  border: 1px solid #536175;
}
input[aria-invalid] {
  border-color: #ff8a80;
}
button {
  margin-top: 8px;
  background: #64d3e4;
  color: #0a0d11;
  font-weight: 600;
  border: 0;
  cursor: pointer;
}
:focus-visible {
  outline: 2px solid #64d3e4;
  outline-offset: 2px;
}
a {
  color: #64d3e4;
}
.trouble {
  padding: 10px 12px;
  background: #19202a;
  border-left: 3px solid #ff8a80;
  border-radius: 4px;
}
.muted {
  color: #9aa6b4;
}
.small {
  font-size: 0.8125rem;
}
code {
  font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
  color: #e8edf3;
}
`;

function pageOf(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark">
    <meta name="theme-color" content="#0b0e12">
    <title>${title}</title>
    <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/login.css">
  </head>
  <body>
    <main>
      <h1>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="5.5" cy="17" r="1.4" opacity=".45" />
          <circle cx="10" cy="13.5" r="2.1" opacity=".7" />
          <circle cx="16" cy="8.7" r="3.6" />
        </svg>
        ${words.product}
      </h1>
      ${content}
    </main>
  </body>
</html>
`;
}

function troubleWords(trouble: LoginTrouble): string {
  switch (trouble.kind) {
    case "wrong":
      return words.wrong;
    case "wait":
      return words.wait(trouble.waitS);
  }
}

function escaped(text: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (char) => names[char] ?? char);
}
