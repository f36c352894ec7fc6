/** A file of events as a source team keeps it: one event, an array, `{"events": […]}`, or one event per line (NDJSON). */
export interface EventInFile {
  event: unknown;
  /** Line the event starts in, where there is one event per line. */
  line?: number;
}

/** The file can't be read as events; the message says where and what to do, and quotes nothing of it. */
export class FileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FileError';
  }
}

/** @param bytes the whole file. @throws FileError */
export function eventsInFile(bytes: Uint8Array): EventInFile[] {
  const text = textOf(bytes);
  if (text.trim() === '') throw new FileError('The file is empty.');
  const whole = parsed(text);
  const events = whole === undefined ? eventsInLines(text) : eventsInValue(whole.value);
  if (events.length === 0) throw new FileError('There is no event in the file.');
  const wrong = events.findIndex(({ event }) => typeof event !== 'object' || event === null || Array.isArray(event));
  if (wrong !== -1) throw new FileError(`Event ${wrong} of the file is not a JSON object.`);
  return events;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError('The file is not valid UTF-8. Save it as UTF-8.');
  }
}

function eventsInValue(value: unknown): EventInFile[] {
  const isWrapped = typeof value === 'object' && value !== null && 'events' in value && !('type' in value);
  const events = isWrapped ? value.events : value;
  if (isWrapped && !Array.isArray(events)) throw new FileError('"events" is not an array.');
  return (Array.isArray(events) ? events : [events]).map((event: unknown) => ({ event }));
}

function eventsInLines(text: string): EventInFile[] {
  const lines = text.split('\n').map((line, at) => ({ line: at + 1, text: line.trim() }));
  const full = lines.filter((line) => line.text !== '');
  // a first line that is no JSON by itself: one value over several lines was meant
  if (parsed(full[0]!.text) === undefined) throw new FileError(`The file is not JSON${placeOf(text)}.`);
  return full.map(({ line, text: json }) => {
    const value = parsed(json);
    if (value === undefined) throw new FileError(`Line ${line} is not JSON. Each line must be one whole event.`);
    return { event: value.value, line };
  });
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** The parser's own message quotes the file; only its place is taken. */
function placeOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const place = /line (\d+) column (\d+)/.exec((error as Error).message);
    return place ? `: see line ${place[1]}, column ${place[2]}` : '';
  }
}
