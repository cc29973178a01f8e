// What the bot's role must be allowed, by the words of Discord's page; docs/discord.md says what each is for.
/** Numbers, so that whoever asks need not load Discord's library. */
export const permissions = {
  'View Channels': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Manage Channels': 1n << 4n,
  'Manage Roles': 1n << 28n,
  'Manage Messages': 1n << 13n,
  'Moderate Members': 1n << 40n,
} as const
