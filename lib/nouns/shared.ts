import { optional, preset } from "#lib/nouns/noun";
import { id, key, tags } from "#lib/nouns/values";

/** Fields that several nouns have. */

export const tagsField = preset(tags, [], {
  label: "Tags",
  description: "Words to find it by, without duplicates.",
  filters: ["any", "all", "none"],
});

/** `them` is “it” or “them”; `plural` is the noun's. */
export const externalId = (them: string, plural: string) =>
  optional(key(128), {
    label: "External ID",
    description: `Your own key for ${them}. Unique among your company's ${plural}.`,
    unique: true,
    filters: ["eq", "in", "is_null"],
  });

export const owner = (them: string) =>
  preset(id("mem"), undefined, {
    label: "Owner",
    description: `The member who looks after ${them}.`,
    presetIs: "the caller",
    references: "member",
    filters: ["eq", "in"],
  });
