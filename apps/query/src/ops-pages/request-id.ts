const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether an address can name a request at all. */
export const isRequestId = (id: string): boolean => UUID.test(id);
