// Opens and closes panels where they stand. Each is fetched when it is opened, and so is on record by itself; a closed one holds nothing.
const panels = document.querySelector('[data-panels]');
const { pathname, search } = new URL(panels.dataset.panels, location.href);
const openAll = document.querySelector('[data-open-all]');
const closeAll = document.querySelector('[data-close-all]');

const toggleOf = (section) => section.querySelector('[data-toggle]');
const sections = () => [...panels.querySelectorAll('section')].filter(toggleOf);
const isOpen = (section) => section.querySelector('[data-opened]') !== null;
/** As an address has them: where all are open, they are not listed. */
const named = (open) => (open.length > 1 && open.length === sections().length ? 'all' : open.map(({ id }) => id).join());
const addressWith = (open) => `${pathname}${open.length > 0 ? `/services/${named(open)}` : ''}${search}`;

/** Says what is open to whoever can't see it. */
const mark = () => {
  const all = sections();
  for (const section of all) toggleOf(section).setAttribute('aria-expanded', String(isOpen(section)));
  if (!openAll) return;
  const focused = document.activeElement;
  openAll.hidden = all.every(isOpen);
  closeAll.hidden = !all.some(isOpen);
  // Whoever has just used the one that is gone goes on with the other.
  if (focused === openAll && openAll.hidden) closeAll.focus();
  if (focused === closeAll && closeAll.hidden) openAll.focus();
};

/** Says it to the address as well, and to the links that lead to paper or to conditions and back: the page shows the same when it is read again. */
const tell = () => {
  const open = sections().filter(isOpen);
  history.replaceState(null, '', addressWith(open));
  for (const link of panels.querySelectorAll('a[href^="/services/"]')) {
    const there = new URL(link.href);
    there.searchParams.delete('open');
    if (open.length > 0) there.searchParams.set('open', named(open));
    link.href = `${there.pathname}${there.search}${there.hash}`;
  }
  const print = document.querySelector('[data-print]');
  if (print) print.href = `${addressWith(open)}${search ? '&' : '?'}print=yes`;
  mark();
};

/** The panel, opened; null where only the whole page can say why not. */
const fetched = async (section) => {
  const answer = await fetch(toggleOf(section).dataset.toggle).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(section.id);
};

const openOne = async (section) => {
  section.setAttribute('aria-busy', 'true');
  const opened = await fetched(section);
  if (opened === null) {
    location.assign(addressWith([...sections().filter(isOpen), section]));
    return false;
  }
  const focused = section.contains(document.activeElement);
  section.replaceWith(opened);
  if (focused) toggleOf(opened)?.focus({ preventScroll: true });
  return true;
};

const closeOne = (section) => {
  section.querySelector('[data-opened]').remove();
  toggleOf(section).firstChild.data = '+ Open';
};

const toggle = async (section) => {
  if (isOpen(section)) closeOne(section);
  else if (!(await openOne(section))) return;
  tell();
};

const all = async () => {
  for (const section of sections()) if (!isOpen(section) && !(await openOne(section))) return;
  tell();
};

const none = async () => {
  sections().filter(isOpen).forEach(closeOne);
  tell();
};

const actOf = (link) => {
  if (link.hasAttribute('data-toggle')) return () => toggle(link.closest('section'));
  return link === openAll ? all : link === closeAll ? none : null;
};

let busy = false;
const doAlone = async (act) => {
  if (busy) return;
  busy = true;
  await act();
  busy = false;
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  const act = link && actOf(link);
  // With a key held down the reader wants another tab or window: there the plain link does.
  if (!act || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void doAlone(act);
});
mark();
