import { Module } from '@nestjs/common';
import { AuditVerb } from './verbs/audit.js';
import { FreshnessVerb } from './verbs/freshness.js';
import { ParkedVerb } from './verbs/parked.js';
import { PrepareVerb } from './verbs/prepare.js';

/** One verb, one file: what the runbook tells to run. */
@Module({ providers: [PrepareVerb, FreshnessVerb, ParkedVerb, AuditVerb] })
export class OpsModule {}
