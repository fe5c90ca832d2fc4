/** Where an agent finds what is to be read before the next shift. */
export const READING_LIST_PATH = '/mit';

/** Where the board stands that tells a leader who is ready. */
export const BOARD_PATH = '/vagtklar';

/** Where an agent reads one guide. */
export const guidePath = (guideId: number): string => `/guides/${guideId}`;
