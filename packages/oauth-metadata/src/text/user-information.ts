/**
 * A text without the user information of the URLs in it: that may be a password, and hides which host follows. Each repetition is bounded or
 * ends at what the next match begins with, so that a long text costs no more than its length.
 */
export function withoutUserInformation(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]{0,30}:[\\/]{2,})[^\s"\\/?#]*@/gi, "$1");
}
