import kafkajs from 'kafkajs';
import type { Topics } from '#lib/events';

const { AclOperationTypes: Operation, AclResourceTypes: Resource, ResourcePatternTypes: Pattern } = kafkajs;

/** One thing that one user of the brokers may do. What is not granted is refused. */
export interface Right {
  user: string;
  resource: 'topic' | 'group';
  name: string;
  /** `prefix`: everything whose name begins so. */
  by: 'name' | 'prefix';
  operation: 'read' | 'write' | 'describe' | 'delete';
}

/** The user as whom a source writes its own landing topic, and nothing else. */
export const userOfSource = (source: string): string => `source.${source}`;

/** As whom Kafka Connect writes the changes it captures, and nothing else. */
export const CONNECT_USER = 'connect';

/** The apps that come to the brokers, each as a user of its own name. */
export const KAFKA_APPS = ['ingest', 'matcher', 'projector', 'upkeep', 'ops'] as const;

const names = (user: string, resource: Right['resource'], operations: Right['operation'][], all: string[], by: Right['by'] = 'name') =>
  all.flatMap((name) => operations.map((operation): Right => ({ user, resource, name, by, operation })));
const reads = (user: string, ...topics: string[]) => names(user, 'topic', ['read', 'describe'], topics);
const writes = (user: string, ...topics: string[]) => names(user, 'topic', ['write', 'describe'], topics);
const asGroup = (user: string, ...groups: string[]) => names(user, 'group', ['read', 'describe'], groups);
/** Groups that exist for one reading, and are removed after it. */
const asPassingGroups = (user: string, prefix: string) => names(user, 'group', ['read', 'describe', 'delete'], [prefix], 'prefix');

/**
 * Who may do what at the brokers: each app what its work needs, each source to write its landing topic, Kafka Connect to write captured changes. Topics, rights and schemas are made by whoever
 * runs `ops prepare`, as the brokers' administrator.
 * @param o.rehearsals whether faults are made on purpose (`ops rehearse`): never in production
 */
export function rightsOf(topics: Topics, sources: readonly string[], o: { rehearsals: boolean }): Right[] {
  const { involvementLog, identityLog, rejections } = topics;
  return [
    ...writes('ingest', involvementLog, rejections),
    ...reads('ingest', ...sources.map(topics.landing)),
    ...reads('ingest', ...sources.map(topics.captured)),
    ...names('ingest', 'group', ['read', 'describe'], [topics.landingGroups, topics.capturedGroups], 'prefix'),
    ...reads('matcher', involvementLog, identityLog),
    ...writes('matcher', identityLog),
    ...asGroup('matcher', topics.matcherGroup, topics.takenOverGroup),
    ...asPassingGroups('matcher', topics.matcherGroups),
    ...reads('projector', involvementLog, identityLog),
    ...names('projector', 'group', ['read', 'describe'], [topics.projectorGroups], 'prefix'),
    ...reads('upkeep', involvementLog, identityLog, rejections),
    ...asPassingGroups('upkeep', topics.projectorGroups),
    ...reads('ops', involvementLog, identityLog),
    ...(o.rehearsals ? [...writes('ops', involvementLog), ...asPassingGroups('ops', topics.rehearsalGroups)] : []),
    ...sources.flatMap((source) => writes(userOfSource(source), topics.landing(source))),
    ...writes(CONNECT_USER, ...sources.map(topics.captured)),
  ];
}

/** Whether the right of this user is for us to give and to take back. */
export const isOurs = (principal: string): boolean =>
  principal.startsWith(`User:${userOfSource('')}`) ||
  principal === `User:${CONNECT_USER}` ||
  KAFKA_APPS.some((app) => principal === `User:${app}`);

/** A right as the brokers know it: whose, from anywhere. */
export const aclOf = ({ user, resource, name, by, operation }: Right) => ({
  principal: `User:${user}`,
  host: '*',
  resourceType: resource === 'topic' ? Resource.TOPIC : Resource.GROUP,
  resourceName: name,
  resourcePatternType: by === 'name' ? Pattern.LITERAL : Pattern.PREFIXED,
  operation: { read: Operation.READ, write: Operation.WRITE, describe: Operation.DESCRIBE, delete: Operation.DELETE }[operation],
  permissionType: kafkajs.AclPermissionTypes.ALLOW,
});
