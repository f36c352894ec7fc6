/** Of the brokers themselves, and of whoever prepares them: nothing is refused to it. */
export const BROKER_ADMIN = 'admin';

export interface KafkaUsers {
  port: number;
  /** User → password; the administrator among them. */
  passwords: Readonly<Record<string, string>>;
}

/** Arguments with which a data folder is formatted so that these users are known from its first start. */
export const usersToFormat = ({ passwords }: KafkaUsers): string[] =>
  Object.entries(passwords).flatMap(([name, password]) => ['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`]);

/** How Kafka's own tools come in. */
export const loginOfAdmin = ({ passwords }: KafkaUsers): string[] => [
  'security.protocol=SASL_PLAINTEXT',
  'sasl.mechanism=SCRAM-SHA-512',
  `sasl.jaas.config=${login('scram.ScramLoginModule', passwords[BROKER_ADMIN]!)}`,
];

const login = (module: string, password: string, more = '') =>
  `org.apache.kafka.common.security.${module} required username="${BROKER_ADMIN}" password="${password}"${more};`;

/**
 * A listener whose clients prove who they are (SCRAM-SHA-512), and rights for each: what is not granted is refused.
 * @param open whether clients come by another listener too, without saying who they are: they may do everything
 */
export function propertiesOfUsers({ passwords }: KafkaUsers, open: boolean): string[] {
  const password = passwords[BROKER_ADMIN]!;
  return [
    'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    `super.users=User:${BROKER_ADMIN}${open ? ';User:ANONYMOUS' : ''}`,
    'allow.everyone.if.no.acl.found=false',
    'sasl.enabled.mechanisms=SCRAM-SHA-512',
    'sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512',
    `listener.name.users.scram-sha-512.sasl.jaas.config=${login('scram.ScramLoginModule', password)}`,
    // The controller knows no SCRAM user before it runs.
    'listener.name.controller.sasl.enabled.mechanisms=PLAIN',
    'sasl.mechanism.controller.protocol=PLAIN',
    `listener.name.controller.plain.sasl.jaas.config=${login('plain.PlainLoginModule', password, ` user_${BROKER_ADMIN}="${password}"`)}`,
  ];
}
