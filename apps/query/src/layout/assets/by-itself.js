// What an open page asks while nobody does anything. It says so, and the session is not used by it: an open page keeps nobody signed in.
const ANSWERED_WITHIN_MS = 5_000;
const BY_ITSELF = { 'x-by-itself': 'yes' };

/** The session is over: nothing stays on the screen of somebody who is gone. */
export const leave = () => location.assign('/timed-out');

/** @returns the answer, or undefined where there is none to show; where nobody is signed in any more the page is left */
export const ask = async (path, { method = 'GET', headers = BY_ITSELF } = {}) => {
  const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
  const answer = await fetch(path, { method, signal, headers }).catch(() => undefined);
  if (!answer?.redirected) return answer?.ok ? answer : undefined;
  // Led to sign in.
  leave();
  return undefined;
};
