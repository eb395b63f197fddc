import { GoToRepDesk, pageNotFound } from "#components/shell/page-not-found";
import { PageHeader } from "#components/ui/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader {...pageNotFound} />
      <GoToRepDesk />
    </>
  );
}
