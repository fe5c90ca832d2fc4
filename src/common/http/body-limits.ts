/** Largest body of an ordinary request, in bytes; uploads have limits of their own. */
export const BODY_LIMIT = 1_048_576;
