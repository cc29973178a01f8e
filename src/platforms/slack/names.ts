// Slack keeps some command names for itself, and refuses a manifest that claims one.
// https://slack.com/help/articles/201259356-Use-built-in-slash-commands
const taken = new Set(
  'active apps archive away call collapse dm dnd expand feed feedback invite invite_people join keys kick leave me mention msg mute open prefs pro remind remove rename reply search shortcuts shrug star status todo topic unarchive who'.split(
    ' ',
  ),
)
const prefix = 'my-'

export const slackName = (name: string): string => `/${taken.has(name) ? `${prefix}${name}` : name}`

export function kitName(command: string): string {
  const name = command.replace(/^\//, '')
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name
  return taken.has(own) ? own : name
}
