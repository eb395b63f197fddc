/** Names by ids, of what a list brought along. */
export function namesOf(records: readonly { id: string; name: string }[] | undefined): ReadonlyMap<string, string> {
  return new Map(records?.map(({ id, name }) => [id, name]));
}
