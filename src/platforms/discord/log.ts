/** Facts about the connection to Discord: never words of a person, never a token (SE-10). */
export type DiscordLog = (
  entry:
    | { readonly what: 'discord-socket'; readonly state: 'open' | 'closed' }
    | { readonly what: 'discord-socket'; readonly state: 'failed'; readonly error: string }
    | { readonly what: 'discord-call-failed'; readonly doing: string; readonly error: string }
    | { readonly what: 'discord-commands'; readonly state: 'registered' | 'unchanged' },
) => void
