/**
 * SQL: whether an employment has a day in common with a month. A period that ended before its first day has none.
 * @param employment the employment's alias
 * @param month an expression that gives `YYYY-MM`
 */
export function employedInMonth(employment: string, month: string): string {
  const { startOn, endOn } = { startOn: `${employment}.startOn`, endOn: `${employment}.endOn` };
  return `${startOn} <= CONCAT(${month}, '-31')
    AND (${endOn} IS NULL OR (${endOn} >= CONCAT(${month}, '-01') AND ${endOn} >= ${startOn}))`;
}
