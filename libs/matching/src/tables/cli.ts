import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRows } from './read-rows.js';
import type { TableSettings } from './table-model.js';
import { trainTable } from './train-table.js';

const HELP = `npm run --silent matching:train -- data.csv settings.json > model.json

Learns the weights of a data set from its rows alone, and writes its settings with them: m and u of every level, the prior, term frequencies.

  data.csv        with a header; an empty value is missing
  settings.json   as Splink 4 has them: unique_id_column_name, comparisons (output_column_name, comparison_levels with sql_condition and
                  label_for_charts), blocking_rules_to_generate_predictions. Weights that stand in it are not looked at.
  --help

No label is looked at: a column that no condition names says nothing. The same files give the same model, byte for byte.
`;

const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });
const [data, settings, ...others] = positionals;
if (values.help) console.log(HELP);
else if (!data || !settings || others.length > 0) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  try {
    const trained = trainTable(readRows(readFileSync(data, 'utf8')), JSON.parse(readFileSync(settings, 'utf8')) as TableSettings);
    console.log(JSON.stringify(trained, null, 1));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
