/** What results can be asked for by. */
export const BREAKDOWNS = ['total', 'question', 'municipality', 'tenure', 'completed', 'attended'] as const;

/** What results can be asked for by. */
export type Breakdown = (typeof BREAKDOWNS)[number];

/** Those into which the respondents are divided. */
export const PARTITIONS = ['municipality', 'tenure', 'completed', 'attended'] as const;

/** One of those into which the respondents are divided. */
export type PartitionName = (typeof PARTITIONS)[number];

/** The group of those who belong to no group of their own, or of whom it is not known. */
export const OTHER = 'other';
