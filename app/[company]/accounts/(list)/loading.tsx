import { ListLoading } from "#components/records/list-loading";

export default function Loading() {
  return <ListLoading title="Accounts" text="The companies you sell to." />;
}
