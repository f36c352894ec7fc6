import { QueryApp } from './query-app.js';

test('People are stored where the app of a test reads, also in the read model of another', async () => {
  const one = await QueryApp.open();
  const other = await QueryApp.open({ READ_MODEL_URL: one.env.READ_MODEL_URL! });
  try {
    const { person } = await other.people.record();
    for (const app of [one, other]) expect((await app.get(`/v1/people/${person}`)).status).toBe(200);
  } finally {
    await other.close();
    await one.close();
  }
});
