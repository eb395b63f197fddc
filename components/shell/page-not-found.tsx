import { ButtonLink } from "#components/ui/button";

export const pageNotFound = {
  title: "This page isn't here",
  text: "The address may have a typing error, the page may have moved, or it belongs to a company you are not a member of.",
} as const;

/** Leads to the company that the person was in last, or to sign-in. */
export function GoToRepDesk() {
  return (
    <ButtonLink href="/" look="primary">
      Go to RepDesk
    </ButtonLink>
  );
}
