/** Disjoint sets; the first subject in sorted order stands for its set. */
export class Joined {
  readonly #parents: Map<string, string>;

  /** @param subjects sorted */
  constructor(private readonly subjects: readonly string[]) {
    this.#parents = new Map(subjects.map((subject) => [subject, subject]));
  }

  join(one: string, other: string): void {
    const [first, second] = [this.#rootOf(one), this.#rootOf(other)].sort() as [string, string];
    this.#parents.set(second, first);
  }

  groups(): string[][] {
    return [...Map.groupBy(this.subjects, (subject) => this.#rootOf(subject)).values()];
  }

  #rootOf(subject: string): string {
    let root = subject;
    for (let parent = this.#parents.get(root); parent !== root; parent = this.#parents.get(root)) root = parent!;
    this.#parents.set(subject, root);
    return root;
  }
}
