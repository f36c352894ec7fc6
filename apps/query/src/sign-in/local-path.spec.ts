import fc from 'fast-check';
import { localPath, pageBefore } from './local-path.js';

const ID = '0d3b2046-e8d6-4181-9859-392520cbede7';

test.each([
  ['/', '/'],
  ['/search', '/search'],
  [`/people/${ID}/services/school,police`, `/people/${ID}/services/school,police`],
  [`/people/${ID}?search=${ID}`, `/people/${ID}?search=${ID}`],
  [`/people/${ID}?search=${ID}&before=${ID}.${ID}`, `/people/${ID}?search=${ID}&before=${ID}.${ID}`],
  [`/people/${ID}?before=${Array(5).fill(ID).join('.')}`, `/people/${ID}?before=${Array(5).fill(ID).join('.')}`],
  [`/people/${ID}?before=${Array(6).fill(ID).join('.')}`, `/people/${ID}`],
  [`/people/${ID}?before=${ID}-family.${ID}`, `/people/${ID}?before=${ID}-family.${ID}`],
  [`/people/${ID}?before=${ID}-family/..`, `/people/${ID}`],
  [`/people/${ID}?search=${ID}-family`, `/people/${ID}`],
  [`/people/${ID}?before=${ID}.williams`, `/people/${ID}`],
  [`/people/${ID}?before=${ID}.`, `/people/${ID}`],
  [`/people/${ID}?from=caseload`, `/people/${ID}?from=caseload`],
  [`/people/${ID}?from=williams&search=caseload&constructor=caseload`, `/people/${ID}`],
  ['/search?familyName=Williams', '/search'],
  [`/search?change=${ID}&caseId=249012`, `/search?change=${ID}`],
  ['/operations/generations#alarms', '/operations/generations'],
])('a reader who was on %s is led to %s', (address, path) => {
  expect(localPath(address)).toBe(path);
});

test.each([
  'https://elsewhere.example/search',
  '//elsewhere.example/search',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  'search',
  '',
  'javascript:alert(1)',
  '/sign-in',
  '/sign-in/begin',
  '/sign-out',
  '/timed-out',
  '/session/stay',
  '/people/Tommy%20Williams',
  '/search\r\nset-cookie: x=y',
  `/${'x'.repeat(400)}`,
])('nobody is led to %j', (address) => {
  expect(localPath(address)).toBeNull();
});

test('whatever is asked for, nobody is led off the site', () => {
  const address = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.string().map((rest) => `/${rest}`),
    fc.string().map((rest) => `//${rest}`),
  );
  fc.assert(
    fc.property(address, (any) => {
      const path = localPath(any);
      return path === null || (new URL(path, 'https://index.example').origin === 'https://index.example' && !path.startsWith('//'));
    }),
  );
});

test('the page before counts only where it was one of ours', () => {
  expect(pageBefore(`http://index.example:7400/people/${ID}`, 'index.example:7400')).toBe(`/people/${ID}`);
  expect(pageBefore('http://elsewhere.example/search', 'index.example:7400')).toBeNull();
  expect(pageBefore(undefined, 'index.example:7400')).toBeNull();
  expect(pageBefore('about:blank', 'index.example:7400')).toBeNull();
});
