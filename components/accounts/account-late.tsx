import { late } from "#components/ui/late";

export const accountDialogs = late(() => import("#components/accounts/account-dialogs"));
