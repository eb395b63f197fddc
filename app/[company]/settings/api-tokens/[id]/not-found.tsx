import { RecordNotFound } from "#components/records/record-not-found";

export default function NotFound() {
  return <RecordNotFound noun="token" list="settings/api-tokens" label="API Tokens" />;
}
