/** Largest body of an ordinary request, in bytes; uploads have limits of their own. */
export const BODY_LIMIT = 1_048_576;

/** Largest uploaded table, in bytes. */
export const TABLE_LIMIT = 10_485_760;
