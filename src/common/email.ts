const SHARED_LOCAL_PARTS = new Set(
  (
    'admin administration borgerservice digital hotline hr info it kommune kommunen kontakt kontor mail noreply ' +
    'no-reply personale post postkasse reception sekretariat servicedesk support team webmaster'
  ).split(' '),
);

/**
 * The form in which addresses are compared: trimmed, lower case, and with everything outside ASCII escaped, because
 * MariaDB would otherwise take `josé` and `jose` for the same address while SQLite would not.
 */
export function emailKey(email: string): string {
  return email
    .trim()
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** Tells whether the address looks like a box several people read (`borgerservice@…`); such a box cannot be personal. */
export function isSharedMailbox(email: string): boolean {
  const local = emailKey(email).split('@')[0] ?? '';
  return SHARED_LOCAL_PARTS.has(local.replace(/[._+-]?\d*$/, '')) || SHARED_LOCAL_PARTS.has(local);
}
