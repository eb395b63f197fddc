import { z } from "zod";
import { id } from "#lib/nouns/values";

/** A member as others see one, beside a record that names it. */
export const member = z.object({
  id: id("mem"),
  name: z.string().meta({ description: "The member's name.", maxLength: 100 }),
});
