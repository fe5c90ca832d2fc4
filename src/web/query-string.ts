/** `?a=1&b=2` of everything that has a value; what links of lists are made from. */
export function queryString(parameters: Record<string, string | number | undefined>): string {
  const filled = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return `?${new URLSearchParams(filled.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
}
