import { READERS } from './readers.js';

const STYLE = `
  body { font: 1.1875rem/1.4 arial, sans-serif; color: #0b0c0c; margin: 0 auto; max-width: 40rem; padding: 1rem; }
  .note { border-left: 5px solid #1d70b8; padding: .25rem 1rem; }
  fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; }
  legend { font-size: 1.5rem; font-weight: 700; padding: 0; margin-bottom: .75rem; }
  .choice { display: flex; gap: .75rem; align-items: flex-start; margin-bottom: .75rem; }
  .choice input { width: 1.75rem; height: 1.75rem; margin: 0; flex: none; }
  .hint { color: #484949; display: block; }
  button { font: inherit; padding: .5rem 1rem; margin-right: .5rem; border: 2px solid #0b0c0c; background: #fff; color: #0b0c0c; cursor: pointer; }
  button.main { background: #00703c; border-color: #00703c; color: #fff; }
  :focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; background-color: #fd0; color: #0b0c0c; }
  .problem { color: #b00f0b; font-weight: 700; }`;

export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A whole page of the directory, plain and without any script. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escaped(title)} – Northbridge directory</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>
${content}
</main></body></html>`;
}

/** Who are you? @param problem said above the choices */
export function chooser(action: string, problem?: string): string {
  const choices = READERS.map(
    ({ id, name, work, department }) => `<div class="choice">
  <input type="radio" name="reader" id="${id}" value="${id}" aria-describedby="${id}-work">
  <span><label for="${id}">${escaped(name)}</label><span class="hint" id="${id}-work">${escaped(`${work}, ${department}`)}</span></span>
</div>`,
  );
  return page(
    'Sign in',
    `<p class="note">This stands in for an authority’s own sign-in, to try the index out. It asks for no password and runs nowhere else.</p>
<form method="post" action="${escaped(action)}" novalidate>
<fieldset>
<legend>Who are you?</legend>
${problem === undefined ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>`}
${choices.join('\n')}
</fieldset>
<button class="main" type="submit">Sign in</button>
<button type="submit" name="cancel" value="yes">Cancel</button>
</form>`,
  );
}

/** Leave the directory as well? @param form the provider's own, with its hidden fields */
export function leaving(form: string): string {
  return page(
    'Sign out of the directory',
    `${form}
<p>You are signed out of the index. Sign out here as well, so that whoever uses this computer next has to say who they are.</p>
<button class="main" type="submit" form="op.logoutForm" value="yes" name="logout">Sign out here as well</button>
<button type="submit" form="op.logoutForm">Stay signed in here</button>`,
  );
}
