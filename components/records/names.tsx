/** Maps ids to names, for records that a list includes. */
export function namesOf(records: readonly { id: string; name: string }[] | undefined): ReadonlyMap<string, string> {
  return new Map(records?.map(({ id, name }) => [id, name]));
}
