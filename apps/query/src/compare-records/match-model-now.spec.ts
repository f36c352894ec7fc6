import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { MatchModelNow } from './match-model-now.js';

const OF_SETTINGS = loadMatchModel(DEFAULT_MODEL);
const chosen = (name: string) => JSON.stringify({ ...DEFAULT_MODEL, model_version: name });

function asked(answers: (string | null | Error)[]) {
  const said: unknown[] = [];
  let [at, questions] = [0, 0];
  const chooser = {
    chosenModel: () => {
      const answer = answers[questions++]!;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const now = new MatchModelNow(OF_SETTINGS, chooser, (error) => said.push(error), () => at); // prettier-ignore
  return { read: async () => (await now.read()).version, later: () => (at += 31_000), said, questions: () => questions };
}

describe('The model that pages explain by', () => {
  it('is the one of the settings until another is switched to, which it notices within half a minute', async () => {
    const { read, later, questions } = asked([null, chosen('trained'), chosen('trained-2')]);
    expect([await read(), await read(), questions()]).toEqual(['default-1', 'default-1', 1]);
    later();
    expect(await read()).toBe('trained');
    later();
    expect(await read()).toBe('trained-2');
  });

  it('is read as the matcher reads it, where another version of ours has approved it', async () => {
    const comparisons = DEFAULT_MODEL.comparisons.filter(({ output_column_name: name }) => name !== 'uprn');
    const { read, said } = asked([JSON.stringify({ ...DEFAULT_MODEL, model_version: 'older', comparisons })]);
    expect([await read(), said]).toEqual(['older', []]);
  });

  it('stays as last known while nobody can be asked, and where its settings can’t be read', async () => {
    const { read, later, said } = asked([chosen('trained'), new Error('away'), '{"model_version":', chosen('trained-2')]);
    const read4 = [];
    for (let n = 0; n < 4; n += 1, later()) read4.push(await read());
    expect(read4).toEqual(['trained', 'trained', 'trained', 'trained-2']);
    expect(said).toHaveLength(2);
  });
});
