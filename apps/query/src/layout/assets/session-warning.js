// Warns two minutes before the session ends, and leaves the page when it has: nothing of a person stays on the screen of somebody who is gone.
import { ask, leave } from './by-itself.js';

const ASK_EVERY_MS = 30_000;
const WARN_SECONDS = 120;
const warning = document.getElementById('session-warning');
const left = warning.querySelector('[data-session-left]');
const status = warning.querySelector('[data-session-status]');
const stay = warning.querySelector('[data-session-stay]');
let endsAt = Infinity;
let canStay = true;

const words = (seconds) => {
  const [count, unit] = seconds > 60 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

const askEnd = async () => (await ask('/session'))?.json();

const take = (ends) => {
  if (ends === undefined) return;
  if (ends.left <= 0) return leave();
  endsAt = Date.now() + ends.left * 1000;
  canStay = ends.canStay;
  show();
};

const show = () => {
  const seconds = Math.max(0, Math.round((endsAt - Date.now()) / 1000));
  if (seconds > WARN_SECONDS) return warning.open && warning.close();
  left.textContent = words(seconds);
  if (warning.open) {
    // Read out once a minute and near the end, not every second.
    if (seconds === 60 || seconds === 20) status.textContent = `You will be signed out in ${words(seconds)}.`;
    return undefined;
  }
  stay.hidden = !canStay;
  for (const text of warning.querySelectorAll('[data-session-text]')) text.hidden = (text.dataset.sessionText === 'can-stay') !== canStay;
  warning.showModal();
  return (canStay ? stay : warning.querySelector('h2')).focus();
};

const staySignedIn = async () => take(await (await ask('/session/stay', { method: 'POST', headers: {} }))?.json());
stay.addEventListener('click', () => void staySignedIn());
warning.addEventListener('cancel', (event) => {
  event.preventDefault();
  if (canStay) void staySignedIn();
});

const askAgain = async () => take(await askEnd());
let askingFirst = false;
/** Another page of the reader's may have prolonged the session. Where nobody answers, it warns by what is known. */
const askAndWarn = async () => {
  if (askingFirst) return;
  askingFirst = true;
  const ends = await askEnd();
  askingFirst = false;
  if (ends === undefined) show();
  else take(ends);
};
setInterval(() => void askAgain(), ASK_EVERY_MS);
// A device that slept wakes up late.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void askAgain());
setInterval(() => {
  if (Date.now() >= endsAt) {
    endsAt = Infinity;
    void askAgain();
  } else if (warning.open) show();
  else if (endsAt - Date.now() <= WARN_SECONDS * 1000) void askAndWarn();
}, 1000);
void askAgain();
