// While something is under way, reads the page again every few seconds and renews what has changed; the reader can stop that.
import { ask } from './by-itself.js';

const EVERY_MS = 3_000;
const link = document.querySelector('[data-look-again]');
if (link && document.querySelector('[data-under-way]')) {
  let stopped = false;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  said.textContent = `This page looks again every ${EVERY_MS / 1_000} seconds. `;
  const stop = document.createElement('button');
  stop.type = 'button';
  stop.className = 'ii-look-again__stop';
  stop.textContent = 'Stop looking again';
  stop.addEventListener('click', () => {
    stopped = true;
    said.textContent = 'Stopped. ';
    stop.remove();
    link.querySelector('a').focus();
  });
  link.prepend(said, stop, ' ');

  const lookAgain = async () => {
    if (stopped) return;
    const answer = await ask(location.pathname);
    const page = answer ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined;
    const renewed = page?.getElementById('progress');
    const shown = document.getElementById('progress');
    if (stopped) return;
    if (renewed && !shown.contains(document.activeElement)) shown.replaceChildren(...renewed.childNodes);
    if (page && !page.querySelector('[data-under-way]')) {
      stop.remove();
      said.textContent = 'It has ended. ';
      return;
    }
    later();
  };
  const later = () => setTimeout(() => void lookAgain(), EVERY_MS);
  later();
}
