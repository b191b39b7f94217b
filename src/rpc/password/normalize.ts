/** The password in the one spelling that is rated and hashed, whatever the keyboard produced (Unicode NFKC). */
export const normalizePassword = (password: string): string => password.normalize('NFKC');
