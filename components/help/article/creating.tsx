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
          Give it a name that says where it will run: “Nightly sync on the ERP server”, not “test”. You will be glad of
          it on the day that you must revoke one of ten.
        </li>
        <li>
          Choose what it may do, and when it expires: 1 to {tokenLimits.maxDays} days. Never is for admins to choose.
        </li>
        <li>
          Read the company's name in the dialog once more. A token created in the wrong company is the commonest
          mistake.
        </li>
        <li>
          Press Create token, and <strong>copy it now</strong>. It will not be shown again, not by the page, not by
          support. If it is lost, revoke it and create another.
        </li>
        <li>Make the first call while the dialog is open: it tells you when the call arrives.</li>
      </ol>
      <TokenPageFigure />
      <h2 id="store">Keep it safe</h2>
      <p>
        Put the token straight from the clipboard into a secret manager, or into the settings of the integration that
        will use it (environment variables, a vault, the secrets of your CI). Not into a note “for now”.
      </p>
      <p>
        <strong>Never</strong>
      </p>
      <ul>
        <li>commit it to git, even to a private repository: histories are copied and kept</li>
        <li>send it by Slack, chat or e-mail</li>
        <li>put it into code that runs in other people's browsers, where everybody can read it</li>
        <li>
          put it into an address, such as <code>?token=…</code>: addresses are logged, and RepDesk refuses them
        </li>
        <li>use one token for two companies: each token knows exactly one, so create one in each</li>
        <li>share one between two integrations: you could not stop one without the other</li>
      </ul>
      <h2 id="revoke">Rotate and revoke</h2>
      <p>
        Create a new token, put it in the old one's place, and revoke the old one when a teammate who knew it leaves,
        when a laptop is lost, when it was pasted somewhere by mistake, and before it expires. Revoke first and ask
        later if you think that somebody else has it. On the page, revoking takes one confirmation; the token's next
        call fails, everywhere.
      </p>
      <p>
        A new password doesn't end your tokens. When you change or reset it, RepDesk shows the ones that still work, in
        all your companies, and you can revoke them right there. Who signed in as you, and who tried, is listed in My
        Settings,{" "}
        <Link href="/settings/sign-ins" prefetch={false}>
          Sign-in activity
        </Link>
        .
      </p>
      <p>
        You found a token where it should not be, and it is not yours? <code>DELETE /api/v1/auth/token</code> with that
        very token ends it.
      </p>
    </>
  );
}
