import { ListLoading } from "#components/records/list-loading";

export default function Loading() {
  return <ListLoading title="Contacts" text="The people you sell to." />;
}
