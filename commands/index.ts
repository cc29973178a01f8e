// Everything the bot can do. A new command is its own file and a line here.
import * as away from './away.ts'
import * as checkin from './checkin.ts'
import * as help from './help.ts'
import * as helpNow from './help-now.ts'
import * as history from './history.ts'
import * as lines from './lines.ts'
import * as progress from './progress.ts'
import * as prompt from './prompt.ts'
import * as reminders from './reminders.ts'
import * as roster from './roster.ts'
import * as settings from './settings.ts'
import * as setup from './setup.ts'
import * as shared from './shared.ts'
import * as welcome from './welcome.ts'

export const commands = [
  helpNow,
  checkin,
  progress,
  history,
  reminders,
  away,
  settings,
  help,
  roster,
  setup,
  welcome,
  prompt,
  shared,
  lines,
]
export { welcome } from './welcome.ts'
