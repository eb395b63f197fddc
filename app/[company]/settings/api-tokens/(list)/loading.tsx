import { TokensLoading } from "#components/tokens/tokens-loading";

export default function Loading() {
  return <TokensLoading />;
}
