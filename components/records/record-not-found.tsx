"use client";

import { useParams } from "next/navigation";
import { ButtonLink } from "#components/ui/button";
import { PageHeader } from "#components/ui/page-header";

/** For an id that doesn't exist, was deleted, or belongs to another company. The page doesn't reveal which. */
export function RecordNotFound({ noun, list, label = list }: { noun: string; list: string; label?: string }) {
  const { company } = useParams<{ company: string }>();
  return (
    <>
      <title>{`No such ${noun} · RepDesk`}</title>
      <PageHeader title={`This ${noun} isn't here`} text="It may have been deleted, or the address may be wrong." />
      <ButtonLink href={`/${company}/${list}`} look="primary">
        Go to {label}
      </ButtonLink>
    </>
  );
}
