import kafkajs, { type AclEntry, type Admin, type Kafka } from 'kafkajs';
import { LogUnavailableError } from './errors.js';
import { aclOf, isOurs, type Right } from './rights.js';

/** The brokers ask nobody who they are. */
const SECURITY_DISABLED = 54;

export type RightsOutcome = { asked: false } | { asked: true; granted: number; takenBack: number };

/**
 * Grants what is planned, and takes back what else users of ours have on names that begin with `prefix`: a source that left, a topic that is no longer
 * read. Safe to repeat. `asked: false` where the brokers ask nobody for a name: then nothing can be granted, and nothing is refused.
 * @throws LogUnavailableError (retriable)
 */
export async function ensureRights(kafka: Kafka, rights: readonly Right[], prefix: string): Promise<RightsOutcome> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const planned = rights.map(aclOf);
    const found = await aclsOf(admin, prefix);
    if (found === null) return { asked: false };
    const [wanted, there] = [planned, found].map((acls) => new Map(acls.map((acl) => [keyOf(acl), acl])));
    const missing = [...wanted!].filter(([key]) => !there!.has(key)).map(([, acl]) => acl);
    const surplus = [...there!].filter(([key]) => !wanted!.has(key)).map(([, acl]) => acl);
    if (missing.length > 0) await admin.createAcls({ acl: missing });
    if (surplus.length > 0) await admin.deleteAcls({ filters: surplus });
    return { asked: true, granted: missing.length, takenBack: surplus.length };
  } catch (error) {
    throw new LogUnavailableError('rights at the brokers could not be set', { cause: error });
  } finally {
    await admin.disconnect();
  }
}

async function aclsOf(admin: Admin, prefix: string): Promise<AclEntry[] | null> {
  try {
    const { resources } = await admin.describeAcls({
      resourceType: kafkajs.AclResourceTypes.ANY,
      resourcePatternType: kafkajs.ResourcePatternTypes.ANY,
      operation: kafkajs.AclOperationTypes.ANY,
      permissionType: kafkajs.AclPermissionTypes.ANY,
    });
    return resources
      .filter(({ resourceName }) => resourceName.startsWith(prefix))
      .flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...acl, ...resource })))
      .filter(({ principal }) => isOurs(principal));
  } catch (error) {
    if (error instanceof kafkajs.KafkaJSProtocolError && error.code === SECURITY_DISABLED) return null;
    throw error;
  }
}

const keyOf = ({ principal, resourceType, resourceName, resourcePatternType, operation, permissionType }: AclEntry) =>
  [principal, resourceType, resourceName, resourcePatternType, operation, permissionType].join(' ');
