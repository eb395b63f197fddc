/** What the forms say of a field that is not as it should be. */
export const emailWords = {
  "email.blank": "Enter your e-mail address.",
  "email.invalid_format": "Enter the whole address, such as ana@example.com.",
};

export const nameWords = { "name.blank": "Enter your name, as colleagues know you." };
