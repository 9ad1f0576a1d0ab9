/** What SCIMMY hands to whoever reads and writes a kind of resource. */
export interface Resource {
  readonly id?: string;
  readonly filter?: { match(values: readonly object[]): object[] };
  constraints?: { startIndex?: number; count?: number; totalResults?: number };
}

/**
 * Only the page asked for is built; SCIMMY's own slicing builds every resource for every page. It slices again unless told the total, and
 * a page that is longer than its start would be sliced twice.
 */
export function toPage<T>(resource: Resource, all: readonly T[], show: (one: T) => object): object[] {
  if (resource.filter) return resource.filter.match(all.map(show));
  const { startIndex = 1, count = 20 } = resource.constraints ?? {};
  if (startIndex > 1 && count >= startIndex) return all.map(show);
  resource.constraints = { ...resource.constraints, startIndex, count, totalResults: all.length };
  return all.slice(startIndex - 1, startIndex - 1 + count).map(show);
}
