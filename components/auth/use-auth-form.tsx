import { wordsFrom } from "#components/forms/faults";
import { problemOf } from "#components/forms/problem";
import { type FormOptions, useForm } from "#components/forms/use-form";

/** What the forms about a person say of a field that is not as it should be. */
export const personWords = wordsFrom({
  "name blank": "Enter your name, as colleagues know you.",
  "email blank": "Enter your email address.",
  "email invalid_format": "Enter the whole address, such as ana@example.com.",
});

/** A form for a sign-in endpoint, whose errors say in their own words what happened and what to do. */
export function useAuthForm<T>(options: FormOptions<T>) {
  return useForm<T>({
    words: personWords,
    onReject: (error) =>
      error.code === "validation_failed" || error.code === "internal_error"
        ? undefined
        : { problem: { ...problemOf(error), text: error.detail } },
    ...options,
  });
}
