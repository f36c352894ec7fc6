// The browser's own print goes past the link that puts paper on record: this says so when it begins.
const { paper } = document.querySelector('[data-paper]').dataset;
addEventListener('beforeprint', () => navigator.sendBeacon(paper));
