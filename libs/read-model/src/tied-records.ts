/** SQL: the records tied to one that was reached: by replacement, either way, and by being the same person's. */
export const nextOf = (reached: string): string => `
        SELECT r.replaced_by AS subject FROM record r WHERE r.subject = ${reached}.subject AND r.replaced_by IS NOT NULL
        UNION ALL SELECT r.subject FROM record r WHERE r.replaced_by = ${reached}.subject
        UNION ALL SELECT mate.subject FROM record_person this JOIN record_person mate ON mate.person = this.person
                  WHERE this.subject = ${reached}.subject`;
