import { eventsInFile, FileError } from './events-in-file.js';

const read = (text: string) => eventsInFile(Buffer.from(text));

describe('A file of events', () => {
  it.each([
    ['one event over several lines', '{\n  "type": "A"\n}\n', [{ event: { type: 'A' } }]],
    ['an array', '[{"type":"A"},{"type":"B"}]', [{ event: { type: 'A' } }, { event: { type: 'B' } }]],
    ['a list in an object', '{"events":[{"type":"A"}]}', [{ event: { type: 'A' } }]],
    [
      'one event per line, blank lines between',
      '{"type":"A"}\n\n{"type":"B"}\r\n',
      [
        { event: { type: 'A' }, line: 1 },
        { event: { type: 'B' }, line: 3 },
      ],
    ],
    ['with a byte order mark', '\ufeff{"type":"A"}', [{ event: { type: 'A' } }]],
  ])('may be %s', (_, text, events) => {
    expect(read(text)).toEqual(events);
  });

  it.each([
    ['empty', ' \n', 'The file is empty.'],
    ['an empty list', '[]', 'There is no event in the file.'],
    ['cut off', '{"type": "A",\n "name": "Baker', 'The file is not JSON: see line'],
    ['a list with a text in it', '[{}, "Baker"]', 'Event 1 of the file is not a JSON object.'],
    ['lines of which one is broken', '{"type":"A"}\n{"type":Baker}\n', 'Line 2 is not JSON.'],
    ['an object whose events are none', '{"events":5}', '"events" is not an array.'],
  ])('is refused with its place when it is %s, and never quoted', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).not.toThrow('Baker');
  });

  it('is refused when it is not UTF-8', () => {
    expect(() => eventsInFile(Buffer.from('{"a":"Ångström"}', 'latin1'))).toThrow(FileError);
  });
});
