import { hash, randomBytes } from 'node:crypto';
import { openCheckpoint, signCheckpoint } from './checkpoint.js';
import { openNote, signNote } from './signed-note.js';
import { SigningKey, VerifyingKey } from './signing-key.js';

const key = new SigningKey('northbridge.example/audit', randomBytes(32));
const root = hash('sha256', 'a tree', 'buffer');
const NOW = 1_764_000_000_000;
const note = signCheckpoint({ size: 4711, root }, key, NOW);

/** Base64 knows the + as well. */
const base64Of = ({ public: { text } }: SigningKey): string => text.split('+').slice(2).join('+');

describe('A signed note', () => {
  it('of another program, as C2SP publishes it, opens', () => {
    const theirs = VerifyingKey.read('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const signature = 'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=';
    expect(openNote(`This is an example message.\n\n— example.com/foo ${signature}\n`, theirs)).toEqual({
      text: 'This is an example message.\n',
      signedAt: null,
    });
  });

  it('says when it was signed, and so differs each time although its text does not', () => {
    const [once, again] = [signNote('one\n', key, NOW), signNote('one\n', key, NOW + 60_000)];
    expect(once).not.toBe(again);
    expect(openNote(again, key.public)).toEqual({ text: 'one\n', signedAt: NOW + 60_000 });
  });

  it('does not open with another key, another name, a changed text, signature or time', () => {
    const signed = signNote('one\n', key, NOW);
    const seed = randomBytes(32);
    const lines = signed.split('\n');
    const dated = Buffer.from(lines[3]!.split(' ')[2]!, 'base64');
    dated[11]! ^= 1;
    expect(openNote(signed, new SigningKey(key.name, seed).public)).toBeNull();
    expect(openNote(signed, new VerifyingKey('other.example/audit', Buffer.from(base64Of(key), 'base64').subarray(1)))).toBeNull();
    expect(openNote(signed.replace('one', 'two'), key.public)).toBeNull();
    expect(openNote(signed.replace(lines[3]!, `— ${key.name} ${dated.toString('base64')}`), key.public)).toBeNull();
    expect(openNote('one\n\n', key.public)).toBeNull();
    expect(openNote('one', key.public)).toBeNull();
    expect(openNote(`${signed}— somebody.else ${randomBytes(68).toString('base64')}\n`, key.public)).not.toBeNull();
  });
});

it('A signature of the key that does not fit spoils a note, whatever others stand beside it', () => {
  const [, , plain, dated] = signNote('one\n', key, NOW).split('\n');
  const ofAnother = signNote('two\n', key, NOW).split('\n')[2]!;
  const opened = (...lines: string[]) => openNote(`one\n\n${lines.join('\n')}\n`, key.public);
  expect(opened(plain!, dated!)).toEqual({ text: 'one\n', signedAt: NOW });
  expect(opened(plain!)).toEqual({ text: 'one\n', signedAt: null });
  expect(opened(plain!, ofAnother, dated!)).toBeNull();
  // A time alone is no signature of the text that every reader of notes understands.
  expect(opened(dated!)).toBeNull();
  const short = Buffer.from(dated!.split(' ')[2]!, 'base64').subarray(0, 9);
  expect(opened(plain!, `— ${key.name} ${short.toString('base64')}`)).toBeNull();
});

describe('A checkpoint', () => {
  it('is origin, size, root, an empty line and the signatures', () => {
    expect(note.split('\n').slice(0, 4)).toEqual([key.name, '4711', root.toString('base64'), '']);
    expect(note.split('\n')[4]).toMatch(/^— northbridge\.example\/audit [A-Za-z0-9+/]+={0,2}$/);
    expect(openCheckpoint(note, key.public)).toEqual({ size: 4711, root, signedAt: NOW });
  });

  it('is none when it is of another log, or signed by nobody', () => {
    expect(openCheckpoint(signNote(`other.example/audit\n1\n${root.toString('base64')}\n`, key, NOW), key.public)).toBeNull();
    expect(openCheckpoint(signNote(`${key.name}\n01\n${root.toString('base64')}\n`, key, NOW), key.public)).toBeNull();
    expect(openCheckpoint(note.replace('4711', '4712'), key.public)).toBeNull();
  });
});

describe('A public key', () => {
  it('is written as name, id and bytes, and read again', () => {
    expect(VerifyingKey.read(`${key.public.text}\n`).text).toBe(key.public.text);
  });

  it('is refused when its id is not its own', () => {
    expect(() => VerifyingKey.read(`${key.name}+00000000+${base64Of(key)}`)).toThrow('does not belong');
    expect(() => VerifyingKey.read('something else')).toThrow('name+id+base64');
  });
});
