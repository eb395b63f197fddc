import type { Metadata } from "next";
import { cookies } from "next/headers";
import { KeyboardForm } from "#components/profile/keyboard-form";
import { NameForm } from "#components/profile/name-form";
import { OtherSessions } from "#components/profile/other-sessions";
import { PasswordForm } from "#components/profile/password-form";
import { Section } from "#components/profile/section";
import { SettingsNav } from "#components/shell/settings-nav";
import { PageHeader } from "#components/ui/page-header";
import { callerOf } from "../../caller";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage({ params }: { params: Promise<{ company: string }> }) {
  const { company: slug } = await params;
  const { company, member } = await callerOf(slug);
  const keys = (await cookies()).get("repdesk-keys")?.value !== "off";
  return (
    <>
      <PageHeader title="Profile" text={`Who you are in ${company?.name}, and how you sign in.`} />
      <SettingsNav slug={slug} />
      <div className="mt-6 flex max-w-form flex-col gap-8">
        <Section title="Name" text={`What your colleagues in ${company?.name} see.`}>
          <NameForm name={member?.name ?? ""} />
        </Section>
        <Section
          id="password"
          title="Password"
          text={`You sign in with ${member?.email}. A new password signs you out everywhere else; API tokens keep working until you revoke them.`}
        >
          <PasswordForm email={member?.email ?? ""} />
        </Section>
        <Section
          id="sessions"
          title="Other sessions"
          text="For a browser where you are still signed in, or a lost device."
        >
          <OtherSessions />
        </Section>
        <Section
          id="keyboard"
          title="Keyboard"
          text="Shortcuts for what you do often. This setting applies to this browser only."
        >
          <KeyboardForm on={keys} />
        </Section>
      </div>
    </>
  );
}
