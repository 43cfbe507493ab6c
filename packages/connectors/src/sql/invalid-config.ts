import { ConnectionError } from '../connection-error.ts';

/** What is said of a connection cannot be. @param message without the password in it */
export const invalidConfig = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
