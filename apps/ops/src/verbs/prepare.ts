import { Command } from 'nest-commander';
import { brokersOf } from '#lib/kafka';
import { readSettings, settings } from '#lib/runtime';
import { DONE } from '../exit-codes.js';
import { opsEnvironment } from '../environment.js';
import { expectedSources } from '../expected-sources.js';
import { prepareDeployment } from '../prepare-deployment.js';
import { type AnswerOptions, Verb } from '../verb.js';

@Command({
  name: 'prepare',
  description: 'Makes what is missing of databases, migrations, topics, rights and schemas. Running it again changes nothing.',
})
export class PrepareVerb extends Verb {
  protected override readonly examples = {
    prepare: 'before every new version; a second time changes nothing',
    'prepare --json': 'the same for a script',
  };

  async run(_: string[], options: AnswerOptions): Promise<void> {
    const {
      kafka,
      topicPrefix,
      topicPartitions,
      registryUrl,
      readModelUrl,
      keyStoreUrl,
      auditUrl,
      auditWriterPassword,
      auditReaderPassword,
      matcherUrl,
      matcherStewardsPassword,
      sessionsUrl,
      ingestDatabaseUrl,
    } = settings;
    const specs = {
      ...kafka,
      topicPrefix,
      topicPartitions,
      registryUrl,
      readModelUrl,
      keyStoreUrl,
      auditUrl,
      auditWriterPassword,
      auditReaderPassword,
      matcherUrl,
      matcherStewardsPassword,
      sessionsUrl,
      ingestDatabaseUrl,
    };
    const read = readSettings(specs, opsEnvironment());
    const prepared = await prepareDeployment({
      ...read,
      kafka: brokersOf(read),
      sources: expectedSources().map(({ id }) => id),
      rehearsals: opsEnvironment().NODE_ENV !== 'production',
    });
    if (options.json) console.log(JSON.stringify(prepared, null, 2));
    else for (const [what, note] of Object.entries(prepared)) console.log(`${what}: ${note}`);
    process.exitCode = DONE;
  }
}
