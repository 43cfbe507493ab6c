/** Members that a request does not have are not there, which an optional one may not be said to be undefined. */
type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A body without members that are undefined. */
export const given = <T extends object>(body: T): Given<T> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>;
