import Link from "next/link";
import { TokenPageFigure } from "#components/help/token-page-figure";
import { tokenLimits } from "#lib/vocabulary";

export function CreatingTokens() {
  return (
    <>
      <h2 id="create">Create a token</h2>
      <ol>
        <li>Sign in, and open the company that the token is for.</li>
        <li>
          Open My Settings, then{" "}
          <Link href="/settings/api-tokens" prefetch={false}>
            API Tokens
          </Link>
          , and press Create token.
        </li>
        <li>
          Enter a name that says where the token will run: “Nightly sync on the ERP server”, not “test”. It helps when
          you have to revoke one of ten.
        </li>
        <li>
          Choose what the token may do, and when it expires: after 1 to {tokenLimits.maxDays} days. Only admins can
          create tokens that never expire.
        </li>
        <li>
          Check the company's name in the dialog. Creating a token in the wrong company is the most common mistake.
        </li>
        <li>
          Press Create token and <strong>copy the token now</strong>. Neither the page nor support can show it again. If
          you lose it, revoke it and create another.
        </li>
        <li>Send the first request while the dialog is open. It tells you when the request arrives.</li>
      </ol>
      <TokenPageFigure />
      <h2 id="store">Store it safely</h2>
      <p>
        Paste the token directly into a secret manager or into the settings of the integration that will use it, such as
        environment variables, a vault, or the secrets of your CI system. Don't keep it in a note.
      </p>
      <p>
        <strong>Never</strong>
      </p>
      <ul>
        <li>commit it to Git, not even to a private repository, because histories are copied and kept</li>
        <li>send it by chat or email</li>
        <li>put it into code that runs in other people's browsers, where everyone can read it</li>
        <li>
          put it into a URL, such as <code>?token=…</code>, because URLs are logged. RepDesk rejects such requests
        </li>
        <li>use one token for two companies. Create one in each</li>
        <li>share one token between two integrations. You couldn't stop one without the other</li>
      </ul>
      <h2 id="revoke">Rotate and revoke</h2>
      <p>
        Rotate a token before it expires, and when a teammate who knew it leaves. It gets a new secret and keeps its
        name, access, and history. The old secret works for 24 hours after the new one's first use, so nothing fails
        while you replace it. The list shows when and from where the old secret was last used, and you can finish or
        cancel the rotation there.
      </p>
      <p>
        If others may know it, because a laptop was lost or the token was pasted somewhere, choose that the old secret
        stops working at once, or revoke the token. Its next request fails everywhere. You can undo a revocation for an
        hour. To stop a token only for a while, suspend it.
      </p>
      <p>
        A new password doesn't end your tokens. After you change or reset it, RepDesk shows the tokens that still work
        in all your companies, and you can revoke them there. Sign-ins to your account, failed ones too, are listed in
        My Settings,{" "}
        <Link href="/settings/sign-ins" prefetch={false}>
          Sign-in activity
        </Link>
        .
      </p>
      <p>
        If you find a token that isn't yours where it shouldn't be, revoke it with{" "}
        <code>DELETE /api/v1/auth/token</code> and the token itself.
      </p>
    </>
  );
}
