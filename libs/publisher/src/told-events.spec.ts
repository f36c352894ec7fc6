import { PublishFailedError } from './errors.js';
import { type LandingProducer, kafkaPublisher } from './kafka-publisher.js';
import { openInvolvement, recordPerson } from './told-events.js';

const said = { recordId: 'P-1', sourceVersion: { epoch: 0, position: 7 }, occurredAt: '2026-09-01T10:00:00Z' };
const person = (recordId: string) => recordPerson({ ...said, recordId, names: [{ family: 'Li', given: [] }] });

describe('What a source tells', () => {
  it('is refused before it is sent where it breaks the contract: by field and rule, without a value', () => {
    const wrong = () => openInvolvement({ ...said, involvementId: '', service: 'school', openedOn: '31/02/2026' });
    expect(wrong).toThrow(expect.objectContaining({ code: 'event-invalid', retriable: false }));
    expect(wrong).toThrow(/InvolvementOpened breaks the contract at .*\/involvementId.*\/openedOn/);
    expect(wrong).not.toThrow(/31\/02/);
  });
});

describe('What a source writes to Kafka', () => {
  function topic(...failures: number[]) {
    const written: string[] = [];
    let sends = 0;
    const producer: LandingProducer = {
      async send({ messages }) {
        if (failures.includes(++sends)) throw new Error('the broker is away');
        written.push(...messages.map(({ key }) => key));
      },
    };
    return { producer, written, encode: () => Buffer.alloc(1), source: 'mosaic' };
  }

  it('keeps its order through failures and across calls', async () => {
    const { written, ...o } = topic(1, 3);
    const publisher = kafkaPublisher({ ...o, patience: 5_000 });
    await Promise.all([publisher.publish([person('a'), person('b')]), publisher.publish([person('c')]), publisher.publish([person('d')])]);
    expect(written).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is given up when patience ends, and the next call is tried', async () => {
    const { written, ...o } = topic(1);
    const publisher = kafkaPublisher({ ...o, patience: 0 });
    await expect(publisher.publish([person('a')])).rejects.toThrow(PublishFailedError);
    await publisher.publish([person('b')]);
    expect(written).toEqual(['b']);
  });
});
