/** Where an agent finds what is to be read before the next shift. */
export const READING_LIST_PATH = '/guides';

/** Where the board tells a leader who is not ready. */
export const BOARD_PATH = '/vagtklar?state=not_ready';

/** Where an agent reads one guide. */
export const guidePath = (guideId: number): string => `/guides/${guideId}`;
