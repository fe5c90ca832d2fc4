import { queryString } from '../../web/query-string.js';

/** The links of a report's page: to its first and next page, and the filters as its exports and its saved form take them. */
export function reportLinks(
  filter: Record<string, string | number | undefined>,
  nextCursor: string | null,
): {
  nextQuery: string | null;
  firstQuery: string | undefined;
  exportQuery: string;
  currentQuery: string;
  isFiltered: boolean;
} {
  const { cursor, ...filters } = filter;
  const currentQuery = queryString(filters);
  return {
    nextQuery: nextCursor && queryString({ ...filters, cursor: nextCursor }),
    firstQuery: cursor === undefined ? undefined : currentQuery,
    exportQuery: currentQuery.length > 1 ? `&${currentQuery.slice(1)}` : '',
    currentQuery,
    isFiltered: currentQuery.length > 1,
  };
}
