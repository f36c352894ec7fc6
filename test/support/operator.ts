import { textOf } from './pages.js';
import { type Got, QueryApp } from './query-app.js';
import { StoredOperations } from './stored-operations.js';

/** The operations pages over HTTP, as Ola Berg of role operations sees them, on rows that the test puts there. */
export class Operator {
  private constructor(
    readonly app: QueryApp,
    readonly stored: StoredOperations,
  ) {}

  static async open(): Promise<Operator> {
    const app = await QueryApp.open();
    return new Operator(app, new StoredOperations(app.people.pool));
  }

  /** What stands on a page. */
  async read(path: string): Promise<string> {
    return textOf((await this.app.get(path, 'ola.berg')).text);
  }

  async html(path: string): Promise<string> {
    return (await this.app.get(path, 'ola.berg')).text;
  }

  async submit(path: string, fields: Record<string, string>): Promise<Got> {
    return this.app.send(path, {
      method: 'POST',
      headers: await this.app.as('ola.berg'),
      body: new URLSearchParams(fields),
    });
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
