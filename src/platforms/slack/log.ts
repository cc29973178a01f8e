/** Facts about the connection to Slack: never words of a person, never a token (SE-10). */
export type SlackLog = (
  entry:
    | { readonly what: 'slack-socket'; readonly state: 'open' | 'closed' }
    | { readonly what: 'slack-socket'; readonly state: 'failed'; readonly error: string }
    | { readonly what: 'slack-call-failed'; readonly doing: string; readonly error: string },
) => void
