import { comesFromElsewhere } from './same-origin.js';

const post = (headers: Record<string, string>, url = '/v1/searches') =>
  comesFromElsewhere({ method: 'POST', url, headers: { host: 'index.example', ...headers } });

describe('A form sent on a reader’s behalf by another site', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another name under the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['an origin that has ours in its name', { origin: 'https://index.example.elsewhere.example' }],
    ['ours at another port', { origin: 'https://index.example:8443' }],
    ['a page that hides where it is', { origin: 'null' }],
  ])('is refused: from %s', (_, headers) => {
    expect(post(headers)).toBe(true);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('is refused however it is sent: %s', (method) => {
    const request = { method, url: '/people/1/known', headers: { 'sec-fetch-site': 'cross-site' } };
    expect(comesFromElsewhere(request)).toBe(true);
  });

  it('is refused with a token too, where no token says who asks', () => {
    expect(post({ origin: 'https://elsewhere.example', authorization: 'Basic eDp5' }, '/people/1/known')).toBe(true);
  });

  it.each([
    ['our own form', { 'sec-fetch-site': 'same-origin', origin: 'https://index.example' }],
    ['our own form in an older browser', { origin: 'https://index.example' }],
    ['a machine client with its token', { origin: 'https://elsewhere.example', authorization: 'Bearer x' }],
    ['what a reader does at the browser itself', { 'sec-fetch-site': 'none' }],
    ['a client that is no browser', {}],
  ])('is not mistaken for: %s', (_, headers) => {
    expect(post(headers)).toBe(false);
  });

  it('may link to us: reading changes nothing', () => {
    expect(comesFromElsewhere({ method: 'GET', url: '/', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(false);
  });
});
