/** Of the HTTP API; raised when an answer changes in a way that breaks its readers. */
export const VERSION = '1.0.0';
