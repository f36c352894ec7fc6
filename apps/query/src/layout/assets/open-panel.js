// Opens and closes panels where they stand. Each is fetched when it is opened, and so is on record by itself; a closed one holds nothing.
const panels = document.querySelector('[data-panels]');
const { pathname, search } = new URL(panels.dataset.panels, location.href);
const openAll = document.querySelector('[data-open-all]');
const closeAll = document.querySelector('[data-close-all]');

const sections = () => [...panels.querySelectorAll('section')].filter(toggleOf);
const toggleOf = (section) => section.querySelector('[data-toggle]');
const isOpen = (section) => section.querySelector('[data-opened]') !== null;
const addressWith = (open) => `${pathname}${open.length > 0 ? `/services/${open.map(({ id }) => id).join()}` : ''}${search}`;

/** Says what is open: to the address, so that reading the page again shows the same, and to whoever can't see it. */
const tell = () => {
  const open = sections().filter(isOpen);
  history.replaceState(null, '', addressWith(open));
  for (const section of sections()) toggleOf(section).setAttribute('aria-expanded', String(isOpen(section)));
  if (!openAll) return;
  openAll.hidden = open.length === sections().length;
  closeAll.hidden = open.length === 0;
  if (document.activeElement === document.body) (openAll.hidden ? closeAll : openAll).focus();
};

/** The panel, opened; null where only the whole page can say why not. */
const fetched = async (section) => {
  const answer = await fetch(toggleOf(section).dataset.toggle).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(section.id);
};

const open = async (section) => {
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

const close = (section) => {
  section.querySelector('[data-opened]').remove();
  toggleOf(section).firstChild.data = '+ Open';
};

const toggle = async (section) => {
  if (isOpen(section)) close(section);
  else if (!(await open(section))) return;
  tell();
};

const all = async () => {
  for (const section of sections()) if (!isOpen(section) && !(await open(section))) return;
  tell();
};

let busy = false;
document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const act = link.hasAttribute('data-toggle')
    ? () => toggle(link.closest('section'))
    : link === openAll
      ? all
      : link === closeAll
        ? async () => (sections().filter(isOpen).forEach(close), tell())
        : null;
  if (act === null) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  void act().finally(() => (busy = false));
});
tell();
