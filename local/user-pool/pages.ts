import type { PoolUser } from './pool-config.ts'

export interface LoginPage {
  readonly app: string
  readonly users: readonly PoolUser[]
  /** The last input, if it was wrong. */
  readonly wrong?: { readonly username: string; readonly message: string }
}

/** The sign-in page; it posts to its own address. */
export function loginPage({ app, users, wrong }: LoginPage): string {
  const alert =
    wrong === undefined ? '' : `<p class="alert" role="alert">${escapeHtml(wrong.message)}</p>`
  const hints = users.map(
    ({ username, password }) =>
      `<li><code>${escapeHtml(username)}</code> <code>${escapeHtml(password)}</code></li>`,
  )
  return page(
    'Sign in',
    `<h1>Sign in</h1>
<p class="lead">Sign in to your account to go on to ${escapeHtml(app)}.</p>
${alert}
<form method="post">
  <label for="username">Username</label>
  <input id="username" name="username" autocomplete="username" autocapitalize="none"
    spellcheck="false" required value="${escapeHtml(wrong?.username ?? '')}"${wrong ? '' : ' autofocus'}>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password"
    required${wrong ? ' autofocus aria-invalid="true"' : ''}>
  <button type="submit">Sign in</button>
</form>
<aside>
  <h2>Ready users of this embedded user pool</h2>
  <ul>${hints.join('')}</ul>
</aside>`,
  )
}

/** The page for a sign-in that cannot be sent back to any app. */
export function errorPage(message: string): string {
  return page(
    'Error',
    `<h1>Something went wrong</h1>
<p class="lead">An error was encountered with the requested page.</p>
<p class="alert" role="alert">${escapeHtml(message)}</p>
<p class="lead">Go back to the app and sign in from there.</p>`,
  )
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body><main>${main}</main></body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const style = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f2f4f7, #0f1b2a);
  --card: light-dark(#ffffff, #192534);
  --text: light-dark(#16191f, #e9ebed);
  --quiet: light-dark(#545b64, #a7b0ba);
  --line: light-dark(#7d8998, #5f6b7a);
  --accent: light-dark(#0972d3, #539fe5);
  --on-accent: light-dark(#ffffff, #0f1b2a);
  --bad: light-dark(#b3001b, #ff9592);
  --bad-page: light-dark(#fff2f2, #3a1518);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100dvh; display: grid; place-items: center; padding: 1.5rem 1rem;
  background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: 100%; max-width: 26rem; padding: 2rem; border-radius: 1rem; background: var(--card);
  box-shadow: 0 1px 3px #0003, 0 8px 24px #0002; overflow-wrap: anywhere;
}
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 0.875rem; color: var(--quiet); }
.lead { margin-top: 0.25rem; color: var(--quiet); }
.alert {
  margin-top: 1rem; padding: 0.625rem 0.875rem; border: 1px solid var(--bad);
  border-radius: 0.5rem; background: var(--bad-page); color: var(--bad);
}
label { display: block; margin: 1.25rem 0 0.25rem; font-weight: 600; }
input, button { width: 100%; min-height: 2.75rem; border-radius: 0.5rem; font: inherit; }
input {
  padding: 0 0.75rem; border: 1px solid var(--line); background: transparent; color: inherit;
}
button {
  margin-top: 1.75rem; border: 0; background: var(--accent); color: var(--on-accent);
  font-weight: 700; cursor: pointer;
}
button:hover { filter: brightness(1.1); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
aside { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); }
ul { margin-top: 0.375rem; padding: 0; list-style: none; }
li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
li :first-child { min-width: 5rem; }
code { font: 0.875rem/1.75 ui-monospace, monospace; }
`
