import { late } from "#components/ui/late";

export const contactDialogs = late(() => import("#components/contacts/contact-dialogs"));
