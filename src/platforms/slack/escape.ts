// Slack's three control characters, both ways. Everything else is shown in blocks that read no markup at all.

export const escapeSlack = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What a person typed, from what Slack makes of it: links as their address, the three characters as themselves. */
export const unescapeSlack = (words: string): string =>
  words
    .replace(/<((?:https?|mailto|tel):[^|>]*)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
