/** Words that most people read in a minute, with time to think about them. */
const WORDS_A_MINUTE = 200;
/** For a text that stands elsewhere. */
const UNKNOWN_TEXT_MINUTES = 5;

/** An estimate of how long a text takes to read; never less than a minute. */
export function readingMinutes(body: string | null | undefined): number {
  const words = (body ?? '').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
  return words === 0 ? UNKNOWN_TEXT_MINUTES : Math.ceil(words / WORDS_A_MINUTE);
}
