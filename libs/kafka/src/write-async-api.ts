import { writeFileSync } from 'node:fs';
import { asyncApiOf } from './async-api.js';
import { SchemaStore } from './schema-store.js';

writeFileSync('schemas/asyncapi.json', asyncApiOf(SchemaStore.open()));
