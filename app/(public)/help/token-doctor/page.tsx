import type { Metadata } from "next";
import { TokenDoctor } from "#components/help/token-doctor";
import { PageHeader } from "#components/ui/page-header";

export const metadata: Metadata = {
  title: "Token doctor",
  description: "Find out what is wrong with a token, a header, or an error, in your browser.",
};

export default function TokenDoctorPage() {
  return (
    <div className="max-w-article">
      <PageHeader
        title="Token doctor"
        text="Everything happens in this browser. Nothing you paste is sent anywhere."
        back={{ href: "/help", label: "Help" }}
      />
      <TokenDoctor />
    </div>
  );
}
