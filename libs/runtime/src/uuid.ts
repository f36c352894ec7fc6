const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is a UUID as this system writes its opaque ids (subject tokens, person ids, ids in addresses): in small letters. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
