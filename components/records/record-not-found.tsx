"use client";

import { useParams } from "next/navigation";
import { ButtonLink } from "#components/ui/button";
import { PageHeader } from "#components/ui/page-header";

/** For an id that leads nowhere: deleted, another company's, or mistyped; nobody learns which. */
export function RecordNotFound({ noun, list }: { noun: string; list: "accounts" | "contacts" }) {
  const { company } = useParams<{ company: string }>();
  return (
    <>
      <title>{`No such ${noun} · RepDesk`}</title>
      <PageHeader
        title={`This ${noun} isn't here`}
        text="It may have been deleted, or the address has a typing error."
      />
      <ButtonLink href={`/${company}/${list}`} look="primary">
        Go to {list}
      </ButtonLink>
    </>
  );
}
