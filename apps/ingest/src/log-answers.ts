import type { Kafka } from '#lib/kafka';

/** Asks the broker for a topic. @throws when it does not answer, or has no such topic */
export async function logAnswers(kafka: Kafka, topic: string): Promise<void> {
  const admin = kafka.admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    await admin.fetchTopicMetadata({ topics: [topic] });
  } finally {
    await admin.disconnect();
  }
}
